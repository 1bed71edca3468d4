//! Multi-source shortest paths: for every node the nearest source and its distance.
//!
//! **Problem.** Given sources `(node, offset, owner)`, find for every node the least pair `(distance, owner)` in
//! lexicographic order, where distance is offset plus path length. Ties in distance so go to the smaller owner,
//! whatever the order of the sources.
//!
//! **Method.** Labels are one `u64`, distance above owner, so that adding a length and comparing are single operations.
//! Nodes wait in a ring of buckets (Dial 1969; Denardo and Fox 1979) of a fixed width. Inside a bucket the order is
//! arbitrary and a node may be labelled again, which changes nothing in the result: the least label of a node is unique.
//! O(m + n + D / width) in practice, where D is the largest distance; scratch memory is kept between runs.
//!
//! Distances are integer metres below 2^32 (four million kilometres).

use super::Csr;

/// Where a search begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Node at which it enters the network.
    pub node: u32,
    /// Metres already travelled there, the access leg.
    pub offset_m: u32,
    /// What the label carries to the nodes it reaches.
    pub owner: u32,
}

/// What a search found at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Metres from the owner, access leg included.
    pub distance_m: u32,
    /// Owner of the nearest source.
    pub owner: u32,
}

pub(super) const NONE: u64 = u64::MAX;
/// Bucket width as a power of two in metres. About the length of a short edge: fewer buckets than metres, few relabels.
pub(super) const WIDTH_BITS: u32 = 9;

/// The search and its scratch memory.
///
/// ```
/// use atlas_core::graph::{Csr, Search, Source};
/// let line = Csr::new(3, [(0, 1, 100), (1, 2, 100)]);
/// let mut search = Search::default();
/// search.run(&line, &[Source { node: 0, offset_m: 50, owner: 7 }]);
/// assert_eq!(search.label(2).unwrap().distance_m, 250);
/// ```
#[derive(Clone, Default)]
pub struct Search {
    labels: Vec<u64>,
    buckets: Vec<Vec<u32>>,
}

impl Search {
    /// Labels every node that a source reaches.
    pub fn run(&mut self, graph: &Csr, sources: &[Source]) {
        self.search(graph, sources, None);
    }

    /// Labels nodes until `target` is certain; nodes further away keep no or a preliminary label.
    pub fn run_to(&mut self, graph: &Csr, sources: &[Source], target: u32) -> Option<Label> {
        self.search(graph, sources, Some(target));
        self.label(target)
    }

    /// The label of a node; `None` where no source reaches it.
    #[must_use]
    pub fn label(&self, node: u32) -> Option<Label> {
        unpack(self.labels[node as usize])
    }

    /// All labels in node order.
    pub fn labels(&self) -> impl Iterator<Item = Option<Label>> {
        self.labels.iter().map(|l| unpack(*l))
    }

    /// The nodes of the shortest path from the owner's source to `node`, both included. Among equals the predecessor of
    /// least index is taken.
    #[must_use]
    pub fn path(&self, graph: &Csr, node: u32) -> Vec<u32> {
        walk_back(graph, node, |n| self.labels[n as usize])
    }

    /// The node before `node` on that path; `None` at a source.
    #[must_use]
    pub fn previous(&self, graph: &Csr, node: u32) -> Option<u32> {
        step_back(graph, node, |n| self.labels[n as usize])
    }

    fn search(&mut self, graph: &Csr, sources: &[Source], target: Option<u32>) {
        self.labels.clear();
        self.labels.resize(graph.nodes(), NONE);
        let furthest = sources.iter().map(|s| s.offset_m).max().unwrap_or(0);
        let span = graph.longest_m().max(furthest);
        let ring = ((span >> WIDTH_BITS) + 2).next_power_of_two() as usize;
        if self.buckets.len() < ring {
            self.buckets.resize_with(ring, Vec::new);
        }
        let mask = self.buckets.len() - 1;
        let mut waiting = 0usize;
        for s in sources {
            let label = pack(s.offset_m, s.owner);
            if label < self.labels[s.node as usize] {
                self.labels[s.node as usize] = label;
                self.buckets[(s.offset_m >> WIDTH_BITS) as usize & mask].push(s.node);
                waiting += 1;
            }
        }
        let mut current = 0usize;
        let mut batch = Vec::new();
        while waiting > 0 {
            let slot = current & mask;
            if self.buckets[slot].is_empty() {
                // Every label of the bucket before is final now.
                if target.is_some_and(|t| is_below(self.labels[t as usize], current)) {
                    break;
                }
                current += 1;
                continue;
            }
            // Taken out as a whole: nodes put into the same bucket meanwhile make the next batch.
            std::mem::swap(&mut batch, &mut self.buckets[slot]);
            waiting -= batch.len();
            for &node in &batch {
                let label = self.labels[node as usize];
                if (label >> (32 + WIDTH_BITS)) as usize != current {
                    continue; // labelled again from an earlier bucket
                }
                for &(to, length) in graph.arcs(node) {
                    let reached = label + (u64::from(length) << 32);
                    if reached < self.labels[to as usize] {
                        self.labels[to as usize] = reached;
                        self.buckets[(reached >> (32 + WIDTH_BITS)) as usize & mask].push(to);
                        waiting += 1;
                    }
                }
            }
            batch.clear();
        }
        for bucket in &mut self.buckets {
            bucket.clear();
        }
    }
}

/// The nodes of a shortest path up to `node`, by the labels of its nodes.
pub(super) fn walk_back(graph: &Csr, node: u32, label: impl Fn(u32) -> u64) -> Vec<u32> {
    let mut path: Vec<u32> = std::iter::successors(Some(node), |at| step_back(graph, *at, &label)).collect();
    path.reverse();
    path
}

/// The predecessor of a node on a shortest path, by the labels of nodes. Among equals the one of least index is taken.
fn step_back(graph: &Csr, at: u32, label: impl Fn(u32) -> u64) -> Option<u32> {
    graph.arcs(at).iter().find_map(|&(neighbour, length)| {
        let from = label(neighbour);
        (length > 0 && from != NONE && from + (u64::from(length) << 32) == label(at)).then_some(neighbour)
    })
}

pub(super) const fn pack(distance_m: u32, owner: u32) -> u64 {
    ((distance_m as u64) << 32) | owner as u64
}

pub(super) const fn unpack(label: u64) -> Option<Label> {
    if label == NONE { None } else { Some(Label { distance_m: (label >> 32) as u32, owner: label as u32 }) }
}

const fn is_below(label: u64, bucket: usize) -> bool {
    label != NONE && ((label >> (32 + WIDTH_BITS)) as usize) <= bucket
}

#[cfg(test)]
mod tests {
    use super::*;
    use petgraph::{algo::dijkstra, graph::UnGraph};
    use proptest::prelude::*;

    /// Any small graph: duplicate edges, loops, zero lengths and far-apart lengths included.
    fn graphs() -> impl Strategy<Value = (usize, Vec<(u32, u32, u32)>, Vec<Source>)> {
        (2..30usize).prop_flat_map(|n| {
            let node = 0..n as u32;
            let length = prop_oneof![0..4u32, 0..2000u32, 0..90_000u32];
            let edges = prop::collection::vec((node.clone(), node.clone(), length), 0..80);
            let source =
                (node, 0..60_000u32, 0..5u32).prop_map(|(node, offset_m, owner)| Source { node, offset_m, owner });
            (Just(n), edges, prop::collection::vec(source, 0..6))
        })
    }

    proptest! {
        #[test]
        fn agrees_with_petgraph_from_every_source((n, edges, sources) in graphs()) {
            let csr = Csr::new(n, edges.clone());
            let mut search = Search::default();
            search.run(&csr, &sources);
            let mut graph = UnGraph::<(), u32>::default();
            for _ in 0..n { graph.add_node(()); }
            for (a, b, length) in &edges { graph.add_edge((*a).into(), (*b).into(), *length); }
            let fields: Vec<_> = sources.iter().map(|s| (s, dijkstra(&graph, s.node.into(), None, |e| *e.weight()))).collect();
            for node in 0..n as u32 {
                let best = fields.iter().filter_map(|(s, f)| f.get(&petgraph::graph::NodeIndex::new(node as usize)).map(|d| (d + s.offset_m, s.owner))).min();
                prop_assert_eq!(search.label(node).map(|l| (l.distance_m, l.owner)), best);
            }
        }

        #[test]
        fn stopping_early_changes_no_answer((n, edges, sources) in graphs(), target in 0..30u32) {
            let target = target % n as u32;
            let csr = Csr::new(n, edges);
            let (mut whole, mut early) = (Search::default(), Search::default());
            whole.run(&csr, &sources);
            prop_assert_eq!(early.run_to(&csr, &sources, target), whole.label(target));
        }

        #[test]
        fn a_path_is_as_long_as_its_label((n, mut edges, sources) in graphs(), target in 0..30u32) {
            for e in &mut edges { e.2 += 1; }
            let csr = Csr::new(n, edges);
            let mut search = Search::default();
            search.run(&csr, &sources);
            let target = target % n as u32;
            if let Some(label) = search.label(target) {
                let path = search.path(&csr, target);
                let metres: u32 = path.windows(2).map(|w| csr.arcs(w[0]).iter().filter(|a| a.0 == w[1]).map(|a| a.1).min().unwrap()).sum();
                let start = sources.iter().filter(|s| s.node == path[0] && s.owner == label.owner).map(|s| s.offset_m).min().unwrap();
                prop_assert_eq!(start + metres, label.distance_m);
            }
        }

        #[test]
        fn scratch_memory_leaks_nothing_into_the_next_run((n, edges, sources) in graphs(), (m, other, starts) in graphs()) {
            let (a, b) = (Csr::new(n, edges), Csr::new(m, other));
            let (mut used, mut fresh) = (Search::default(), Search::default());
            used.run_to(&b, &starts, 0);
            used.run(&a, &sources);
            fresh.run(&a, &sources);
            prop_assert!(used.labels().eq(fresh.labels()));
        }
    }
}
