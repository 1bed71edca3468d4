//! From rows to what a plan makes of them.

mod demand;
mod flows;
mod places;
mod rows;

use super::{Kind, Mode, Reason, Remark, RemarkKind, RowProblem, Settings, Sheet};
use crate::{
    model::{self, Baseline},
    scenario::{Change, Contract, Edit, Plan, Scenario},
};
use rows::Rows;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many bad rows are told one by one; the rest is counted by reason.
const MOST_TOLD: usize = 1000;

/// What the rows are read against.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The baseline.
    pub baseline: &'a Baseline,
    /// The scenario as it is.
    pub scenario: &'a Scenario,
    /// The plan that its edits make.
    pub plan: &'a Plan,
    /// Places whose positions are known.
    pub places: &'a [model::Place],
}

/// What the good rows come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cargo {
    /// Edits of the plan.
    Edits(Vec<Edit>),
    /// Scrap that arises, by parameter key; `None` puts the model's own back.
    Scrap(BTreeMap<String, Option<f64>>),
    /// All contracts of the goal, those that stay before the new ones.
    Contracts(Vec<Contract>),
}

impl Cargo {
    /// The one change that it makes of a scenario.
    #[must_use]
    pub fn change(self, scenario: &Scenario) -> Change {
        match self {
            Self::Edits(edits) => Change::Edits(edits),
            Self::Scrap(values) => Change::Parameters(values),
            Self::Contracts(contracts) => Change::Goal(crate::scenario::Goal { contracts, ..scenario.goal.clone() }),
        }
    }

    /// True where it changes nothing.
    #[must_use]
    pub fn is_empty(&self, scenario: &Scenario) -> bool {
        match self {
            Self::Edits(edits) => edits.is_empty(),
            Self::Scrap(values) => values.iter().all(|(k, v)| scenario.parameters.get(k) == v.as_ref()),
            Self::Contracts(contracts) => *contracts == scenario.goal.contracts,
        }
    }
}

/// How many of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Rows that were read.
    pub rows: usize,
    /// Rows that can be used.
    pub good: usize,
    /// Things that come.
    pub added: usize,
    /// Things of the plan that change.
    pub changed: usize,
    /// Things that are in the plan as the table has them.
    pub same: usize,
    /// Things that are closed, removed or taken out.
    pub gone: usize,
}

/// What comes of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// What the good rows come to.
    pub cargo: Cargo,
    /// How many.
    pub sums: Sums,
    /// Bad rows, the first of them.
    pub problems: Vec<RowProblem>,
    /// All bad rows by reason.
    pub counts: Vec<(Reason, usize)>,
    /// What was noticed of the whole.
    pub remarks: Vec<Remark>,
}

/// Makes of every good row what it says, and lists every bad one. `told` is called now and then with how many rows are done.
#[must_use]
pub fn convert(sheet: &Sheet, settings: &Settings, ground: Ground, told: &mut dyn FnMut(usize)) -> Outcome {
    let mut rows = Rows::new(sheet, settings, told);
    let (cargo, sums) = match settings.kind {
        Kind::Points | Kind::Hubs | Kind::Smelters | Kind::Facilities => places::convert(&mut rows, ground),
        Kind::Demand => demand::convert(&mut rows, ground),
        Kind::Flows => flows::convert(&mut rows, ground),
    };
    rows.finish(cargo, sums)
}

/// A word without case and space, to compare names by.
fn folded(word: &str) -> String {
    word.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
