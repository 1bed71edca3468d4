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

    /// The arcs out of a node: `(target, length in metres)`, by ascending target.
    #[must_use]
    pub fn arcs(&self, node: u32) -> &[(u32, u32)] {
        let n = node as usize;
        &self.arcs[self.first[n] as usize..self.first[n + 1] as usize]
    }

    /// Length of the longest arc in metres.
    #[must_use]
    pub const fn longest_m(&self) -> u32 {
        self.longest
    }
}
