//! Scenarios side by side: what each amounts to, how they differ, and where.
//!
//! What a scenario amounts to ([`Outcome`]) is worked out once. All differences are between two of these, or between two plans
//! and two allocations, so that any scenario can be the one that the others are compared with.

mod facilities;
mod flows;
mod indicator;
mod measure;
mod outcome;

pub use facilities::{ChangedFacility, FacilityChange, changed_facilities};
pub use flows::{FlowChange, Origin, changed_flows};
pub use indicator::{Changed, Group, Indicator, changes};
pub use measure::{Differences, Measured, Measuring, Progress, between};
pub use outcome::Outcome;
