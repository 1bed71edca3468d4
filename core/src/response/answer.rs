//! What is answered: plain data, for files and the worker's border.

use super::{Aim, Goal, Outcome, Shape, Step};
use crate::{profile::Profiles, scenario::Objective};
use serde::{Deserialize, Serialize};

/// The answer to a [`super::Question`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// See [`super::Question::Sweep`].
    Sweep(SweepAnswer),
    /// See [`super::Question::Tornado`].
    Tornado(TornadoAnswer),
    /// See [`super::Question::Front`].
    Front(FrontAnswer),
    /// See [`super::Question::Find`].
    Find(FoundAnswer),
}

/// A number by the quick grain, and the same by a full solve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confirmed {
    /// By prefectures.
    pub quick: f64,
    /// By points.
    pub full: f64,
}

impl Confirmed {
    /// By how much the quick one is off, as a share of the full one; `None` where that is 0.
    #[must_use]
    pub fn off(&self) -> Option<f64> {
        (self.full != 0.0).then(|| (self.quick - self.full) / self.full.abs())
    }
}

/// Measures at one value of a lever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepPoint {
    /// Where the lever stands.
    pub value: f64,
    /// All measures can be read from it.
    pub profiles: Profiles,
}

/// The response to one lever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepAnswer {
    /// The lever's name.
    pub lever: String,
    /// True where every step is a full solve.
    pub exact: bool,
    /// Step by step.
    pub points: Vec<SweepPoint>,
    /// The last step again by a full solve, where the others are quick.
    pub confirmed: Option<SweepPoint>,
}

/// How far a lever is turned.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extent {
    /// The low end.
    pub low: f64,
    /// The high end.
    pub high: f64,
    /// True where the table states both; else a default range of ours.
    pub stated: bool,
}

/// What one lever does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// The lever's name.
    pub lever: String,
    /// How far it was turned.
    pub extent: Extent,
    /// The aim at the low end; `None` where it has no number there.
    pub at_low: Option<f64>,
    /// The aim at the high end.
    pub at_high: Option<f64>,
    /// Between the largest and the smallest of base, low and high.
    pub swing: f64,
}

/// All levers side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TornadoAnswer {
    /// What is looked at.
    pub aim: Aim,
    /// The aim as the levers stand; `None` where it has no number.
    pub base: Option<f64>,
    /// Levers that move it, the widest swing first.
    pub bars: Vec<Bar>,
    /// Levers that were turned and move nothing of it.
    pub still: Vec<String>,
    /// Levers that were not turned: they stand nowhere unless somebody sets them.
    pub unset: Vec<String>,
    /// The wider end of the widest bar again by a full solve.
    pub confirmed: Option<Confirmed>,
}

/// A plan of the front.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrontPoint {
    /// Where the lever stands, where one is tried.
    pub value: Option<f64>,
    /// What its allocation makes least.
    pub objective: Objective,
    /// Yuan a year.
    pub yuan: f64,
    /// kg CO2e a year.
    pub kg_co2e: f64,
    /// Share of residents within the usual limit of a collection point.
    pub covered: f64,
}

/// Cost against CO2 against coverage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrontAnswer {
    /// The lever whose values were tried.
    pub lever: Option<String>,
    /// Plans that none beats, by value of the lever, then by rising cost.
    pub points: Vec<FrontPoint>,
    /// How many plans were tried that another beats.
    pub beaten: usize,
    /// True where for every value every supported plan was found: every plan that some pair of weights of cost and CO2 makes best.
    pub whole: bool,
    /// Kilometres of the coverage.
    pub limit_km: f64,
    /// Cost of the cheapest again by a full solve, in yuan.
    pub confirmed: Option<Confirmed>,
}

/// A smallest change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundAnswer {
    /// The lever's name.
    pub lever: String,
    /// What is looked at.
    pub aim: Aim,
    /// What it should reach.
    pub goal: Goal,
    /// Where the lever stands in the scenario; `None` where nobody set it.
    pub stands: Option<f64>,
    /// What was searched.
    pub within: (f64, f64),
    /// How exact the answer is, in the lever's unit.
    pub tolerance: f64,
    /// What was found.
    pub outcome: Outcome,
    /// How the aim answers to the lever, as far as the values tried say.
    pub shape: Shape,
    /// Every value tried, in order.
    pub steps: Vec<Step>,
    /// The aim at the value found again by a full solve.
    pub confirmed: Option<Found>,
}

/// A number by the quick grain and by a full solve, and whether the latter reaches the goal as well.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Both numbers.
    pub numbers: Confirmed,
    /// True where the full solve reaches the goal.
    pub reached: bool,
}
