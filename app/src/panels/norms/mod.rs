//! Which siting norms a plan keeps: the choice of norms, sums, findings, files.

mod card;
mod choose;
mod export;
mod list;
mod place;
mod report;
mod sign;
mod source;
mod sums;
mod why;
mod words;

pub use card::CardNorms;
pub use report::{ReportHold, use_report};
pub use sign::norms_legend;

use super::{term_link, use_shared};
use crate::{
    app::Shared,
    i18n::{integer, tr},
    state::STREET_POINT_KEY,
};
use atlas_core::catchment::{HOUSEHOLD_SIZE_KEY, norms::NormReport};
use choose::Choose;
use export::Export;
use list::Findings;
use place::Places;
use std::rc::Rc;
use sums::Sums;
use yew::prelude::*;

/// What every part is shown from.
#[derive(Properties)]
pub struct ReportProps {
    /// The check of the plan.
    pub report: Rc<NormReport>,
}

impl PartialEq for ReportProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.report, &other.report)
    }
}

#[component]
pub fn NormsPanel() -> Html {
    let shared = use_shared();
    let report = use_context::<ReportHold>().unwrap_or_default().0;
    let stale = shared.state.is_stale();
    let hint = |key: &str| html! { <p id="norms-empty" class="hint margin-hint" role="status">{ shared.t(key) }</p> };
    html! {
        <>
            <section class="head">
                <h2 id="norms-title" tabindex="-1">{ shared.t("norms-title") }{ term_link(&shared, "norm") }</h2>
                <span class="tag">{ shared.t("norms-modelled") }</span>
            </section>
            <section class="choose" aria-label={shared.t("norms-choice")}>
                <Choose /><Places />
                <p class="fine">{ shared.t("norms-your-choice") }</p>
            </section>
            { match report {
                _ if shared.state.norms.norms.is_empty() => hint("norms-none-chosen"),
                None => hint("norms-wait"),
                Some(report) => html! {
                    <div class={classes!("figures", "norms", stale.then_some("stale"))} aria-busy={stale.to_string()}>
                        <Sums report={Rc::clone(&report)} />
                        { construction(&shared) }
                        <Findings report={Rc::clone(&report)} />
                        <Export {report} />
                    </div>
                },
            } }
        </>
    }
}

/// The baseline's points were made from people: a prefecture that keeps a norm on households there does so by that assumption.
fn construction(shared: &Shared) -> Html {
    let parameters = shared.state.parameters();
    let number = |key: &str| parameters.get(key).map(|p| p.value);
    let (Some(people), Some(size)) = (number(STREET_POINT_KEY), number(HOUSEHOLD_SIZE_KEY)) else {
        return Html::default();
    };
    let values = [("people", &*integer(people)), ("households", &*integer(people / size))];
    html! { <p id="norms-construction" class="fine margin-hint">{ tr(shared.state.lang, "norms-construction", &values) }</p> }
}
