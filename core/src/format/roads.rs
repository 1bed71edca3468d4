//! The road network in the pack.
//!
//! Nodes lie on the source's grid of 1e-3 degrees. Edges are undirected and written once, at their smaller end. Most edges
//! are as long as the great circle between their ends, so only the difference from it is stored; `libm` makes that
//! prediction the same everywhere.

use super::{
    pack::PackError,
    varint::{Reader, Writer},
};
use crate::geo::{LonLat, haversine_m};

/// Nodes and undirected edges of a road network, as stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoadTable {
    /// Node positions on the 1e-3 degree grid.
    pub nodes: Vec<LonLat>,
    /// Edges, sorted by `from` and then `to`, each with `from < to`.
    pub edges: Vec<RoadEdge>,
}

/// One undirected road edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoadEdge {
    /// Index of the smaller node.
    pub from: u32,
    /// Index of the larger node.
    pub to: u32,
    /// Length in metres as the source states it, before the length factor.
    pub length_m: u32,
    /// Importance: 1 trunk (many shortest paths between prefectures use it), 2, 3 the rest. Modelled.
    pub class: u8,
}

const GRID: f64 = 1e3;

/// Writes the network as one section.
///
/// # Panics
/// Where an edge breaks the order or has `from >= to`.
#[must_use]
pub fn encode(table: &RoadTable) -> Vec<u8> {
    let mut w = Writer::default();
    w.uint(table.nodes.len() as u64);
    w.uint(table.edges.len() as u64);
    let mut last = (0i64, 0i64);
    for p in &table.nodes {
        let q = (libm::round(p.lon * GRID) as i64, libm::round(p.lat * GRID) as i64);
        w.int(q.0 - last.0);
        w.int(q.1 - last.1);
        last = q;
    }
    assert!(table.edges.windows(2).all(|e| (e[0].from, e[0].to) < (e[1].from, e[1].to)), "edges out of order");
    let mut last_from = 0;
    for e in &table.edges {
        assert!(e.from < e.to, "edge {} - {}", e.from, e.to);
        w.uint(u64::from(e.from - last_from));
        w.uint(u64::from(e.to - e.from));
        last_from = e.from;
    }
    for e in &table.edges {
        w.int(i64::from(e.length_m) - predicted_m(&table.nodes, e.from, e.to));
    }
    w.0.extend(table.edges.iter().map(|e| e.class));
    w.0
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// `Damaged` with the section's name.
pub fn decode(section: &str, bytes: &[u8]) -> Result<RoadTable, PackError> {
    let mut r = Reader::new(section, bytes);
    let (nodes, edges) = (r.count()?, r.count()?);
    let mut table = RoadTable { nodes: Vec::with_capacity(nodes), edges: Vec::with_capacity(edges) };
    let mut last = (0i64, 0i64);
    for _ in 0..nodes {
        last = (last.0.wrapping_add(r.int()?), last.1.wrapping_add(r.int()?));
        table.nodes.push(LonLat::new(last.0 as f64 / GRID, last.1 as f64 / GRID));
    }
    let mut from = 0u32;
    for _ in 0..edges {
        from = from.checked_add(r.u32()?).ok_or_else(|| r.damaged())?;
        let to = from.checked_add(r.u32()?).ok_or_else(|| r.damaged())?;
        if to as usize >= nodes || from == to {
            return Err(r.damaged());
        }
        table.edges.push(RoadEdge { from, to, length_m: 0, class: 0 });
    }
    for i in 0..edges {
        let RoadEdge { from, to, .. } = table.edges[i];
        let length = predicted_m(&table.nodes, from, to).saturating_add(r.int()?);
        table.edges[i].length_m = u32::try_from(length).map_err(|_| r.damaged())?;
    }
    for e in &mut table.edges {
        e.class = u8::try_from(r.uint()?).map_err(|_| PackError::damaged(section))?;
    }
    r.finish()?;
    Ok(table)
}

fn predicted_m(nodes: &[LonLat], from: u32, to: u32) -> i64 {
    libm::round(haversine_m(nodes[from as usize], nodes[to as usize])) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn round_trip(points in prop::collection::vec((105_000..125_000i32, 18_000..43_000i32), 2..40), links in prop::collection::btree_set((0..40u32, 0..40u32), 0..80), extra in 0..5000u32) {
            let nodes: Vec<_> = points.iter().map(|(x, y)| LonLat::new(f64::from(*x) / 1e3, f64::from(*y) / 1e3)).collect();
            let n = nodes.len() as u32;
            let edges: Vec<_> = links.into_iter().filter(|(a, b)| a < b && *b < n)
                .map(|(from, to)| RoadEdge { from, to, length_m: extra + from, class: (1 + to % 3) as u8 }).collect();
            let table = RoadTable { nodes, edges };
            prop_assert_eq!(decode("roads", &encode(&table)).unwrap(), table);
        }
    }

    #[test]
    fn cut_anywhere_is_damage() {
        let nodes = vec![LonLat::new(120.0, 30.0), LonLat::new(120.1, 30.0)];
        let bytes = encode(&RoadTable { nodes, edges: vec![RoadEdge { from: 0, to: 1, length_m: 9999, class: 1 }] });
        for cut in 0..bytes.len() {
            assert_eq!(decode("roads", &bytes[..cut]), Err(PackError::damaged("roads")));
        }
    }
}
