//! Keeping the plan in the browser: how far that is, what was found at the start, and the plan that was put aside.

use super::{AppState, Notice};
use atlas_core::{
    diagnostics::Diagnostic,
    format::{autosave::Kept, link::Link},
    scenario::Document,
};
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
    /// The person opened a scenario over a plan that had something in it.
    Opened,
    /// A link was opened.
    Linked,
    /// The person made a copy and goes on with it.
    Copied,
}

/// Everything about keeping the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Keeping {
    /// How far it is.
    pub saving: Saving,
    /// What the line tells, until it is dismissed.
    pub tale: Option<Tale>,
    /// The plan that is not on the screen any more and can be brought back, with the id it is kept by.
    pub set_aside: Option<(Rc<Document>, String)>,
    /// What was found before the baseline was there.
    found: Option<Rc<Kept>>,
}

impl Default for Keeping {
    fn default() -> Self {
        Self { saving: Saving::Looking, tale: None, set_aside: None, found: None }
    }
}

/// Something about keeping the plan happened.
#[derive(Debug)]
pub enum KeepAction {
    /// The browser was looked through.
    Looked {
        /// The plan of the last visit.
        kept: Option<Rc<Kept>>,
        /// What was wrong with it.
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
    /// What a link holds instead of this one, with what was wrong with it.
    OpenLink(Box<Link>, Vec<Diagnostic>),
}

impl AppState {
    pub(super) fn keep(&mut self, action: KeepAction) {
        match action {
            KeepAction::Looked { kept, problems } => {
                self.tell(problems);
                self.keeping.saving = Saving::Idle;
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
            }
            KeepAction::Anew => self.put_aside(Document::new(&self.baseline), None, Some(Tale::Anew)),
            KeepAction::Back => self.bring_back(),
            KeepAction::OpenLink(link, problems) => self.open_link(*link, problems),
        }
    }

    /// Opens what a link holds, as a scenario of its own.
    fn open_link(&mut self, link: Link, mut problems: Vec<Diagnostic>) {
        let (document, more) = Document::open(&self.baseline, link.scenario);
        problems.extend(more);
        if document.scenario() != self.document.scenario() {
            let known = self.entry_with(document.scenario());
            self.put_aside(document, known, (!self.embed).then_some(Tale::Linked));
        }
        if let Some(view) = &link.view {
            self.show_view(view);
            // The view may need an answer that the plan alone did not.
            self.generation += 1;
        }
        self.page = super::Page::Plan;
        self.tell(problems);
    }

    /// Opens what was found, once the baseline is there.
    pub(super) fn restore(&mut self) {
        let Some(kept) = self.keeping.found.take() else { return };
        self.keeping.saving = Saving::Saved(kept.saved_ms);
        if kept.scenario.is_untouched() {
            if !kept.id.is_empty() {
                self.library.open = kept.id.clone();
            }
            return;
        }
        let (document, problems) = Document::open(&self.baseline, kept.scenario.clone());
        self.tell(problems);
        // A record of before had no id.
        let id = Some(kept.id.clone()).filter(|id| !id.is_empty());
        self.put_aside(document, id, Some(Tale::Restored(kept.saved_ms)));
    }

    /// Brings back what was put aside; false where there is nothing.
    pub(super) fn bring_back(&mut self) {
        if let Some((document, id)) = self.keeping.set_aside.take() {
            self.turn_to(document, Some(id));
            self.keeping.tale = None;
        }
    }

    /// True where undo has something to take back: a change, or that the plan was put aside.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.document.can_undo() || self.keeping.set_aside.is_some()
    }

    /// Puts another plan in the place of this one, which can be brought back where there is anything in it. The other one is kept
    /// by the id given, or by a new one.
    pub(super) fn put_aside(&mut self, document: Document, id: Option<String>, tale: Option<Tale>) {
        let before = self.turn_to(Rc::new(document), id);
        self.keeping.set_aside = (!before.0.scenario().is_untouched()).then_some(before);
        // Where nothing was there before, opening needs no word.
        self.keeping.tale = tale.filter(|t| *t != Tale::Opened || self.keeping.set_aside.is_some());
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
        state::{EditAction, ResultsTab, Theme},
    };
    use atlas_core::{
        format::autosave::Stamp,
        model::{Baseline, Cluster, Origin, Parameter, Parameters, Prefecture},
        scenario::{Change, Scenario, View},
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

    fn with(value: f64) -> Scenario {
        Scenario { parameters: [(KEY.to_owned(), value)].into(), ..Scenario::default() }
    }

    fn kept(value: f64) -> Kept {
        Kept { id: "old".into(), saved_ms: 7.0, stamp: Stamp::default(), scenario: with(value), problems: vec![] }
    }

    fn looked(kept: Option<Kept>) -> KeepAction {
        KeepAction::Looked { kept: kept.map(Rc::new), problems: vec![] }
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
        for actions in
            [vec![looked(Some(kept(50.0))).into(), loaded()], vec![loaded(), looked(Some(kept(50.0))).into()]]
        {
            let state = after(actions);
            assert_eq!((set(&state), state.keeping.tale, state.generation), (Some(50.0), Some(Tale::Restored(7.0)), 1));
            assert_eq!(state.keeping.saving, Saving::Saved(7.0));
        }
        assert_eq!(after(vec![loaded(), looked(None).into()]).keeping.saving, Saving::Idle);
    }

    #[test]
    fn starting_anew_can_be_undone() {
        let start = || vec![loaded(), looked(Some(kept(50.0))).into(), KeepAction::Anew.into()];
        let anew = after(start());
        assert_eq!((set(&anew), anew.can_undo()), (None, true));
        for back in [KeepAction::Back.into(), EditAction::Undo.into()] {
            let state = anew.clone().reduce(back);
            assert_eq!((set(&state), state.keeping.tale, state.can_undo()), (Some(50.0), None, false));
        }
    }

    #[test]
    fn a_link_becomes_a_scenario_of_its_own() {
        let open = |value| {
            let view = View { results: "balance".into(), ..View::default() };
            let link = Link { scenario: with(value), view: Some(view) };
            crate::state::Action::from(KeepAction::OpenLink(Box::new(link), vec![]))
        };
        let state = after(vec![loaded(), looked(Some(kept(50.0))).into(), open(60.0)]);
        assert_eq!(
            (set(&state), state.keeping.tale, state.library.open != "old"),
            (Some(60.0), Some(Tale::Linked), true)
        );
        assert_eq!(state.results, ResultsTab::Balance);
        let back = state.reduce(KeepAction::Back.into());
        assert_eq!((set(&back), back.library.open.as_str()), (Some(50.0), "old"));
        // What is there already is not there twice.
        let state = back.reduce(open(60.0));
        assert_eq!(state.library.entries.iter().filter(|e| *e.scenario == with(60.0)).count(), 1);
        let same = after(vec![loaded(), looked(Some(kept(50.0))).into(), open(50.0)]);
        assert_eq!((same.library.open.as_str(), same.keeping.set_aside.is_some()), ("old", false));
    }

    #[test]
    fn trouble_is_told_once() {
        let trouble = || KeepAction::Status(Saving::Failed(StoreTrouble::Full)).into();
        let state = after(vec![loaded(), looked(None).into(), trouble(), trouble()]);
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
