//! What is looked at: a measure of all clusters or of one.

use crate::{
    model::Cluster,
    profile::{Measure, NoValue, Normal, Profiles},
};
use serde::{Deserialize, Serialize};

/// A number that a lever may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Aim {
    /// Which measure.
    pub measure: Measure,
    /// Of which cluster; `None` is all three together.
    pub cluster: Option<Cluster>,
    /// What it is divided by.
    pub normal: Normal,
}

impl Aim {
    /// The measure as it is.
    #[must_use]
    pub const fn of(measure: Measure, cluster: Option<Cluster>) -> Self {
        Self { measure, cluster, normal: Normal::Absolute }
    }

    /// Its number.
    ///
    /// # Errors
    /// Why there is none.
    pub fn value(&self, of: &Profiles) -> Result<f64, NoValue> {
        let profile = self.cluster.map_or(&of.all, |c| &of.by_cluster[c]);
        self.measure.value(profile, self.normal)
    }

    /// Its key in files: `collected_t`, and of a cluster `yrd.collected_t`.
    #[must_use]
    pub fn key(&self) -> String {
        let key = self.measure.key();
        self.cluster.map_or(key.clone(), |c| format!("{}.{key}", c.key()))
    }
}

/// What is to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// The value to reach.
    pub target: f64,
    /// True: at least the target; false: at most.
    pub at_least: bool,
}

impl Goal {
    /// True where a value reaches it. Rounding of the last digits does not miss it.
    #[must_use]
    pub fn is_reached(&self, value: f64) -> bool {
        let near = 1e-9 * self.target.abs();
        if self.at_least { value >= self.target - near } else { value <= self.target + near }
    }

    /// Of two values the one nearer to it, or further beyond.
    #[must_use]
    pub fn better(&self, a: f64, b: f64) -> bool {
        if self.at_least { a > b } else { a < b }
    }
}
