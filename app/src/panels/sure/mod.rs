//! How sure the figures are: where each lies in many drawn futures, which plan is better in how many, what to find out first.

mod choose;
mod dots;
mod frame;
mod odds;
mod outcomes;
mod regret;
mod table;
mod worth;

mod controls;

use super::use_shared;
use crate::{i18n::tr, state::Phase};
use choose::Choose;
use controls::SureControls;
use dots::DotsPart;
use odds::OddsPart;
use regret::RegretPart;
use table::BandsPart;
use worth::WorthPart;
use yew::prelude::*;

/// What the parts look at: the plan, by its row.
#[derive(Properties, PartialEq)]
pub struct PlanProps {
    /// Its row among the plans that were drawn.
    pub plan: usize,
}

#[component]
pub fn SureTab() -> Html {
    let shared = use_shared();
    // Whose list and table are shown, once somebody chose; the plan on the map before that.
    let chosen = use_state(|| None::<usize>);
    let state = &shared.state;
    if state.phase != Phase::Ready {
        return html! { <p class="hint" role="status">{ shared.t("results-wait") }</p> };
    }
    let body = match &state.sure.found {
        None => html! { <p class="figure-box sure-empty" id="sure-empty">{ shared.t("sure-empty") }</p> },
        Some(found) => {
            let own = state.futures_row(state.document.scenario());
            let plan = (*chosen).or(own).unwrap_or(0).min(found.count().saturating_sub(1));
            let choose = {
                let chosen = chosen.clone();
                Callback::from(move |row: usize| chosen.set(Some(row)))
            };
            html! {
                <>
                    if own.is_none() { <p class="strip" role="status" id="sure-changed">{ shared.t("sure-changed") }</p> }
                    if found.is_few() { <p class="fine" id="sure-few">{ tr(state.lang, "sure-few", &[("runs", &found.runs().to_string())]) }</p> }
                    <Choose {plan} on_plan={choose} />
                    <div class={classes!("sure-parts", own.is_none().then_some("stale"))} data-old={own.is_none().to_string()} data-runs={found.runs().to_string()}>
                        <DotsPart />
                        <div class="sure-side"><OddsPart /><RegretPart /></div>
                        <WorthPart {plan} />
                        <BandsPart {plan} />
                    </div>
                </>
            }
        }
    };
    html! {
        <section id="sure" aria-label={shared.t("compare-title-sure")}>
            <p class="sure-about">{ shared.t("sure-about") }</p>
            <SureControls />
            { body }
        </section>
    }
}
