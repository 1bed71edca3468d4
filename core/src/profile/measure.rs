//! The numbers that territories are compared by.

use super::Profile;
use crate::model::Stream;
use serde::{Deserialize, Serialize};

/// A number of a territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Scrap that arises, of one stream or of all, metal.
    Generated(Option<Stream>),
    /// Scrap that is collected, metal.
    Collected(Option<Stream>),
    /// Recycled metal made.
    Made(Option<Stream>),
    /// Recycled metal made over the demand for it.
    SelfSufficiency(Stream),
    /// What the plan costs.
    Cost,
    /// What the plan emits.
    Emitted,
}

/// What a measure is about: a part of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Scrap that arises and is collected.
    Collection,
    /// Points, who they reach, and how evenly.
    Access,
    /// Hubs and smelters: capacity and use.
    Capacity,
    /// Self-sufficiency, surplus and deficit, inflow and outflow.
    Balance,
    /// Cost by stage.
    Cost,
    /// Energy and emissions, given off and avoided.
    Carbon,
    /// Concentration.
    Structure,
    /// How far the data can be trusted.
    Data,
}

/// What a measure counts, before it is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Tonnes a year.
    Tonnes,
    /// Yuan a year.
    Yuan,
    /// kg CO2e a year.
    KgCo2e,
    /// A share from 0 to 1, or more where it is a ratio.
    Share,
}

/// What a measure is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Normal {
    /// Nothing.
    #[default]
    Absolute,
    /// Residents.
    PerPerson,
    /// Tonnes of metal collected.
    PerTonne,
    /// Yuan of GDP.
    PerGdp,
}

/// Why there is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoValue {
    /// It would be divided by nothing: no people, no tonnes, no GDP, no demand.
    DividesByZero,
    /// A ratio already: dividing it again means nothing.
    NotDivisible,
}

impl NoValue {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::DividesByZero => "no-value-divides-by-zero",
            Self::NotDivisible => "no-value-not-divisible",
        }
    }
}

impl Section {
    /// All, in the order of the table.
    pub const ALL: [Self; 8] = [
        Self::Collection,
        Self::Access,
        Self::Capacity,
        Self::Balance,
        Self::Cost,
        Self::Carbon,
        Self::Structure,
        Self::Data,
    ];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Access => "access",
            Self::Capacity => "capacity",
            Self::Balance => "balance",
            Self::Cost => "cost",
            Self::Carbon => "carbon",
            Self::Structure => "structure",
            Self::Data => "data",
        }
    }
}

impl Measure {
    /// All, in the order of the table.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = vec![Self::Generated(None), Self::Collected(None), Self::Made(None)];
        all.extend(Stream::ALL.into_iter().flat_map(|s| [Self::Generated(Some(s)), Self::Collected(Some(s))]));
        all.extend(Stream::ALL.map(Self::SelfSufficiency));
        all.extend([Self::Cost, Self::Emitted]);
        all
    }

    /// The stable key in files and translations.
    #[must_use]
    pub fn key(self) -> String {
        let of = |what: &str, s: Option<Stream>| s.map_or_else(|| what.to_owned(), |s| format!("{what}_{}", s.key()));
        match self {
            Self::Generated(s) => of("generated_t", s),
            Self::Collected(s) => of("collected_t", s),
            Self::Made(s) => of("made_t", s),
            Self::SelfSufficiency(s) => of("self_sufficiency", Some(s)),
            Self::Cost => "cost_yuan".into(),
            Self::Emitted => "emitted_kg_co2e".into(),
        }
    }

    /// The measure of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().into_iter().find(|m| m.key() == key)
    }

    /// What it is about.
    #[must_use]
    pub const fn section(self) -> Section {
        match self {
            Self::Generated(_) | Self::Collected(_) => Section::Collection,
            Self::Made(_) | Self::SelfSufficiency(_) => Section::Balance,
            Self::Cost => Section::Cost,
            Self::Emitted => Section::Carbon,
        }
    }

    /// What it counts.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Generated(_) | Self::Collected(_) | Self::Made(_) => Unit::Tonnes,
            Self::SelfSufficiency(_) => Unit::Share,
            Self::Cost => Unit::Yuan,
            Self::Emitted => Unit::KgCo2e,
        }
    }

    /// True where less is better, false where more is; `None` where neither is a merit by itself.
    #[must_use]
    pub const fn less_is_better(self) -> Option<bool> {
        match self {
            Self::Generated(_) | Self::Collected(_) => None,
            Self::Made(_) | Self::SelfSufficiency(_) => Some(false),
            Self::Cost | Self::Emitted => Some(true),
        }
    }

    /// The number.
    ///
    /// # Errors
    /// Why there is none.
    pub fn value(self, of: &Profile, normal: Normal) -> Result<f64, NoValue> {
        let pick = |values: &crate::model::PerStream<f64>, s: Option<Stream>| s.map_or(values.total(), |s| values[s]);
        let plain = match self {
            Self::Generated(s) => pick(&of.generated_t, s),
            Self::Collected(s) => pick(&of.collected_t, s),
            Self::Made(s) => pick(&of.product_t, s),
            Self::SelfSufficiency(s) => divided(of.product_t[s], of.demand_t[s])?,
            Self::Cost => of.account.yuan(),
            Self::Emitted => of.account.kg_co2e(),
        };
        if normal != Normal::Absolute && self.unit() == Unit::Share {
            return Err(NoValue::NotDivisible);
        }
        match normal {
            Normal::Absolute => Ok(plain),
            Normal::PerPerson => divided(plain, of.people),
            Normal::PerTonne => divided(plain, of.collected_t.total()),
            Normal::PerGdp => divided(plain, of.gdp_yuan),
        }
    }
}

fn divided(of: f64, by: f64) -> Result<f64, NoValue> {
    if by > 0.0 { Ok(of / by) } else { Err(NoValue::DividesByZero) }
}
