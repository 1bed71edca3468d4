//! Rivers and canals for barges, from `data/tables/waterways.csv`.

use crate::{
    attach::on_grid,
    error::{DataError, Result},
    lines::{Drawing, moor},
    network::{Network, order, pieces},
    tables::Waypoint,
};
use atlas_core::geo::{LonLat, NearestIndex};
use petgraph::graph::NodeIndex;
use std::collections::BTreeSet;

/// Lines that are drawn first: the trunk rivers and the Grand Canal.
const MAIN: [&str; 4] = ["长江", "西江", "江南运河", "苏北运河"];

/// Builds the waterways. Gives the class of each edge, too: 1 on the trunk lines, 2 on the others, 3 into berths.
pub fn build(table: &[Waypoint], ports: &[(String, LonLat)]) -> Result<(Network, Vec<u8>)> {
    let mut drawing = Drawing::default();
    drawing.lines(table.iter());
    moor(&mut drawing.network, ports)?;
    let network = order(&drawing.network);
    let parts = pieces(&network).len();
    if parts > PARTS {
        return Err(DataError::new(
            "data/tables/waterways.csv",
            format!("the lines make {parts} networks, but the Yangtze and the Pearl make {PARTS}"),
            "Give the lines that meet a point at the same position.",
        ));
    }
    let index = NearestIndex::new(table.iter().map(|p| LonLat::new(p.lon, p.lat)));
    let berths: BTreeSet<NodeIndex> = network
        .node_indices()
        .filter(|n| network.edges(*n).count() == 1 && ports.iter().any(|p| on_grid(p.1) == network[*n]))
        .collect();
    let class = |n: NodeIndex| {
        let nearest = &table[index.nearest(network[n]).expect("lines drawn") as usize];
        match MAIN.contains(&nearest.line.as_str()) {
            _ if berths.contains(&n) => 3,
            true => 1,
            false => 2,
        }
    };
    let ends = network.edge_indices().map(|e| network.edge_endpoints(e).expect("an edge has ends"));
    let classes = ends.map(|(a, b)| class(a).max(class(b))).collect();
    Ok((network, classes))
}

/// The basins of the Yangtze with the canal, and of the Pearl: no waterway leads from one to the other.
const PARTS: usize = 2;
