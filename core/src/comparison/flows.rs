//! Flows of scrap that differ between two allocations.

use crate::{
    allocation::{Answer, End, Flow, Place},
    geo::LonLat,
    model::Cluster,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Less than this many tonnes a year is rounding.
const ROUNDING_T: f64 = 1.0;

/// Where scrap comes from, tied together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Everything in a cluster together.
    Cluster,
    /// Everything in a province together.
    Province,
    /// Everything in a prefecture together.
    Prefecture,
}

/// Scrap that comes from one place to one plant, in two allocations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowChange {
    /// Cluster of the origin; none for the corridor and for imports.
    pub cluster: Option<Cluster>,
    /// Its province in Chinese as the tables write it; empty where clusters are tied.
    pub province: String,
    /// Code of its prefecture; 0 where larger areas are tied.
    pub adcode: u32,
    /// True for scrap from abroad: the place is the port's.
    pub imported: bool,
    /// Middle of the origin, by tonnes.
    pub from: LonLat,
    /// Hub or smelter, by its id.
    pub plant: String,
    /// Where that is.
    pub to: LonLat,
    /// Gross tonnes a year before.
    pub before_t: f64,
    /// Gross tonnes a year after.
    pub after_t: f64,
}

impl FlowChange {
    /// How many tonnes more.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.after_t - self.before_t
    }
}

type Key = (bool, Option<Cluster>, String, u32, String);

#[derive(Default)]
struct Sum {
    tonnes: [f64; 2],
    lon: f64,
    lat: f64,
    to: LonLat,
}

/// Flows of scrap to hubs and smelters that differ, by origin and plant, all streams together; those that differ most come
/// first. O(n log n) in the number of flows.
#[must_use]
pub fn changed_flows(before: &Answer, after: &Answer, by: Origin) -> Vec<FlowChange> {
    let mut sums: BTreeMap<Key, Sum> = BTreeMap::new();
    for (side, answer) in [before, after].into_iter().enumerate() {
        for flow in answer.flows.iter().filter(|f| f.leg.is_scrap()) {
            add(&mut sums, answer, flow, side, by);
        }
    }
    let mut out: Vec<FlowChange> = sums
        .into_iter()
        .filter(|(_, s)| (s.tonnes[1] - s.tonnes[0]).abs() > ROUNDING_T)
        .map(|((imported, cluster, province, adcode, plant), s)| {
            let all = s.tonnes[0] + s.tonnes[1];
            let from = LonLat::new(s.lon / all, s.lat / all);
            let [before_t, after_t] = s.tonnes;
            FlowChange { cluster, province, adcode, imported, from, plant, to: s.to, before_t, after_t }
        })
        .collect();
    out.sort_by(|a, b| b.difference().abs().total_cmp(&a.difference().abs()));
    out
}

fn add(sums: &mut BTreeMap<Key, Sum>, answer: &Answer, flow: &Flow, side: usize, by: Origin) {
    let place = |row: u32| answer.places.get(row as usize);
    let (Some(from), Some(to)) = (place(flow.from), place(flow.to)) else { return };
    let End::Facility(plant) = &to.end else { return };
    let key =
        (matches!(from.end, End::Import(_)), from.cluster, province(from, by), prefecture(from, by), plant.clone());
    let sum = sums.entry(key).or_default();
    sum.tonnes[side] += flow.gross_t;
    sum.lon += from.at.lon * flow.gross_t;
    sum.lat += from.at.lat * flow.gross_t;
    // Where a plant moved, the line ends where it is now.
    sum.to = to.at;
}

fn province(place: &Place, by: Origin) -> String {
    if by == Origin::Cluster { String::new() } else { place.province.clone() }
}

const fn prefecture(place: &Place, by: Origin) -> u32 {
    if matches!(by, Origin::Prefecture) { place.adcode } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::Haul,
        allocation::Leg,
        model::{PerMode, Stream},
    };

    fn answer(tonnes: &[(u32, u32, Leg, f64)]) -> Answer {
        let place = |end: End, lon: f64, adcode| Place {
            end,
            at: LonLat::new(lon, 32.0),
            cluster: Some(Cluster::Yrd),
            province: "江苏省".into(),
            adcode,
        };
        let facility = |id: &str| End::Facility(id.into());
        let flow = |(from, to, leg, gross_t): (u32, u32, Leg, f64)| Flow {
            leg,
            from,
            to,
            stream: Stream::Al,
            gross_t,
            metal_t: gross_t,
            product_t: gross_t,
            km: PerMode::from_fn(|_| 0.0),
            haul: Haul { km: 0.0, hours: 0.0, yuan_per_t: 0.0, kg_co2e_per_t: 0.0 },
            ends: PerMode::default(),
        };
        Answer {
            places: vec![
                place(facility("CP1"), 118.0, 320_100),
                place(facility("CP2"), 120.0, 320_500),
                place(facility("SM1"), 119.0, 320_300),
                place(facility("SM2"), 121.0, 320_300),
                place(End::Demand("江苏省".into()), 119.0, 0),
            ],
            flows: tonnes.iter().copied().map(flow).collect(),
            ..Answer::default()
        }
    }

    #[test]
    fn what_goes_elsewhere_is_less_here_and_more_there() {
        use Leg::{Direct, ToDemand};
        let before = answer(&[(0, 2, Direct, 100.0), (1, 2, Direct, 50.0), (2, 4, ToDemand, 90.0)]);
        let after = answer(&[(0, 2, Direct, 30.0), (0, 3, Direct, 70.0), (1, 2, Direct, 50.5), (2, 4, ToDemand, 10.0)]);
        let all = changed_flows(&before, &after, Origin::Prefecture);
        let told: Vec<_> = all.iter().map(|f| (f.adcode, f.plant.as_str(), f.difference())).collect();
        assert_eq!(told, [(320_100, "SM1", -70.0), (320_100, "SM2", 70.0)]);
        assert_eq!(all[0].from, LonLat::new(118.0, 32.0));
        assert_eq!(changed_flows(&before, &before, Origin::Prefecture), []);
    }

    #[test]
    fn larger_areas_tie_what_comes_of_them() {
        let before = answer(&[(0, 2, Leg::Direct, 100.0)]);
        let after = answer(&[(1, 2, Leg::Direct, 100.0)]);
        assert_eq!(changed_flows(&before, &after, Origin::Prefecture).len(), 2);
        assert_eq!(changed_flows(&before, &after, Origin::Province), [], "the province sends as much as before");
        assert_eq!(changed_flows(&before, &after, Origin::Cluster), []);
    }
}
