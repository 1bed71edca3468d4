//! A story: steps in order, each a scenario, a view, words, and what the words name.

use super::{Scenario, View};
use crate::model::{Cluster, Name};
use serde::{Deserialize, Serialize};

/// A story as people tell it in front of the map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Its title; one language may be missing.
    pub title: Name,
    /// Who made it, in their words.
    #[serde(default)]
    pub author: String,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// One step of a story.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// A line.
    #[serde(default)]
    pub title: Name,
    /// A few sentences. What stands in braces is a figure of the app: it is filled in when the step is shown.
    #[serde(default)]
    pub text: Name,
    /// The scenario on the map.
    #[serde(default)]
    pub scenario: StepScenario,
    /// What of it is looked at.
    #[serde(default)]
    pub view: View,
    /// What the words name.
    #[serde(default)]
    pub spotlight: Vec<Spot>,
}

/// Where the scenario of a step comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepScenario {
    /// The plan that is on the screen when the story is told.
    #[default]
    OnScreen,
    /// One that comes with the app, by its key; `baseline` is the baseline itself.
    BuiltIn(String),
    /// Its own.
    Inline(Box<Scenario>),
}

/// Something that the words name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// A facility, by id.
    Facility(String),
    /// A prefecture, by its code.
    Prefecture(u32),
    /// A cluster.
    Cluster(Cluster),
    /// A figure of the results.
    Figure(SpotFigure),
}

/// A figure that stands large beside the words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpotFigure {
    /// Its key in the results.
    pub key: String,
    /// Of which cluster; `None`: of all together.
    #[serde(default)]
    pub cluster: Option<Cluster>,
}

impl StepScenario {
    /// The key of the baseline.
    pub const BASELINE: &'static str = "baseline";
}
