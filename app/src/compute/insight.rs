//! What a measured plan amounts to, territory by territory: everything that the Compare page shows beside scenarios.

use super::protocol::Insight;
use atlas_core::{
    comparison::Measured,
    model::Region,
    profile::{Area, Profiles, profile},
};

/// Reads it out of a plan that has been measured.
pub fn of(region: &Region, measured: &Measured, areas: &[Area]) -> Insight {
    Insight {
        profiles: Profiles::new(region, measured),
        areas: areas.iter().map(|area| profile(region, measured, area)).collect(),
    }
}
