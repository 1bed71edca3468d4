//! What primary metal emits, and within which boundary.

use crate::{
    allocation::metal_key,
    model::{Parameters, Stream},
};
use serde::{Deserialize, Serialize};

/// Which end of the table's range is used, for every metal alike. The ends are not errors of measurement: they draw the boundary
/// elsewhere, as the table's source and note say metal by metal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Boundary {
    /// The table's working value.
    #[default]
    Working,
    /// The low end: smelting or electrolysis alone, or the cleanest route.
    Narrow,
    /// The high end of the table's ranges: what it includes is said where the table says it.
    Wide,
}

impl Boundary {
    /// All.
    pub const ALL: [Self; 3] = [Self::Working, Self::Narrow, Self::Wide];

    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Narrow => "narrow",
            Self::Wide => "wide",
        }
    }

    /// The boundary of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|b| b.key() == key)
    }
}

/// What a tonne of product is counted as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedAs {
    /// A tonne of the metal.
    #[default]
    Metal,
    /// A tonne of lithium carbonate: the other metals (nickel, cobalt, lithium, tin, precious metals) have no common factor, and
    /// most of their feed is batteries. No conversion by content is made, neither here nor in the factor of recycling.
    LithiumCarbonate,
}

/// What primary metal of a stream emits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Primary {
    /// The parameter, with its source and the note that states the boundary.
    pub key: String,
    /// t CO2e a tonne within the boundary; `None` where the table states none, so that nothing counts as avoided.
    pub t_per_t: Option<f64>,
    /// False where the table states no such end, and the working value stands in.
    pub stated: bool,
    /// What a tonne of product is counted as.
    pub counted_as: CountedAs,
}

/// What primary metal of a stream emits within a boundary.
#[must_use]
pub fn primary(parameters: &Parameters, stream: Stream, boundary: Boundary) -> Primary {
    let key = format!("process.co2_primary.{}", metal_key(stream));
    let counted_as = if stream == Stream::Other { CountedAs::LithiumCarbonate } else { CountedAs::Metal };
    let found = parameters.get(&key);
    let (t_per_t, stated) = match (found, boundary) {
        (None, _) => (None, false),
        (Some(p), Boundary::Working) => (Some(p.value), true),
        (Some(p), Boundary::Narrow) => (Some(p.low.unwrap_or(p.value)), p.low.is_some()),
        (Some(p), Boundary::Wide) => (Some(p.high.unwrap_or(p.value)), p.high.is_some()),
    };
    Primary { key, t_per_t, stated, counted_as }
}
