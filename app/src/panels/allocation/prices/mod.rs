//! What more would be worth: the dearest bottlenecks, the selected facility's saving, what scrap is worth, what a plan moved.

mod curve;
mod export;
mod rank;
mod scrap;
mod why;

use super::moved::MovedTable;
use crate::{
    app::Shared,
    compute::protocol::Allocating,
    i18n::{count, tr},
    panels::{term_link, use_shared},
    state::Phase,
};
use atlas_core::allocation::Answer;
use curve::WorthFigure;
pub use curve::sentence;
use export::Export;
use rank::Ranking;
pub use rank::bar;
use scrap::ScrapFigure;
use std::rc::Rc;
use yew::prelude::*;

/// What every part is shown from.
#[derive(Properties)]
pub struct PricesProps {
    /// The allocation.
    pub answer: Rc<Answer>,
}

// An allocation is large: the same one is the same place in memory.
impl PartialEq for PricesProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.answer, &other.answer)
    }
}

#[component]
pub fn PricesPanel() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    html! {
        <>
            <section class="head">
                <h2 id="prices-title" tabindex="-1">{ shared.t("prices-title") }{ term_link(&shared, "price") }</h2>
                <span class="tag">{ shared.t("results-modelled") }</span>
            </section>
            { match &state.allocation {
                None => empty(&shared),
                Some(answer) => found(&shared, answer),
            } }
        </>
    }
}

/// Nothing is known yet: how far it is, or why nothing comes.
fn empty(shared: &Shared) -> Html {
    if matches!(shared.state.phase, Phase::Failed(..)) {
        return html! { <p id="prices-empty" class="hint margin-hint" role="status">{ shared.t("prices-failed") }</p> };
    }
    html! { <div id="prices-empty" class="margin-hint">{ progress(shared) }</div> }
}

/// How far an allocation is, in words and as a bar.
pub fn progress(shared: &Shared) -> Html {
    let lang = shared.state.lang;
    let (words, bar) = match shared.state.allocating {
        None => (shared.t("allocation-wait"), None),
        Some(Allocating::Ways(done, all)) => {
            let values = [("done", count(done as usize)), ("all", count(all as usize))];
            let words = tr(lang, "prices-ways", &values.each_ref().map(|(k, v)| (*k, v.as_str())));
            (words, Some(f64::from(done) / f64::from(all.max(1))))
        }
        Some(Allocating::Solving(_)) => (shared.t("prices-solving"), None),
    };
    html! {
        <div class="working">
            <p role="status">{ &words }</p>
            <progress max="1" value={bar.map(|b| format!("{b:.2}"))} aria-label={words.clone()}></progress>
        </div>
    }
}

fn found(shared: &Shared, answer: &Rc<Answer>) -> Html {
    let state = &shared.state;
    let stale = state.is_allocation_stale();
    html! {
        <div class={classes!("figures", "prices", stale.then_some("stale"))} aria-busy={stale.to_string()} data-generation={state.generation.to_string()}>
            if stale { <div class="margin-hint">{ progress(shared) }</div> }
            <WorthFigure answer={Rc::clone(answer)} />
            <Ranking answer={Rc::clone(answer)} />
            <ScrapFigure answer={Rc::clone(answer)} />
            <MovedTable answer={Rc::clone(answer)} />
            <Export answer={Rc::clone(answer)} />
        </div>
    }
}
