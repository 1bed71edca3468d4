//! Sea lanes off our coast: the world's from `searoute`, the ways into our ports, and the rivers that seagoing ships use.

use crate::{
    attach::on_grid,
    error::{Explain, Result},
    lines::{Drawing, key, moor},
    network::{Network, order, pieces},
    tables::Waypoint,
};
use atlas_core::geo::{LonLat, NearestIndex, haversine_m};
use petgraph::{graph::NodeIndex, visit::EdgeRef};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
};

/// West, south, east, north: the sea that ways between our ports can touch.
const SEA: [f64; 4] = [105.0, 17.5, 127.0, 42.0];
/// Mouths of rivers, which the table of waterways draws better: the Yangtze above Waigaoqiao, the Pearl above Nansha.
const RIVERS: [[f64; 4]; 2] = [[118.5, 31.25, 121.9, 32.6], [113.3, 22.75, 113.73, 23.3]];
/// Lanes get a node at least this often, for approaches to lead to.
const STEP_M: f64 = 5_000.0;
/// A point of an approach this near to a lane is on it.
const MEET_WITHIN_M: f64 = 1500.0;
/// An edge on at least this share of the ways between ports is drawn first.
const MAIN_SHARE: usize = 12;
/// Cosine of the largest bend that is drawn as none.
const STRAIGHT: f64 = 0.9998;

/// Builds the lanes: only what lies on a shortest way between two of the ports. Gives the class of each edge, too.
pub fn build(
    source: &[u8],
    approaches: &[Waypoint],
    waterways: &[Waypoint],
    ports: &[(String, LonLat)],
) -> Result<(Network, Vec<u8>)> {
    let mut drawing = Drawing::default();
    for line in read(source)? {
        for pair in line.windows(2) {
            draw(&mut drawing, pair[0], pair[1]);
        }
    }
    let lanes: Vec<NodeIndex> = drawing.network.node_indices().collect();
    let lane_at: Vec<LonLat> = lanes.iter().map(|n| drawing.network[*n]).collect();
    let index = NearestIndex::new(lane_at.iter().copied());
    drawing.lines(waterways.iter().filter(|p| p.seagoing == "yes"));
    let nearest = |at: LonLat| index.nearest(at).expect("lanes drawn") as usize;
    let meeting: Vec<Waypoint> = approaches
        .iter()
        .map(|p| {
            let at = LonLat::new(p.lon, p.lat);
            let lane = lane_at[nearest(at)];
            let taken = drawing.has(at) || haversine_m(at, lane) > MEET_WITHIN_M;
            if taken { p.clone() } else { Waypoint { lon: lane.lon, lat: lane.lat, ..p.clone() } }
        })
        .collect();
    // One line after the other: whether its end is loose must not depend on those to come.
    for line in meeting.chunk_by(|a, b| a.line == b.line) {
        let end = *drawing.lines(line.iter()).last().expect("a line has an end");
        if drawing.network.edges(end).count() == 1 {
            let lane = lanes[nearest(drawing.network[end])];
            drawing.edge(end, lane, None);
        }
    }
    let mut network = drawing.network;
    moor(&mut network, ports)?;
    let ordered = order(&straighten(&used(&network, ports), ports));
    let traffic = counts(&ordered, ports);
    let most = traffic.iter().copied().max().unwrap_or(0);
    let classes = traffic.iter().map(|t| if t * MAIN_SHARE >= most { 1 } else { 2 }).collect();
    Ok((ordered, classes))
}

/// The lines of the source's GeoJSON.
fn read(source: &[u8]) -> Result<Vec<Vec<LonLat>>> {
    let what = || "cannot read marnet_searoute.geojson".to_owned();
    let remedy = "The package differs from the pinned version; look at the file.";
    let world: Collection = serde_json::from_slice(source).explain(what, remedy)?;
    let mut lines = Vec::new();
    for feature in world.features {
        match feature.geometry {
            Geometry::LineString { coordinates } => lines.push(coordinates),
            Geometry::MultiLineString { coordinates } => lines.extend(coordinates),
        }
    }
    Ok(lines.into_iter().map(|l| l.into_iter().map(|p| LonLat::new(p[0], p[1])).collect()).collect())
}

#[derive(serde::Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(serde::Deserialize)]
struct Feature {
    geometry: Geometry,
}

#[derive(serde::Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    LineString { coordinates: Vec<[f64; 2]> },
    MultiLineString { coordinates: Vec<Vec<[f64; 2]>> },
}

/// One stretch of a lane, in steps.
fn draw(drawing: &mut Drawing, a: LonLat, b: LonLat) {
    let within = |p: LonLat, w: &[f64; 4]| p.lon > w[0] && p.lat > w[1] && p.lon < w[2] && p.lat < w[3];
    if [a, b].iter().any(|p| !within(*p, &SEA) || RIVERS.iter().any(|r| within(*p, r))) {
        return;
    }
    let steps = libm::ceil(haversine_m(a, b) / STEP_M).max(1.0) as u32;
    let mut from = drawing.node(a);
    for i in 1..=steps {
        let share = f64::from(i) / f64::from(steps);
        let to = drawing.node(LonLat::new(a.lon + (b.lon - a.lon) * share, a.lat + (b.lat - a.lat) * share));
        drawing.edge(from, to, None);
        from = to;
    }
}

/// What the shortest ways between ports use, in the largest piece.
fn used(network: &Network, ports: &[(String, LonLat)]) -> Network {
    let main: BTreeSet<NodeIndex> = pieces(network).swap_remove(0).into_iter().collect();
    let network = network.filter_map(|n, at| main.contains(&n).then_some(*at), |_, m| Some(*m));
    let traffic = counts(&network, ports);
    let mut used = network.filter_map(|_, at| Some(*at), |e, m| (traffic[e.index()] > 0).then_some(*m));
    used.retain_nodes(|g, n| g.neighbors(n).next().is_some());
    used
}

/// How many of the shortest ways between ports use each edge.
fn counts(network: &Network, ports: &[(String, LonLat)]) -> Vec<usize> {
    let index = NearestIndex::new(network.node_weights().copied());
    let ends: BTreeSet<NodeIndex> =
        ports.iter().map(|p| NodeIndex::new(index.nearest(p.1).expect("lanes drawn") as usize)).collect();
    let mut traffic = vec![0; network.edge_count()];
    for start in &ends {
        let came_by = tree(network, *start);
        for goal in ends.range((std::ops::Bound::Excluded(*start), std::ops::Bound::Unbounded)) {
            let mut at = *goal;
            while let Some((before, edge)) = came_by[at.index()] {
                traffic[edge] += 1;
                at = before;
            }
        }
    }
    traffic
}

/// From every node the way back to the start: node before, edge. Dijkstra's algorithm.
fn tree(network: &Network, start: NodeIndex) -> Vec<Option<(NodeIndex, usize)>> {
    let mut came_by = vec![None; network.node_count()];
    let mut best = BTreeMap::from([(start, 0u32)]);
    let mut queue = BinaryHeap::from([Reverse((0, start))]);
    while let Some(Reverse((metres, node))) = queue.pop() {
        if metres > best[&node] {
            continue;
        }
        for edge in network.edges(node) {
            let total = metres + edge.weight();
            if best.get(&edge.target()).is_none_or(|b| total < *b) {
                best.insert(edge.target(), total);
                came_by[edge.target().index()] = Some((node, edge.id().index()));
                queue.push(Reverse((total, edge.target())));
            }
        }
    }
    came_by
}

/// Takes out the nodes where a lane neither bends nor parts; ports stay.
fn straighten(network: &Network, ports: &[(String, LonLat)]) -> Network {
    let fixed: BTreeSet<(i64, i64)> = ports.iter().map(|p| key(on_grid(p.1))).collect();
    let mut links: Vec<BTreeMap<usize, u32>> = vec![BTreeMap::new(); network.node_count()];
    for e in network.edge_references() {
        links[e.source().index()].insert(e.target().index(), *e.weight());
        links[e.target().index()].insert(e.source().index(), *e.weight());
    }
    let at: Vec<LonLat> = network.node_weights().copied().collect();
    for node in 0..at.len() {
        let ends: Vec<(usize, u32)> = links[node].iter().map(|(n, m)| (*n, *m)).collect();
        let [(a, x), (b, y)] = ends[..] else { continue };
        if !runs_straight(at[a], at[node], at[b]) || links[a].contains_key(&b) || fixed.contains(&key(at[node])) {
            continue;
        }
        links[node].clear();
        for (from, to) in [(a, b), (b, a)] {
            links[from].remove(&node);
            links[from].insert(to, x + y);
        }
    }
    let mut straight = network.filter_map(|_, p| Some(*p), |_, _| None::<u32>);
    for (a, of_a) in links.iter().enumerate() {
        for (b, metres) in of_a.iter().filter(|l| *l.0 > a) {
            straight.add_edge(NodeIndex::new(a), NodeIndex::new(*b), *metres);
        }
    }
    straight.retain_nodes(|g, n| g.neighbors(n).next().is_some());
    straight
}

fn runs_straight(a: LonLat, at: LonLat, b: LonLat) -> bool {
    let shrink = libm::cos(at.lat.to_radians());
    let (p, q) = (((at.lon - a.lon) * shrink, at.lat - a.lat), ((b.lon - at.lon) * shrink, b.lat - at.lat));
    p.0 * q.0 + p.1 * q.1 > STRAIGHT * libm::hypot(p.0, p.1) * libm::hypot(q.0, q.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_way_between_ports_uses_is_left_out() {
        let source = br#"{"features": [
            {"geometry": {"type": "LineString", "coordinates": [[120.0, 20.0], [121.0, 20.0], [122.0, 20.0]]}},
            {"geometry": {"type": "MultiLineString", "coordinates": [[[121.0, 20.0], [121.0, 19.0]], [[10.0, 50.0], [11.0, 50.0]]]}}
        ]}"#;
        let ports = [("A".to_owned(), LonLat::new(120.0, 20.0)), ("B".to_owned(), LonLat::new(122.0, 20.0))];
        let (lanes, classes) = build(source, &[], &[], &ports).unwrap();
        assert_eq!((lanes.node_count(), classes), (2, vec![1]));
        assert!((f64::from(lanes.edge_weights().sum::<u32>()) / 209_000.0 - 1.0).abs() < 0.01);
    }
}
