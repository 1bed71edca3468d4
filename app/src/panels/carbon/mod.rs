//! Carbon and energy: given off, and avoided.

mod chooser;
mod detail;
mod picture;
mod sums;

use super::{InsightProgress, said::sentences, use_shared};
use crate::state::carbon_sentences;
use chooser::Chooser;
use detail::{Elements, Lanes, PrimaryTable, ProcessingTable};
use picture::Picture;
use sums::SumsTable;
use yew::prelude::*;

#[component]
pub fn CarbonTab() -> Html {
    let shared = use_shared();
    let insights = &shared.state.insights;
    let Some(plan) = &insights.plan else { return html! { <InsightProgress /> } };
    let of = &plan.footprint;
    html! {
        <>
            <InsightProgress />
            { sentences("carbon-say", &carbon_sentences(shared.state.lang, of)) }
            <Chooser />
            <div class={classes!("compare-columns", (!insights.fresh).then_some("stale"))} aria-busy={(!insights.fresh).to_string()}>
                <Picture insight={plan.clone()} />
                <SumsTable insight={plan.clone()} base={insights.base.clone()} />
            </div>
            <Elements insight={plan.clone()} />
            <ProcessingTable insight={plan.clone()} />
            <PrimaryTable insight={plan.clone()} />
            <Lanes insight={plan.clone()} />
            <section class="compare-table" id="carbon-gaps">
                <h3>{ shared.t("carbon-gaps") }</h3>
                <ul>{ for of.not_covered().iter().map(|n| html! { <li>{ shared.t(n.code()) }</li> }) }</ul>
            </section>
        </>
    }
}
