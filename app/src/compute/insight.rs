//! What a measured plan amounts to, territory by territory: everything that the Compare page shows beside scenarios.

use super::protocol::{Insight, InsightAsk};
use atlas_core::{
    circularity::loops,
    comparison::Measured,
    footprint::{Given, footprint},
    model::Region,
    profile::{Profiles, profile},
};

/// Reads it out of a plan that has been measured.
pub fn of(region: &Region, measured: &Measured, ask: &InsightAsk) -> Insight {
    let Measured { scenario, plan, allocation: answer, evaluation, .. } = measured;
    let rounds = measured.rounds(region);
    let given = Given { baseline: &region.baseline, scenario, plan, rounds: &rounds, answer };
    Insight {
        profiles: Profiles::new(region, measured),
        areas: ask.areas.iter().map(|area| profile(region, measured, area)).collect(),
        footprint: footprint(given, ask.carbon),
        loops: loops(evaluation, &rounds, answer),
    }
}
