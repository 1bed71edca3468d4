//! What a person does about new sites, and what the worker says of them.

use super::{Ask, AskAction, Phase, Ring, Search, Shown, SiteDrag, Source, search::WhyNotView};
use crate::{
    compute::protocol::SitingTold,
    state::{AppState, ResultsTab, Tool},
};
use atlas_core::{
    geo::LonLat,
    model::Name,
    scenario::{Change, Edit, Scenario},
};
use std::rc::Rc;

/// Corners that a ring needs.
const LEAST_CORNERS: usize = 3;

/// Something about new sites.
#[derive(Debug)]
pub enum SitingAction {
    /// Opens the panel, or closes it.
    Open(bool),
    /// Something else is asked.
    Ask(AskAction),
    /// Begins to draw a ring, or gives it up.
    Draw(Option<Ring>),
    /// The ring has another corner.
    Corner(LonLat),
    /// The last corner goes.
    BackCorner,
    /// The ring is closed.
    CloseRing,
    /// The search begins.
    Begin,
    /// It pauses or goes on.
    Pause(bool),
    /// The worker says something.
    Told(Box<SitingTold>),
    /// Another plan is looked at.
    Look(Shown),
    /// Other plans may be so many per cent worse.
    Within(f64),
    /// The next click asks about a place, or no longer does.
    PointAt(bool),
    /// What would this place cost?
    WhyNot(LonLat, Option<Name>),
    /// Enough of that place.
    WhyNotNoMore,
    /// A site is told in full, or none any more.
    Tell(Option<String>),
    /// A site begins to follow the pointer.
    DragStart(String),
    /// It is here now.
    DragTo(LonLat),
    /// It stays here.
    Drop,
    /// It goes back.
    DragCancel,
    /// The plan that is looked at goes into the scenario.
    Accept(Vec<Edit>),
    /// The accepted sites go out again, all of them.
    TakeBack,
}

impl AppState {
    /// True where two plans differ in what siting rests on.
    fn is_other_plan(&self, asked: &Scenario) -> bool {
        let now = self.document.scenario();
        now.edits != asked.edits || now.levers != asked.levers || now.parameters != asked.parameters
    }

    /// True where the sites on the screen were found for another plan. What was accepted of them is no other plan.
    #[must_use]
    pub fn is_siting_stale(&self) -> bool {
        let Some(search) = &self.siting.search else { return false };
        !self.are_sites_accepted() && self.is_other_plan(&search.scenario)
    }

    /// True where the question has changed since the search began.
    #[must_use]
    pub fn is_siting_question_other(&self) -> bool {
        let search = self.siting.search.as_ref();
        search.is_some_and(|s| s.phase != Phase::Refused && *s.question != self.siting.ask.asked())
    }

    /// True where the sites that were found are in the plan.
    #[must_use]
    pub fn are_sites_accepted(&self) -> bool {
        let accepted = self.siting.search.as_ref().and_then(|s| s.accepted.as_ref());
        let edits = &self.document.scenario().edits;
        accepted.is_some_and(|(before, all)| edits.get(*before..before + all.len()) == Some(all.as_slice()))
    }

    /// How many edits would be taken back with the accepted sites: only while nothing else came after them.
    #[must_use]
    pub fn accepted_edits(&self) -> Option<usize> {
        let (before, all) = self.siting.search.as_ref().and_then(|s| s.accepted.as_ref())?;
        let last = self.document.scenario().edits.len() == before + all.len();
        (last && self.are_sites_accepted()).then_some(all.len())
    }

    pub(in crate::state) fn site(&mut self, action: SitingAction) {
        match action {
            SitingAction::Open(open) => self.open_siting(open),
            SitingAction::Ask(action) => {
                self.siting.ask = self.siting.ask.after(action);
                // A ring to choose in is drawn at once where there is none.
                let draws = self.siting.ask.source == Source::Drawn && self.siting.ask.ring.is_empty();
                let drawing = matches!(self.siting.drawing, Some((Ring::Candidates, _)));
                if draws && !drawing {
                    self.site(SitingAction::Draw(Some(Ring::Candidates)));
                } else if !draws && drawing {
                    self.site(SitingAction::Draw(None));
                }
            }
            SitingAction::Draw(ring) => {
                self.siting.drawing = ring.map(|r| (r, Vec::new()));
                self.tool = if ring.is_some() { Tool::Ring } else { Tool::Select };
                if ring == Some(Ring::Forbidden) {
                    self.siting.ask.forbids = true;
                }
            }
            SitingAction::Corner(at) => {
                if let Some((_, corners)) = &mut self.siting.drawing
                    && corners.last() != Some(&at)
                {
                    corners.push(at);
                }
            }
            SitingAction::BackCorner => {
                if let Some((_, corners)) = &mut self.siting.drawing {
                    corners.pop();
                }
            }
            SitingAction::CloseRing => {
                if let Some((ring, corners)) = self.siting.drawing.take_if(|(_, c)| c.len() >= LEAST_CORNERS) {
                    self.tool = Tool::Select;
                    let ask: &mut Ask = &mut self.siting.ask;
                    match ring {
                        Ring::Forbidden => ask.question.forbidden.push(corners),
                        Ring::Candidates => ask.ring = corners,
                    }
                }
            }
            SitingAction::Begin => {
                self.siting.run += 1;
                self.siting.drag = None;
                self.siting.told = None;
                let question = self.siting.ask.asked();
                let scenario = self.document.scenario().clone();
                self.siting.search = Some(Search::new(self.siting.run, question, scenario));
                self.results = ResultsTab::Siting;
            }
            SitingAction::Pause(paused) => {
                if let Some(search) = &mut self.siting.search {
                    search.paused = paused;
                    // Said at once; the worker's own word comes with its next slice.
                    match (paused, search.phase) {
                        (true, Phase::Ways(..) | Phase::Searching) => search.phase = Phase::Stopped,
                        (false, Phase::Stopped) => search.phase = Phase::Searching,
                        _ => {}
                    }
                }
            }
            SitingAction::Told(told) => {
                if let Some(search) = &mut self.siting.search {
                    search.take(*told);
                }
            }
            SitingAction::Look(shown) => self.look(shown),
            SitingAction::Within(within) => {
                if let Some(search) = &mut self.siting.search {
                    search.alternatives = (within, None);
                    if matches!(search.shown, Shown::Alternative(_)) {
                        self.look(Shown::Best);
                    }
                }
            }
            SitingAction::PointAt(on) => self.tool = if on { Tool::WhyNot } else { Tool::Select },
            SitingAction::WhyNot(at, name) => {
                if self.tool == Tool::WhyNot {
                    self.tool = Tool::Select;
                }
                if let Some(search) = &mut self.siting.search {
                    search.why_not = Some(WhyNotView { at, name, answer: None, done: false, nowhere: false });
                    self.results = ResultsTab::Siting;
                }
            }
            SitingAction::WhyNotNoMore => {
                if let Some(search) = &mut self.siting.search {
                    search.why_not = None;
                }
            }
            SitingAction::Tell(id) => self.siting.told = id,
            SitingAction::DragStart(id) => {
                if let Some(search) = self.siting.search.as_ref().filter(|s| s.can_move(&id))
                    && let Some((_, site)) = search.site(&id)
                {
                    let (from, before, plan) = (site.at, search.shown, search.other.clone());
                    self.siting.told = Some(id.clone());
                    self.siting.drag = Some(SiteDrag { id, from, at: from, before, plan });
                }
            }
            SitingAction::DragTo(at) => {
                if let (Some(drag), Some(search)) = (&mut self.siting.drag, &mut self.siting.search) {
                    drag.at = at;
                    search.look += 1;
                    search.moved = Some((drag.id.clone(), at));
                    // One site at a time is elsewhere: all others stay.
                    if search.shown == Shown::Best {
                        search.other = search.best.clone();
                    }
                    search.shown = Shown::Moved;
                }
            }
            SitingAction::Drop => {
                let drag = self.siting.drag.take();
                if let (Some(drag), Some(search)) = (drag, &mut self.siting.search)
                    && drag.at == drag.from
                {
                    search.shown = drag.before;
                }
            }
            SitingAction::DragCancel => {
                let (Some(drag), Some(search)) = (self.siting.drag.take(), &mut self.siting.search) else { return };
                search.shown = drag.before;
                search.other = drag.plan;
                search.impossible = false;
                search.moved = Some((drag.id, drag.from));
                // What is still on its way is of the place that was given up.
                search.look += 1;
            }
            SitingAction::Accept(edits) => {
                let before = self.document.scenario().edits.len();
                if !edits.is_empty() {
                    self.make(Change::Edits(edits));
                }
                let accepted = self.document.scenario().edits[before..].to_vec();
                if let Some(search) = self.siting.search.as_mut().filter(|_| !accepted.is_empty()) {
                    search.accepted = Some((before, Rc::new(accepted)));
                    search.paused = true;
                    if search.is_running() {
                        search.phase = Phase::Stopped;
                    }
                }
                self.siting.drag = None;
            }
            SitingAction::TakeBack => {
                if self.accepted_edits().is_some() {
                    self.edit(crate::state::EditAction::Undo);
                }
            }
        }
    }

    fn look(&mut self, shown: Shown) {
        if let Some(search) = &mut self.siting.search {
            search.shown = shown;
            search.other = None;
            search.impossible = false;
            search.look += 1;
            self.siting.drag = None;
        }
    }

    fn open_siting(&mut self, open: bool) {
        self.siting.open = open;
        self.siting.drawing = None;
        self.siting.drag = None;
        if open {
            // One panel at a time.
            self.journey.open = false;
            self.tool = Tool::Select;
            self.results = ResultsTab::Siting;
        } else {
            if matches!(self.tool, Tool::Ring | Tool::WhyNot) {
                self.tool = Tool::Select;
            }
            if self.results == ResultsTab::Siting {
                self.results = ResultsTab::Figures;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::search::tests::{proposal, searching};
    use super::*;
    use crate::{
        i18n::Lang,
        state::{EditAction, LoadAction, Theme},
    };
    use atlas_core::{
        model::{Baseline, Cluster, FacilityKind, Prefecture},
        scenario::{Lever, NewFacility},
    };
    use yew::Reducible;

    fn start() -> Rc<AppState> {
        let home = Prefecture {
            adcode: 340_100,
            cluster: Some(Cluster::Yrd),
            seat: LonLat::new(117.2, 31.8),
            ..Prefecture::default()
        };
        let baseline = Baseline { prefectures: vec![home], ..Baseline::default() };
        let state = Rc::new(AppState::new(Lang::En, Theme::Light));
        let state = state.reduce(LoadAction::Baseline(Box::new(baseline)).into());
        state.reduce(SitingAction::Open(true).into())
    }

    fn found(state: Rc<AppState>) -> Rc<AppState> {
        let state = state.reduce(SitingAction::Begin.into());
        let what = searching(15.0, 14.0, Some(proposal(15.0, 14.0, &["place:1", "place:2"])));
        let told = SitingTold { run: state.siting.run, seconds: 0.2, what };
        state.reduce(SitingAction::Told(Box::new(told)).into())
    }

    fn edits() -> Vec<Edit> {
        let new = |id: &str, lon| {
            Edit::Add(NewFacility {
                id: id.into(),
                kind: FacilityKind::CollectionPoint,
                name: Name::default(),
                at: LonLat::new(lon, 31.5),
                metals: vec![],
                capacity_t: None,
            })
        };
        vec![new("UC001", 117.1), new("UC002", 117.3)]
    }

    #[test]
    fn accepted_sites_are_ordinary_edits_and_one_step_of_the_history() {
        let state = found(start()).reduce(SitingAction::Accept(edits()).into());
        assert!(state.are_sites_accepted() && !state.is_siting_stale());
        assert_eq!((state.accepted_edits(), state.document.plan().facilities().len()), (Some(2), 2));
        assert!(state.siting.search.as_ref().is_some_and(|s| s.paused && s.phase == Phase::Stopped));
        let none = Rc::clone(&state).reduce(EditAction::Undo.into());
        assert!(!none.are_sites_accepted() && !none.is_siting_stale());
        assert_eq!(none.document.plan().facilities().len(), 0);
        let more = Rc::clone(&state).reduce(EditAction::Make(Change::Edit(Edit::Close { id: "UC001".into() })).into());
        assert_eq!((more.are_sites_accepted(), more.accepted_edits()), (true, None));
        let back = state.reduce(SitingAction::TakeBack.into());
        assert!(!back.are_sites_accepted() && !back.is_siting_stale());
        assert!(back.document.scenario().edits.is_empty() && back.document.can_redo());
    }

    #[test]
    fn another_plan_or_question_makes_the_answer_old_and_keeps_it() {
        let state = found(start());
        let other = Rc::clone(&state).reduce(EditAction::Make(Change::Lever(Lever::RecoveryRate, Some(0.5))).into());
        assert!(other.is_siting_stale() && other.siting.search.as_ref().is_some_and(|s| s.best.is_some()));
        assert!(!other.reduce(EditAction::Undo.into()).is_siting_stale());
        let asked = state.reduce(SitingAction::Ask(AskAction::Count(3)).into());
        assert!(asked.is_siting_question_other() && !asked.is_siting_stale());
        let closed = asked.reduce(SitingAction::Open(false).into());
        let again = closed.reduce(SitingAction::Open(true).into());
        assert_eq!(again.siting.ask.question.count, 3, "the question is kept");
    }

    #[test]
    fn a_site_that_was_dragged_goes_back() {
        let state = found(start());
        let held = state.reduce(SitingAction::DragStart("place:1".into()).into());
        let moved = held.reduce(SitingAction::DragTo(LonLat::new(117.5, 31.0)).into());
        let search = moved.siting.search.as_ref().expect("a search");
        assert_eq!((search.shown, search.look), (Shown::Moved, 1));
        let back = moved.reduce(SitingAction::DragCancel.into());
        let search = back.siting.search.as_ref().expect("a search");
        assert_eq!((search.shown, search.look, back.siting.drag.is_none()), (Shown::Best, 2, true));
        let nobody = back.reduce(SitingAction::DragStart("place:9".into()).into());
        assert!(nobody.siting.drag.is_none());
    }

    #[test]
    fn a_ring_needs_three_corners_and_choosing_drawn_candidates_begins_one() {
        let state = start().reduce(SitingAction::Ask(AskAction::From(Source::Drawn)).into());
        assert_eq!((state.tool, state.siting.drawing.is_some()), (Tool::Ring, true));
        let mut state = state;
        for (i, lon) in [117.0, 118.0, 118.0].into_iter().enumerate() {
            state = state.reduce(SitingAction::CloseRing.into());
            assert!(state.siting.ask.ring.is_empty());
            state = state.reduce(SitingAction::Corner(LonLat::new(lon, 31.0 + i as f64)).into());
        }
        let closed = state.reduce(SitingAction::CloseRing.into());
        assert_eq!((closed.siting.ask.ring.len(), closed.tool), (3, Tool::Select));
        let other = closed.reduce(SitingAction::Ask(AskAction::From(Source::Places)).into());
        assert!(other.siting.drawing.is_none());
    }
}
