//! From a planner's question about the map to a location problem, and from its answer back to places.

mod accept;
mod across;
mod area;
mod begin;
mod candidates;
mod clash;
mod curve;
mod demand;
mod engine;
mod explore;
mod futures;
mod job;
mod model;
mod nearest_k;
mod pose;
mod proposal;
mod question;
mod reading;
mod spacing;
mod trouble;
mod ways;
mod whynot;

use crate::catchment::Measure;
pub use accept::accept;
pub use begin::Siting;
pub use curve::CurveJob;
pub use job::SitingJob;
pub use whynot::{Place, WhyNotJob};

pub use proposal::{
    AcrossFutures, Alternative, Alternatives, Clash, Curve, CurvePoint, FuturesOf, Limit, Moved, Progress, Proposal,
    Relaxation, Site, Swap, WhyNot, Won,
};
pub use question::{Aim, Area, By, Candidates, Existing, Futures, Question, Spot};
