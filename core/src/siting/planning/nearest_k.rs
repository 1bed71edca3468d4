//! The `k` nearest candidates of every road node, for a clean sheet where nothing that stays ends a search early.
//!
//! All candidates spread at once; a node takes in the first `k` that reach it and passes each on. One further away than `k` others
//! here is so at every node behind, as with the two nearest owners of [`crate::graph::Reach`]. It ends as soon as all nodes that
//! are asked about have theirs.

use crate::graph::Csr;
use std::{cmp::Reverse, collections::BinaryHeap};

pub(super) struct NearestK {
    k: usize,
    heap: BinaryHeap<Reverse<(u32, u32, u32)>>,
    /// By node, nearest first.
    sites: Vec<Vec<u32>>,
    lengths: Vec<Vec<u32>>,
    asked: Vec<bool>,
    /// Nodes asked about that have not got all.
    left: usize,
    nodes: usize,
}

impl NearestK {
    /// `sources`: node and length to begin with of each candidate, by site.
    pub fn new(
        graph: &Csr,
        k: usize,
        sources: impl Iterator<Item = (u32, u32)>,
        asked: impl Iterator<Item = u32>,
    ) -> Self {
        let nodes = graph.nodes();
        let heap = sources.zip(0u32..).map(|((node, length), site)| Reverse((length, node, site))).collect();
        let mut is_asked = vec![false; nodes];
        asked.for_each(|node| is_asked[node as usize] = true);
        let left = is_asked.iter().filter(|a| **a).count();
        Self {
            k,
            heap,
            sites: vec![Vec::new(); nodes],
            lengths: vec![Vec::new(); nodes],
            asked: is_asked,
            left,
            nodes: left,
        }
    }

    /// Works off so many labels; true while there is more to do.
    pub fn step(&mut self, graph: &Csr, labels: usize) -> bool {
        let mut done = 0;
        while done < labels && self.left > 0 {
            let Some(Reverse((length, node, site))) = self.heap.pop() else {
                self.left = 0;
                break;
            };
            let here = &mut self.sites[node as usize];
            if here.len() >= self.k || here.contains(&site) {
                continue;
            }
            done += 1;
            here.push(site);
            self.lengths[node as usize].push(length);
            if self.asked[node as usize] && self.sites[node as usize].len() == self.k {
                self.left -= 1;
            }
            for &(to, arc) in graph.arcs(node) {
                let there = &self.sites[to as usize];
                if there.len() < self.k && !there.contains(&site) {
                    self.heap.push(Reverse((length.saturating_add(arc), to, site)));
                }
            }
        }
        self.left > 0
    }

    /// How many of the nodes asked about are done, and of how many.
    pub const fn progress(&self) -> (usize, usize) {
        (self.nodes - self.left, self.nodes)
    }

    /// The sites of a node with their lengths, nearest first, and whether there may be more.
    pub fn of(&self, node: u32) -> (impl Iterator<Item = (u32, u32)>, bool) {
        let n = node as usize;
        let all = self.sites[n].iter().copied().zip(self.lengths[n].iter().copied());
        (all, self.sites[n].len() >= self.k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Search, Source};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_one_search_a_candidate(
            edges in prop::collection::vec((0..15u32, 0..15u32, 1..900u32), 5..50),
            sources in prop::collection::vec((0..15u32, 0..500u32), 1..10),
            k in 1..6usize,
        ) {
            let graph = Csr::new(15, edges.into_iter().filter(|(a, b, _)| a != b));
            let mut found = NearestK::new(&graph, k, sources.iter().copied(), 0..15);
            while found.step(&graph, 7) {}
            let mut all: Vec<Vec<(u32, u32)>> = vec![Vec::new(); 15];
            for (site, (node, offset_m)) in (0u32..).zip(&sources) {
                let mut search = Search::default();
                search.run(&graph, &[Source { node: *node, offset_m: *offset_m, owner: 0 }]);
                for n in 0..15 {
                    if let Some(label) = search.label(n) {
                        all[n as usize].push((label.distance_m, site));
                    }
                }
            }
            for (n, mut want) in (0u32..).zip(all) {
                want.sort_unstable();
                let (got, _) = found.of(n);
                let got: Vec<u32> = got.map(|(_, length)| length).collect();
                prop_assert_eq!(got, want.iter().take(k).map(|w| w.0).collect::<Vec<_>>());
            }
        }
    }
}
