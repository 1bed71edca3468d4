//! A network of any mode: positions joined by lengths; what all modes need to make one ready for the pack.

use atlas_core::{
    format::roads::{RoadEdge, RoadTable},
    geo::{LonLat, haversine_m},
};
use petgraph::{
    graph::{NodeIndex, UnGraph},
    unionfind::UnionFind,
    visit::EdgeRef,
};
use std::collections::BTreeMap;

/// Positions and lengths in metres.
pub type Network = UnGraph<LonLat, u32>;

/// Total length.
pub fn kilometres(network: &Network) -> f64 {
    network.edge_weights().map(|m| u64::from(*m)).sum::<u64>() as f64 / 1000.0
}

/// Renumbers the nodes along a Hilbert curve: neighbours on the map become neighbours in memory and in the file.
pub fn order(network: &Network) -> Network {
    let key = |at: LonLat| {
        let cell = |v: f64, low: f64| libm::round((v - low) * 1000.0) as u16;
        fast_hilbert::xy2h(cell(at.lon, 90.0), cell(at.lat, 0.0), 16)
    };
    let mut by_curve: Vec<NodeIndex> = network.node_indices().collect();
    by_curve.sort_by_key(|i| (key(network[*i]), *i));
    let mut place = vec![NodeIndex::new(0); by_curve.len()];
    let mut ordered = Network::with_capacity(by_curve.len(), network.edge_count());
    for old in by_curve {
        place[old.index()] = ordered.add_node(network[old]);
    }
    let mut edges: Vec<_> = network
        .edge_indices()
        .map(|e| {
            let (a, b) = network.edge_endpoints(e).expect("an edge has ends");
            let (a, b) = (place[a.index()], place[b.index()]);
            (a.min(b), a.max(b), network[e])
        })
        .collect();
    edges.sort_unstable();
    for (a, b, metres) in edges {
        ordered.add_edge(a, b, metres);
    }
    ordered
}

/// The connected pieces, largest first; nodes in ascending order.
pub fn pieces(network: &Network) -> Vec<Vec<NodeIndex>> {
    let mut sets = UnionFind::<usize>::new(network.node_count());
    for e in network.edge_indices() {
        let (a, b) = network.edge_endpoints(e).expect("an edge has ends");
        sets.union(a.index(), b.index());
    }
    let mut found = BTreeMap::<usize, Vec<NodeIndex>>::new();
    for n in network.node_indices() {
        found.entry(sets.find(n.index())).or_default().push(n);
    }
    let mut all: Vec<_> = found.into_values().collect();
    all.sort_by_key(|p| (std::cmp::Reverse(p.len()), p[0]));
    all
}

/// Length of one piece.
pub fn piece_km(network: &Network, piece: &[NodeIndex]) -> f64 {
    let ends: u64 = piece.iter().flat_map(|n| network.edges(*n)).map(|e| u64::from(*e.weight())).sum();
    ends as f64 / 2000.0
}

/// The great circle between two nodes in whole metres, at least one.
pub fn straight_m(network: &Network, a: NodeIndex, b: NodeIndex) -> u32 {
    (libm::round(haversine_m(network[a], network[b])) as u32).max(1)
}

/// The network as the pack stores it. Nodes and edges are in its order already.
pub fn table(network: &Network, classes: &[u8]) -> RoadTable {
    let edges = network.edge_references().map(|e| RoadEdge {
        from: e.source().index() as u32,
        to: e.target().index() as u32,
        length_m: *e.weight(),
        class: classes[e.id().index()],
    });
    RoadTable { nodes: network.node_weights().copied().collect(), edges: edges.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_keeps_the_network() {
        let mut network = Network::default();
        let at = [120.0, 120.5, 120.1, 120.4, 120.2].map(|x| network.add_node(LonLat::new(x, 30.0)));
        for pair in at.windows(2) {
            network.add_edge(pair[0], pair[1], 1000);
        }
        let ordered = order(&network);
        assert_eq!((ordered.node_count(), kilometres(&ordered)), (5, 4.0));
        assert!(ordered.edge_indices().all(|e| ordered.edge_endpoints(e).is_some_and(|(a, b)| a < b)));
    }
}
