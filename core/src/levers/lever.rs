//! One lever, by name.

use crate::{
    model::{Baseline, Basis, FacilityKind, Origin, Technology},
    profile::Section,
    scenario::{Change, ChangeError, Document, Goal, Lever, Scenario},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a lever sets.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handle {
    /// One of the scenario's own levers.
    Lever(Lever),
    /// A parameter, by key.
    Parameter(String),
    /// The most that may be emitted, tonnes of CO2e a year.
    MaxCo2,
    /// The most scrap that may go from one cluster to another, gross tonnes a year.
    MaxCrossCluster,
}

/// What levers are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// How much is recovered.
    Recovery,
    /// How scrap is spread.
    Scrap,
    /// How it is collected.
    Collection,
    /// Prices of metal and scrap.
    Prices,
    /// Freight and modes.
    Freight,
    /// Borders and caps.
    Borders,
    /// Subsidies.
    Support,
    /// Carbon price and electricity.
    Carbon,
    /// Upgrades of hubs and smelters.
    Technology,
    /// Demand for recycled metal.
    Demand,
    /// Capacity and its use.
    Capacity,
    /// Money.
    Budget,
}

/// A lever with all that a person should know before turning it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeverInfo {
    /// Its stable name: `recovery_rate`, `freight_price`, or the key of a parameter.
    pub key: String,
    /// What it sets.
    pub handle: Handle,
    /// What it is sorted under.
    pub kind: Kind,
    /// Smallest value that makes sense.
    pub low: f64,
    /// Largest value that makes sense.
    pub high: f64,
    /// The step of its slider.
    pub step: f64,
    /// Where it stands unless somebody turns it; `None` for a cap that is not set.
    pub default: Option<f64>,
    /// Unit in the table's words.
    pub unit: String,
    /// How many numbered options it chooses between, where it is a choice: the unit lists them.
    pub options: Option<u32>,
    /// Where the default comes from.
    pub origin: Origin,
    /// Parts of the table of measures that it moves; none where it bears on the bill of upgrades and new sites alone.
    pub moves: Vec<Section>,
    /// What must be so before it moves anything.
    pub needs: Option<Need>,
}

/// What must be so before a lever moves anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Another lever is away from its default, by its name.
    Lever(String),
    /// Some plant has the upgrade.
    Upgrade(Technology),
    /// The plan adds a facility of the kind.
    NewSite(FacilityKind),
}

/// Why a lever is not turned.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum LeverRefusal {
    /// There is none of that name.
    #[error("there is no lever {0}")]
    Unknown(String),
    /// It does not go there.
    #[error("{key}: {value} is outside of {low} to {high}")]
    OutOfRange {
        /// The lever.
        key: String,
        /// Where it was to go.
        value: f64,
        /// Smallest value allowed.
        low: f64,
        /// Largest value allowed.
        high: f64,
    },
    /// The scenario does not take it.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl LeverRefusal {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "lever-unknown",
            Self::OutOfRange { .. } => "lever-out-of-range",
            Self::Change(_) => "lever-refused",
        }
    }
}

impl LeverInfo {
    /// True where no source gives the default: whatever it says is set by whoever uses it.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        matches!(self.origin.basis, Basis::Assumed | Basis::Unknown | Basis::User)
    }

    /// Where it stands in a scenario.
    #[must_use]
    pub fn value(&self, baseline: &Baseline, scenario: &Scenario) -> Option<f64> {
        match &self.handle {
            Handle::Lever(lever) => Some(scenario.levers.value(*lever, &scenario.parameters(baseline))),
            Handle::Parameter(key) => scenario.parameters.get(key).copied().or(self.default),
            Handle::MaxCo2 => scenario.goal.max_co2_t,
            Handle::MaxCrossCluster => scenario.goal.max_cross_cluster_t,
        }
    }

    /// True where a scenario has turned it.
    #[must_use]
    pub fn is_set(&self, scenario: &Scenario) -> bool {
        match &self.handle {
            Handle::Lever(lever) => scenario.levers.get(*lever).is_some(),
            Handle::Parameter(key) => scenario.parameters.contains_key(key),
            Handle::MaxCo2 => scenario.goal.max_co2_t.is_some(),
            Handle::MaxCrossCluster => scenario.goal.max_cross_cluster_t.is_some(),
        }
    }

    /// The change that turns it, or with `None` puts it back.
    ///
    /// # Errors
    /// Where it does not go there.
    pub fn change(&self, scenario: &Scenario, value: Option<f64>) -> Result<Change, LeverRefusal> {
        if let Some(value) = value
            && !(self.low..=self.high).contains(&value)
        {
            return Err(LeverRefusal::OutOfRange { key: self.key.clone(), value, low: self.low, high: self.high });
        }
        Ok(match &self.handle {
            Handle::Lever(lever) => Change::Lever(*lever, value),
            Handle::Parameter(key) => Change::Parameter(key.clone(), value),
            Handle::MaxCo2 => Change::Goal(Goal { max_co2_t: value, ..scenario.goal.clone() }),
            Handle::MaxCrossCluster => Change::Goal(Goal { max_cross_cluster_t: value, ..scenario.goal.clone() }),
        })
    }

    /// A scenario with the lever turned.
    ///
    /// # Errors
    /// Where it does not go there.
    pub fn turned(
        &self,
        baseline: &Baseline,
        document: &Document,
        value: Option<f64>,
    ) -> Result<Scenario, LeverRefusal> {
        let mut turned = document.clone();
        turned.make(baseline, self.change(document.scenario(), value)?)?;
        Ok(turned.scenario().clone())
    }
}
