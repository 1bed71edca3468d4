//! Roads that the source breaks in two: dead ends that face each other.
//!
//! Long bridges, tunnels and retagged stretches are missing here and there, so that a road ends, and goes on a little
//! further. Two dead ends are joined where the gap is short, each points at the other, and the way round is out of all
//! proportion. What crosses wide water is left to `data/tables/road_joins.csv`.

use crate::network::{Network, straight_m};
use atlas_core::geo::{LonLat, NearestIndex, haversine_m};
use petgraph::{graph::NodeIndex, visit::EdgeRef};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

/// Longest gap.
const GAP_M: f64 = 2000.0;
/// Shortest way round, in metres and in gaps.
const DETOUR_M: u32 = 30_000;
const DETOUR_GAPS: u32 = 12;
/// Cosine of the largest angle between a road's end and the gap.
const FACING: f64 = 0.75;

/// Joins facing dead ends, shortest gap first. Gives the joins made: both positions and the gap in metres.
pub fn join_facing(roads: &mut Network) -> Vec<(LonLat, LonLat, u32)> {
    let ends: Vec<NodeIndex> = roads.node_indices().filter(|n| roads.edges(*n).count() == 1).collect();
    let index = NearestIndex::new(ends.iter().map(|n| roads[*n]));
    let mut gaps = Vec::new();
    for a in &ends {
        for b in index.nearest_k(roads[*a], ends.len()).map(|i| ends[i as usize]) {
            if haversine_m(roads[*a], roads[b]) > GAP_M {
                break;
            }
            if *a < b && faces(roads, *a, b) && faces(roads, b, *a) {
                gaps.push((straight_m(roads, *a, b), *a, b));
            }
        }
    }
    gaps.sort_unstable();
    let mut made = Vec::new();
    for (gap, a, b) in gaps {
        // Both carriageways of one road come as two gaps; joining the first makes the second one needless.
        if !reaches(roads, a, b, DETOUR_M.max(DETOUR_GAPS * gap)) {
            roads.add_edge(a, b, gap);
            made.push((roads[a], roads[b], gap));
        }
    }
    made
}

/// True where the road that ends at `end` points at `goal`.
fn faces(roads: &Network, end: NodeIndex, goal: NodeIndex) -> bool {
    let before = roads.neighbors(end).next().expect("a dead end has one neighbour");
    let shrink = libm::cos(roads[end].lat.to_radians());
    let way = |a: LonLat, b: LonLat| ((b.lon - a.lon) * shrink, b.lat - a.lat);
    let (road, gap) = (way(roads[before], roads[end]), way(roads[end], roads[goal]));
    let lengths = libm::hypot(road.0, road.1) * libm::hypot(gap.0, gap.1);
    road.0 * gap.0 + road.1 * gap.1 > FACING * lengths
}

/// True where the network leads from one node to another within a distance.
fn reaches(roads: &Network, from: NodeIndex, to: NodeIndex, within_m: u32) -> bool {
    let mut best = BTreeMap::from([(from, 0)]);
    let mut queue = BinaryHeap::from([Reverse((0, from))]);
    while let Some(Reverse((metres, node))) = queue.pop() {
        if node == to {
            return true;
        }
        if metres > best[&node] {
            continue;
        }
        for edge in roads.edges(node) {
            let total = metres + edge.weight();
            if total <= within_m && best.get(&edge.target()).is_none_or(|b| total < *b) {
                best.insert(edge.target(), total);
                queue.push(Reverse((total, edge.target())));
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken_road(turn: f64) -> Network {
        // A road from west to east with a gap of about a kilometre, and a long way round.
        let at = [(120.0, 30.0), (120.05, 30.0), (120.06, 30.0), (120.11, 30.0 + turn)];
        let mut roads = Network::default();
        let n: Vec<_> = at.iter().map(|(x, y)| roads.add_node(LonLat::new(*x, *y))).collect();
        roads.add_edge(n[0], n[1], 5000);
        roads.add_edge(n[2], n[3], 5000);
        roads.add_edge(n[0], n[3], 60_000);
        roads
    }

    #[test]
    fn a_broken_road_is_joined_once() {
        let mut roads = broken_road(0.0);
        let made = join_facing(&mut roads);
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].2, 963);
        assert!(join_facing(&mut roads).is_empty());
    }

    #[test]
    fn ends_that_look_elsewhere_or_have_a_short_way_stay() {
        assert!(join_facing(&mut broken_road(0.2)).is_empty());
        let mut short = broken_road(0.0);
        short.add_edge(NodeIndex::new(0), NodeIndex::new(3), 9000);
        assert!(join_facing(&mut short).is_empty());
    }
}
