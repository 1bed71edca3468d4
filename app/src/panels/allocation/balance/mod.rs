//! Supply and demand: what the allocation costs and proves, what enters and leaves, who sends to whom, and what is in the way.

mod busy;
mod choices;
mod conservation;
mod export;
mod headline;
mod matching;
mod matrix;
mod obstacles;
mod proof;
mod sankey;
mod stages;
mod surplus;
mod why;

pub use why::explanation as balance_because;

use crate::{
    app::Shared,
    panels::{term_link, use_shared},
    state::{Phase, ResultsTab},
};
use atlas_core::allocation::Answer;
use busy::Busy;
use conservation::Conservation;
use export::Export;
use headline::Headline;
use matching::Matching;
use matrix::MatrixTable;
use obstacles::Obstacles;
use proof::Proof;
use sankey::Sankey;
use stages::Stages;
use std::rc::Rc;
use surplus::Surplus;
use yew::prelude::*;

/// What every part is shown from.
#[derive(Properties)]
pub struct AnswerProps {
    /// The allocation of the plan.
    pub answer: Rc<Answer>,
    /// The baseline's, where the plan is another.
    pub base: Option<Rc<Answer>>,
}

impl PartialEq for AnswerProps {
    fn eq(&self, other: &Self) -> bool {
        let base = match (&self.base, &other.base) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        base && Rc::ptr_eq(&self.answer, &other.answer)
    }
}

/// An allocation, the same only as itself: comparing all its flows would take longer than what is computed from them.
#[derive(Clone)]
struct Held(Rc<Answer>);

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[component]
pub fn BalancePanel() -> Html {
    let shared = use_shared();
    html! {
        <>
            <section class="head">
                <h2 id="balance-title" tabindex="-1">{ shared.t("balance-title") }{ term_link(&shared, "allocation") }</h2>
                <span class="tag">{ shared.t("balance-modelled") }</span>
            </section>
            <Busy />
            { match &shared.state.allocation {
                None => waiting(&shared),
                Some(answer) => found(&shared, answer),
            } }
        </>
    }
}

/// Nothing yet: a sentence says for what it waits. What went wrong stands in the plan's own strip.
fn waiting(shared: &Shared) -> Html {
    let ready = matches!(shared.state.phase, Phase::Ready);
    let key = if ready { "balance-wait" } else { "balance-network" };
    html! { <p id="balance-empty" class="hint margin-hint" role="status">{ shared.t(key) }</p> }
}

fn found(shared: &Shared, answer: &Rc<Answer>) -> Html {
    let state = &shared.state;
    let stale = state.is_allocation_stale();
    let base = state.base_allocation.clone().filter(|_| state.document.scenario().changes() > 0);
    let answer = || Rc::clone(answer);
    debug_assert_eq!(state.results, ResultsTab::Balance);
    html! {
        <div class={classes!("figures", "balance", stale.then_some("stale"))} aria-busy={stale.to_string()} data-generation={state.allocated.to_string()}>
            <Headline answer={answer()} base={base.clone()} />
            <Proof answer={answer()} base={base.clone()} />
            <Obstacles answer={answer()} base={base.clone()} />
            <Stages answer={answer()} base={base.clone()} />
            <Conservation answer={answer()} base={base.clone()} />
            <Surplus answer={answer()} base={base.clone()} />
            <MatrixTable answer={answer()} base={base.clone()} />
            <Sankey answer={answer()} base={base.clone()} />
            <Matching answer={answer()} base={base.clone()} />
            <Export answer={answer()} {base} />
        </div>
    }
}
