//! The levers of a scenario: a value here replaces the default of a parameter.

use crate::model::{Cluster, Parameters, Stream, recovery_points_key};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A lever, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lever {
    /// Share of generated scrap that is collected.
    RecoveryRate,
    /// Freight prices of every mode, as a multiple of the table's.
    FreightPrice,
}

impl Lever {
    /// All levers.
    pub const ALL: [Self; 2] = [Self::RecoveryRate, Self::FreightPrice];

    /// Smallest and largest value that make sense.
    #[must_use]
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::RecoveryRate => (0.3, 1.0),
            Self::FreightPrice => (0.25, 4.0),
        }
    }

    /// The lever that replaces or multiplies a parameter, where there is one.
    #[must_use]
    pub fn over(key: &str) -> Option<Self> {
        let is_price = ["freight.cost.", "freight.fixed.", "freight.construction_fund."];
        if key == RECOVERY_RATE_KEY {
            Some(Self::RecoveryRate)
        } else {
            is_price.iter().any(|p| key.starts_with(p)).then_some(Self::FreightPrice)
        }
    }

    /// The value without the lever.
    #[must_use]
    pub fn default_value(self, parameters: &Parameters) -> f64 {
        match self {
            Self::RecoveryRate => parameters.number(RECOVERY_RATE_KEY) / 100.0,
            Self::FreightPrice => 1.0,
        }
    }
}

/// The recovery rate that the scrap model was made with: the report's claim for 2025.
pub const RECOVERY_RATE_KEY: &str = "national.recovery_rate.all.2025";

/// Values set by the user; `None` leaves the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Levers {
    /// See [`Lever::RecoveryRate`].
    #[serde(default)]
    pub recovery_rate: Option<f64>,
    /// See [`Lever::FreightPrice`].
    #[serde(default)]
    pub freight_price: Option<f64>,
}

/// Why a lever was not set.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{value} is outside of {low} to {high}")]
pub struct LeverError {
    /// The value asked for.
    pub value: f64,
    /// Smallest value allowed.
    pub low: f64,
    /// Largest value allowed.
    pub high: f64,
}

impl Levers {
    /// The value that a user set.
    #[must_use]
    pub const fn get(&self, lever: Lever) -> Option<f64> {
        match lever {
            Lever::RecoveryRate => self.recovery_rate,
            Lever::FreightPrice => self.freight_price,
        }
    }

    /// Sets or clears a lever and returns what was set before.
    ///
    /// # Errors
    /// Where the value lies outside of the lever's range.
    pub fn set(&mut self, lever: Lever, value: Option<f64>) -> Result<Option<f64>, LeverError> {
        let (low, high) = lever.range();
        if let Some(value) = value
            && !(low..=high).contains(&value)
        {
            return Err(LeverError { value, low, high });
        }
        let slot = match lever {
            Lever::RecoveryRate => &mut self.recovery_rate,
            Lever::FreightPrice => &mut self.freight_price,
        };
        Ok(std::mem::replace(slot, value))
    }

    /// The share of a stream's scrap that a cluster collects: the general rate and the cluster's own points on it.
    #[must_use]
    pub fn recovery(&self, parameters: &Parameters, cluster: Cluster, stream: Stream) -> f64 {
        let points = parameters.number_or(&recovery_points_key(stream, cluster), 0.0);
        (self.value(Lever::RecoveryRate, parameters) + points / 100.0).clamp(0.0, 1.0)
    }

    /// The value in force.
    #[must_use]
    pub fn value(&self, lever: Lever, parameters: &Parameters) -> f64 {
        self.get(lever).unwrap_or_else(|| lever.default_value(parameters))
    }
}
