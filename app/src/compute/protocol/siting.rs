//! New sites.

use atlas_core::{
    diagnostics::Diagnostic,
    geo::LonLat,
    scenario::Scenario,
    siting::planning::{self, Alternatives, Curve, Moved, Progress, Proposal, WhyNot},
};
use serde::{Deserialize, Serialize};

/// Something about new sites.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SitingAsk {
    /// The number of the search it is about; what concerns an older one is dropped.
    pub run: u64,
    /// What.
    pub what: SitingWish,
}

/// What is wanted of a search for sites.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SitingWish {
    /// A new search takes the place of the one before.
    Begin(Box<Scenario>, Box<planning::Question>),
    /// It pauses and keeps its best plan.
    Stop,
    /// It goes on.
    Resume,
    /// The trade-off up to so many sites.
    Curve(usize),
    /// Other plans within so many per cent of the best.
    Alternatives(f64),
    /// What it would cost to force a place in.
    WhyNot(LonLat),
    /// The plan with these sites is looked at; without any, the best one. The number comes back with it.
    Look(u64, Vec<String>),
    /// The plan that is looked at, with this site in another place.
    Moved(u64, String, LonLat),
}

/// What is known of a search for sites.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SitingTold {
    /// The number of the search.
    pub run: u64,
    /// For how long it has been searching.
    pub seconds: f64,
    /// What.
    pub what: SitingNews,
}

/// What happened to a search for sites.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SitingNews {
    /// The question cannot be asked so.
    Refused(Vec<Diagnostic>),
    /// It has begun. Buffer: candidates (GeoJSON).
    Begun,
    /// How far it is. Buffer, where there is a new plan that is looked at: its catchments (GeoJSON).
    Progress(Progress),
    /// It pauses.
    Stopped,
    /// The trade-off so far, and whether that is all of it.
    Curve(Curve, bool),
    /// Other plans, within so many per cent.
    Alternatives(f64, Alternatives),
    /// What a place would cost, and whether that is proved or as far as it goes.
    WhyNot(Box<WhyNot>, bool),
    /// Nothing can stand near that place.
    NoSuchPlace,
    /// The plan that is looked at, by the number of the wish; none where it cannot be. Buffer: its catchments (GeoJSON).
    Plan(u64, Option<Box<Proposal>>),
    /// A site at another place, by the number of the wish; none where it cannot stand there. Buffer, where it can: the
    /// catchments.
    Moved(u64, Option<Box<Moved>>),
}
