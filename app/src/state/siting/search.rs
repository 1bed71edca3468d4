//! A search for sites as the page knows it: how far it is, what it found, what is looked at.

use crate::compute::protocol::{SitingNews, SitingTold};
use atlas_core::{
    diagnostics::Diagnostic,
    geo::LonLat,
    scenario::{Edit, Scenario},
    siting::{
        Status,
        planning::{Alternatives, By, Clash, Curve, Progress, Proposal, Question, Site, WhyNot},
    },
};
use std::rc::Rc;

/// More moments than this are thinned out: a search may run for an hour.
const MOST_MOMENTS: usize = 600;
/// The trade-off goes on to so many sites, or to those asked for.
const MOST_OF_CURVE: usize = 40;
/// Other plans may be so much worse at first, in per cent.
pub const USUAL_PER_CENT: f64 = 1.0;

/// How far a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Ways: so many of so many candidates.
    Ways(usize, usize),
    /// It searches.
    Searching,
    /// It was stopped, and can go on.
    Stopped,
    /// It is over: proved, or nothing is feasible.
    Done,
    /// The question could not be asked.
    Refused,
}

/// Which plan is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// The best so far.
    #[default]
    Best,
    /// The one with so many sites.
    Count(usize),
    /// Another one, by its row.
    Alternative(usize),
    /// One that was changed by hand.
    Moved,
}

impl Shown {
    /// True where it is not what the search found.
    #[must_use]
    pub const fn is_moved(self) -> bool {
        matches!(self, Self::Moved)
    }
}

/// Best and bound at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Seconds since the beginning.
    pub seconds: f64,
    /// Best objective.
    pub best: Option<f64>,
    /// Bound.
    pub bound: Option<f64>,
}

/// What is known of a place that was asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyNotView {
    /// Where.
    pub at: LonLat,
    /// What it is called, where it came from the search box.
    pub name: Option<atlas_core::model::Name>,
    /// The answer so far.
    pub answer: Option<Rc<WhyNot>>,
    /// True once it will not become better.
    pub done: bool,
    /// True where nothing can stand there.
    pub nowhere: bool,
}

/// A search.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// Its number.
    pub run: u64,
    /// What was asked.
    pub question: Rc<Question>,
    /// The plan it was asked about.
    pub scenario: Rc<Scenario>,
    /// True where a person stopped it.
    pub paused: bool,
    /// How far it is.
    pub phase: Phase,
    /// For how long it has been searching.
    pub seconds: f64,
    /// How best and bound went.
    pub moments: Rc<Vec<Moment>>,
    /// The best plan.
    pub best: Option<Rc<Proposal>>,
    /// Why nothing is feasible.
    pub clash: Option<Rc<Clash>>,
    /// Why the question was refused.
    pub problems: Vec<Diagnostic>,
    /// The trade-off so far, and whether that is all of it.
    pub curve: Option<(Rc<Curve>, bool)>,
    /// Other plans within so many per cent, once they are there.
    pub alternatives: (f64, Option<Rc<Alternatives>>),
    /// Which plan is looked at.
    pub shown: Shown,
    /// That plan, where it is not the best one and once it is there.
    pub other: Option<Rc<Proposal>>,
    /// True where the plan that was wished for cannot be.
    pub impossible: bool,
    /// The number of the newest wish to look at a plan.
    pub look: u64,
    /// The site that was moved last, and where it is.
    pub moved: Option<(String, LonLat)>,
    /// A place that was asked about.
    pub why_not: Option<WhyNotView>,
    /// After how many edits the sites were accepted, and as which.
    pub accepted: Option<(usize, Rc<Vec<Edit>>)>,
}

impl Search {
    /// A search that begins.
    #[must_use]
    pub fn new(run: u64, question: Question, scenario: Scenario) -> Self {
        Self {
            run,
            question: Rc::new(question),
            scenario: Rc::new(scenario),
            paused: false,
            phase: Phase::Ways(0, 0),
            seconds: 0.0,
            moments: Rc::default(),
            best: None,
            clash: None,
            problems: Vec::new(),
            curve: None,
            alternatives: (USUAL_PER_CENT, None),
            shown: Shown::Best,
            other: None,
            impossible: false,
            look: 0,
            moved: None,
            why_not: None,
            accepted: None,
        }
    }

    /// The plan on the map: the one looked at, or the best until it is there.
    #[must_use]
    pub fn plan(&self) -> Option<&Rc<Proposal>> {
        self.other.as_ref().filter(|_| self.shown != Shown::Best).or(self.best.as_ref())
    }

    /// True while it works.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Ways(..) | Phase::Searching)
    }

    /// Up to how many sites the trade-off is wanted: twice as many as were asked for.
    #[must_use]
    pub fn curve_upto(&self) -> usize {
        (2 * self.question.count).clamp(4, MOST_OF_CURVE.max(self.question.count))
    }

    /// Objective, bound and gap so far.
    #[must_use]
    pub fn figures(&self) -> [Option<f64>; 3] {
        let last = self.moments.last();
        let best = self.best.as_ref();
        let objective = last.and_then(|m| m.best).or_else(|| best.and_then(|b| b.objective));
        let bound = last.and_then(|m| m.bound).or_else(|| best.and_then(|b| b.bound));
        // The gap of a regret is beside the cost itself, which only the plan knows.
        let regret = self.question.futures.is_some_and(|f| f.by == By::Regret);
        let gap = match regret {
            true => best.and_then(|b| b.gap),
            false => objective.zip(bound).and_then(|(o, b)| atlas_core::siting::relative_gap(o, b)),
        };
        [objective, bound, gap]
    }

    /// A site of the plan on the map.
    #[must_use]
    pub fn site(&self, id: &str) -> Option<(usize, &Site)> {
        let plan = self.plan()?;
        plan.sites.iter().enumerate().find(|(_, s)| s.id == id)
    }

    /// True where a site can be moved by hand: it stands in the best plan, and nothing else is looked at.
    #[must_use]
    pub fn can_move(&self, id: &str) -> bool {
        let looks = matches!(self.shown, Shown::Best | Shown::Moved);
        looks && self.best.as_ref().is_some_and(|b| b.sites.iter().any(|s| s.id == id && !s.existing))
    }

    /// Any site that is known by its id: of the plan on the map, of the best one, of an answer.
    #[must_use]
    pub fn known(&self, id: &str) -> Option<&Site> {
        let plans = [self.plan(), self.best.as_ref()];
        let why_not = self.why_not.as_ref().and_then(|w| w.answer.as_ref()).map(|w| &w.site).filter(|s| s.id == id);
        plans.into_iter().flatten().flat_map(|p| &p.sites).find(|s| s.id == id).or(why_not)
    }

    /// Takes what the worker says; false where it is of an older search.
    pub fn take(&mut self, told: SitingTold) -> bool {
        if told.run != self.run {
            return false;
        }
        self.seconds = self.seconds.max(told.seconds);
        match told.what {
            SitingNews::Refused(problems) => {
                self.phase = Phase::Refused;
                self.problems = problems;
            }
            SitingNews::Begun => {}
            SitingNews::Progress(Progress::Ways { done, all }) => {
                if self.is_running() {
                    self.phase = Phase::Ways(done, all);
                }
            }
            SitingNews::Progress(Progress::Searching { objective, bound, plan, .. }) => {
                // What was on its way when it was stopped still counts.
                if self.phase != Phase::Stopped {
                    self.phase = Phase::Searching;
                }
                self.note(objective, bound);
                if let Some(plan) = plan {
                    self.take_best(*plan);
                }
            }
            SitingNews::Progress(Progress::Done { plan, clash }) => {
                self.phase = Phase::Done;
                self.note(plan.objective, plan.bound);
                self.clash = clash.map(Rc::new);
                self.take_best(*plan);
            }
            SitingNews::Stopped => {
                if self.is_running() {
                    self.phase = Phase::Stopped;
                }
            }
            SitingNews::Curve(curve, done) => self.curve = Some((Rc::new(curve), done)),
            SitingNews::Alternatives(within, all) => {
                if within == self.alternatives.0 {
                    self.alternatives.1 = Some(Rc::new(all));
                }
            }
            SitingNews::WhyNot(answer, done) => {
                if let Some(view) = &mut self.why_not {
                    view.answer = Some(Rc::new(*answer));
                    view.done = done;
                }
            }
            SitingNews::NoSuchPlace => {
                if let Some(view) = &mut self.why_not {
                    (view.done, view.nowhere) = (true, true);
                }
            }
            SitingNews::Moved(look, moved) => {
                if look == self.look {
                    self.impossible = moved.is_none();
                    if let (Some(moved), Some(plan)) = (moved, &self.best) {
                        let mut plan = (**plan).clone();
                        if let Some(site) = plan.sites.iter_mut().find(|s| s.id == moved.site.id) {
                            *site = moved.site;
                        }
                        (plan.objective, plan.gap) = (Some(moved.objective), moved.gap);
                        // Nothing is proved of what a hand did.
                        plan.status = Status::Feasible;
                        self.other = Some(Rc::new(plan));
                    }
                }
            }
            SitingNews::Plan(look, plan) => {
                if look == self.look {
                    self.impossible = plan.is_none();
                    if let Some(plan) = plan {
                        self.other = Some(Rc::new(*plan));
                    }
                }
            }
        }
        true
    }

    fn take_best(&mut self, plan: Proposal) {
        // A plan without sites is no plan to look at where there was a better one.
        self.best = Some(Rc::new(plan));
    }

    fn note(&mut self, best: Option<f64>, bound: Option<f64>) {
        let moments = Rc::make_mut(&mut self.moments);
        if moments.last().is_some_and(|m| m.best == best && m.bound == bound) {
            // Only the newest of the same: the line goes on to now.
            if moments.len() > 1 && moments[moments.len() - 2].best == best && moments[moments.len() - 2].bound == bound
            {
                moments.pop();
            }
        }
        moments.push(Moment { seconds: self.seconds, best, bound });
        if moments.len() > MOST_MOMENTS {
            let mut row = 0;
            moments.retain(|_| {
                row += 1;
                row > MOST_MOMENTS / 2 || row % 2 == 1
            });
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use atlas_core::siting::planning::Won;

    pub fn site(id: &str, loss: f64) -> Site {
        let won = vec![Won { from: Some("CP0001".into()), demand: 60.0 }, Won { from: None, demand: 40.0 }];
        Site {
            id: id.into(),
            zh: format!("{id}镇"),
            en: id.into(),
            at: LonLat::new(117.0, 31.0),
            existing: false,
            serves: 100.0,
            won,
            mean: 5.0,
            loss,
        }
    }

    pub fn proposal(objective: f64, bound: f64, ids: &[&str]) -> Proposal {
        Proposal {
            status: Status::Feasible,
            objective: Some(objective),
            bound: Some(bound),
            gap: None,
            before: Some(30.0),
            sites: ids.iter().map(|id| site(id, 1.0)).collect(),
            closes: vec![],
            demand: 1e6,
            beyond: 0.0,
            out_of_reach: 0.0,
            size: [400, 1000, 5000],
            notes: vec![],
            futures: None,
        }
    }

    fn told(run: u64, seconds: f64, what: SitingNews) -> SitingTold {
        SitingTold { run, seconds, what }
    }

    pub fn searching(objective: f64, bound: f64, plan: Option<Proposal>) -> SitingNews {
        let plan = plan.map(Box::new);
        SitingNews::Progress(Progress::Searching { objective: Some(objective), bound: Some(bound), gap: None, plan })
    }

    #[test]
    fn a_search_keeps_its_best_and_how_it_went() {
        let mut s = Search::new(2, Question::default(), Scenario::default());
        assert!(!s.take(told(1, 0.1, searching(1.0, 0.5, None))), "of an older search");
        s.take(told(2, 0.1, searching(20.0, 10.0, Some(proposal(20.0, 10.0, &["place:1"])))));
        for i in 2..50 {
            s.take(told(2, f64::from(i) * 0.1, searching(18.0, 15.0, None)));
        }
        // The beginning and the end of what does not change.
        assert_eq!(s.moments.len(), 3);
        assert_eq!(s.figures()[..2], [Some(18.0), Some(15.0)]);
        assert_eq!(s.plan().map(|p| p.sites.len()), Some(1));
        s.take(told(2, 5.0, SitingNews::Stopped));
        s.take(told(2, 5.1, searching(17.9, 15.0, None)));
        assert_eq!((s.phase, s.is_running()), (Phase::Stopped, false));
    }

    #[test]
    fn only_the_newest_wish_to_look_is_heard() {
        let mut s = Search::new(1, Question::default(), Scenario::default());
        s.take(told(1, 0.1, searching(20.0, 10.0, Some(proposal(20.0, 10.0, &["a"])))));
        (s.shown, s.look) = (Shown::Count(2), 2);
        s.take(told(1, 0.2, SitingNews::Plan(1, Some(Box::new(proposal(25.0, 10.0, &["b"]))))));
        assert_eq!(s.plan().and_then(|p| p.objective), Some(20.0));
        s.take(told(1, 0.3, SitingNews::Plan(2, Some(Box::new(proposal(15.0, 10.0, &["a", "b"]))))));
        assert_eq!(s.plan().map(|p| p.sites.len()), Some(2));
        assert_eq!(s.site("b").map(|(row, _)| row), Some(1));
    }

    #[test]
    fn a_long_search_is_thinned_out() {
        let mut s = Search::new(1, Question::default(), Scenario::default());
        for i in 0..5000 {
            s.take(told(1, f64::from(i), searching(1e6 - f64::from(i), 1.0, None)));
        }
        assert!(s.moments.len() <= MOST_MOMENTS, "{}", s.moments.len());
        assert_eq!(s.moments.last().map(|m| m.seconds), Some(4999.0));
    }
}
