//! Where new sites should stand: the question and the search on the left, what was found on the right.

mod alternatives;
mod clash;
mod curve;
mod futures;
mod gap;
mod import;
mod limits;
mod number;
mod run;
mod sentence;
mod sites;
mod why;
mod why_not;
mod words;

pub use words::{site_parts, siting_legend, siting_say};

use super::{KeptStrip, NoticeStrip, use_shared};
use crate::{
    keys::close_siting,
    ui::{Icon, icon},
};
use atlas_core::siting::Status;
use yew::prelude::*;

/// The question, the search, and what can be done with it.
#[component]
pub fn SitingPanel() -> Html {
    let shared = use_shared();
    let close = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| close_siting(&shared))
    };
    html! {
        <div id="siting" class="siting">
            <KeptStrip /><NoticeStrip />
            <section class="siting-ask" aria-labelledby="siting-title">
                <header>
                    <h2 id="siting-title" tabindex="-1">{ shared.t("siting-title") }</h2>
                    <button class="icon-button" onclick={close} aria-label={shared.t("siting-close")} title={shared.t("siting-close")}>{ icon(Icon::Close) }</button>
                </header>
                { sentence::sentence(&shared) }
                { futures::hint(&shared) }
                { words::trouble(&shared, &words::SENTENCE) }
                { import::list(&shared) }
                { limits::drawing(&shared) }
            </section>
            { limits::limits(&shared) }
            { run::find(&shared) }
            { run::run(&shared) }
        </div>
    }
}

/// What was found: the trade-off, the sites and why, other plans, and what any other place would cost.
#[component]
pub fn SitingResults() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let Some(search) =
        state.siting.search.clone().filter(|s| s.best.as_ref().is_some_and(|b| b.status != Status::Infeasible))
    else {
        return html! { <p class="hint margin-hint">{ shared.t("siting-nothing-yet") }</p> };
    };
    let stale = state.is_siting_stale() || state.is_siting_question_other();
    html! {
        <div class={classes!("siting-results", stale.then_some("stale"))}>
            <h2 id="results" class="sr-only" tabindex="-1">{ shared.t("siting-results-title") }</h2>
            <curve::TradeOff search={search.clone()} />
            <sites::Sites search={search.clone()} />
            <alternatives::Alternatives search={search.clone()} />
            <why_not::WhyNot search={search} />
        </div>
    }
}

/// What every part of the results is given.
#[derive(Properties, PartialEq)]
pub struct SearchProps {
    /// The search.
    pub search: crate::state::Search,
}
