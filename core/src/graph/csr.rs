//! A graph as compact arrays: the neighbours of a node stand side by side in memory.

/// An undirected graph with integer lengths in compressed sparse rows.
#[derive(Clone, Debug, Default)]
pub struct Csr {
    first: Vec<u32>,
    arcs: Vec<(u32, u32)>,
    longest: u32,
}

impl Csr {
    /// Builds the rows from undirected edges `(a, b, length in metres)` between nodes `0..nodes`. The arcs of a node are in
    /// ascending order of their target. O(n + m log m).
    ///
    /// # Panics
    /// Where an edge names a node that is not there.
    #[must_use]
    pub fn new(nodes: usize, edges: impl IntoIterator<Item = (u32, u32, u32)>) -> Self {
        let mut all: Vec<(u32, u32, u32)> =
            edges.into_iter().flat_map(|(a, b, length)| [(a, b, length), (b, a, length)]).collect();
        all.sort_unstable();
        let mut first = vec![0u32; nodes + 1];
        for (from, to, _) in &all {
            assert!((*to as usize) < nodes, "edge to node {to} of {nodes}");
            first[*from as usize + 1] += 1;
        }
        for i in 0..nodes {
            first[i + 1] += first[i];
        }
        let longest = all.iter().map(|a| a.2).max().unwrap_or(0);
        Self { first, arcs: all.into_iter().map(|(_, to, length)| (to, length)).collect(), longest }
    }

    /// Number of nodes.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// Number of arcs: two an edge.
    #[must_use]
    pub fn arc_count(&self) -> usize {
        self.arcs.len()
    }

    /// The arcs out of a node: `(target, length in metres)`, by ascending target.
    #[must_use]
    pub fn arcs(&self, node: u32) -> &[(u32, u32)] {
        let n = node as usize;
        &self.arcs[self.first[n] as usize..self.first[n + 1] as usize]
    }

    /// The same graph with other lengths: `length(from, to, length)` gives the new length of an arc, or `None` to leave it
    /// out. [`super::Search::path`] walks arcs backwards, so both directions of an edge must stay alike. O(n + m).
    #[must_use]
    pub fn weighed(&self, mut length: impl FnMut(u32, u32, u32) -> Option<u32>) -> Self {
        let mut new =
            Self { first: Vec::with_capacity(self.first.len()), arcs: Vec::with_capacity(self.arcs.len()), longest: 0 };
        new.first.push(0);
        for from in 0..self.nodes() as u32 {
            for &(to, old) in self.arcs(from) {
                if let Some(weight) = length(from, to, old) {
                    new.arcs.push((to, weight));
                    new.longest = new.longest.max(weight);
                }
            }
            new.first.push(new.arcs.len() as u32);
        }
        new
    }

    /// Changes lengths in place: `length(from, to, length)` for every arc. [`super::Search::path`] walks arcs backwards, so
    /// both directions of an edge must stay alike. O(n + m).
    pub fn adjust(&mut self, mut length: impl FnMut(u32, u32, u32) -> u32) {
        for from in 0..self.nodes() as u32 {
            let n = from as usize;
            for arc in &mut self.arcs[self.first[n] as usize..self.first[n + 1] as usize] {
                arc.1 = length(from, arc.0, arc.1);
                self.longest = self.longest.max(arc.1);
            }
        }
    }

    /// The least length of the arcs from one node to another.
    #[must_use]
    pub fn length(&self, from: u32, to: u32) -> Option<u32> {
        self.arcs(from).iter().find(|a| a.0 == to).map(|a| a.1)
    }

    /// Length of the longest arc in metres.
    #[must_use]
    pub const fn longest_m(&self) -> u32 {
        self.longest
    }
}
