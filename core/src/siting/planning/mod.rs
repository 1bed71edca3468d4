//! From a planner's question about the map to a location problem, and from its answer back to places.

mod proposal;
mod question;

pub use proposal::{
    Alternative, Alternatives, Clash, Curve, CurvePoint, Limit, Moved, Progress, Proposal, Relaxation, Site, Swap,
    WhyNot, Won,
};
pub use question::{Aim, Area, Candidates, Existing, Question, Spot};
