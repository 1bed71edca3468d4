//! Every lever, and what it does.

use super::{InsightProgress, use_shared};
use yew::prelude::*;

#[component]
pub fn LeversTab() -> Html {
    let shared = use_shared();
    let insights = &shared.state.insights;
    let Some(_plan) = &insights.plan else { return html! { <InsightProgress /> } };
    html! { <InsightProgress /> }
}
