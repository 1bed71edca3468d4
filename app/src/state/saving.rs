//! Keeping the plan in the browser: how far that is, what was found at the start, and the plan that was put aside.

use super::{AppState, Notice};
use atlas_core::{diagnostics::Diagnostic, format::autosave::Kept, scenario::Document};
use std::rc::Rc;

/// Why the browser keeps nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreTrouble {
    /// Storage is switched off or not allowed here.
    Blocked,
    /// There is no room left.
    Full,
    /// Anything else.
    Broken,
}

impl StoreTrouble {
    /// The stable code of its notice.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Blocked => "autosave-blocked",
            Self::Full => "autosave-full",
            Self::Broken => "autosave-broken",
        }
    }

    /// Key of the reason in a few words.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Blocked => "saving-why-blocked",
            Self::Full => "saving-why-full",
            Self::Broken => "saving-why-broken",
        }
    }
}

/// How far keeping the plan is. Times are milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Saving {
    /// What was kept is being looked for; nothing is asked of the worker before it is there.
    Looking,
    /// There is nothing to keep yet.
    Idle,
    /// The newest change is on its way.
    Busy,
    /// Everything is kept.
    Saved(f64),
    /// Everything is kept beside the newer plan of another tab.
    Aside(f64),
    /// The newest change is not kept.
    Failed(StoreTrouble),
}

/// What the line above the plan tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tale {
    /// The plan was kept from the last visit, saved then.
    Restored(f64),
    /// The person started anew.
    Anew,
    /// The person opened the plan of another tab.
    Swapped,
    /// The person opened a scenario over a plan that had something in it.
    Opened,
}

/// Everything about keeping the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Keeping {
    /// How far it is.
    pub saving: Saving,
    /// What the line tells, until it is dismissed.
    pub tale: Option<Tale>,
    /// The plan that is not on the screen any more and can be brought back.
    pub set_aside: Option<Rc<Document>>,
    /// A plan that another tab kept beside.
    pub other: Option<Rc<Kept>>,
    /// What was found before the baseline was there.
    found: Option<Rc<Kept>>,
}

impl Default for Keeping {
    fn default() -> Self {
        Self { saving: Saving::Looking, tale: None, set_aside: None, other: None, found: None }
    }
}

/// Something about keeping the plan happened.
#[derive(Debug)]
pub enum KeepAction {
    /// The browser was looked through.
    Looked {
        /// The plan of the last visit.
        kept: Option<Rc<Kept>>,
        /// A plan that another tab kept beside it.
        other: Option<Rc<Kept>>,
        /// What was wrong with them.
        problems: Vec<Diagnostic>,
    },
    /// It went on.
    Status(Saving),
    /// Something to tell.
    Tell(Diagnostic),
    /// The line has been read.
    Dismiss,
    /// An empty plan instead of this one.
    Anew,
    /// The plan that was put aside instead of this one.
    Back,
    /// The plan of another tab instead of this one.
    OpenOther,
}

impl AppState {
    pub(super) fn keep(&mut self, action: KeepAction) {
        match action {
            KeepAction::Looked { kept, other, problems } => {
                self.tell(problems);
                self.keeping.saving = Saving::Idle;
                self.keeping.other = other;
                self.keeping.found = kept;
                if self.has_baseline() {
                    self.restore();
                }
            }
            KeepAction::Status(saving) => {
                let before = std::mem::replace(&mut self.keeping.saving, saving);
                if let Saving::Failed(trouble) = saving
                    && before != saving
                {
                    self.tell(vec![Diagnostic::error(trouble.code(), "", "", "")]);
                }
            }
            KeepAction::Tell(problem) => self.tell(vec![problem]),
            KeepAction::Dismiss => {
                self.keeping.tale = None;
                self.keeping.set_aside = None;
                self.keeping.other = None;
            }
            KeepAction::Anew => self.put_aside(Document::new(&self.baseline), Some(Tale::Anew)),
            KeepAction::Back => self.bring_back(),
            KeepAction::OpenOther => {
                if let Some(other) = self.keeping.other.take() {
                    let (document, problems) = Document::open(&self.baseline, other.scenario.clone());
                    self.tell(problems);
                    self.put_aside(document, Some(Tale::Swapped));
                }
            }
        }
    }

    /// Opens what was found, once the baseline is there.
    pub(super) fn restore(&mut self) {
        let Some(kept) = self.keeping.found.take() else { return };
        self.keeping.saving = Saving::Saved(kept.saved_ms);
        if kept.scenario.is_untouched() {
            return;
        }
        let (document, problems) = Document::open(&self.baseline, kept.scenario.clone());
        self.tell(problems);
        self.put_aside(document, Some(Tale::Restored(kept.saved_ms)));
    }

    /// Brings back what was put aside; false where there is nothing.
    pub(super) fn bring_back(&mut self) {
        if let Some(document) = self.keeping.set_aside.take() {
            self.document = document;
            self.keeping.tale = None;
            self.generation += 1;
            self.keep_selection();
        }
    }

    /// True where undo has something to take back: a change, or that the plan was put aside.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.document.can_undo() || self.keeping.set_aside.is_some()
    }

    /// Puts another plan in the place of this one, which can be brought back where there is anything in it.
    pub(super) fn put_aside(&mut self, document: Document, tale: Option<Tale>) {
        let before = std::mem::replace(&mut self.document, Rc::new(document));
        self.keeping.set_aside = (!before.scenario().is_untouched()).then_some(before);
        // Where nothing was there before, opening needs no word.
        self.keeping.tale = tale.filter(|t| *t != Tale::Opened || self.keeping.set_aside.is_some());
        self.drag = None;
        self.generation += 1;
        self.keep_selection();
    }

    /// Adds problems to those on the screen.
    pub(super) fn tell(&mut self, more: Vec<Diagnostic>) {
        if more.is_empty() {
            return;
        }
        let mut problems = self.notice.as_ref().map_or_else(Vec::new, |n| n.problems.clone());
        problems.extend(more);
        self.notice = Some(Rc::new(Notice { problems }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::Lang,
        state::{EditAction, Theme},
    };
    use atlas_core::{
        format::autosave::Stamp,
        model::{Baseline, Cluster, Origin, Parameter, Parameters, Prefecture},
        scenario::{Change, Scenario},
    };
    use yew::Reducible;

    const KEY: &str = "price.carbon.all";

    fn baseline() -> Baseline {
        let parameter = Parameter {
            key: KEY.into(),
            value: 90.0,
            low: None,
            high: None,
            unit: "yuan/t".into(),
            origin: Origin::default(),
            default: None,
        };
        Baseline {
            prefectures: vec![Prefecture { cluster: Some(Cluster::Yrd), ..Prefecture::default() }],
            parameters: Parameters::new(vec![parameter]),
            ..Baseline::default()
        }
    }

    fn kept(value: f64) -> Kept {
        let scenario = Scenario { parameters: [(KEY.to_owned(), value)].into(), ..Scenario::default() };
        Kept { saved_ms: 7.0, stamp: Stamp::default(), scenario, problems: vec![] }
    }

    fn looked(kept: Option<Kept>, other: Option<Kept>) -> KeepAction {
        KeepAction::Looked { kept: kept.map(Rc::new), other: other.map(Rc::new), problems: vec![] }
    }

    fn after(actions: Vec<crate::state::Action>) -> Rc<AppState> {
        actions.into_iter().fold(Rc::new(AppState::new(Lang::En, Theme::Light)), Reducible::reduce)
    }

    fn set(state: &AppState) -> Option<f64> {
        state.document.scenario().parameters.get(KEY).copied()
    }

    fn loaded() -> crate::state::Action {
        crate::state::LoadAction::Baseline(Box::new(baseline())).into()
    }

    #[test]
    fn what_was_kept_is_there_with_the_baseline_whichever_comes_first() {
        for actions in [
            vec![looked(Some(kept(50.0)), None).into(), loaded()],
            vec![loaded(), looked(Some(kept(50.0)), None).into()],
        ] {
            let state = after(actions);
            assert_eq!((set(&state), state.keeping.tale, state.generation), (Some(50.0), Some(Tale::Restored(7.0)), 1));
            assert_eq!(state.keeping.saving, Saving::Saved(7.0));
        }
        assert_eq!(after(vec![loaded(), looked(None, None).into()]).keeping.saving, Saving::Idle);
    }

    #[test]
    fn starting_anew_can_be_undone() {
        let start = || vec![loaded(), looked(Some(kept(50.0)), None).into(), KeepAction::Anew.into()];
        let anew = after(start());
        assert_eq!((set(&anew), anew.can_undo()), (None, true));
        for back in [KeepAction::Back.into(), EditAction::Undo.into()] {
            let state = anew.clone().reduce(back);
            assert_eq!((set(&state), state.keeping.tale, state.can_undo()), (Some(50.0), None, false));
        }
    }

    #[test]
    fn the_plan_of_another_tab_changes_places_with_this_one() {
        let state =
            after(vec![loaded(), looked(Some(kept(50.0)), Some(kept(60.0))).into(), KeepAction::OpenOther.into()]);
        assert_eq!(set(&state), Some(60.0));
        assert_eq!(set(&state.reduce(KeepAction::Back.into())), Some(50.0));
    }

    #[test]
    fn trouble_is_told_once() {
        let trouble = || KeepAction::Status(Saving::Failed(StoreTrouble::Full)).into();
        let state = after(vec![loaded(), looked(None, None).into(), trouble(), trouble()]);
        assert_eq!(state.notice.as_ref().unwrap().problems.len(), 1);
    }

    #[test]
    fn a_slider_makes_one_step_of_the_history() {
        let slide = |v: f64| EditAction::Slide(Change::Parameter(KEY.into(), Some(v))).into();
        let state =
            after(vec![loaded(), slide(10.0), slide(20.0), slide(30.0), EditAction::Settle.into(), slide(40.0)]);
        let generation = state.generation;
        assert_eq!(set(&state), Some(40.0));
        let once = state.reduce(EditAction::Undo.into());
        assert_eq!((set(&once), once.generation), (Some(30.0), generation + 1));
        assert_eq!(set(&once.reduce(EditAction::Undo.into())), None);
    }
}
