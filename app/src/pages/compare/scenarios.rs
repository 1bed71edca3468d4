//! Scenarios side by side.

use crate::{
    panels::{Chooser, CompareHeadline, CompareMaps, CompareProgress, CompareTwin, IndicatorTable, use_shared},
    state::{CompareAction, Phase},
};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn Scenarios() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    {
        // Whatever is compared may change while the page is open: by undo, by another tab, by a choice.
        let shared = shared.clone();
        let key = (
            state.phase == Phase::Ready,
            Rc::as_ptr(&state.document),
            Rc::as_ptr(&state.library.entries),
            Rc::as_ptr(&state.question),
            state.compare.chosen.clone(),
        );
        use_effect_with(key, move |(ready, ..)| {
            if *ready {
                shared.act(CompareAction::Ask);
            }
        });
    }
    html! {
        <>
            <CompareHeadline />
            <Chooser />
            <CompareProgress />
            <div class="compare-columns"><IndicatorTable /><CompareMaps /></div>
            <CompareTwin />
        </>
    }
}
