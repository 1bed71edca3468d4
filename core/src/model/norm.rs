//! Siting norms: what a city, a province or a ministry asks of collection points, sorting centres and battery stores.

use super::{Name, Origin};
use serde::{Deserialize, Serialize};

/// What a norm counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NormMetric {
    /// Households that one real collection point may serve.
    HouseholdsPerPoint,
    /// Floor area in m2.
    AreaM2,
    /// Floor area of a transfer station in m2, one a street.
    TransferAreaM2,
    /// Days from one collection to the next.
    DaysBetweenCollections,
    /// Gross tonnes handled a year.
    ThroughputTPerYear,
    /// Tonnes of batteries in store.
    StorageT,
    /// Vehicles in use in a prefecture.
    Vehicles,
    /// Real collection points of a city: a figure to compare with, not a rule.
    Points,
}

impl NormMetric {
    /// All, in the order they are explained.
    pub const ALL: [Self; 8] = [
        Self::HouseholdsPerPoint,
        Self::AreaM2,
        Self::TransferAreaM2,
        Self::DaysBetweenCollections,
        Self::ThroughputTPerYear,
        Self::StorageT,
        Self::Vehicles,
        Self::Points,
    ];

    /// The word used in tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::HouseholdsPerPoint => "households_per_point",
            Self::AreaM2 => "area_m2",
            Self::TransferAreaM2 => "transfer_area_m2",
            Self::DaysBetweenCollections => "days_between_collections",
            Self::ThroughputTPerYear => "throughput_t_per_year",
            Self::StorageT => "storage_t",
            Self::Vehicles => "vehicles",
            Self::Points => "points",
        }
    }

    /// The metric of a table's word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.key() == key)
    }

    /// The unit that its values are in, in the table's words.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::HouseholdsPerPoint => "households",
            Self::AreaM2 | Self::TransferAreaM2 => "m2",
            Self::DaysBetweenCollections => "days",
            Self::ThroughputTPerYear => "t/y",
            Self::StorageT => "t",
            Self::Vehicles => "vehicles",
            Self::Points => "points",
        }
    }
}

/// The most households that one real collection point may serve, as read from the wording of a norm.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HouseholdLimits {
    /// In town.
    pub town: f64,
    /// In the country; none where the norm counts something else there, such as villages.
    pub country: Option<f64>,
}

/// One norm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Norm {
    /// Stable id in files, such as `N1`.
    pub id: String,
    /// The rule in a sentence of each language.
    pub rule: Name,
    /// What it counts.
    pub metric: NormMetric,
    /// Lower end of the values that its source states, in the metric's unit.
    pub min: Option<f64>,
    /// Upper end, likewise.
    pub max: Option<f64>,
    /// For [`NormMetric::HouseholdsPerPoint`], and for nothing else, how its values are read. `min` and `max` alone do not
    /// tell: some norms mean town and country by them, others a range.
    pub households: Option<HouseholdLimits>,
    /// The area it was made for. It may be applied elsewhere: that is the user's choice.
    pub area: Name,
    /// Where it comes from.
    pub origin: Origin,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_files_hold() {
        for metric in NormMetric::ALL {
            assert_eq!(serde_json::to_string(&metric).unwrap(), format!("{:?}", metric.key()));
            assert_eq!(NormMetric::from_key(metric.key()), Some(metric));
        }
    }
}
