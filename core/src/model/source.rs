//! Where a number comes from: one type from the table to the screen.

use super::{PlantFeature, ScrapModel};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a value came to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Read in a publication that is named.
    Published,
    /// A figure of the sector report of 2025, which names no sources: a claim, whatever else is known of it.
    Claim,
    /// Known to experts, not checked against a document.
    Recalled,
    /// Computed from published or recalled values.
    Derived,
    /// A judgement on a particular thing.
    Estimated,
    /// A working value chosen by us.
    Assumed,
    /// The result of a model.
    Modelled,
    /// Set by the user.
    User,
    /// Not known.
    #[default]
    Unknown,
}

impl Basis {
    const ALL: [Self; 9] = [
        Self::Published,
        Self::Claim,
        Self::Recalled,
        Self::Derived,
        Self::Estimated,
        Self::Assumed,
        Self::Modelled,
        Self::User,
        Self::Unknown,
    ];

    /// The word used in tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Claim => "claim",
            Self::Recalled => "recalled",
            Self::Derived => "derived",
            Self::Estimated => "estimated",
            Self::Assumed => "assumed",
            Self::Modelled => "modelled",
            Self::User => "user",
            Self::Unknown => "unknown",
        }
    }

    /// The basis of a table's word; an empty cell is unknown.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        if key.is_empty() { Some(Self::Unknown) } else { Self::ALL.into_iter().find(|b| b.key() == key) }
    }

    /// How it is drawn: solid, hollow or dashed.
    #[must_use]
    pub const fn certainty(self) -> Certainty {
        match self {
            Self::Published | Self::User => Certainty::Known,
            Self::Claim | Self::Recalled | Self::Derived | Self::Estimated | Self::Unknown => Certainty::Estimated,
            Self::Assumed | Self::Modelled => Certainty::Modelled,
        }
    }
}

/// The three looks of the map: known facts solid, estimates hollow, modelled things dashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Drawn solid.
    Known,
    /// Drawn hollow.
    Estimated,
    /// Drawn dashed.
    Modelled,
}

/// How far a source can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Read in a document, plausible.
    High,
    /// Second-hand, or recalled with a check.
    Medium,
    /// Weak.
    Low,
    /// Not stated.
    #[default]
    Unstated,
}

impl Confidence {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Unstated => "unstated",
        }
    }

    /// The confidence of a table's word.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        match key {
            "high" | "document" => Self::High,
            "medium" => Self::Medium,
            "low" | "weak" => Self::Low,
            _ => Self::Unstated,
        }
    }
}

/// Where a value or a thing comes from, down to the row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Table name, such as `parameters`; `scenario` for what a user set.
    pub table: String,
    /// The row's id, or its line in the table.
    pub row: String,
    /// How the value came to be.
    pub basis: Basis,
    /// Source in the table's words.
    pub source: String,
    /// Year or years the value stands for, or empty.
    pub year: String,
    /// How far the source can be trusted.
    pub confidence: Confidence,
    /// Remarks of the table.
    pub note: String,
}

/// One row of the parameter table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Stable key: `group.key.metal`, with `.mode` where there is one and `.year` where a row repeats another but for its
    /// year, such as `freight.cost.all.truck_full` and `national.recovery_rate.all.2025`.
    pub key: String,
    /// The value, in `unit`.
    pub value: f64,
    /// Lower end, where one is stated.
    pub low: Option<f64>,
    /// Upper end, where one is stated.
    pub high: Option<f64>,
    /// Unit in the table's words.
    pub unit: String,
    /// Where it comes from; basis [`Basis::User`] where a scenario set the value.
    pub origin: Origin,
    /// The table's own value, where a scenario set another.
    pub default: Option<f64>,
}

impl Parameter {
    /// The smallest and largest value that a scenario may set: a tenth of the stated low to ten times the stated high. Nothing
    /// is allowed only where it is a sensible amount: a speed, a metal content or a population of 0 would divide by it.
    /// Shares and percentages stay what they are.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        if let Some(options) = self.options() {
            return (1.0, f64::from(options));
        }
        let value = self.default.unwrap_or(self.value);
        if LIMITED.iter().any(|prefix| self.key.starts_with(prefix)) {
            return (self.low.unwrap_or(value), self.high.unwrap_or(value));
        }
        let low = self.low.unwrap_or(value).min(value);
        let high = self.high.unwrap_or(value).max(value);
        let floor = match self.unit.as_str() {
            _ if low < 0.0 => 10.0 * low,
            unit if MAY_BE_NOTHING.iter().any(|u| unit.starts_with(u)) => 0.0,
            // Imports may stop.
            _ if self.key.starts_with("national.scrap_import_gross.") => 0.0,
            _ => low / 10.0,
        };
        let ceiling = match self.unit.as_str() {
            unit if unit.starts_with('%') => 100.0,
            unit if unit.starts_with("share") || unit.starts_with("population;") => 1.0,
            _ => 10.0 * high,
        };
        (floor, ceiling.max(high))
    }

    /// How many numbered options it chooses between, where it is a choice: its unit then lists them, `1 this; 2 that`.
    #[must_use]
    pub fn options(&self) -> Option<u32> {
        let listed = self.unit.split("; ").zip(1u32..).take_while(|(o, n)| o.starts_with(&format!("{n} "))).count();
        (listed > 1).then_some(listed as u32)
    }
}

/// Units in which 0 is an amount like any other: money, emissions, waiting, weights.
const MAY_BE_NOTHING: [&str; 6] = ["yuan", "gCO2e", "kgCO2e", "tCO2e", "h ", "population;"];

/// Levers whose low and high are no range of estimates but how far they go.
const LIMITED: [&str; 10] = [
    "policy.recovery_points.",
    "policy.price_linkage.",
    "price.grade_premium.",
    "policy.grade_share.",
    "policy.pickup_",
    "policy.green_power.",
    "policy.demand_growth.",
    "policy.budget.",
    "technology.",
    "process.grid.",
];

/// All parameters, found by key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Rows", into = "Rows")]
pub struct Parameters {
    rows: Vec<Parameter>,
    /// Rows in the order of their keys, of equal ones the first first.
    by_key: Vec<u32>,
}

/// Parameters as they travel.
#[derive(Clone, Serialize, Deserialize)]
struct Rows {
    rows: Vec<Parameter>,
}

impl From<Rows> for Parameters {
    fn from(of: Rows) -> Self {
        Self::new(of.rows)
    }
}

impl From<Parameters> for Rows {
    fn from(of: Parameters) -> Self {
        Self { rows: of.rows }
    }
}

impl Parameters {
    /// Takes the rows in table order.
    #[must_use]
    pub fn new(rows: Vec<Parameter>) -> Self {
        let mut by_key: Vec<u32> = (0..rows.len() as u32).collect();
        by_key.sort_by(|a, b| rows[*a as usize].key.cmp(&rows[*b as usize].key).then(a.cmp(b)));
        Self { rows, by_key }
    }

    /// These and rows of another table.
    #[must_use]
    pub fn and(mut self, more: Vec<Parameter>) -> Self {
        self.rows.extend(more);
        Self::new(self.rows)
    }

    /// All rows in table order.
    #[must_use]
    pub fn rows(&self) -> &[Parameter] {
        &self.rows
    }

    /// The value of a parameter that [`crate::format::region`] has made sure is there.
    ///
    /// # Panics
    /// Where the key is not in the table.
    #[must_use]
    pub fn number(&self, key: &str) -> f64 {
        self.get(key).unwrap_or_else(|| panic!("no parameter {key}")).value
    }

    /// The value of a parameter; where the table lacks it, the value with which it changes nothing.
    #[must_use]
    pub fn number_or(&self, key: &str, neutral: f64) -> f64 {
        self.get(key).map_or(neutral, |p| p.value)
    }

    /// By how much a scenario has raised a parameter above the table's value; 0 where it is not set or not there.
    #[must_use]
    pub fn raised(&self, key: &str) -> f64 {
        self.get(key).and_then(|p| Some(p.value - p.default?)).unwrap_or(0.0)
    }

    /// The parameters with values that a scenario sets. Scrap of a prefecture and what is said of a plant come as rows of their
    /// own; other keys that the table does not know change nothing.
    #[must_use]
    pub fn with(&self, overrides: &BTreeMap<String, f64>) -> Self {
        let mut set = self.clone();
        for row in &mut set.rows {
            if let Some(value) = overrides.get(&row.key) {
                row.default = Some(row.value);
                row.value = *value;
                row.origin.basis = Basis::User;
            }
        }
        let unit = |key: &str| match (ScrapModel::read_key(key), PlantFeature::read_key(key)) {
            (Some(_), _) => Some("t metal/y"),
            (_, Some(_)) => Some("0 no, 1 yes"),
            _ => None,
        };
        let mut more = Vec::new();
        for (key, value, unit) in overrides.iter().filter_map(|(k, v)| Some((k, *v, unit(k)?))) {
            let origin = Origin { table: "scenario".into(), row: key.clone(), basis: Basis::User, ..Origin::default() };
            let (key, unit) = (key.clone(), unit.to_owned());
            more.push(Parameter { key, value, low: None, high: None, unit, origin, default: None });
        }
        if more.is_empty() { set } else { set.and(more) }
    }

    /// The parameter of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Parameter> {
        let row = |at: &u32| &self.rows[*at as usize];
        let at = self.by_key.partition_point(|at| row(at).key.as_str() < key);
        self.by_key.get(at).map(row).filter(|p| p.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(value: f64, low: Option<f64>, high: Option<f64>, unit: &str) -> Parameter {
        Parameter { key: "k".into(), value, low, high, unit: unit.into(), origin: Origin::default(), default: None }
    }

    #[test]
    fn what_divides_is_never_nothing_and_what_is_paid_may_be() {
        assert_eq!(parameter(60.0, Some(50.0), Some(75.0), "km/h").range(), (5.0, 750.0));
        assert_eq!(parameter(0.42, Some(0.32), Some(0.55), "yuan/t-km").range(), (0.0, 5.5));
        assert_eq!(parameter(92.0, None, None, "% of scrap weight").range(), (9.2, 100.0));
        assert_eq!(parameter(0.1, None, None, "population;urban population").range(), (0.0, 1.0));
        assert_eq!(parameter(-50.0, Some(-100.0), Some(0.0), "yuan/t").range(), (-1000.0, 0.0));
    }

    #[test]
    fn a_choice_has_as_many_options_as_its_unit_lists() {
        assert_eq!(parameter(1.0, None, None, "1 GLEC; 2 GB/T 51366").options(), Some(2));
        assert_eq!(parameter(1.0, None, None, "1 GLEC; 2 GB/T 51366").range(), (1.0, 2.0));
        assert_eq!(parameter(1.0, None, None, "yuan/t").options(), None);
    }
}
