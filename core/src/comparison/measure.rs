//! From a scenario to what it amounts to, in slices.

use super::{ChangedFacility, FlowChange, Origin, Outcome, changed_facilities, changed_flows};
use crate::{
    allocation::{self, Allocator, Answer},
    catchment::{self, CellChange, Fields, Question, Surveyed, difference, survey, survey_shares},
    evaluate::{Evaluation, Evaluator, Round, rounds},
    graph::Label,
    model::Region,
    scenario::{Plan, Scenario},
};
use serde::{Deserialize, Serialize};

/// A scenario with all that it is compared by.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The scenario.
    pub scenario: Scenario,
    /// Where facilities are in it.
    pub plan: Plan,
    /// Collection and haul by the rule of the nearest.
    pub evaluation: Evaluation,
    /// For every demand cell the collection point that serves it, by row of the plan, and how far it is.
    pub owners: Vec<Option<Label>>,
    /// Its catchments.
    pub surveyed: Surveyed,
    /// Who sends what where.
    pub allocation: Answer,
    /// The sums.
    pub outcome: Outcome,
}

impl Measured {
    /// Its collection rounds: what is brought from each prefecture to each point, and how far.
    #[must_use]
    pub fn rounds(&self, region: &Region) -> Vec<Round> {
        rounds(region, &self.plan, &self.scenario, &self.owners)
    }
}

/// A scenario that is being measured.
pub struct Measuring {
    scenario: Scenario,
    plan: Plan,
    evaluation: Evaluation,
    owners: Vec<Option<Label>>,
    surveyed: Surveyed,
    job: allocation::Job,
}

/// How far it is.
pub enum Progress {
    /// Searching ways: so many of so many.
    Ways(usize, usize),
    /// Solving: the relative gap so far, once there is one.
    Solving(Option<f64>),
    /// It is measured.
    Done(Box<Measured>),
}

impl Measuring {
    /// Begins with a plan of the scenario: evaluates and surveys it at once.
    pub fn begin(
        region: &Region,
        plan: &Plan,
        scenario: &Scenario,
        question: &Question,
        evaluator: &mut Evaluator,
        allocator: &mut Allocator,
    ) -> Self {
        Self::with(survey, region, plan, scenario, question, evaluator, allocator)
    }

    /// The same where nobody asks about single catchments: of its survey there are the shares alone.
    pub(crate) fn begin_shares(
        region: &Region,
        plan: &Plan,
        scenario: &Scenario,
        question: &Question,
        evaluator: &mut Evaluator,
        allocator: &mut Allocator,
    ) -> Self {
        Self::with(survey_shares, region, plan, scenario, question, evaluator, allocator)
    }

    fn with(
        survey: fn(&Region, &Plan, &Scenario, &Question, &mut Fields) -> Surveyed,
        region: &Region,
        plan: &Plan,
        scenario: &Scenario,
        question: &Question,
        evaluator: &mut Evaluator,
        allocator: &mut Allocator,
    ) -> Self {
        let evaluation = evaluator.evaluate(region, plan, scenario);
        let owners = evaluator.owners().to_vec();
        let surveyed = survey(region, plan, scenario, question, evaluator.fields());
        let job = allocator.begin(region, plan, scenario, &evaluation);
        Self { scenario: scenario.clone(), plan: plan.clone(), evaluation, owners, surveyed, job }
    }

    /// True where it measures this.
    #[must_use]
    pub fn is_of(&self, scenario: &Scenario, question: &Question) -> bool {
        self.scenario == *scenario && self.surveyed.survey.question == *question
    }

    /// One slice of work, with the allocator that it was begun with. It comes back as long as it is not done.
    pub fn step(mut self, region: &Region, allocator: &mut Allocator) -> (Progress, Option<Self>) {
        match self.job.step(allocator, region) {
            allocation::Progress::Ways { done, all } => (Progress::Ways(done, all), Some(self)),
            allocation::Progress::Solving { gap } => (Progress::Solving(gap), Some(self)),
            allocation::Progress::Done(answer) => {
                let outcome = Outcome::new(&self.evaluation, &self.surveyed.survey, &answer);
                let Self { scenario, plan, evaluation, owners, surveyed, .. } = self;
                (
                    Progress::Done(Box::new(Measured {
                        scenario,
                        plan,
                        evaluation,
                        owners,
                        surveyed,
                        allocation: *answer,
                        outcome,
                    })),
                    None,
                )
            }
        }
    }

    /// Works it off at once.
    pub fn finish(mut self, region: &Region, allocator: &mut Allocator) -> Measured {
        loop {
            match self.step(region, allocator) {
                (Progress::Done(measured), _) => return *measured,
                (_, Some(more)) => self = more,
                (_, None) => unreachable!("it is done, or there is more"),
            }
        }
    }
}

/// What differs between two scenarios, place by place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Differences {
    /// Facilities that were opened, closed, moved or resized.
    pub facilities: Vec<ChangedFacility>,
    /// Flows of scrap from prefectures, the largest change first.
    pub flows: Vec<FlowChange>,
    /// Demand that is covered in one and not in the other.
    pub coverage: catchment::Difference,
}

/// What differs between two scenarios of one region that were asked the same about catchments. Each demand cell that gained or
/// lost is told by its row.
pub fn between(
    region: &Region,
    before: &Measured,
    after: &Measured,
    changed: impl FnMut(usize, CellChange),
) -> Differences {
    Differences {
        facilities: changed_facilities(&before.plan, &after.plan),
        flows: changed_flows(&before.allocation, &after.allocation, Origin::Prefecture),
        coverage: difference(region, &after.scenario, &before.surveyed, &after.surveyed, changed),
    }
}
