//! The two nearest owners of every node, kept while owners come, go and move.
//!
//! **Problem.** Given sources `(node, offset, owner)`, find for every node the two least labels `(distance, owner)` of
//! different owners, in lexicographic order. The first says whose the node is; the second, whose it would be if that owner
//! were gone.
//!
//! **Method.** As in [`super::Search`], labels are one `u64`, distance above owner, and nodes wait in a ring of buckets. A node
//! passes on both of its labels: a third one can be neither of the two least of a neighbour, for what is nearer here is
//! nearer there.
//!
//! **Repair.** Where an owner is among the two of a node, it is so along its whole shortest path there. So all labels of an
//! owner that leaves are found by walking from its source, and nothing else is touched. The nodes that lost a label then
//! take the best their neighbours have, an owner that comes begins at its source, and labels spread as in a whole run. The
//! two least labels of a node are unique: a repaired result equals a new one to the bit, whatever came before.
//!
//! A whole run is O(m + n + D / width) in practice with D the largest distance; a repair is that of the owners' own nodes.

use super::{
    Csr, Label, Source,
    search::{NONE, WIDTH_BITS, pack, unpack, walk_back},
};

/// From one owner in so many on, a whole run is quicker than a repair.
const MANY: usize = 8;

/// The two nearest owners of every node, and the memory to keep them.
///
/// ```
/// use atlas_core::graph::{Csr, Reach, Source};
/// let line = Csr::new(3, [(0, 1, 100), (1, 2, 100)]);
/// let at = |node, owner| Source { node, offset_m: 0, owner };
/// let mut reach = Reach::default();
/// reach.update(&line, &[at(0, 3), at(2, 5)]);
/// assert_eq!(reach.first(0).unwrap().owner, 3);
/// assert_eq!(reach.second(0).unwrap().distance_m, 200);
/// reach.update(&line, &[at(2, 5)]);
/// assert_eq!(reach.first(0).unwrap().owner, 5);
/// assert!(reach.second(0).is_none());
/// ```
#[derive(Clone, Default)]
pub struct Reach {
    labels: Vec<[u64; 2]>,
    /// In ascending order of owner; an owner has one source.
    sources: Vec<Source>,
    queue: Queue,
    /// Scratch: nodes that lost a label.
    damaged: Vec<u32>,
}

/// Nodes by the bucket of a label that they have yet to pass on.
#[derive(Clone, Default)]
struct Queue {
    /// Labels to begin with, before the buckets are laid out.
    seeds: Vec<(u64, u32)>,
    buckets: Vec<Vec<u32>>,
    waiting: usize,
}

impl Queue {
    fn push(&mut self, label: u64, node: u32) {
        let slot = bucket(label) & (self.buckets.len() - 1);
        self.buckets[slot].push(node);
        self.waiting += 1;
    }

    /// Puts the seeds into as many buckets as lie between the nearest and the furthest, and an arc of `longest` beyond: no
    /// two distances then share a bucket of the ring. Returns the first bucket.
    fn lay_out(&mut self, longest: u32) -> usize {
        let seeds = std::mem::take(&mut self.seeds);
        let all = || seeds.iter().map(|(label, _)| bucket(*label));
        let (first, last) = (all().min().unwrap_or(0), all().max().unwrap_or(0));
        let ring = (last - first + (longest >> WIDTH_BITS) as usize + 2).next_power_of_two();
        if self.buckets.len() < ring {
            self.buckets.resize_with(ring, Vec::new);
        }
        for (label, node) in &seeds {
            self.push(*label, *node);
        }
        self.seeds = seeds;
        self.seeds.clear();
        first
    }
}

impl Reach {
    /// Makes the labels those of exactly these sources, in ascending order of owner, each owner once: by repair where few of
    /// them differ from the sources before, else anew. Returns how many sources differed.
    ///
    /// The graph must be the same from call to call.
    ///
    /// # Panics
    /// Where owners are not in ascending order.
    pub fn update(&mut self, graph: &Csr, sources: &[Source]) -> usize {
        assert!(sources.windows(2).all(|w| w[0].owner < w[1].owner), "one source an owner, in ascending order");
        let fresh = self.labels.len() != graph.nodes();
        let (gone, come) = if fresh { (Vec::new(), sources.to_vec()) } else { differences(&self.sources, sources) };
        let changed = gone.len().max(come.len());
        if changed == 0 && !fresh {
            return 0;
        }
        self.sources.clear();
        self.sources.extend_from_slice(sources);
        if fresh || changed * MANY > sources.len() {
            self.labels.clear();
            self.labels.resize(graph.nodes(), [NONE; 2]);
            self.begin(sources);
        } else {
            for source in &gone {
                self.remove(graph, *source);
            }
            self.reseed(graph);
            self.begin(&come);
        }
        self.spread(graph);
        changed
    }

    /// The nearest owner of a node.
    #[must_use]
    pub fn first(&self, node: u32) -> Option<Label> {
        unpack(self.labels[node as usize][0])
    }

    /// The nearest owner of a node but for its first.
    #[must_use]
    pub fn second(&self, node: u32) -> Option<Label> {
        unpack(self.labels[node as usize][1])
    }

    /// Both, as a pair of comparable words: for tests that hold results against each other to the bit.
    #[must_use]
    pub fn words(&self) -> &[[u64; 2]] {
        &self.labels
    }

    /// The sources that the labels stand for.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The nodes from the first owner's source to `node`, both included. Among equals the predecessor of least index is
    /// taken.
    #[must_use]
    pub fn path(&self, graph: &Csr, node: u32) -> Vec<u32> {
        walk_back(graph, node, |n| self.labels[n as usize][0])
    }

    /// Labels of sources at their own nodes.
    fn begin(&mut self, sources: &[Source]) {
        for s in sources {
            let label = pack(s.offset_m, s.owner);
            if merge(&mut self.labels[s.node as usize], label) {
                self.queue.seeds.push((label, s.node));
            }
        }
    }

    /// Takes all labels of an owner away, walking from its source.
    fn remove(&mut self, graph: &Csr, source: Source) {
        let mut stack = vec![source.node];
        while let Some(node) = stack.pop() {
            let [first, second] = &mut self.labels[node as usize];
            if *first as u32 == source.owner && *first != NONE {
                *first = *second;
                *second = NONE;
            } else if *second as u32 == source.owner && *second != NONE {
                *second = NONE;
            } else {
                continue;
            }
            self.damaged.push(node);
            stack.extend(graph.arcs(node).iter().map(|a| a.0));
        }
    }

    /// Nodes that lost a label take the best that their neighbours and the sources on them have.
    fn reseed(&mut self, graph: &Csr) {
        let mut damaged = std::mem::take(&mut self.damaged);
        damaged.sort_unstable();
        damaged.dedup();
        for &node in &damaged {
            for &(neighbour, length) in graph.arcs(node) {
                for label in self.labels[neighbour as usize] {
                    if label != NONE {
                        let reached = label + (u64::from(length) << 32);
                        if merge(&mut self.labels[node as usize], reached) {
                            self.queue.seeds.push((reached, node));
                        }
                    }
                }
            }
        }
        for i in 0..self.sources.len() {
            let s = self.sources[i];
            if damaged.binary_search(&s.node).is_ok() {
                self.begin(&[s]);
            }
        }
        damaged.clear();
        self.damaged = damaged;
    }

    /// Passes labels on until nobody has a better one to offer.
    fn spread(&mut self, graph: &Csr) {
        let Self { labels, queue, .. } = self;
        let mut current = queue.lay_out(graph.longest_m());
        let mask = queue.buckets.len() - 1;
        let mut batch = Vec::new();
        while queue.waiting > 0 {
            let slot = current & mask;
            if queue.buckets[slot].is_empty() {
                current += 1;
                continue;
            }
            // Taken out as a whole: nodes put into the same bucket meanwhile make the next batch.
            std::mem::swap(&mut batch, &mut queue.buckets[slot]);
            queue.waiting -= batch.len();
            for &node in &batch {
                for label in labels[node as usize] {
                    if bucket(label) != current {
                        continue; // passed on already, or not yet due
                    }
                    for &(to, length) in graph.arcs(node) {
                        let reached = label + (u64::from(length) << 32);
                        let there = &mut labels[to as usize];
                        if reached < there[1] && merge(there, reached) {
                            queue.push(reached, to);
                        }
                    }
                }
            }
            batch.clear();
        }
    }
}

/// Sources of the old list that are not in the new one as they were, and those of the new one that are not in the old one.
fn differences(old: &[Source], new: &[Source]) -> (Vec<Source>, Vec<Source>) {
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a == b => (i, j) = (i + 1, j + 1),
            (Some(a), b) if b.is_none_or(|b| a.owner <= b.owner) => {
                gone.push(*a);
                i += 1;
            }
            (_, Some(b)) => {
                come.push(*b);
                j += 1;
            }
            (Some(_), None) | (None, None) => unreachable!("one of the lists goes on"),
        }
    }
    (gone, come)
}

/// Puts a label among the two least of different owners; false where it is none of them.
fn merge(labels: &mut [u64; 2], label: u64) -> bool {
    let [first, second] = *labels;
    if label >= second {
        return false;
    }
    // NONE has an owner that no source has.
    let is_firsts = label as u32 == first as u32;
    if label < first {
        *labels = [label, if is_firsts { second } else { first }];
        true
    } else if is_firsts {
        false
    } else {
        labels[1] = label;
        true
    }
}

const fn bucket(label: u64) -> usize {
    (label >> (32 + WIDTH_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Search;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const NODES: u32 = 24;

    fn graphs() -> impl Strategy<Value = Csr> {
        let length = prop_oneof![0..4u32, 0..2000u32, 0..90_000u32];
        prop::collection::vec((0..NODES, 0..NODES, length), 0..70).prop_map(|edges| Csr::new(NODES as usize, edges))
    }

    /// Where each owner is, or that it is nowhere.
    fn edits() -> impl Strategy<Value = Vec<(u32, Option<(u32, u32)>)>> {
        let place = prop::option::weighted(0.7, (0..NODES, prop_oneof![Just(0u32), 0..60_000u32]));
        prop::collection::vec((0..9u32, place), 1..24)
    }

    fn sources(at: &BTreeMap<u32, (u32, u32)>) -> Vec<Source> {
        at.iter().map(|(owner, (node, offset_m))| Source { node: *node, offset_m: *offset_m, owner: *owner }).collect()
    }

    /// The two least labels, one search an owner.
    fn by_searching(graph: &Csr, sources: &[Source]) -> Vec<[u64; 2]> {
        let mut search = Search::default();
        let mut all = vec![Vec::new(); graph.nodes()];
        for s in sources {
            search.run(graph, &[*s]);
            for (node, label) in search.labels().enumerate() {
                all[node].extend(label.map(|l| pack(l.distance_m, l.owner)));
            }
        }
        all.into_iter()
            .map(|mut labels| {
                labels.sort_unstable();
                [labels.first().copied().unwrap_or(NONE), labels.get(1).copied().unwrap_or(NONE)]
            })
            .collect()
    }

    proptest! {
        #[test]
        fn after_any_edits_it_is_what_searching_from_every_owner_finds(graph in graphs(), edits in edits()) {
            let mut at = BTreeMap::new();
            let mut kept = Reach::default();
            for (owner, place) in edits {
                match place {
                    Some(place) => _ = at.insert(owner, place),
                    None => _ = at.remove(&owner),
                }
                let sources = sources(&at);
                kept.update(&graph, &sources);
                let mut fresh = Reach::default();
                fresh.update(&graph, &sources);
                prop_assert_eq!(kept.words(), fresh.words());
                prop_assert_eq!(kept.words(), &by_searching(&graph, &sources)[..]);
                prop_assert!(kept.queue.buckets.iter().all(Vec::is_empty));
            }
        }

        /// Repairs proper: so many owners that one edit is never made by a whole run.
        #[test]
        fn one_owner_among_many_is_repaired(graph in graphs(), places in prop::collection::vec((0..NODES, 0..3000u32), 40), edits in prop::collection::vec((0..40u32, prop::option::of((0..NODES, 0..3000u32))), 1..12)) {
            let mut at: BTreeMap<u32, (u32, u32)> = (0..).zip(places).collect();
            let mut kept = Reach::default();
            kept.update(&graph, &sources(&at));
            for (owner, place) in edits {
                match place {
                    Some(place) => _ = at.insert(owner, place),
                    None => _ = at.remove(&owner),
                }
                let sources = sources(&at);
                prop_assert!(kept.update(&graph, &sources) <= 1);
                let mut fresh = Reach::default();
                fresh.update(&graph, &sources);
                prop_assert_eq!(kept.words(), fresh.words());
            }
        }
    }

    /// Two long roads side by side: where the owner of one leaves, its nodes are taken over all along, near and far.
    #[test]
    fn a_repair_may_begin_at_any_distance() {
        const LONG: u32 = 1000;
        let along = |from: u32| (from..from + LONG - 1).map(|n| (n, n + 1, 100));
        let rungs = (0..LONG).map(|n| (n, n + LONG, 10));
        let graph = Csr::new(2 * LONG as usize + 1, along(0).chain(along(LONG)).chain(rungs));
        let aside = (10..40).map(|owner| Source { node: 2 * LONG, offset_m: owner, owner });
        let at = |node, owner| Source { node, offset_m: 0, owner };
        let all: Vec<Source> = [at(LONG, 1), at(0, 2), at(0, 3)].into_iter().chain(aside).collect();
        let (mut kept, mut fresh) = (Reach::default(), Reach::default());
        kept.update(&graph, &all);
        assert_eq!(kept.update(&graph, &all[1..]), 1);
        fresh.update(&graph, &all[1..]);
        assert_eq!(kept.words(), fresh.words());
    }

    #[test]
    fn nothing_reaches_nothing() {
        let line = Csr::new(2, [(0, 1, 5)]);
        let mut reach = Reach::default();
        assert_eq!(reach.update(&line, &[]), 0);
        assert_eq!((reach.first(0), reach.second(1)), (None, None));
    }
}
