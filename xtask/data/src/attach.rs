//! Terminals on their network: where no node is near one, the line that passes it gets one.
//!
//! The app leads a terminal to the nearest node. The source draws a straight line as one long edge, so that the nearest
//! node may be far away though the line is at the gate.

use crate::network::Network;
use atlas_core::geo::{LonLat, NearestIndex, haversine_m};
use petgraph::graph::NodeIndex;

/// A node this near is near enough.
const NODE_WITHIN_M: f64 = 1000.0;
/// A line this near passes the terminal; one farther away does not serve it.
const LINE_WITHIN_M: f64 = 6000.0;

/// Gives every stop a node: the one that is near, a new one on the line that passes, or else a lone one, for a join
/// of the tables to lead to.
pub fn attach(network: &mut Network, stops: &[(String, LonLat)]) {
    for (_, at) in stops {
        // A lone node that another stop got is no line.
        let linked: Vec<NodeIndex> = network.node_indices().filter(|n| network.edges(*n).next().is_some()).collect();
        let index = NearestIndex::new(linked.iter().map(|n| network[*n]));
        let off = haversine_m(*at, network[linked[index.nearest(*at).expect("a network has lines") as usize]]);
        if off <= NODE_WITHIN_M {
            continue;
        }
        let feet = network.edge_indices().filter_map(|e| {
            let (a, b) = network.edge_endpoints(e).expect("an edge has ends");
            let foot = foot(network[a], network[b], *at)?;
            Some((haversine_m(*at, foot), e, foot))
        });
        match feet.min_by(|x, y| x.0.total_cmp(&y.0)) {
            Some((away, e, foot)) if away <= LINE_WITHIN_M && away < off => {
                let (a, b) = network.edge_endpoints(e).expect("an edge has ends");
                let metres = network.remove_edge(e).expect("the edge found");
                let (to_a, to_b) = (haversine_m(network[a], foot), haversine_m(foot, network[b]));
                let first = (libm::round(f64::from(metres) * to_a / (to_a + to_b)) as u32).clamp(1, metres.max(2) - 1);
                let middle = network.add_node(foot);
                network.add_edge(a, middle, first);
                network.add_edge(middle, b, metres.max(2) - first);
            }
            _ => {
                network.add_node(on_grid(*at));
            }
        }
    }
}

/// The position on the grid of the pack.
pub fn on_grid(at: LonLat) -> LonLat {
    let round = |v: f64| libm::round(v * 1000.0) / 1000.0;
    LonLat::new(round(at.lon), round(at.lat))
}

/// The point between `a` and `b` that is nearest to `at`, on the grid; none where it would fall on an end.
fn foot(a: LonLat, b: LonLat, at: LonLat) -> Option<LonLat> {
    let reach = 0.1;
    let apart = |low: f64, high: f64, v: f64| v < low - reach || v > high + reach;
    if apart(a.lon.min(b.lon), a.lon.max(b.lon), at.lon) || apart(a.lat.min(b.lat), a.lat.max(b.lat), at.lat) {
        return None;
    }
    let shrink = libm::cos(at.lat.to_radians());
    let way = |p: LonLat, q: LonLat| ((q.lon - p.lon) * shrink, q.lat - p.lat);
    let (line, to) = (way(a, b), way(a, at));
    let share = ((line.0 * to.0 + line.1 * to.1) / (line.0 * line.0 + line.1 * line.1)).clamp(0.0, 1.0);
    let foot = on_grid(LonLat::new(a.lon + (b.lon - a.lon) * share, a.lat + (b.lat - a.lat) * share));
    (foot != a && foot != b).then_some(foot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_passes_gets_a_node() {
        let mut network = Network::default();
        let a = network.add_node(LonLat::new(120.0, 30.0));
        let b = network.add_node(LonLat::new(120.4, 30.0));
        network.add_edge(a, b, 40_000);
        // Near an end, beside the line, far from all.
        let stops = [(120.005, 30.0), (120.1, 30.02), (121.0, 31.0)].map(|(x, y)| (String::new(), LonLat::new(x, y)));
        attach(&mut network, &stops);
        let nodes: Vec<_> = network.node_weights().copied().skip(2).collect();
        assert_eq!(nodes, [LonLat::new(120.1, 30.0), LonLat::new(121.0, 31.0)]);
        let mut lengths: Vec<u32> = network.edge_weights().copied().collect();
        lengths.sort_unstable();
        assert_eq!(lengths, [10_000, 30_000]);
    }
}
