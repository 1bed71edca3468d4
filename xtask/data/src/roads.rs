//! From the world's highways to the network of the 17 provinces: clipped, joined, ordered.

use crate::{
    error::{DataError, Result},
    highways::Highways,
    mend::join_facing,
    provinces::{Admin, Province},
    tables::RoadJoin,
};
use atlas_core::geo::{LonLat, NearestIndex, haversine_m};
use petgraph::{
    graph::{NodeIndex, UnGraph},
    unionfind::UnionFind,
};
use std::collections::{BTreeMap, BTreeSet};

/// How far beyond the provinces on land, and off their coast, nodes are kept (degrees).
const LAND_REACH: f64 = 0.05;
const SEA_REACH: f64 = 0.3;
/// A detached piece this near to the rest is joined to it.
const JOIN_WITHIN_M: f64 = 1000.0;
/// A detached piece smaller than this is left out.
const SMALLEST_PIECE: usize = 20;

/// The network: positions and lengths in metres.
pub type Roads = UnGraph<LonLat, u32>;

/// What was done to the network, for the report.
#[derive(Default)]
pub struct RoadLog {
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
    /// Broken roads mended: between which positions, gap in metres.
    pub facing_joins: Vec<(LonLat, LonLat, u32)>,
    /// Pieces left out: count and nodes and kilometres in all.
    pub dropped: (usize, usize, f64),
    /// Pieces that remain: nodes, kilometres, centre, province.
    pub pieces: Vec<(usize, f64, LonLat, &'static str)>,
}

/// Builds the network.
pub fn build(source: &Highways, admin: &Admin, joins: &[RoadJoin]) -> Result<(Roads, RoadLog)> {
    let mut log = RoadLog::default();
    let mut roads = clip(source, admin, &mut log);
    log.clipped = (roads.node_count(), roads.edge_count(), kilometres(&roads));
    join_by_table(&mut roads, joins, &mut log)?;
    join_the_near(&mut roads, &mut log);
    log.facing_joins = join_facing(&mut roads);
    let roads = order(&drop_small(roads, &mut log));
    for piece in pieces(&roads) {
        let km = piece_km(&roads, &piece);
        let n = piece.len() as f64;
        let sum = piece.iter().map(|i| roads[*i]).fold((0.0, 0.0), |s, p| (s.0 + p.lon, s.1 + p.lat));
        let centre = LonLat::new(sum.0 / n, sum.1 / n);
        let province = admin.province_near(roads[piece[0]], 1.0).map_or("?", |p| p.short_zh);
        log.pieces.push((piece.len(), km, centre, province));
    }
    Ok((roads, log))
}

/// Total length.
pub fn kilometres(roads: &Roads) -> f64 {
    roads.edge_weights().map(|m| u64::from(*m)).sum::<u64>() as f64 / 1000.0
}

fn clip(source: &Highways, admin: &Admin, log: &mut RoadLog) -> Roads {
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
    let mut roads = Roads::default();
    let mut index = vec![None; source.nodes.len()];
    for (at, slot) in source.nodes.iter().zip(&mut index) {
        *slot = kept(*at).then(|| roads.add_node(*at));
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
        roads.add_edge(a, b, metres);
    }
    roads
}

fn join_by_table(roads: &mut Roads, joins: &[RoadJoin], log: &mut RoadLog) -> Result<()> {
    let index = NearestIndex::new(roads.node_weights().copied());
    for join in joins {
        let ends = [join.a, join.b].map(|at| {
            let node = NodeIndex::new(index.nearest(at).expect("a network has nodes") as usize);
            (node, haversine_m(at, roads[node]))
        });
        let file = format!("data/tables/road_joins.csv, row {}", join.id);
        if let Some((_, off)) = ends.iter().find(|e| e.1 > JOIN_WITHIN_M) {
            return Err(DataError::new(
                file,
                format!("the nearest road node is {off:.0} m away"),
                "Give a position within 1 km of a node of the network.",
            ));
        }
        let (a, b) = (ends[0].0, ends[1].0);
        if a == b || roads.contains_edge(a, b) {
            return Err(DataError::new(
                file,
                "its ends are the same node, or joined already",
                "Remove the row, or move its ends apart.",
            ));
        }
        let metres = straight_m(roads, a, b);
        roads.add_edge(a, b, metres);
        log.table_joins.push((join.id.clone(), join.name.clone(), metres));
    }
    Ok(())
}

/// Joins pieces to the largest one where the gap is small, nearest first, until nothing changes.
fn join_the_near(roads: &mut Roads, log: &mut RoadLog) {
    loop {
        let all = pieces(roads);
        let main: Vec<NodeIndex> = all[0].clone();
        let index = NearestIndex::new(main.iter().map(|n| roads[*n]));
        let mut gaps: Vec<(u32, NodeIndex, NodeIndex, usize)> = Vec::new();
        for piece in &all[1..] {
            let gap = piece.iter().map(|n| {
                let nearest = main[index.nearest(roads[*n]).expect("a main piece") as usize];
                (straight_m(roads, *n, nearest), *n, nearest, piece.len())
            });
            gaps.extend(gap.min().filter(|g| f64::from(g.0) < JOIN_WITHIN_M));
        }
        if gaps.is_empty() {
            return;
        }
        for (metres, a, b, nodes) in gaps {
            roads.add_edge(a, b, metres);
            log.auto_joins.push((roads[a], roads[b], metres, nodes));
        }
    }
}

fn drop_small(roads: Roads, log: &mut RoadLog) -> Roads {
    let mut out = BTreeSet::new();
    for piece in pieces(&roads).into_iter().filter(|p| p.len() < SMALLEST_PIECE) {
        log.dropped.0 += 1;
        log.dropped.1 += piece.len();
        log.dropped.2 += piece_km(&roads, &piece);
        out.extend(piece);
    }
    roads.filter_map(|i, at| (!out.contains(&i)).then_some(*at), |_, metres| Some(*metres))
}

/// Renumbers the nodes along a Hilbert curve: neighbours on the map become neighbours in memory and in the file.
fn order(roads: &Roads) -> Roads {
    let key = |at: LonLat| {
        let cell = |v: f64, low: f64| libm::round((v - low) * 1000.0) as u16;
        fast_hilbert::xy2h(cell(at.lon, 90.0), cell(at.lat, 0.0), 16)
    };
    let mut by_curve: Vec<NodeIndex> = roads.node_indices().collect();
    by_curve.sort_by_key(|i| (key(roads[*i]), *i));
    let mut place = vec![NodeIndex::new(0); by_curve.len()];
    let mut ordered = Roads::with_capacity(by_curve.len(), roads.edge_count());
    for old in by_curve {
        place[old.index()] = ordered.add_node(roads[old]);
    }
    let mut edges: Vec<_> = roads
        .edge_indices()
        .map(|e| {
            let (a, b) = roads.edge_endpoints(e).expect("an edge has ends");
            let (a, b) = (place[a.index()], place[b.index()]);
            (a.min(b), a.max(b), roads[e])
        })
        .collect();
    edges.sort_unstable();
    for (a, b, metres) in edges {
        ordered.add_edge(a, b, metres);
    }
    ordered
}

/// The connected pieces, largest first; nodes in ascending order.
fn pieces(roads: &Roads) -> Vec<Vec<NodeIndex>> {
    let mut sets = UnionFind::<usize>::new(roads.node_count());
    for e in roads.edge_indices() {
        let (a, b) = roads.edge_endpoints(e).expect("an edge has ends");
        sets.union(a.index(), b.index());
    }
    let mut found = BTreeMap::<usize, Vec<NodeIndex>>::new();
    for n in roads.node_indices() {
        found.entry(sets.find(n.index())).or_default().push(n);
    }
    let mut all: Vec<_> = found.into_values().collect();
    all.sort_by_key(|p| (std::cmp::Reverse(p.len()), p[0]));
    all
}

fn piece_km(roads: &Roads, piece: &[NodeIndex]) -> f64 {
    let ends: u64 = piece.iter().flat_map(|n| roads.edges(*n)).map(|e| u64::from(*e.weight())).sum();
    ends as f64 / 2000.0
}

/// The great circle between two nodes in whole metres, at least one.
pub fn straight_m(roads: &Roads, a: NodeIndex, b: NodeIndex) -> u32 {
    (libm::round(haversine_m(roads[a], roads[b])) as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(lons: &[f64]) -> Roads {
        let mut roads = Roads::default();
        let nodes: Vec<_> = lons.iter().map(|x| roads.add_node(LonLat::new(*x, 30.0))).collect();
        for pair in nodes.windows(2).filter(|p| p[0].index() != 2) {
            roads.add_edge(pair[0], pair[1], 1000);
        }
        roads
    }

    #[test]
    fn near_pieces_are_joined_and_far_ones_dropped() {
        let mut log = RoadLog::default();
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

    #[test]
    fn order_keeps_the_network() {
        let roads = line(&[120.0, 120.5, 120.1, 120.4, 120.2]);
        let ordered = order(&roads);
        assert_eq!((ordered.node_count(), kilometres(&ordered)), (5, kilometres(&roads)));
        assert!(ordered.edge_indices().all(|e| ordered.edge_endpoints(e).is_some_and(|(a, b)| a < b)));
    }
}
