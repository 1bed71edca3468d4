//! The worker's allocations: which plan is being allocated, what was told last, and the baseline's in between.

use super::{
    bundles::Bundles,
    flows,
    protocol::{Allocated, Allocating, Request, Response},
    slices::Step,
    takers::takers,
};
use atlas_core::{
    allocation::{Allocator, Answer, Job, Progress, WorthJob},
    evaluate::Evaluator,
    model::Region,
    scenario::{Follower, Scenario},
};

/// Allocations in progress and done.
#[derive(Default)]
pub struct Allocations {
    allocator: Allocator,
    /// What the page wants to know, until it is told.
    wanted: Option<Wanted>,
    /// The job for it.
    job: Option<(Scenario, Job)>,
    /// The plan that was told of last: the page has it.
    told: Option<Scenario>,
    /// What more of the facility in focus is worth, with the number of the question: told after the plan.
    worth: Option<(u64, WorthJob)>,
    /// The baseline's allocation, once the page has been told a plan's. It has an allocator of its own: the plan's keeps its ways.
    base: Base,
}

struct Wanted {
    generation: u64,
    scenario: Scenario,
    focus: Option<String>,
}

#[derive(Default)]
enum Base {
    #[default]
    Unknown,
    Begun(Box<(Allocator, Job)>),
    Told,
}

impl Allocations {
    /// Takes note of a question; true where there is now work to do that was not under way.
    pub fn take(&mut self, request: &Request) -> bool {
        let idle = self.wanted.is_none() && self.worth.is_none() && !matches!(self.base, Base::Begun(_));
        self.worth = None;
        if !request.allocate || !request.whole {
            // The plan moves on: what was begun for it is worthless. The next settled question begins anew.
            if self.job.as_ref().is_some_and(|(scenario, _)| *scenario != request.scenario) {
                self.job = None;
                self.wanted = None;
            }
            return false;
        }
        self.wanted = Some(Wanted {
            generation: request.generation,
            scenario: request.scenario.clone(),
            focus: request.focus.clone(),
        });
        idle
    }

    /// One slice of work.
    pub fn step(&mut self, region: &Region, evaluator: &mut Evaluator, plan: &mut Follower) -> Step {
        let Some(wanted) = &self.wanted else {
            return if self.worth.is_some() { self.weigh() } else { self.baseline(region, evaluator, plan) };
        };
        if self.told.as_ref() == Some(&wanted.scenario) {
            let told = Allocated { generation: wanted.generation, answer: None, takers: None, worth: None };
            self.look_at_focus();
            return Step::Went(vec![(Response::Allocated(Box::new(told)), vec![])]);
        }
        let generation = wanted.generation;
        let (scenario, job) = match &mut self.job {
            Some((scenario, job)) if *scenario == wanted.scenario => (scenario, job),
            slot => {
                let plan = plan.lead(&region.baseline, &wanted.scenario.edits);
                let evaluation = evaluator.evaluate(region, plan, &wanted.scenario);
                let job = self.allocator.begin(region, plan, &wanted.scenario, &evaluation);
                *slot = Some((wanted.scenario.clone(), job));
                return Step::Went(vec![]);
            }
        };
        match job.step(&mut self.allocator, region) {
            Progress::Ways { done, all } => {
                let far = Allocating::Ways(done as u32, all as u32);
                Step::Went(vec![(Response::Allocating(generation, far), vec![])])
            }
            Progress::Solving { gap } => {
                Step::Went(vec![(Response::Allocating(generation, Allocating::Solving(gap)), vec![])])
            }
            Progress::Done(answer) => {
                let scenario = scenario.clone();
                self.job = None;
                if scenario.changes() == 0 {
                    self.base = Base::Told;
                }
                let base = (scenario.changes() == 0).then(|| Response::BaseAllocated(answer.clone()));
                let plan = plan.lead(&region.baseline, &scenario.edits);
                let takers = Some(takers(region, plan, &answer, evaluator.fields()));
                self.told = Some(scenario);
                self.look_at_focus();
                let drawn = flows::drawn(&Bundles::new(&answer));
                let told = Allocated { generation, answer: Some(*answer), takers, worth: None };
                let mut all: Vec<(Response, Vec<Vec<u8>>)> = base.map(|b| (b, vec![])).into_iter().collect();
                all.push((Response::Allocated(Box::new(told)), vec![drawn]));
                Step::Went(all)
            }
        }
    }

    /// The plan is told: what more of the facility in focus is worth comes next.
    fn look_at_focus(&mut self) {
        let Some(wanted) = self.wanted.take() else { return };
        let job = wanted.focus.as_deref().and_then(|id| self.allocator.begin_worth(id));
        self.worth = job.map(|job| (wanted.generation, job));
    }

    /// One step of what more capacity is worth.
    fn weigh(&mut self) -> Step {
        let Some((generation, job)) = &mut self.worth else { return Step::Idle };
        let Some(worth) = job.step(&self.allocator) else { return Step::Went(vec![]) };
        let told = Allocated { generation: *generation, answer: None, takers: None, worth: Some(worth) };
        self.worth = None;
        Step::Went(vec![(Response::Allocated(Box::new(told)), vec![])])
    }

    /// The baseline's, while there is nothing else to do.
    fn baseline(&mut self, region: &Region, evaluator: &mut Evaluator, plan: &mut Follower) -> Step {
        match &mut self.base {
            Base::Told => Step::Idle,
            Base::Unknown if self.told.is_none() => Step::Idle,
            Base::Unknown => {
                let untouched = Scenario::default();
                let plan = plan.lead(&region.baseline, &[]);
                let evaluation = evaluator.evaluate(region, plan, &untouched);
                let mut allocator = Allocator::default();
                let job = allocator.begin(region, plan, &untouched, &evaluation);
                self.base = Base::Begun(Box::new((allocator, job)));
                Step::Went(vec![])
            }
            Base::Begun(begun) => {
                let (allocator, job) = &mut **begun;
                let Progress::Done(answer) = job.step(allocator, region) else { return Step::Went(vec![]) };
                self.base = Base::Told;
                Step::Went(vec![(Response::BaseAllocated(reduced(answer)), vec![])])
            }
        }
    }
}

/// Without flows and places: the page compares sums.
fn reduced(mut answer: Box<Answer>) -> Box<Answer> {
    answer.flows = Vec::new();
    answer.places = Vec::new();
    answer.scrap_prices = Vec::new();
    answer
}
