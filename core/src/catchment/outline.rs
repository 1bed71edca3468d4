//! Outlines of sets of demand cells.

use super::mesh::{Polygons, Stretches, chain, polygons};
use crate::geo::{LonLat, Plane, to_plane};
use h3o::{CellIndex, DirectedEdgeIndex};
use std::collections::BTreeMap;

/// Traces the outline of each group: `group_of` gives the group of a cell of `cells`, or `None` to leave it out.
///
/// An edge is drawn where the cell across belongs to another group. Cells of resolution 6 have straight edges between
/// exactly two vertices, so edges chain by their rounded end points (1e-6 degrees). O(n log n).
#[must_use]
pub fn outline(cells: &[CellIndex], group_of: impl Fn(usize) -> Option<u32>) -> BTreeMap<u32, Polygons> {
    let row: BTreeMap<u64, usize> = cells.iter().enumerate().map(|(i, c)| (u64::from(*c), i)).collect();
    let mut edges: BTreeMap<u32, Stretches<Corner>> = BTreeMap::new();
    for (i, cell) in cells.iter().enumerate() {
        let Some(group) = group_of(i) else { continue };
        for edge in cell.edges() {
            let across = row.get(&u64::from(edge.destination())).and_then(|j| group_of(*j));
            if across != Some(group)
                && let Some((from, to)) = ends(*cell, edge)
            {
                edges.entry(group).or_default().entry(from).or_default().push((to, vec![place(from), place(to)]));
            }
        }
    }
    edges.into_iter().map(|(group, next)| (group, polygons(chain(next)))).collect()
}

/// A corner of a cell, in millionths of a degree.
type Corner = (i64, i64);

/// The two ends of an edge, so that the cell lies to the left.
fn ends(cell: CellIndex, edge: DirectedEdgeIndex) -> Option<(Corner, Corner)> {
    let boundary = edge.boundary();
    let (a, b) = (boundary.first()?, boundary.last()?);
    let centre = h3o::LatLng::from(cell);
    let cross = (b.lng() - a.lng()) * (centre.lat() - a.lat()) - (b.lat() - a.lat()) * (centre.lng() - a.lng());
    let (a, b) = (corner(a), corner(b));
    Some(if cross > 0.0 { (a, b) } else { (b, a) })
}

fn place((x, y): Corner) -> Plane {
    to_plane(LonLat::new(x as f64 / 1e6, y as f64 / 1e6))
}

fn corner(at: &h3o::LatLng) -> Corner {
    (libm::round(at.lng() * 1e6) as i64, libm::round(at.lat() * 1e6) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::cells::CELL_RESOLUTION;
    use h3o::LatLng;

    fn area(ring: &[LonLat]) -> f64 {
        ring.windows(2).map(|w| w[0].lon * w[1].lat - w[1].lon * w[0].lat).sum::<f64>() / 2.0
    }

    #[test]
    fn a_disk_has_one_ring_and_a_wheel_two() {
        let centre = LatLng::new(31.2, 121.4).unwrap().to_cell(CELL_RESOLUTION);
        let cells: Vec<CellIndex> = centre.grid_disk::<Vec<_>>(2);
        let whole = outline(&cells, |_| Some(0));
        assert_eq!((whole[&0].len(), whole[&0][0].len()), (1, 1));
        assert_eq!(whole[&0][0][0].len(), 30 + 1);
        assert!(area(&whole[&0][0][0]) > 0.0, "outer rings run counter-clockwise");
        let wheel = outline(&cells, |i| (cells[i] != centre).then_some(0));
        let mut sizes: Vec<_> = wheel[&0].iter().flatten().map(|r| area(r).signum() as i32 * r.len() as i32).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [-7, 31]);
    }

    #[test]
    fn two_groups_share_an_edge_and_fill_the_whole() {
        let centre = LatLng::new(23.1, 113.3).unwrap().to_cell(CELL_RESOLUTION);
        let cells: Vec<CellIndex> = centre.grid_disk::<Vec<_>>(4);
        let groups = outline(&cells, |i| Some(u32::from(LatLng::from(cells[i]).lng() > 113.3)));
        let parts: f64 = groups.values().flatten().flatten().map(|r| area(r)).sum();
        let whole = area(&outline(&cells, |_| Some(0))[&0][0][0]);
        assert!((parts - whole).abs() < 1e-9);
    }
}
