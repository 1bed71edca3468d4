//! The edits a scenario is made of.

use crate::{
    geo::LonLat,
    model::{FacilityKind, Metal, Name},
};
use serde::{Deserialize, Serialize};

/// A facility that a planner adds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewFacility {
    /// Id, new in the plan.
    pub id: String,
    /// What it does.
    pub kind: FacilityKind,
    /// Name, or empty.
    #[serde(default)]
    pub name: Name,
    /// Where.
    pub at: LonLat,
    /// Metals it takes; empty: all that its kind can take.
    #[serde(default)]
    pub metals: Vec<Metal>,
    /// Gross tonnes a year; `None`: the default of its kind.
    #[serde(default)]
    pub capacity_t: Option<f64>,
}

/// One change of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// A new facility.
    Add(NewFacility),
    /// Another place for a facility.
    Move {
        /// The facility.
        id: String,
        /// Its new place.
        to: LonLat,
    },
    /// Taken out of use, but still on the map.
    Close {
        /// The facility.
        id: String,
    },
    /// Back in use.
    Reopen {
        /// The facility.
        id: String,
    },
    /// Gone: only for what a planner added.
    Remove {
        /// The facility.
        id: String,
    },
    /// Another capacity, in the unit of the facility's own.
    SetCapacity {
        /// The facility.
        id: String,
        /// Tonnes a year; `None`: the facility's own again, as the table has it or the planner who added it.
        tonnes: Option<f64>,
    },
}

impl Edit {
    /// The facility it concerns.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Add(new) => &new.id,
            Self::Move { id, .. }
            | Self::Close { id }
            | Self::Reopen { id }
            | Self::Remove { id }
            | Self::SetCapacity { id, .. } => id,
        }
    }
}
