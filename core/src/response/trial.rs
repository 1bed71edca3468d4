//! One scenario measured on the way to an answer.

use crate::{
    account::EmissionFamily,
    allocation::{Allocator, Grain, Remembered, Status},
    catchment,
    comparison::{Measuring, Progress},
    evaluate::Evaluator,
    model::{FacilityKind, Region, Stream},
    profile::{Profiles, Trust, trust},
    scenario::{Document, Scenario},
    units::{Amount, Count},
};
use std::sync::Arc;

/// What measures: kept from job to job, so that ways are searched once.
pub struct Bench {
    evaluator: Evaluator,
    quick: Allocator,
    full: Allocator,
    /// What glances remember: no other question may see it.
    aside: Remembered,
    /// How far the values behind the measures can be trusted, by what is set: not by how much.
    trust: Option<(Vec<String>, EmissionFamily, Trust<Amount<Count>>)>,
}

/// What a bench remembers of solved plans, set aside.
#[derive(Default)]
pub struct Aside {
    quick: Remembered,
    full: Remembered,
}

impl Default for Bench {
    fn default() -> Self {
        Self {
            evaluator: Evaluator::default(),
            quick: Allocator::of(Grain::Prefectures),
            full: Allocator::of(Grain::Points),
            aside: Remembered::default(),
            trust: None,
        }
    }
}

/// What is known of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Every measure can be read from it.
    pub profiles: Profiles,
    /// Share of residents within the limit of the usual question.
    pub covered: f64,
    /// Demand for recycled metal that nothing meets, tonnes a year.
    pub unmet_t: f64,
    /// How sure the allocation is.
    pub status: Status,
}

/// A scenario to be measured.
pub(crate) struct Trial {
    pub document: Document,
    pub grain: Grain,
    /// True: from nothing, and what is found is where others start from.
    pub first: bool,
}

/// A trial under way.
pub(crate) struct Running {
    measuring: Box<Measuring>,
    grain: Grain,
    first: bool,
    /// The scenario as it was before parameters were drawn for it.
    plain: Option<Arc<Scenario>>,
}

/// The usual question about catchments.
pub(super) fn usual() -> catchment::Question {
    catchment::Question::usual(FacilityKind::CollectionPoint)
}

impl Bench {
    /// Changes what the quick allocator remembers for what was set aside.
    pub(super) const fn swap(&mut self) {
        self.quick.swap(&mut self.aside);
    }

    /// Changes what is remembered of solved plans for what was set aside: two jobs that work by turns each find their own again.
    pub const fn exchange(&mut self, aside: &mut Aside) {
        self.quick.swap(&mut aside.quick);
        self.full.swap(&mut aside.full);
    }

    /// What works by a grain.
    pub(crate) fn allocator(&mut self, grain: Grain) -> (&mut Evaluator, &mut Allocator) {
        let allocator = match grain {
            Grain::Points => &mut self.full,
            Grain::Prefectures => &mut self.quick,
        };
        (&mut self.evaluator, allocator)
    }

    pub(crate) fn begin(&mut self, region: &Region, trial: &Trial) -> Running {
        let (evaluator, allocator) = self.allocator(trial.grain);
        if trial.first {
            allocator.forget();
        }
        let (plan, scenario) = (trial.document.plan(), trial.document.scenario());
        let measuring = Measuring::begin_shares(region, plan, scenario, &usual(), evaluator, allocator);
        Running { measuring: Box::new(measuring), grain: trial.grain, first: trial.first, plain: None }
    }

    /// The same for a scenario that parameters were drawn for: they are no more certain for that, nor less, than they were in the
    /// scenario before.
    pub(crate) fn begin_drawn(&mut self, region: &Region, trial: &Trial, plain: &Arc<Scenario>) -> Running {
        Running { plain: Some(Arc::clone(plain)), ..self.begin(region, trial) }
    }

    /// One slice. What was found, or the rest and how far the ways are.
    pub(crate) fn step(
        &mut self,
        region: &Region,
        running: Running,
    ) -> Result<Seen, (Running, Option<(usize, usize)>)> {
        let Running { measuring, grain, first, plain } = running;
        let (_, allocator) = self.allocator(grain);
        let (progress, more) = (*measuring).step(region, allocator);
        let ways = match progress {
            Progress::Done(measured) => {
                if first {
                    allocator.hold();
                }
                let amount = measured.outcome.coverage;
                let values = self.trust(region, plain.as_deref().unwrap_or(&measured.scenario));
                return Ok(Seen {
                    profiles: Profiles::with(region, &measured, values),
                    covered: share(&amount),
                    unmet_t: Stream::ALL.into_iter().map(|s| measured.outcome.balance[s].unmet_t).sum(),
                    status: measured.outcome.status,
                });
            }
            Progress::Ways(done, all) => Some((done, all)),
            Progress::Solving(_) => None,
        };
        Err((Running { measuring: Box::new(more.expect("it is done, or there is more")), grain, first, plain }, ways))
    }

    fn trust(&mut self, region: &Region, scenario: &Scenario) -> Trust<Amount<Count>> {
        let parameters = scenario.parameters(&region.baseline);
        let family = EmissionFamily::of(&parameters);
        let set = scenario.parameters.keys();
        match &self.trust {
            Some((keys, of, values)) if *of == family && keys.iter().eq(set.clone()) => *values,
            _ => {
                let values = trust(&parameters);
                self.trust = Some((set.cloned().collect(), family, values));
                values
            }
        }
    }
}

/// What is within the limit, of all; 0 where nobody lives.
fn share(of: &catchment::Share) -> f64 {
    if of.total.people > 0.0 { of.within.people / of.total.people } else { 0.0 }
}
