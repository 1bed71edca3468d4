//! The one check of the plan that panel, card and map share: made when something shows it, and again when an answer for a settled
//! plan has come, never while a facility is dragged.

use crate::{
    app::Shared,
    state::{AppState, NormsChoice, norm_report, norms_wanted},
};
use atlas_core::{catchment::norms::NormReport, evaluate::Handled, scenario::Document};
use std::rc::Rc;
use yew::prelude::*;

/// The check, where something shows one. Two are alike where they are one and the same.
#[derive(Clone, Debug, Default)]
pub struct ReportHold(pub Option<Rc<NormReport>>);

impl PartialEq for ReportHold {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        }
    }
}

/// What a check was made from. Holding it keeps its address from being used again.
struct Made {
    document: Rc<Document>,
    handled: Rc<Vec<Handled>>,
    choice: Rc<NormsChoice>,
    report: ReportHold,
}

impl Made {
    fn from(state: &AppState) -> Self {
        Self {
            document: Rc::clone(&state.document),
            handled: Rc::clone(&state.handled),
            choice: Rc::clone(&state.norms),
            report: ReportHold(Some(Rc::new(norm_report(state)))),
        }
    }

    fn is_of(&self, state: &AppState) -> bool {
        Rc::ptr_eq(&self.document, &state.document)
            && Rc::ptr_eq(&self.handled, &state.handled)
            && Rc::ptr_eq(&self.choice, &state.norms)
    }
}

/// The check, once a plan has been answered for; the last one while the next answer is on its way.
#[hook]
pub fn use_report(shared: &Shared) -> ReportHold {
    let made = use_mut_ref(|| None::<Made>);
    let state = &shared.state;
    if !norms_wanted(state) || state.handled.is_empty() {
        return ReportHold::default();
    }
    let mut made = made.borrow_mut();
    if !state.is_stale() && !made.as_ref().is_some_and(|m| m.is_of(state)) {
        *made = Some(Made::from(state));
    }
    made.as_ref().map_or_else(ReportHold::default, |m| m.report.clone())
}
