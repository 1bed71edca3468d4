//! The worker's comparison of scenarios: each is measured once, in slices, and kept; what differs between two of them, and what
//! the plan amounts to territory by territory, is told when it is asked for.

use super::{
    bundles::Bundles,
    flows, insight,
    protocol::{
        Allocating, CompareAsk, CompareNews, CompareTold, CompareWish, InsightAsk, InsightNews, InsightTold, Response,
    },
    siting::Ground,
    slices::{Step, Told},
    territories::{self, Subject},
};
use atlas_core::{
    allocation::Allocator,
    catchment::{CellChange, Question},
    comparison::{Measured, Measuring, Progress, between},
    scenario::Scenario,
};
use std::{collections::VecDeque, rc::Rc};

/// So many measured scenarios are kept: those on the page, and those that were there just before.
const KEPT: usize = 6;
/// News of how far it is comes no more often than this (milliseconds).
const NEWS_MS: f64 = 100.0;

/// Comparisons in progress and done.
#[derive(Default)]
pub struct Comparisons {
    /// Keeps the ways from scenario to scenario. The plan's own is apart, so that neither loses its own.
    allocator: Allocator,
    run: u64,
    awake: bool,
    scenarios: Vec<Scenario>,
    question: Option<Question>,
    /// Rows that are not told yet.
    open: VecDeque<usize>,
    stopped: bool,
    measuring: Option<Measuring>,
    told_ms: f64,
    kept: VecDeque<Rc<Measured>>,
    between: Option<(u32, u32)>,
    sides: Option<(u32, u32)>,
    /// Who wants to know what a plan amounts to, and whether the baseline was told.
    insight: Option<(InsightAsk, bool)>,
}

/// What measuring a scenario came to.
enum Measure {
    /// It is measured.
    There(Rc<Measured>),
    /// It goes on; how far it is where that is worth telling.
    Far(Option<Allocating>),
}

/// What a scenario is measured by: its words do not matter.
fn bare(scenario: &Scenario) -> Scenario {
    Scenario {
        name: String::new(),
        note: String::new(),
        author: String::new(),
        unknown: String::new(),
        ..scenario.clone()
    }
}

impl Comparisons {
    /// Takes note of a wish; true where there is now work to do that was not under way.
    pub fn take(&mut self, ask: CompareAsk) -> bool {
        match ask.what {
            CompareWish::Measure(scenarios, question) => {
                self.run = ask.run;
                self.open = (0..scenarios.len()).collect();
                self.scenarios = scenarios.iter().map(bare).collect();
                self.question = Some(*question);
                self.stopped = false;
                self.between = None;
                self.sides = None;
            }
            _ if ask.run != self.run => return false,
            CompareWish::Stop => {
                self.stopped = true;
                self.measuring = None;
            }
            CompareWish::Between(before, after) => self.between = Some((before, after)),
            CompareWish::Sides(before, after) => self.sides = Some((before, after)),
        }
        !std::mem::replace(&mut self.awake, true)
    }

    /// Takes note of a question about territories, likewise.
    pub fn take_insight(&mut self, ask: InsightAsk) -> bool {
        self.insight = Some((InsightAsk { scenario: bare(&ask.scenario), ..ask }, false));
        !std::mem::replace(&mut self.awake, true)
    }

    /// One slice of work. What is looked at comes before what is still to be measured.
    pub fn step(&mut self, ground: &mut Ground, now_ms: f64) -> Step {
        if let Some((before, after)) = self.between.take() {
            return Step::Went(self.tell_between(ground, before, after));
        }
        if let Some((before, after)) = self.sides.take() {
            return Step::Went(self.tell_sides(ground, before, after));
        }
        if let Some((ask, base_told)) = self.insight.take() {
            return Step::Went(self.tell_insight(ground, ask, base_told, now_ms));
        }
        if let Some(row) = self.open.front().copied().filter(|_| !self.stopped) {
            return Step::Went(self.measure(ground, row, now_ms));
        }
        self.awake = false;
        Step::Idle
    }

    fn told(&self, what: CompareNews, documents: Vec<Vec<u8>>) -> Told {
        (Response::Compared(Box::new(CompareTold { run: self.run, what })), documents)
    }

    /// A scenario of the run, where it is measured.
    fn kept(&self, row: usize) -> Option<Rc<Measured>> {
        self.find(self.scenarios.get(row)?, self.question.as_ref()?)
    }

    fn find(&self, scenario: &Scenario, question: &Question) -> Option<Rc<Measured>> {
        let same = |k: &&Rc<Measured>| k.scenario == *scenario && k.surveyed.survey.question == *question;
        self.kept.iter().find(same).cloned()
    }

    fn measure(&mut self, ground: &mut Ground, row: usize, now_ms: f64) -> Vec<Told> {
        let (Some(scenario), Some(question)) = (self.scenarios.get(row).cloned(), self.question.clone()) else {
            self.open.pop_front();
            return vec![];
        };
        match self.measured(ground, &scenario, &question, now_ms) {
            Measure::There(kept) => {
                self.open.pop_front();
                vec![self.told(CompareNews::Measured(row as u32, Box::new(kept.outcome.clone())), vec![])]
            }
            Measure::Far(far) => {
                far.map(|far| self.told(CompareNews::Far(row as u32, far), vec![])).into_iter().collect()
            }
        }
    }

    /// One slice of measuring a scenario, where it is not measured yet.
    fn measured(&mut self, ground: &mut Ground, scenario: &Scenario, question: &Question, now_ms: f64) -> Measure {
        if let Some(kept) = self.find(scenario, question) {
            return Measure::There(kept);
        }
        // What is half measured goes on where it is still wanted, and is given up where it is not.
        let Some(measuring) = self.measuring.take().filter(|m| m.is_of(scenario, question)) else {
            let plan = ground.plan.lead(&ground.region.baseline, &scenario.edits);
            let begun =
                Measuring::begin(ground.region, plan, scenario, question, ground.evaluator, &mut self.allocator);
            self.measuring = Some(begun);
            self.told_ms = now_ms;
            return Measure::Far(Some(Allocating::Ways(0, 0)));
        };
        let (progress, more) = measuring.step(ground.region, &mut self.allocator);
        self.measuring = more;
        let far = match progress {
            Progress::Ways(done, all) => Allocating::Ways(done as u32, all as u32),
            Progress::Solving(gap) => Allocating::Solving(gap),
            Progress::Done(measured) => {
                if self.kept.len() >= KEPT {
                    self.forget_one();
                }
                self.kept.push_back(Rc::new(*measured));
                return Measure::Far(None);
            }
        };
        let worth_telling = now_ms - self.told_ms >= NEWS_MS;
        if worth_telling {
            self.told_ms = now_ms;
        }
        Measure::Far(worth_telling.then_some(far))
    }

    /// What the baseline amounts to, and then the plan: the question stays until both are told.
    fn tell_insight(&mut self, ground: &mut Ground, ask: InsightAsk, base_told: bool, now_ms: f64) -> Vec<Told> {
        let base = Scenario::default();
        let scenario = if base_told { &ask.scenario } else { &base };
        let what = match self.measured(ground, scenario, &ask.question, now_ms) {
            Measure::There(measured) => {
                let found = Box::new(insight::of(ground.region, &measured, &ask));
                Some(if base_told { InsightNews::Plan(found) } else { InsightNews::Base(found) })
            }
            Measure::Far(far) => far.map(|far| InsightNews::Far(!base_told, far)),
        };
        let run = ask.run;
        match what {
            Some(InsightNews::Plan(_)) => {}
            Some(InsightNews::Base(_)) => self.insight = Some((ask, true)),
            _ => self.insight = Some((ask, base_told)),
        }
        what.map(|what| (Response::Insight(Box::new(InsightTold { run, what })), vec![])).into_iter().collect()
    }

    /// The oldest that is not on the page; else the oldest.
    fn forget_one(&mut self) {
        let shown = |k: &Rc<Measured>| {
            self.scenarios.contains(&k.scenario) && self.question.as_ref() == Some(&k.surveyed.survey.question)
        };
        let oldest = self.kept.iter().position(|k| !shown(k)).unwrap_or(0);
        self.kept.remove(oldest);
    }

    fn tell_between(&self, ground: &Ground, before: u32, after: u32) -> Vec<Told> {
        let (Some(a), Some(b)) = (self.kept(before as usize), self.kept(after as usize)) else { return vec![] };
        let mut changes = Vec::new();
        let found = between(ground.region, &a, &b, |cell, change| {
            // Who serves whom is the swipe's to show: here it would hide what was gained and lost.
            if change != CellChange::Moved {
                changes.push((cell, change));
            }
        });
        let drawn = territories::difference(ground.region, &changes);
        vec![self.told(CompareNews::Between(before, after, Box::new(found)), vec![drawn])]
    }

    /// Travel bands and flows of both, the flows on one scale.
    fn tell_sides(&self, ground: &mut Ground, before: u32, after: u32) -> Vec<Told> {
        let (Some(a), Some(b)) = (self.kept(before as usize), self.kept(after as usize)) else { return vec![] };
        let mut bands = |m: &Measured| {
            // The fields follow the plan, as its catchments did when it was measured.
            let plan = ground.plan.lead(&ground.region.baseline, &m.scenario.edits);
            let of = Subject { region: ground.region, plan, scenario: &m.scenario };
            territories::bands(of, ground.areas, &m.surveyed.survey.question, ground.evaluator.fields())
        };
        let documents = [bands(&a), bands(&b)];
        let mut bundles = [Bundles::new(&a.allocation), Bundles::new(&b.allocation)];
        let [one, other] = &mut bundles;
        one.on_one_scale_with(other);
        let documents = documents.into_iter().chain(bundles.iter().map(flows::drawn)).collect();
        vec![self.told(CompareNews::Sides(before, after), documents)]
    }
}
