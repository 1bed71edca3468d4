//! Who is near enough: the question, and what was found.

mod areas;
mod bands;
mod curve;
mod equity;
mod export;
mod form;
mod gaps;
mod headline;
mod limits;
pub mod why;

use super::{term_link, use_shared};
use crate::{
    app::Shared,
    compute::protocol::SurveyView,
    i18n::{significant, tr},
};
use areas::Areas;
use atlas_core::catchment::Remote;
use bands::Bands;
use curve::Curve;
use equity::EquityFigures;
use export::Export;
use form::form;
use gaps::Gaps;
use headline::Headline;
use std::rc::Rc;
use yew::prelude::*;

/// What every part is shown from.
#[derive(Properties, PartialEq)]
pub struct ViewProps {
    /// What is known of the catchments asked about.
    pub view: Rc<SurveyView>,
}

#[component]
pub fn CoveragePanel() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    html! {
        <>
            <section class="head">
                <h2 id="coverage-title" tabindex="-1">{ shared.t("coverage-title") }{ term_link(&shared, "coverage") }</h2>
                <span class="tag">{ shared.t("coverage-modelled") }</span>
            </section>
            { form(&shared) }
            { match &state.survey {
                None => html! { <p id="coverage-empty" class="hint margin-hint" role="status">{ shared.t("coverage-wait") }</p> },
                Some(view) if view.survey.facilities.is_empty() => html! { <p id="coverage-empty" class="hint margin-hint" role="status">{ shared.t("coverage-nobody") }</p> },
                Some(view) => found(&shared, view),
            } }
        </>
    }
}

fn found(shared: &Shared, view: &Rc<SurveyView>) -> Html {
    let state = &shared.state;
    html! {
        <div class={classes!("figures", "coverage", state.is_stale().then_some("stale"))} aria-busy={state.is_stale().to_string()} data-generation={state.generation.to_string()}>
            <Headline view={Rc::clone(view)} />
            { remote(shared, view) }
            <Bands view={Rc::clone(view)} />
            <Curve view={Rc::clone(view)} />
            <EquityFigures view={Rc::clone(view)} />
            <Gaps view={Rc::clone(view)} />
            <Areas view={Rc::clone(view)} />
            <Export view={Rc::clone(view)} />
        </div>
    }
}

/// Facilities that a planner put far from every road, or in the sea: with how far they are joined, or why they serve nobody.
fn remote(shared: &Shared, view: &SurveyView) -> Html {
    if view.remote.is_empty() {
        return Html::default();
    }
    let state = &shared.state;
    let line = |r: &Remote| {
        let name = state.document.plan().get(&r.id).map(|p| state.lang.name(&p.facility.name).to_owned());
        let key = if r.serves { "remote-snapped" } else { "remote-refused" };
        let words = tr(state.lang, key, &[("km", &significant(r.road_km))]);
        html! { <li><b>{ name.unwrap_or_else(|| r.id.clone()) }</b>{ " " }if r.beyond { { shared.t("remote-beyond") }{ " " } }{ words }</li> }
    };
    html! {
        <section id="coverage-remote" class="figure strip" role="status">
            <b>{ tr(state.lang, "coverage-remote", &[("n", &view.remote.len().to_string())]) }</b>
            <ul>{ for view.remote.iter().map(line) }</ul>
        </section>
    }
}
