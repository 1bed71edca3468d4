//! The plane cut into the cells of sites: each belongs to the site that is nearest. Regions of sites have crisp borders
//! that fit each other without gap or overlap.
//!
//! The rule of a catchment says: from any place the straight leg to the nearest road node, then the network. So the
//! catchment of a facility is exactly the union of the Voronoi cells of its road nodes, and its border runs along the cells'
//! edges. Cells are the dual of a Delaunay triangulation (crate `delaunator`, robust predicates) on the Mercator plane, where
//! nearest is nearest on the ground. Borders are chained by the triangles they pass, never by rounded coordinates, and a
//! stretch between two regions is kept, simplified and drawn once for both.

use crate::geo::{LonLat, Plane, from_plane, to_plane};
use delaunator::{EMPTY, Point, next_halfedge, prev_halfedge, triangulate};
use geo::{Coord, LineString, Simplify};
use std::collections::BTreeMap;

/// Sites and the cells around them.
pub struct Mesh {
    /// Sites, the frame's behind the others.
    pub(super) sites: Vec<Plane>,
    /// How many of them are not the frame's.
    own: usize,
    /// For each triangle the corner that three cells share: its circumcentre.
    pub(super) corners: Vec<Plane>,
    /// The site from which each half-edge starts; three a triangle, counter-clockwise.
    pub(super) starts: Vec<usize>,
    /// The half-edge that runs the other way, or `EMPTY`.
    pub(super) twins: Vec<usize>,
    /// A half-edge that starts at each site; `EMPTY` for one that shares its place with another.
    pub(super) leaving: Vec<usize>,
}

/// A closed line that repeats its first point. Outer rings run counter-clockwise, holes clockwise.
pub type Ring = Vec<LonLat>;

/// The polygons of a region: each an outer ring and its holes.
pub type Polygons = Vec<Vec<Ring>>;

/// Open lines `(end, points)` by the key of where they begin.
pub(super) type Stretches<K> = BTreeMap<K, Vec<(K, Vec<Plane>)>>;

/// A stretch of border between two regions.
struct Arc {
    left: Option<u32>,
    right: Option<u32>,
    /// Triangles at its ends; equal where it is closed.
    ends: [usize; 2],
    points: Vec<Plane>,
}

/// Distance of the frame from the outermost sites, and between its sites (degrees): halfway there cells end. Nobody is so far
/// from all sites and still belongs to one.
const FRAME_GAP: f64 = 12.0;
const FRAME_STEP: f64 = 2.0;
/// Longest edge of a polygon in degrees: over so much the plane's straight lines and those of longitude and latitude are one.
const LONGEST_EDGE: f64 = 0.25;

impl Mesh {
    /// Triangulates the sites. O(n log n). A frame of sites of nobody stands around them, so that every cell is finite.
    #[must_use]
    pub fn new(positions: impl IntoIterator<Item = LonLat>) -> Self {
        let mut sites: Vec<Plane> = positions.into_iter().map(to_plane).collect();
        let own = sites.len();
        sites.extend(frame(&sites));
        let points: Vec<Point> = sites.iter().map(|[x, y]| Point { x: *x, y: *y }).collect();
        let found = triangulate(&points);
        let (mut starts, mut twins) = (found.triangles, found.halfedges);
        // Made counter-clockwise, whichever way the library turns.
        let turn = |t: &[usize]| cross(sites[t[0]], sites[t[1]], sites[t[2]]);
        if starts.chunks_exact(3).next().is_some_and(|t| turn(t) < 0.0) {
            reverse(&mut starts, &mut twins);
        }
        let corners = starts.chunks_exact(3).map(|t| circumcentre(sites[t[0]], sites[t[1]], sites[t[2]])).collect();
        let mut leaving = vec![EMPTY; sites.len()];
        for (e, site) in starts.iter().enumerate() {
            leaving[*site] = e;
        }
        Self { sites, own, corners, starts, twins, leaving }
    }

    /// Number of sites.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.own
    }

    /// Where a site is.
    #[must_use]
    pub fn position(&self, site: usize) -> LonLat {
        from_plane(self.sites[site])
    }

    /// True where there is no site.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.own == 0
    }

    /// The polygons of each region: `region_of` gives the region of a site, or `None` to leave its cell out. Borders are
    /// simplified by up to `tolerance` degrees; 0 leaves them exact.
    #[must_use]
    pub fn regions(&self, region_of: impl Fn(usize) -> Option<u32>, tolerance: f64) -> BTreeMap<u32, Polygons> {
        let region: Vec<Option<u32>> =
            (0..self.sites.len()).map(|s| if s < self.own { region_of(s) } else { None }).collect();
        let mut arcs = self.arcs(&region);
        if tolerance > 0.0 {
            arcs.iter_mut().for_each(|a| a.simplify(tolerance));
        }
        // By region the arcs that keep it to their left, from triangle to triangle.
        let mut around: BTreeMap<u32, Stretches<usize>> = BTreeMap::new();
        for arc in arcs {
            let [from, to] = arc.ends;
            if let Some(r) = arc.right {
                let back = arc.points.iter().rev().copied().collect();
                around.entry(r).or_default().entry(to).or_default().push((from, back));
            }
            if let Some(r) = arc.left {
                around.entry(r).or_default().entry(from).or_default().push((to, arc.points));
            }
        }
        around.into_iter().map(|(r, next)| (r, polygons(chain(next)))).filter(|(_, p)| !p.is_empty()).collect()
    }

    /// For each region the regions it touches.
    #[must_use]
    pub fn touching(&self, region_of: impl Fn(usize) -> Option<u32>) -> BTreeMap<u32, Vec<u32>> {
        let mut pairs = std::collections::BTreeSet::new();
        for (e, twin) in self.twins.iter().enumerate() {
            let other = self.starts[next_halfedge(e)];
            if *twin != EMPTY
                && self.starts[e] < self.own
                && other < self.own
                && let (Some(a), Some(b)) = (region_of(self.starts[e]), region_of(other))
                && a != b
            {
                pairs.insert((a, b));
            }
        }
        let mut all = BTreeMap::<u32, Vec<u32>>::new();
        pairs.into_iter().for_each(|(a, b)| all.entry(a).or_default().push(b));
        all
    }

    /// Stretches of border. Where three regions meet, stretches end; one that meets nothing is closed.
    fn arcs(&self, region: &[Option<u32>]) -> Vec<Arc> {
        let at = |e: usize| region[self.starts[e]];
        let is_border = |e: usize| self.twins[e] != EMPTY && at(e) != at(next_halfedge(e));
        let degree = |t: usize| (3 * t..3 * t + 3).filter(|e| is_border(*e)).count();
        let mut done = vec![false; self.starts.len()];
        let mut arcs = Vec::new();
        // From every junction first; what is left then are closed lines.
        for junctions in [true, false] {
            for t in 0..self.corners.len() {
                if (degree(t) == 3) != junctions {
                    continue;
                }
                for e in 3 * t..3 * t + 3 {
                    if done[e] || !is_border(e) {
                        continue;
                    }
                    // Leaving triangle t over edge e: the site at the edge's end is to the left.
                    let (left, right) = (at(next_halfedge(e)), at(e));
                    let mut points = vec![self.corners[t]];
                    let mut edge = e;
                    let end = loop {
                        let twin = self.twins[edge];
                        (done[edge], done[twin]) = (true, true);
                        let here = twin / 3;
                        points.push(self.corners[here]);
                        if here == t || degree(here) == 3 {
                            break here;
                        }
                        let on = [next_halfedge(twin), prev_halfedge(twin)].into_iter().find(|e| is_border(*e));
                        edge = on.expect("a border goes on where two regions meet");
                    };
                    arcs.push(Arc { left, right, ends: [t, end], points });
                }
            }
        }
        arcs
    }
}

impl Arc {
    fn simplify(&mut self, tolerance: f64) {
        if self.ends[0] == self.ends[1] {
            simplify_closed(&mut self.points, tolerance);
        } else {
            self.points = simple(&self.points, tolerance);
        }
    }
}

/// Leaves points out that lie within the tolerance of the line through the others (Douglas and Peucker, crate `geo`).
fn simple(points: &[Plane], tolerance: f64) -> Vec<Plane> {
    let line: LineString<f64> = points.iter().map(|[x, y]| Coord { x: *x, y: *y }).collect();
    line.simplify(tolerance).0.into_iter().map(|c| [c.x, c.y]).collect()
}

/// The same for a closed line, which keeps its first point and the one furthest from it. One that would be left with less than
/// a triangle stays as it is.
pub(super) fn simplify_closed(ring: &mut Vec<Plane>, tolerance: f64) {
    let Some(&first) = ring.first() else { return };
    let far = |p: &Plane| (p[0] - first[0]) * (p[0] - first[0]) + (p[1] - first[1]) * (p[1] - first[1]);
    let furthest = (0..ring.len()).max_by(|a, b| far(&ring[*a]).total_cmp(&far(&ring[*b]))).unwrap_or(0);
    let mut half = simple(&ring[..=furthest], tolerance);
    half.extend(simple(&ring[furthest..], tolerance).into_iter().skip(1));
    if half.len() >= 4 {
        *ring = half;
    }
}

/// Joins stretches `(to, points)` by the keys of their ends into closed rings.
pub(super) fn chain<K: Ord + Copy>(mut next: Stretches<K>) -> Vec<Vec<Plane>> {
    let mut rings = Vec::new();
    while let Some((&start, _)) = next.iter().next() {
        let mut ring: Vec<Plane> = Vec::new();
        let mut at = start;
        while let Some(leaving) = next.get_mut(&at) {
            let (to, points) = leaving.pop().expect("empty lists are taken out");
            if leaving.is_empty() {
                next.remove(&at);
            }
            ring.extend(points.iter().skip(usize::from(!ring.is_empty())));
            at = to;
            if at == start {
                break;
            }
        }
        rings.push(ring);
    }
    rings
}

/// Rings of one region as polygons: each hole goes to the smallest outer ring around it. Rings without area are left out.
pub(super) fn polygons(rings: Vec<Vec<Plane>>) -> Polygons {
    let mut sized: Vec<(f64, Vec<Plane>)> = rings
        .into_iter()
        .filter(|r| r.len() >= 4)
        .map(|mut r| {
            let first = r[0];
            *r.last_mut().expect("four points") = first;
            (area(&r), r)
        })
        .filter(|(a, _)| a.abs() > 1e-12)
        .collect();
    sized.sort_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
    let (outer, holes): (Vec<_>, Vec<_>) = sized.into_iter().partition(|(a, _)| *a > 0.0);
    let mut all: Polygons = outer.iter().map(|(_, ring)| vec![on_earth(ring)]).collect();
    let boxes: Vec<[Plane; 2]> = outer.iter().map(|(_, ring)| bounds(ring)).collect();
    for (size, hole) in &holes {
        let [x, y] = hole[0];
        let may = |b: &[Plane; 2]| b[0][0] <= x && x <= b[1][0] && b[0][1] <= y && y <= b[1][1];
        let around =
            outer.iter().zip(&boxes).position(|((a, ring), b)| *a > size.abs() && may(b) && contains(ring, hole));
        if let Some(i) = around {
            all[i].push(on_earth(hole));
        }
    }
    all
}

/// A ring in longitude and latitude. What is straight on the plane is not straight there: long edges get points between.
fn on_earth(ring: &[Plane]) -> Ring {
    let mut out = vec![from_plane(ring[0])];
    for w in ring.windows(2) {
        let (dx, dy) = (w[1][0] - w[0][0], w[1][1] - w[0][1]);
        let steps = libm::ceil(dx.abs().max(dy.abs()) / LONGEST_EDGE).max(1.0) as usize;
        let between = (1..steps).map(|k| k as f64 / steps as f64).map(|t| [w[0][0] + t * dx, w[0][1] + t * dy]);
        out.extend(between.map(from_plane));
        out.push(from_plane(w[1]));
    }
    out
}

/// South-west and north-east corner.
fn bounds(ring: &[Plane]) -> [Plane; 2] {
    let start = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];
    ring.iter().fold(start, |[a, b], p| [[a[0].min(p[0]), a[1].min(p[1])], [b[0].max(p[0]), b[1].max(p[1])]])
}

fn area(ring: &[Plane]) -> f64 {
    let [x, y] = ring[0];
    ring.windows(2).map(|w| (w[0][0] - x) * (w[1][1] - y) - (w[1][0] - x) * (w[0][1] - y)).sum::<f64>() / 2.0
}

/// True where the middle of the hole's first edge lies in the ring, by crossing number.
fn contains(ring: &[Plane], hole: &[Plane]) -> bool {
    let p = [(hole[0][0] + hole[1][0]) / 2.0, (hole[0][1] + hole[1][1]) / 2.0];
    let crossings = ring
        .windows(2)
        .filter(|w| (w[0][1] > p[1]) != (w[1][1] > p[1]))
        .filter(|w| p[0] < w[0][0] + (p[1] - w[0][1]) / (w[1][1] - w[0][1]) * (w[1][0] - w[0][0]))
        .count();
    crossings % 2 == 1
}

/// Sites of nobody on a rectangle around all others.
fn frame(sites: &[Plane]) -> Vec<Plane> {
    if sites.is_empty() {
        return Vec::new();
    }
    let edge = |axis: usize, pick: fn(f64, f64) -> f64| sites.iter().map(|s| s[axis]).reduce(pick).unwrap_or(0.0);
    let (west, south) = (edge(0, f64::min) - FRAME_GAP, edge(1, f64::min) - FRAME_GAP);
    let (east, north) = (edge(0, f64::max) + FRAME_GAP, edge(1, f64::max) + FRAME_GAP);
    let along = |from: f64, to: f64| {
        let steps = ((to - from) / FRAME_STEP) as usize + 1;
        (0..steps).map(move |k| from + (to - from) * k as f64 / steps as f64)
    };
    along(west, east)
        .flat_map(|x| [[x, south], [west + east - x, north]])
        .chain(along(south, north).flat_map(|y| [[east, y], [west, south + north - y]]))
        .collect()
}

fn cross(a: Plane, b: Plane, c: Plane) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

fn circumcentre(a: Plane, b: Plane, c: Plane) -> Plane {
    let (dx, dy, ex, ey) = (b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]);
    let (bl, cl, twice) = (dx * dx + dy * dy, ex * ex + ey * ey, 2.0 * (dx * ey - dy * ex));
    [a[0] + (ey * bl - dy * cl) / twice, a[1] + (dx * cl - ex * bl) / twice]
}

/// Turns every triangle the other way: its second and third site change places, and its edges with them.
fn reverse(starts: &mut [usize], twins: &mut [usize]) {
    // Of (a, b, c) the edges are ab, bc, ca; of (a, c, b) they are ac, cb, ba: the first and the third change places.
    let moved = |e: usize| match e % 3 {
        0 => e + 2,
        2 => e - 2,
        _ => e,
    };
    for t in starts.chunks_exact_mut(3) {
        t.swap(1, 2);
    }
    for t in twins.chunks_exact_mut(3) {
        t.swap(0, 2);
    }
    for twin in twins.iter_mut().filter(|t| **t != EMPTY) {
        *twin = moved(*twin);
    }
}

/// True where a place lies in the polygons: in an outer ring and in none of its holes.
#[must_use]
pub fn is_inside(polygons: &Polygons, p: LonLat) -> bool {
    let at = [p.lon, p.lat];
    let inside = |ring: &Ring| {
        let plane: Vec<Plane> = ring.iter().map(|q| [q.lon, q.lat]).collect();
        contains(&plane, &[at, at])
    };
    polygons.iter().any(|p| inside(&p[0]) && !p[1..].iter().any(inside))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::haversine_m;
    use proptest::prelude::*;

    proptest! {
        /// Every place lies in the region of its nearest site and in no other.
        #[test]
        fn a_place_lies_in_the_region_of_its_nearest_site(
            sites in prop::collection::vec((110.0..110.6f64, 30.0..30.6f64, 0..4u32), 1..50),
            places in prop::collection::vec((109.9..110.7f64, 29.9..30.7f64), 40),
        ) {
            let mesh = Mesh::new(sites.iter().map(|s| LonLat::new(s.0, s.1)));
            let regions = mesh.regions(|s| Some(sites[s].2), 0.0);
            for (lon, lat) in places {
                let p = LonLat::new(lon, lat);
                let mut by_distance: Vec<(f64, u32)> = sites.iter().map(|s| (haversine_m(p, LonLat::new(s.0, s.1)), s.2)).collect();
                by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
                // On the line between two sites the projection decides.
                if by_distance.windows(2).find(|w| w[0].1 != w[1].1).is_some_and(|w| w[1].0 - by_distance[0].0 < 0.01 * by_distance[0].0) {
                    continue;
                }
                let holders: Vec<u32> = regions.iter().filter(|(_, r)| is_inside(r, p)).map(|(k, _)| *k).collect();
                prop_assert_eq!(holders, vec![by_distance[0].1]);
            }
        }
    }

    #[test]
    fn a_site_amid_another_region_is_a_hole_and_simple_borders_still_fit() {
        let sites: Vec<LonLat> =
            (0..81).map(|i| LonLat::new(110.0 + f64::from(i % 9) * 0.1, 30.0 + f64::from(i / 9) * 0.1)).collect();
        let mesh = Mesh::new(sites.iter().copied());
        let region = |s: usize| Some(u32::from(s == 40 || s == 41));
        for tolerance in [0.0, 0.01] {
            let regions = mesh.regions(region, tolerance);
            assert_eq!(regions[&0].len(), 1);
            assert_eq!(regions[&0][0].len(), 2, "one hole");
            assert_eq!(regions[&1].len(), 1);
            let sum =
                |ring: &Ring| ring.windows(2).map(|w| w[0].lon * w[1].lat - w[1].lon * w[0].lat).sum::<f64>() / 2.0;
            assert!((sum(&regions[&0][0][1]) + sum(&regions[&1][0][0])).abs() < 1e-9, "hole and island are one line");
            assert!(sum(&regions[&1][0][0]) > 0.0, "outer rings run counter-clockwise");
        }
        assert_eq!(mesh.touching(region)[&1], [0]);
    }

    #[test]
    fn few_sites_make_cells_too() {
        assert!(Mesh::new([]).regions(|_| Some(0), 0.0).is_empty());
        let one = Mesh::new([LonLat::new(120.0, 30.0)]);
        assert!(is_inside(&one.regions(|_| Some(7), 0.0)[&7], LonLat::new(120.4, 30.3)));
        let twice = Mesh::new([LonLat::new(120.0, 30.0); 2]);
        assert_eq!(twice.regions(|_| Some(7), 0.0).len(), 1);
    }
}
