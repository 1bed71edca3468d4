//! Which roads matter most, though the source has no classes: those on the shortest ways between prefecture seats.

use crate::network::Network;
use atlas_core::geo::{LonLat, NearestIndex};
use petgraph::{graph::NodeIndex, visit::EdgeRef};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    ops::Bound,
};

/// A class for every edge, in edge order: 1 where the most traffic between seats runs on shortest paths, 2 on the other
/// edges of those paths, 3 the rest.
///
/// Betweenness restricted to the seats, each pair weighted by a gravity model: people times people over distance, so that
/// ways between large neighbours count beside the long ones. About `trunk_edges` become class 1. One Dijkstra search a seat, O(k (m + n) log n).
pub fn classify(roads: &Network, seats: &[(LonLat, u64)], trunk_edges: usize) -> Vec<u8> {
    let index = NearestIndex::new(roads.node_weights().copied());
    let mut ends = BTreeMap::<NodeIndex, u64>::new();
    for (at, people) in seats {
        let node = NodeIndex::new(index.nearest(*at).expect("a network has nodes") as usize);
        // In ten thousands: the sums below stay far from the end of 64 bits.
        *ends.entry(node).or_default() += people / 10_000;
    }
    let mut paths = vec![0u64; roads.edge_count()];
    for (start, people) in &ends {
        let (came_by, metres) = tree(roads, *start);
        for (end, others) in ends.range((Bound::Excluded(start), Bound::Unbounded)) {
            let mut at = *end;
            let traffic = 1 + 1000 * people * others / u64::from(metres[at.index()] / 1000 + 20);
            while let Some((before, edge)) = came_by[at.index()] {
                paths[edge] += traffic;
                at = before;
            }
        }
    }
    let mut counts: Vec<u64> = paths.iter().copied().filter(|c| *c > 0).collect();
    counts.sort_unstable_by_key(|c| Reverse(*c));
    let least = counts.get(trunk_edges).copied().unwrap_or(1).max(1);
    paths
        .into_iter()
        .map(|c| match c {
            0 => 3,
            c if c > least => 1,
            _ => 2,
        })
        .collect()
}

/// For each node reached from `start` the node and the edge before it, and the distance in metres.
fn tree(roads: &Network, start: NodeIndex) -> (Vec<Option<(NodeIndex, usize)>>, Vec<u32>) {
    let mut came_by = vec![None; roads.node_count()];
    let mut best = vec![u32::MAX; roads.node_count()];
    let mut queue = BinaryHeap::from([Reverse((0, start))]);
    best[start.index()] = 0;
    while let Some(Reverse((metres, node))) = queue.pop() {
        if metres > best[node.index()] {
            continue;
        }
        for edge in roads.edges(node) {
            let (next, total) = (edge.target(), metres + edge.weight());
            if total < best[next.index()] {
                best[next.index()] = total;
                came_by[next.index()] = Some((node, edge.id().index()));
                queue.push(Reverse((total, next)));
            }
        }
    }
    (came_by, best)
}

/// The edges of one class as the longest lines without a branch, in a stable order.
pub fn chains(roads: &Network, classes: &[u8], class: u8) -> Vec<Vec<LonLat>> {
    let mut next = BTreeMap::<NodeIndex, Vec<(NodeIndex, usize)>>::new();
    for edge in roads.edge_references().filter(|e| classes[e.id().index()] == class) {
        next.entry(edge.source()).or_default().push((edge.target(), edge.id().index()));
        next.entry(edge.target()).or_default().push((edge.source(), edge.id().index()));
    }
    let mut used = vec![false; roads.edge_count()];
    let mut lines = Vec::new();
    let branches = next.iter().filter(|(_, to)| to.len() != 2).map(|(n, _)| *n);
    // Rings without a branch are left for the second pass.
    let starts: Vec<NodeIndex> = branches.chain(next.keys().copied()).collect();
    for start in starts {
        for (first, edge) in &next[&start] {
            if std::mem::replace(&mut used[*edge], true) {
                continue;
            }
            let mut line = vec![roads[start], roads[*first]];
            let mut at = *first;
            while next[&at].len() == 2 && at != start {
                let Some((to, edge)) = next[&at].iter().find(|(_, e)| !used[*e]) else { break };
                used[*edge] = true;
                line.push(roads[*to]);
                at = *to;
            }
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trunk_is_what_the_ways_share() {
        // Two seats on either side of one bridge, and a stub that no way uses.
        let mut roads = Network::default();
        let at =
            [(120.0, 30.1), (120.0, 29.9), (120.1, 30.0), (120.2, 30.0), (120.3, 30.1), (120.3, 29.9), (120.4, 30.5)];
        let n: Vec<_> = at.iter().map(|(x, y)| roads.add_node(LonLat::new(*x, *y))).collect();
        for (a, b) in [(0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 6)] {
            roads.add_edge(n[a], n[b], 10_000);
        }
        let seats: Vec<_> = [0, 1, 4, 5].iter().map(|i| (roads[n[*i]], 1_000_000)).collect();
        let classes = classify(&roads, &seats, 8000);
        assert_eq!(classes[5], 3);
        assert_eq!(classes[2], 1);
        let lines = chains(&roads, &[1; 6], 1);
        assert_eq!(lines.iter().map(|l| l.len() - 1).sum::<usize>(), 6);
    }
}
