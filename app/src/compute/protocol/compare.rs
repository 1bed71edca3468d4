//! Scenarios side by side.

use super::Allocating;
use atlas_core::{
    catchment::Question,
    comparison::{Differences, Outcome},
    scenario::Scenario,
};
use serde::{Deserialize, Serialize};

/// Something about scenarios side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompareAsk {
    /// The number of the comparison it is about; what concerns an older one is dropped.
    pub run: u64,
    /// What.
    pub what: CompareWish,
}

/// What is wanted of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CompareWish {
    /// What each of these amounts to, asked this about catchments; a new comparison takes the place of the one before.
    Measure(Vec<Scenario>, Box<Question>),
    /// It stops; what is measured stays.
    Stop,
    /// What differs between two rows.
    Between(u32, u32),
    /// Travel bands and flows of two rows.
    Sides(u32, u32),
}

/// What is known of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompareTold {
    /// The number of the comparison.
    pub run: u64,
    /// What.
    pub what: CompareNews,
}

/// What happened to a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CompareNews {
    /// How far a row is.
    Far(u32, Allocating),
    /// A row is measured.
    Measured(u32, Box<Outcome>),
    /// What differs between two rows. Buffer: coverage gained and lost (GeoJSON).
    Between(u32, u32, Box<Differences>),
    /// Two rows are drawn. Buffers: travel bands of the first and of the second, flows of both (GeoJSON).
    Sides(u32, u32),
}
