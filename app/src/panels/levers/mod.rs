//! Every lever, and what it does.

use super::{InsightProgress, QuickFigures, ResponsePanel};
use yew::prelude::*;

#[component]
pub fn LeversTab() -> Html {
    html! { <><InsightProgress /><QuickFigures /><ResponsePanel /></> }
}
