//! Networks of hand-drawn lines: waterways, and the ways of ships into ports.

use crate::{
    attach::{attach, on_grid},
    error::{DataError, Result},
    network::{Network, straight_m},
    tables::Waypoint,
};
use atlas_core::geo::{LonLat, NearestIndex, haversine_m};
use petgraph::graph::NodeIndex;
use std::collections::BTreeMap;

/// A terminal farther from its network than this needs a line of its own in the tables.
const BERTH_WITHIN_M: f64 = 30_000.0;

/// A network that is drawn: positions on the same point of the grid are one node.
#[derive(Default)]
pub struct Drawing {
    /// What has been drawn.
    pub network: Network,
    nodes: BTreeMap<(i64, i64), NodeIndex>,
}

impl Drawing {
    /// The node at a position.
    pub fn node(&mut self, at: LonLat) -> NodeIndex {
        let network = &mut self.network;
        *self.nodes.entry(key(at)).or_insert_with(|| network.add_node(on_grid(at)))
    }

    /// True where there is a node already.
    pub fn has(&self, at: LonLat) -> bool {
        self.nodes.contains_key(&key(at))
    }

    /// Draws an edge, as long as stated or else straight. A shorter one between the same nodes wins.
    pub fn edge(&mut self, a: NodeIndex, b: NodeIndex, metres: Option<u32>) {
        if a == b {
            return;
        }
        let metres = metres.unwrap_or_else(|| straight_m(&self.network, a, b)).max(1);
        match self.network.find_edge(a, b) {
            Some(e) => self.network[e] = self.network[e].min(metres),
            None => {
                self.network.add_edge(a, b, metres);
            }
        }
    }

    /// Draws the lines of a table, in its order; gives the last node of each line.
    pub fn lines<'a>(&mut self, points: impl Iterator<Item = &'a Waypoint>) -> Vec<NodeIndex> {
        let mut ends = Vec::new();
        let mut before: Option<(&Waypoint, NodeIndex)> = None;
        for point in points {
            let node = self.node(LonLat::new(point.lon, point.lat));
            match before {
                Some((last, from)) if last.line == point.line => {
                    let metres = point.km.zip(last.km).map(|(b, a)| libm::round((b - a) * 1000.0) as u32);
                    self.edge(from, node, metres);
                }
                Some((_, end)) => ends.push(end),
                None => {}
            }
            before = Some((point, node));
        }
        ends.extend(before.map(|b| b.1));
        ends
    }
}

/// The position on the grid as whole numbers.
pub fn key(at: LonLat) -> (i64, i64) {
    (libm::round(at.lon * 1000.0) as i64, libm::round(at.lat * 1000.0) as i64)
}

/// Gives every terminal a node at its own position, with a straight edge to the line that passes.
pub fn moor(network: &mut Network, terminals: &[(String, LonLat)]) -> Result<()> {
    for (id, at) in terminals {
        let index = NearestIndex::new(network.node_weights().copied());
        let off = haversine_m(*at, network[NodeIndex::new(index.nearest(*at).expect("lines drawn") as usize)]);
        if off > BERTH_WITHIN_M {
            return Err(DataError::new(
                format!("data/tables/terminals.csv, row {id}"),
                format!("no line of its network within {:.0} km", BERTH_WITHIN_M / 1000.0),
                "Draw its approach in sea_approaches.csv or waterways.csv, or correct its modes.",
            ));
        }
    }
    attach(network, terminals);
    for (_, at) in terminals {
        // A lone node that `attach` made is not what the berth is led to.
        let linked: Vec<NodeIndex> = network.node_indices().filter(|n| network.edges(*n).next().is_some()).collect();
        let index = NearestIndex::new(linked.iter().map(|n| network[*n]));
        let line = linked[index.nearest(*at).expect("lines drawn") as usize];
        let berth = on_grid(*at);
        if network[line] != berth {
            let berth =
                network.node_indices().find(|n| network[*n] == berth).unwrap_or_else(|| network.add_node(berth));
            let metres = straight_m(network, berth, line);
            network.add_edge(berth, line, metres);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(line: &str, lon: f64, km: Option<f64>) -> Waypoint {
        Waypoint { line: line.into(), name: String::new(), lon, lat: 30.0, km, seagoing: String::new() }
    }

    #[test]
    fn lines_meet_where_they_share_a_position() {
        let mut drawing = Drawing::default();
        let points = [
            point("a", 120.0, Some(0.0)),
            point("a", 120.1, Some(12.5)),
            point("b", 120.1, None),
            point("b", 120.2, None),
        ];
        let ends = drawing.lines(points.iter());
        assert_eq!(ends.len(), 2);
        let mut lengths: Vec<u32> = drawing.network.edge_weights().copied().collect();
        lengths.sort_unstable();
        assert_eq!((drawing.network.node_count(), lengths), (3, vec![9630, 12_500]));
    }

    #[test]
    fn a_berth_is_a_node() {
        let mut drawing = Drawing::default();
        drawing.lines([point("a", 120.0, None), point("a", 120.4, None)].iter());
        let at = LonLat::new(120.2, 30.03);
        moor(&mut drawing.network, &[("PT".into(), at)]).unwrap();
        assert!(drawing.network.node_weights().any(|p| *p == at));
        assert_eq!(drawing.network.edge_count(), 3);
        assert!(moor(&mut drawing.network, &[("PT".into(), LonLat::new(122.0, 30.0))]).is_err());
    }
}
