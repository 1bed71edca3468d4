//! What page and worker say to each other. Large documents (map geometry) travel beside the message as transferable buffers
//! and are named here by their place in the list.

use atlas_core::{
    account::Haul,
    diagnostics::Diagnostic,
    evaluate::{Figures, Handled},
    geo::LonLat,
    model::{Baseline, Mode, ModeSet, Name, PerCluster, Place, Stream},
    routing::{Aim, Fewer},
    scenario::Scenario,
};
use serde::{Deserialize, Serialize};

/// Asks for the state of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Counts up with every question; an answer with an older number is dropped.
    pub generation: u64,
    /// The plan, as edits over the baseline.
    pub scenario: Scenario,
    /// The facility whose catchment and way are wanted.
    pub focus: Option<String>,
    /// The stream whose way is wanted; `None`: the first the facility has.
    pub stream: Option<Stream>,
    /// A way between two places; answered with a settled plan only.
    pub journey: Option<JourneyQuery>,
    /// True for a settled plan: also what every facility handles, and the catchments of all hubs.
    pub whole: bool,
}

/// A place where a journey begins or ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// What it is called.
    pub name: Name,
    /// Where it is.
    pub at: LonLat,
}

/// A way that is wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JourneyQuery {
    /// Where it begins.
    pub from: Stop,
    /// Where it ends.
    pub to: Stop,
    /// Modes it may use.
    pub modes: ModeSet,
    /// What it is chosen by.
    pub aim: Aim,
    /// What travels.
    pub stream: Stream,
    /// Which of the ways found is drawn as the chosen one.
    pub chosen: usize,
}

impl Request {
    /// The question about the baseline, number 0.
    #[must_use]
    pub fn baseline() -> Self {
        Self { generation: 0, scenario: Scenario::default(), focus: None, stream: None, journey: None, whole: true }
    }
}

/// What the worker is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Loading the first pack.
    First,
    /// Loading the network pack.
    Network,
    /// Making the network ready.
    Preparing,
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// How far loading is, in bytes; `total` 0 where the host does not say.
    Progress { stage: Stage, done: u64, total: u64 },
    /// The first view. Buffers: base map, city labels (GeoJSON).
    First(Box<Baseline>),
    /// The ground is loaded, with what was wrong with the packs' tables. Buffers: detailed base map, roads (GeoJSON).
    Ground { places: Vec<Place>, problems: Vec<Diagnostic> },
    /// The other networks. Buffers: railways, waterways, sea lanes (GeoJSON).
    Networks,
    /// An answer. Buffers: selected catchment, way, and where `facilities` is there the hubs' catchments and the journey
    /// (GeoJSON).
    Evaluated(Box<Answer>),
    /// The worker cannot go on.
    Failed { code: String, detail: String },
}

/// The state of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's number.
    pub generation: u64,
    /// All clusters together.
    pub total: Figures,
    /// Each cluster.
    pub by_cluster: PerCluster<Figures>,
    /// What every open facility handles, by id; only for a settled plan.
    pub facilities: Option<Vec<Handled>>,
    /// The facility asked for.
    pub focus: Option<Focus>,
    /// The journey asked for; only for a settled plan.
    pub journey: Option<JourneyView>,
}

/// What was found for a journey, or the code of why nothing was.
pub type JourneyView = Result<Ways, String>;

/// Ways between two places: the least first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ways {
    /// The least way and its alternatives.
    pub all: Vec<WayView>,
    /// Why there are not three alternatives.
    pub fewer: Option<Fewer>,
    /// Keys of the parameters behind them.
    pub keys: Vec<String>,
}

/// One way of a journey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WayView {
    /// Sum of the legs, borders included.
    pub total: Haul,
    /// Yuan a tonne for borders.
    pub border_yuan_per_t: f64,
    /// Share of its length away from the ways before it; 1 for the first.
    pub different: f64,
    /// Generalised cost over that of the first.
    pub times_best: f64,
    /// Leg by leg.
    pub legs: Vec<LegView>,
}

/// A facility in focus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Focus {
    /// Its id.
    pub id: String,
    /// What it handles, where it is open.
    pub handled: Option<Handled>,
    /// The stream whose way is shown.
    pub stream: Stream,
    /// The way of its scrap, leg by leg; empty where there is none.
    pub legs: Vec<LegView>,
    /// Metres from the facility to the nearest road.
    pub access_m: u32,
}

/// One leg of a way, without its line, which travels as GeoJSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LegView {
    /// How it is travelled.
    pub mode: Mode,
    /// Where it begins.
    pub from: Name,
    /// Where it ends.
    pub to: Name,
    /// The middle of its line.
    pub middle: LonLat,
    /// Distance, time, cost, CO2 of a tonne.
    pub haul: Haul,
    /// The part of it at the two ends: handling, waiting, fixed prices.
    pub at_ends: Haul,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_arrives_as_it_was_sent() {
        let request = Request { focus: Some("HB001".into()), generation: 7, ..Request::baseline() };
        let bytes = postcard::to_stdvec(&request).expect("plain data");
        assert_eq!(postcard::from_bytes::<Request>(&bytes).expect("the same"), request);
    }
}
