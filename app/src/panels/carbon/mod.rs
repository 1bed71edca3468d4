//! Carbon and energy: given off, and avoided.

use super::{InsightProgress, use_shared};
use yew::prelude::*;

#[component]
pub fn CarbonTab() -> Html {
    let shared = use_shared();
    let insights = &shared.state.insights;
    let Some(_plan) = &insights.plan else { return html! { <InsightProgress /> } };
    html! { <InsightProgress /> }
}
