//! Where a number comes from: one type from the table to the screen.

use serde::{Deserialize, Serialize};

/// How a value came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Read in a document, plausible.
    High,
    /// Second-hand, or recalled with a check.
    Medium,
    /// Weak.
    Low,
    /// Not stated.
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Where it comes from.
    pub origin: Origin,
}

/// All parameters, found by key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    rows: Vec<Parameter>,
}

impl Parameters {
    /// Takes the rows in table order.
    #[must_use]
    pub const fn new(rows: Vec<Parameter>) -> Self {
        Self { rows }
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

    /// The parameter of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Parameter> {
        self.rows.iter().find(|p| p.key == key)
    }
}
