//! What plan and baseline amount to, territory by territory.

use super::Allocating;
use atlas_core::{
    catchment::Question,
    circularity::Loops,
    footprint::{Choice, Footprint},
    profile::{Area, Profile, Profiles},
    scenario::Scenario,
};
use serde::{Deserialize, Serialize};

/// Asks what a plan and the baseline amount to, territory by territory. A new question takes the place of the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InsightAsk {
    /// The number of the question; an answer with an older one is dropped.
    pub run: u64,
    /// The plan.
    pub scenario: Scenario,
    /// What is asked about catchments.
    pub question: Question,
    /// Territories beside the clusters.
    pub areas: Vec<Area>,
    /// The account of carbon.
    pub carbon: Choice,
}

/// What a plan amounts to, territory by territory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Insight {
    /// The clusters.
    pub profiles: Profiles,
    /// The territories beside them, in the order asked for.
    pub areas: Vec<Profile>,
    /// Carbon and energy.
    pub footprint: Footprint,
    /// From scrap to use and back.
    pub loops: Loops,
}

/// What is known of a question about territories.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InsightTold {
    /// The number of the question.
    pub run: u64,
    /// What.
    pub what: InsightNews,
}

/// What happened to a question about territories.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum InsightNews {
    /// How far the baseline (true) or the plan is.
    Far(bool, Allocating),
    /// The baseline.
    Base(Box<Insight>),
    /// The plan: the last word.
    Plan(Box<Insight>),
}
