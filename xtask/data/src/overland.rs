//! Roads and railways: from the world's to those of the 17 provinces: clipped, joined, ordered.

use crate::{
    attach::attach,
    error::{DataError, Result},
    mend::join_facing,
    network::{Network, kilometres, order, piece_km, pieces, straight_m},
    provinces::{Admin, Province},
    scgraph::Source,
    tables::Joins,
};
use atlas_core::geo::{LonLat, NearestIndex, haversine_m};
use petgraph::graph::NodeIndex;
use std::collections::{BTreeMap, BTreeSet};

/// How far beyond the provinces on land, and off their coast, nodes are kept (degrees).
const LAND_REACH: f64 = 0.05;
const SEA_REACH: f64 = 0.3;
/// A detached piece this near to the rest is joined to it.
const JOIN_WITHIN_M: f64 = 1000.0;
/// A detached piece smaller than this is left out.
const SMALLEST_PIECE: usize = 20;

/// What was done to the network, for the report.
#[derive(Default)]
pub struct OverlandLog {
    /// Nodes, edges and kilometres after clipping.
    pub clipped: (usize, usize, f64),
    /// Edges that the source has at one end only; both ways were kept.
    pub one_sided: usize,
    /// Edges from a node to itself, and second edges between the same nodes.
    pub loops: usize,
    /// Joins from the table: id, name, straight length in metres.
    pub table_joins: Vec<(String, String, u32)>,
    /// Joins made here: between which positions, length in metres, nodes joined.
    pub auto_joins: Vec<(LonLat, LonLat, u32, usize)>,
    /// Broken lines mended: between which positions, gap in metres.
    pub facing_joins: Vec<(LonLat, LonLat, u32)>,
    /// Pieces left out: count and nodes and kilometres in all.
    pub dropped: (usize, usize, f64),
    /// Pieces that remain: nodes, kilometres, centre, province.
    pub pieces: Vec<(usize, f64, LonLat, &'static str)>,
}

/// Builds the network of one mode; `stops` are positions that get a node where a line passes.
pub fn build(
    source: &Source,
    admin: &Admin,
    joins: &Joins,
    stops: &[(String, LonLat)],
) -> Result<(Network, OverlandLog)> {
    let mut log = OverlandLog::default();
    let mut network = clip(source, admin, &mut log);
    log.clipped = (network.node_count(), network.edge_count(), kilometres(&network));
    attach(&mut network, stops);
    join_by_table(&mut network, joins, &mut log)?;
    join_the_near(&mut network, &mut log);
    log.facing_joins = join_facing(&mut network);
    let network = order(&drop_small(network, &mut log));
    for piece in pieces(&network) {
        let km = piece_km(&network, &piece);
        let n = piece.len() as f64;
        let sum = piece.iter().map(|i| network[*i]).fold((0.0, 0.0), |s, p| (s.0 + p.lon, s.1 + p.lat));
        let centre = LonLat::new(sum.0 / n, sum.1 / n);
        let province = admin.province_near(network[piece[0]], 1.0).map_or("?", |p| p.short_zh);
        log.pieces.push((piece.len(), km, centre, province));
    }
    Ok((network, log))
}

fn clip(source: &Source, admin: &Admin, log: &mut OverlandLog) -> Network {
    let ours: Vec<_> = admin.provinces.iter().filter(|p| p.has_roads()).collect();
    let near_ours = |at, reach| ours.iter().any(|p| p.locator.edge_within(at, reach).is_some());
    let kept = |at: LonLat| {
        if !(104.0..127.0).contains(&at.lon) || !(19.5..44.5).contains(&at.lat) {
            return false;
        }
        match admin.province_at(at) {
            Some(p) => p.has_roads() || near_ours(at, LAND_REACH),
            // Off the coast and on reclaimed land: Hong Kong's and Macau's are not ours.
            None => admin.province_near(at, SEA_REACH).is_some_and(Province::has_roads),
        }
    };
    let mut network = Network::default();
    let mut index = vec![None; source.nodes.len()];
    for (at, slot) in source.nodes.iter().zip(&mut index) {
        *slot = kept(*at).then(|| network.add_node(*at));
    }
    let mut shortest = BTreeMap::<(NodeIndex, NodeIndex), (u32, u8)>::new();
    for (from, links) in index.iter().zip(&source.links) {
        let Some(a) = *from else { continue };
        for (to, km) in links {
            let Some(b) = index[*to as usize] else { continue };
            if a == b {
                log.loops += 1;
                continue;
            }
            let metres = (libm::round(km * 1000.0) as u32).max(1);
            let entry = shortest.entry((a.min(b), a.max(b))).or_insert((metres, 0));
            entry.0 = entry.0.min(metres);
            entry.1 |= if a < b { 1 } else { 2 };
        }
    }
    for ((a, b), (metres, sides)) in shortest {
        log.one_sided += usize::from(sides != 3);
        network.add_edge(a, b, metres);
    }
    network
}

fn join_by_table(network: &mut Network, joins: &Joins, log: &mut OverlandLog) -> Result<()> {
    let index = NearestIndex::new(network.node_weights().copied());
    for join in &joins.rows {
        let ends = [join.a, join.b].map(|at| {
            let node = NodeIndex::new(index.nearest(at).expect("a network has nodes") as usize);
            (node, haversine_m(at, network[node]))
        });
        let file = format!("data/tables/{}, row {}", joins.file, join.id);
        if let Some((_, off)) = ends.iter().find(|e| e.1 > JOIN_WITHIN_M) {
            return Err(DataError::new(
                file,
                format!("the nearest node is {off:.0} m away"),
                "Give a position within 1 km of a node of the network.",
            ));
        }
        let (a, b) = (ends[0].0, ends[1].0);
        if a == b || network.contains_edge(a, b) {
            return Err(DataError::new(
                file,
                "its ends are the same node, or joined already",
                "Remove the row, or move its ends apart.",
            ));
        }
        let metres = straight_m(network, a, b);
        network.add_edge(a, b, metres);
        log.table_joins.push((join.id.clone(), join.name.clone(), metres));
    }
    Ok(())
}

/// Joins pieces to the largest one where the gap is small, nearest first, until nothing changes.
fn join_the_near(network: &mut Network, log: &mut OverlandLog) {
    loop {
        let all = pieces(network);
        let main: Vec<NodeIndex> = all[0].clone();
        let index = NearestIndex::new(main.iter().map(|n| network[*n]));
        let mut gaps: Vec<(u32, NodeIndex, NodeIndex, usize)> = Vec::new();
        for piece in &all[1..] {
            let gap = piece.iter().map(|n| {
                let nearest = main[index.nearest(network[*n]).expect("a main piece") as usize];
                (straight_m(network, *n, nearest), *n, nearest, piece.len())
            });
            gaps.extend(gap.min().filter(|g| f64::from(g.0) < JOIN_WITHIN_M));
        }
        if gaps.is_empty() {
            return;
        }
        for (metres, a, b, nodes) in gaps {
            network.add_edge(a, b, metres);
            log.auto_joins.push((network[a], network[b], metres, nodes));
        }
    }
}

fn drop_small(network: Network, log: &mut OverlandLog) -> Network {
    let mut out = BTreeSet::new();
    for piece in pieces(&network).into_iter().filter(|p| p.len() < SMALLEST_PIECE) {
        log.dropped.0 += 1;
        log.dropped.1 += piece.len();
        log.dropped.2 += piece_km(&network, &piece);
        out.extend(piece);
    }
    network.filter_map(|i, at| (!out.contains(&i)).then_some(*at), |_, metres| Some(*metres))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(lons: &[f64]) -> Network {
        let mut network = Network::default();
        let nodes: Vec<_> = lons.iter().map(|x| network.add_node(LonLat::new(*x, 30.0))).collect();
        for pair in nodes.windows(2).filter(|p| p[0].index() != 2) {
            network.add_edge(pair[0], pair[1], 1000);
        }
        network
    }

    #[test]
    fn near_pieces_are_joined_and_far_ones_dropped() {
        let mut log = OverlandLog::default();
        let mut near = line(&[120.0, 120.01, 120.02, 120.025, 120.035]);
        join_the_near(&mut near, &mut log);
        assert_eq!(pieces(&near).len(), 1);
        assert_eq!(log.auto_joins.len(), 1);
        assert_eq!(log.auto_joins[0].2, 481);
        let mut far = line(&[120.0, 120.01, 120.02, 120.2, 120.21]);
        join_the_near(&mut far, &mut log);
        assert_eq!(pieces(&far).iter().map(Vec::len).collect::<Vec<_>>(), [3, 2]);
        assert_eq!(drop_small(far, &mut log).node_count(), 0);
        assert_eq!(log.dropped.0, 2);
    }
}
