//! The region: everything that is given before anybody plans.

use super::{Basis, Claim, Cluster, DemandCell, Facility, Mode, Norm, Parameters, Place, Prefecture, Standing};
use crate::{
    geo::{LonLat, haversine_m},
    graph::{Access, Network},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A place further than this from every road (metres in a straight line) is none of the map's: no way leads there.
pub const MOST_ACCESS_M: u32 = 100_000;

/// Prefectures, facilities and parameters: what the first view needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// Prefectures in table order; demand cells refer to these rows.
    pub prefectures: Vec<Prefecture>,
    /// Facilities in ascending order of their id.
    pub facilities: Vec<Facility>,
    /// All parameters.
    pub parameters: Parameters,
    /// What the sector report says, in the order of its list; none where the pack has no claims.
    pub claims: Vec<Claim>,
    /// Siting norms in table order; none where the pack has no norms.
    pub norms: Vec<Norm>,
    /// Who runs each smelter, in the table's words, by id: plants of one operator count together where the market is.
    pub operators: BTreeMap<String, String>,
}

impl Baseline {
    /// True where the table's value of a parameter is a claim that is disputed: it is never shown without saying so.
    #[must_use]
    pub fn is_disputed(&self, key: &str) -> bool {
        let is_claim = self.parameters.get(key).is_some_and(|p| p.origin.basis == Basis::Claim);
        let disputed = |c: &Claim| c.standing == Standing::Disputed && c.used_by.iter().any(|k| k == key);
        is_claim && self.claims.iter().any(disputed)
    }

    /// The cluster in which something new at a position is counted: that of the nearest prefecture seat in a cluster.
    ///
    /// # Panics
    /// Where no prefecture belongs to a cluster, which [`crate::format::region`] refuses to load.
    #[must_use]
    pub fn cluster_at(&self, at: LonLat) -> Cluster {
        let seats = self.prefectures.iter().filter_map(|p| Some((p.cluster?, p.seat)));
        nearest(at, seats).expect("a prefecture in a cluster")
    }

    /// The prefecture whose seat is nearest.
    #[must_use]
    pub fn prefecture_at(&self, at: LonLat) -> Option<&Prefecture> {
        nearest(at, self.prefectures.iter().map(|p| (p, p.seat)))
    }
}

/// Whatever is nearest, the first of those that are equally near. Most are ruled out by their latitude alone: a table of a
/// hundred thousand places asks this for each of them.
fn nearest<T>(at: LonLat, all: impl Iterator<Item = (T, LonLat)>) -> Option<T> {
    /// A little less than a degree of latitude in metres.
    const DEGREE_M: f64 = 111_000.0;
    let mut best: Option<(f64, T)> = None;
    for (what, place) in all {
        if best.as_ref().is_some_and(|b| (place.lat - at.lat).abs() * DEGREE_M > b.0) {
            continue;
        }
        let far = haversine_m(at, place);
        if best.as_ref().is_none_or(|b| far < b.0) {
            best = Some((far, what));
        }
    }
    best.map(|b| b.1)
}

/// Networks, demand cells and places: what computing needs.
pub struct Ground {
    /// The road network.
    pub roads: Network,
    /// The railways.
    pub rails: Network,
    /// Rivers and canals that barges use.
    pub waterways: Network,
    /// Coastal lanes, with the lower Yangtze and the Pearl estuary.
    pub sealanes: Network,
    /// Demand cells in ascending order of their H3 index.
    pub cells: Vec<DemandCell>,
    /// How each cell gets onto the roads.
    pub cell_access: Vec<Access>,
    /// Places that can be searched for.
    pub places: Vec<Place>,
    /// Polygons of the sea and of land outside of the clusters, each an outer ring and its holes.
    pub outside: Vec<Vec<Vec<LonLat>>>,
}

impl Ground {
    /// The network of a mode.
    #[must_use]
    pub const fn network(&self, mode: Mode) -> &Network {
        match mode {
            Mode::Road => &self.roads,
            Mode::Rail => &self.rails,
            Mode::Water => &self.waterways,
            Mode::Sea => &self.sealanes,
        }
    }
}

/// The whole region pack.
pub struct Region {
    /// Prefectures, facilities, parameters.
    pub baseline: Baseline,
    /// Roads, cells, places.
    pub ground: Ground,
}
