//! A scenario is an ordered list of edits and a few levers over an untouched baseline.
//!
//! Edits are applied to a [`Plan`] and hand back their inverse; [`Document`] keeps scenario, plan and history in step.

mod document;
mod edit;
mod levers;
mod plan;

pub use document::{Change, Document};
pub use edit::{Edit, NewFacility};
pub use levers::{Lever, LeverError, Levers, RECOVERY_RATE_KEY};
pub use plan::{EditError, Plan, PlanFacility, Standing};

use serde::{Deserialize, Serialize};

/// A plan as people keep and share it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name, in the words of whoever made it.
    pub name: String,
    /// Edits in the order in which they were made.
    pub edits: Vec<Edit>,
    /// Levers that differ from their default.
    pub levers: Levers,
}
