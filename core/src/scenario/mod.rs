//! A scenario is an ordered list of edits, a few levers and the parameters that a user set, over an untouched baseline.
//!
//! Edits are applied to a [`Plan`] and hand back their inverse; [`Document`] keeps scenario, plan and history in step.

mod document;
mod edit;
mod follow;
mod levers;
mod parameter;
mod plan;

pub use document::{Change, ChangeError, Document};
pub use edit::{Edit, NewFacility};
pub use follow::Follower;
pub use levers::{Lever, LeverError, Levers, RECOVERY_RATE_KEY};
pub use parameter::ParameterError;
pub use plan::{EditError, Plan, PlanFacility, Standing};

use crate::model::{Baseline, Parameters};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};

/// A plan as people keep and share it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name, in the words of whoever made it.
    pub name: String,
    /// Edits in the order in which they were made.
    pub edits: Vec<Edit>,
    /// Levers that differ from their default.
    pub levers: Levers,
    /// Parameters that the user set, by key. Always written: page and worker talk in a format that skips nothing.
    #[serde(default)]
    pub parameters: BTreeMap<String, f64>,
}

impl Scenario {
    /// True where nothing is in it: no name, no edit, nothing set.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        *self == Self::default()
    }

    /// How many things differ from the baseline: edits, levers and parameters that are set.
    #[must_use]
    pub fn changes(&self) -> usize {
        let levers = Lever::ALL.into_iter().filter(|l| self.levers.get(*l).is_some()).count();
        self.edits.len() + levers + self.parameters.len()
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
