//! The clusters, and any other territory, side by side.

use super::{InsightProgress, use_shared};
use yew::prelude::*;

#[component]
pub fn ClustersTab() -> Html {
    let shared = use_shared();
    let insights = &shared.state.insights;
    let Some(_plan) = &insights.plan else { return html! { <InsightProgress /> } };
    html! { <InsightProgress /> }
}
