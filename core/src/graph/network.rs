//! The network of one mode of transport: a `petgraph` graph with positions, its compact copy for searching, and access to
//! it from anywhere.

use super::Csr;
use crate::geo::{LonLat, NearestIndex, haversine_m};
use petgraph::{graph::UnGraph, visit::EdgeRef};
use thiserror::Error;

/// What an edge of the network carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Length in metres as the source states it, before the length factor.
    pub length_m: u32,
    /// Importance: 1 trunk, 2, 3 the rest. Modelled by betweenness, for drawing only.
    pub class: u8,
}

/// How a place off the network gets onto it: a straight leg to the nearest node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// The nearest node.
    pub node: u32,
    /// The straight leg in metres.
    pub leg_m: u32,
}

/// A part of the network that no link joins to the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// Its node of least index.
    pub first_node: u32,
    /// Number of nodes.
    pub nodes: u32,
}

/// Why edges do not make a network.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NetworkError {
    /// Nothing to travel on.
    #[error("the network has no nodes")]
    Empty,
    /// An edge to a node that is not there.
    #[error("edge {edge} names node {node}, but there are {nodes}")]
    NoSuchNode {
        /// Index of the edge.
        edge: usize,
        /// The node it names.
        node: u32,
        /// Number of nodes.
        nodes: usize,
    },
    /// An edge from a node to itself, or without length.
    #[error("edge {edge} leads nowhere")]
    Degenerate {
        /// Index of the edge.
        edge: usize,
    },
}

/// A validated network.
pub struct Network {
    graph: UnGraph<LonLat, Link>,
    csr: Csr,
    nodes: NearestIndex,
    components: Vec<Component>,
}

impl Network {
    /// Builds and validates the network from node positions and undirected edges `(a, b, link)`. O(n log n + m log m).
    ///
    /// # Errors
    /// Where there are no nodes, or an edge leads nowhere.
    pub fn new(nodes: Vec<LonLat>, edges: impl IntoIterator<Item = (u32, u32, Link)>) -> Result<Self, NetworkError> {
        let count = nodes.len();
        if count == 0 {
            return Err(NetworkError::Empty);
        }
        let index = NearestIndex::new(nodes.iter().copied());
        let mut graph = UnGraph::with_capacity(count, 0);
        for at in nodes {
            graph.add_node(at);
        }
        for (i, (a, b, link)) in edges.into_iter().enumerate() {
            if let Some(node) = [a, b].into_iter().find(|n| *n as usize >= count) {
                return Err(NetworkError::NoSuchNode { edge: i, node, nodes: count });
            }
            if a == b || link.length_m == 0 {
                return Err(NetworkError::Degenerate { edge: i });
            }
            graph.add_edge(a.into(), b.into(), link);
        }
        let csr = Csr::new(count, edge_list(&graph).map(|(a, b, link)| (a, b, link.length_m)));
        let components = components(&graph);
        Ok(Self { graph, csr, nodes: index, components })
    }

    /// The network as a `petgraph` graph, for algorithms that are not on the fast path.
    #[must_use]
    pub const fn graph(&self) -> &UnGraph<LonLat, Link> {
        &self.graph
    }

    /// The network as compact arrays, for searching.
    #[must_use]
    pub const fn csr(&self) -> &Csr {
        &self.csr
    }

    /// Position of a node.
    #[must_use]
    pub fn position(&self, node: u32) -> LonLat {
        self.graph[petgraph::graph::NodeIndex::new(node as usize)]
    }

    /// All edges as `(a, b, link)`.
    pub fn edges(&self) -> impl Iterator<Item = (u32, u32, Link)> {
        edge_list(&self.graph)
    }

    /// The parts that no link joins, largest first.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// The way onto the network from a position: a straight leg to the nearest node.
    #[must_use]
    pub fn access(&self, at: LonLat) -> Access {
        let node = self.nodes.nearest(at).expect("a network has nodes");
        Access { node, leg_m: libm::round(haversine_m(at, self.position(node))) as u32 }
    }
}

fn edge_list(graph: &UnGraph<LonLat, Link>) -> impl Iterator<Item = (u32, u32, Link)> {
    graph.edge_references().map(|e| (e.source().index() as u32, e.target().index() as u32, *e.weight()))
}

fn components(graph: &UnGraph<LonLat, Link>) -> Vec<Component> {
    let mut sets = petgraph::unionfind::UnionFind::<u32>::new(graph.node_count());
    for (a, b, _) in edge_list(graph) {
        sets.union(a, b);
    }
    let mut found = std::collections::BTreeMap::<u32, Component>::new();
    for node in 0..graph.node_count() as u32 {
        found.entry(sets.find(node)).or_insert(Component { first_node: node, nodes: 0 }).nodes += 1;
    }
    let mut all: Vec<_> = found.into_values().collect();
    all.sort_by_key(|c| (std::cmp::Reverse(c.nodes), c.first_node));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: Link = Link { length_m: 1000, class: 3 };

    fn nodes() -> Vec<LonLat> {
        (0..5).map(|i| LonLat::new(120.0 + f64::from(i) * 0.01, 30.0)).collect()
    }

    #[test]
    fn islands_are_counted() {
        let net = Network::new(nodes(), [(0, 1, LINK), (1, 2, LINK), (3, 4, LINK)]).unwrap();
        assert_eq!(net.components(), [Component { first_node: 0, nodes: 3 }, Component { first_node: 3, nodes: 2 }]);
    }

    #[test]
    fn access_is_the_straight_leg_to_the_nearest_node() {
        let net = Network::new(nodes(), [(0, 1, LINK)]).unwrap();
        let access = net.access(LonLat::new(120.0, 30.01));
        assert_eq!((access.node, access.leg_m), (0, 1112));
    }

    #[test]
    fn edges_that_lead_nowhere_are_refused() {
        assert!(matches!(Network::new(vec![], []), Err(NetworkError::Empty)));
        assert!(matches!(Network::new(nodes(), [(0, 9, LINK)]), Err(NetworkError::NoSuchNode { node: 9, .. })));
        assert!(matches!(Network::new(nodes(), [(2, 2, LINK)]), Err(NetworkError::Degenerate { edge: 0 })));
    }
}
