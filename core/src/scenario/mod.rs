//! A scenario is an ordered list of edits, a few levers, the parameters that a user set and the goal of the allocation, over an
//! untouched baseline.
//!
//! Edits are applied to a [`Plan`] and hand back what was [`Before`]; [`Document`] keeps scenario, plan and history in step.

mod document;
mod edit;
mod follow;
mod goal;
mod levers;
mod parameter;
mod plan;
mod story;
mod view;

pub use document::{Change, ChangeError, Document};
pub use edit::{Edit, NewFacility};
pub use follow::Follower;
pub use goal::{Contract, Goal, GoalError, Limit, Objective, SourceGroup};
pub use levers::{Lever, LeverError, Levers, RECOVERY_RATE_KEY};
pub use parameter::ParameterError;
pub use plan::{Before, EditError, Plan, PlanFacility, Sizing, Standing};
pub use story::{Spot, SpotFigure, Step, StepScenario, Story};
pub use view::View;

use crate::model::{Baseline, Parameters};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};

/// A plan as people keep and share it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name, in the words of whoever made it.
    pub name: String,
    /// What whoever made it wants to say about it.
    #[serde(default)]
    pub note: String,
    /// Who made it, in their words.
    #[serde(default)]
    pub author: String,
    /// Edits in the order in which they were made.
    pub edits: Vec<Edit>,
    /// Levers that differ from their default.
    pub levers: Levers,
    /// Parameters that the user set, by key. Always written: page and worker talk in a format that skips nothing.
    #[serde(default)]
    pub parameters: BTreeMap<String, f64>,
    /// What the allocation is asked for.
    #[serde(default)]
    pub goal: Goal,
    /// What a file said that this app does not know, as the text of a JSON object, kept for whoever does; empty: nothing.
    #[serde(default)]
    pub unknown: String,
}

impl Scenario {
    /// True where nothing is in it: no name, no edit, nothing set.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        *self == Self::default()
    }

    /// How many things differ from the baseline: edits, levers and parameters that are set, and the parts of the goal.
    #[must_use]
    pub fn changes(&self) -> usize {
        let levers = Lever::ALL.into_iter().filter(|l| self.levers.get(*l).is_some()).count();
        self.edits.len() + levers + self.parameters.len() + self.goal.changes()
    }

    /// The parameters in force: the table's, with those that the user set marked as such.
    #[must_use]
    pub fn parameters<'a>(&self, baseline: &'a Baseline) -> Cow<'a, Parameters> {
        if self.parameters.is_empty() {
            Cow::Borrowed(&baseline.parameters)
        } else {
            Cow::Owned(baseline.parameters.with(&self.parameters))
        }
    }
}
