//! What lies within a way of so much: contours of distance from the network.
//!
//! By the rule of a catchment a place is as far as its straight leg to the nearest road node and the node's own distance. So
//! within a limit L lies, in the Voronoi cell of each node at distance d < L, the disc of radius L - d around it. The union
//! of these pieces is traced exactly: pieces of the cells' edges where one side is within and the other is not, joined by
//! arcs of circles. On an edge both nodes are equally far, so of two discs the larger one covers the smaller: what both cover
//! is inside and drawn by nobody. Joints are keyed by edge and node, never by rounded coordinates.

use super::mesh::{Mesh, Polygons, Stretches, chain, polygons, simplify_closed};
use crate::geo::{Plane, from_plane, plane_per_m};
use delaunator::{EMPTY, prev_halfedge};

/// Turn of a circle between two points of its drawing (radians).
const TURN: f64 = 0.35;

/// Where pieces of a contour meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Joint {
    /// The corner of three cells: the triangle.
    Corner(usize),
    /// Where a node's circle crosses an edge of cells: the lesser half-edge across it, the node, and whether it is the crossing
    /// that comes last along that half-edge's side.
    Crossing(usize, usize, bool),
    /// A circle that crosses nothing: its node.
    Whole(usize),
}

/// An area as the rings around it.
#[derive(Clone, Debug, Default)]
pub struct Within(Vec<Vec<Plane>>);

impl Within {
    /// Simplifies its rings by up to `tolerance` degrees; rings smaller than that are left out.
    #[must_use]
    pub fn simplified(mut self, tolerance: f64) -> Self {
        if tolerance > 0.0 {
            self.0.retain(|ring| ring.iter().any(|p| distance2(*p, ring[0]) > tolerance * tolerance));
            self.0.iter_mut().for_each(|ring| simplify_closed(ring, tolerance));
        }
        self
    }

    /// Its polygons.
    #[must_use]
    pub fn polygons(self) -> Polygons {
        polygons(self.0)
    }

    /// The polygons of what is in this area but not in an inner one, which must lie inside of it.
    #[must_use]
    pub fn without(&self, inner: &Self) -> Polygons {
        let turned = inner.0.iter().map(|ring| ring.iter().rev().copied().collect());
        polygons(self.0.iter().cloned().chain(turned).collect())
    }
}

type Pieces = Stretches<Joint>;

/// An edge between the cells of two sites, seen from one of them.
struct Edge {
    /// Half-edges across it: from the site, and the lesser of both.
    key: usize,
    /// True where the site sees the edge from the lesser half-edge's side.
    forward: bool,
    /// The site across.
    across: usize,
    /// Triangles of its corners, in the order of a walk that keeps the site to the left.
    corners: [usize; 2],
    /// Middle between the sites, and the direction of the walk.
    middle: Plane,
    along: Plane,
    /// Half of the distance between the sites.
    half: f64,
}

impl Mesh {
    /// What lies within reach: `metres_left` says how far beyond a site one may go, and `alike` whether what lies across the
    /// edge of two sites' cells counts as the same area. Where not, the area ends there.
    #[must_use]
    pub fn within(
        &self,
        sites: impl IntoIterator<Item = usize>,
        metres_left: impl Fn(usize) -> Option<f64>,
        alike: impl Fn(usize, usize) -> bool,
    ) -> Within {
        let radius = |site: usize| -> f64 {
            if site >= self.len() {
                return 0.0;
            }
            let metres = metres_left(site).unwrap_or(0.0).max(0.0);
            if metres > 0.0 { metres * plane_per_m(from_plane(self.sites[site]).lat) } else { 0.0 }
        };
        let mut pieces = Pieces::new();
        for site in sites {
            let r = radius(site);
            if r > 0.0 && self.leaving[site] != EMPTY {
                self.outline(site, r, &radius, &alike, &mut pieces);
            }
        }
        Within(chain(pieces))
    }

    /// The pieces of the outline of one site's disc in its cell that are no inner edges of the area.
    fn outline(
        &self,
        site: usize,
        r: f64,
        radius: &impl Fn(usize) -> f64,
        alike: &impl Fn(usize, usize) -> bool,
        pieces: &mut Pieces,
    ) {
        let mut leave = |from: Joint, to: Joint, points: Vec<Plane>| pieces.entry(from).or_default().push((to, points));
        // Where the outline left the last edge over the circle, and where it began.
        let mut exit: Option<(Joint, Plane)> = None;
        let mut first: Option<(Joint, Plane)> = None;
        for edge in self.edges(site) {
            let Some([a, b]) = self.span(&edge, site, r) else { continue };
            if !matches!(a.0, Joint::Corner(_)) {
                match exit.take() {
                    Some(left) => leave(left.0, a.0, self.round(site, left.1, a.1)),
                    None => first = Some(a),
                }
            }
            let other = radius(edge.across);
            if !alike(site, edge.across) || other <= 0.0 {
                leave(a.0, b.0, vec![a.1, b.1]);
            } else if (r, site) > (other, edge.across) {
                match self.span(&edge, edge.across, other) {
                    Some([c, d]) => {
                        if a.0 != c.0 {
                            leave(a.0, c.0, vec![a.1, c.1]);
                        }
                        if d.0 != b.0 {
                            leave(d.0, b.0, vec![d.1, b.1]);
                        }
                    }
                    None => leave(a.0, b.0, vec![a.1, b.1]),
                }
            }
            if !matches!(b.0, Joint::Corner(_)) {
                exit = Some(b);
            }
        }
        match (exit, first) {
            (Some(from), Some(to)) => leave(from.0, to.0, self.round(site, from.1, to.1)),
            (None, None) => {
                // Either the whole cell is within, or the whole circle is inside the cell.
                let corner = self.corners[self.leaving[site] / 3];
                if distance2(corner, self.sites[site]) > r * r {
                    let start = [self.sites[site][0] + r, self.sites[site][1]];
                    leave(Joint::Whole(site), Joint::Whole(site), self.round(site, start, start));
                }
            }
            // The walk begins anywhere: what left the last edge enters the first.
            _ => {}
        }
    }

    /// The edges around a site's cell, counter-clockwise.
    fn edges(&self, site: usize) -> Vec<Edge> {
        let start = self.leaving[site];
        let mut edges = Vec::new();
        let mut e = start;
        loop {
            let back = prev_halfedge(e);
            let next = self.twins[back];
            if next == EMPTY {
                break;
            }
            let across = self.starts[back];
            let (s, o) = (self.sites[site], self.sites[across]);
            let (dx, dy) = (o[0] - s[0], o[1] - s[1]);
            let whole = libm::sqrt(dx * dx + dy * dy);
            edges.push(Edge {
                key: back.min(next),
                forward: next < back,
                across,
                corners: [e / 3, next / 3],
                middle: [(s[0] + o[0]) / 2.0, (s[1] + o[1]) / 2.0],
                along: [-dy / whole, dx / whole],
                half: whole / 2.0,
            });
            e = next;
            if e == start {
                break;
            }
        }
        edges
    }

    /// The part of an edge that lies in the disc of one of its two sites, in the order of the walk; `None` where none does.
    fn span(&self, edge: &Edge, of: usize, r: f64) -> Option<[(Joint, Plane); 2]> {
        let corner = |t: usize| (Joint::Corner(t), self.corners[t]);
        let inside = |t: usize| distance2(self.corners[t], self.sites[of]) <= r * r;
        let [from, to] = edge.corners;
        let ends = [inside(from), inside(to)];
        if ends == [true, true] {
            return Some([corner(from), corner(to)]);
        }
        let wide = r * r - edge.half * edge.half;
        if wide <= 0.0 {
            return None;
        }
        let wide = libm::sqrt(wide);
        let place = |t: usize| {
            let c = self.corners[t];
            (c[0] - edge.middle[0]) * edge.along[0] + (c[1] - edge.middle[1]) * edge.along[1]
        };
        // A crossing is the last one for the site that walks so, and the first for the site across.
        let crossing = |last: bool| {
            let way = if last { wide } else { -wide };
            let at = [edge.middle[0] + way * edge.along[0], edge.middle[1] + way * edge.along[1]];
            (Joint::Crossing(edge.key, of, last == edge.forward), at)
        };
        match ends {
            [true, _] => Some([corner(from), crossing(true)]),
            [_, true] => Some([crossing(false), corner(to)]),
            _ if place(from) < -wide && wide < place(to) => Some([crossing(false), crossing(true)]),
            _ => None,
        }
    }

    /// Points of the circle around a site from one of its points to another, counter-clockwise; all of it where they are one.
    fn round(&self, site: usize, from: Plane, to: Plane) -> Vec<Plane> {
        let centre = self.sites[site];
        let angle = |p: Plane| libm::atan2(p[1] - centre[1], p[0] - centre[0]);
        let begin = angle(from);
        let mut turn = angle(to) - begin;
        if turn <= 1e-12 {
            turn += 2.0 * std::f64::consts::PI;
        }
        let r = libm::sqrt(distance2(from, centre));
        let steps = libm::ceil(turn / TURN) as usize;
        let inner = (1..steps).map(|k| {
            let a = begin + turn * k as f64 / steps as f64;
            [centre[0] + r * libm::cos(a), centre[1] + r * libm::sin(a)]
        });
        std::iter::once(from).chain(inner).chain([to]).collect()
    }
}

fn distance2(a: Plane, b: Plane) -> f64 {
    (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])
}

#[cfg(test)]
mod tests {
    use super::super::mesh::is_inside;
    use super::*;
    use crate::geo::{LonLat, haversine_m};
    use proptest::prelude::*;

    proptest! {
        /// A place is within where its nearest site's rest of the way is not less than the leg, and belongs to the group.
        #[test]
        fn a_place_is_within_as_the_rule_says(
            sites in prop::collection::vec((110.0..110.6f64, 30.0..30.6f64, 0..30_000u32, 0..2u32), 1..40),
            places in prop::collection::vec((109.9..110.7f64, 29.9..30.7f64), 40),
            grouped in any::<bool>(),
        ) {
            let at: Vec<LonLat> = sites.iter().map(|s| LonLat::new(s.0, s.1)).collect();
            let mesh = Mesh::new(at.iter().copied());
            let mine = |s: usize| !grouped || sites[s].3 == 0;
            let area = mesh.within(
                (0..sites.len()).filter(|s| mine(*s)),
                |s| mine(s).then(|| f64::from(sites[s].2)),
                |a, b| b < sites.len() && mine(a) == mine(b),
            ).polygons();
            for (lon, lat) in places {
                let p = LonLat::new(lon, lat);
                let mut by: Vec<(f64, usize)> = at.iter().enumerate().map(|(i, s)| (haversine_m(*s, p), i)).collect();
                by.sort_by(|a, b| a.0.total_cmp(&b.0));
                let (leg, nearest) = by[0];
                let rest = f64::from(sites[nearest].2);
                let near_edge = by.get(1).is_some_and(|n| n.0 - leg < 0.01 * leg + 20.0);
                // Circles are drawn by chords, and scales change a little along a radius.
                if near_edge || (rest - leg).abs() < 0.03 * rest + 20.0 {
                    continue;
                }
                prop_assert_eq!(is_inside(&area, p), mine(nearest) && leg < rest, "{:?}: leg {} of {}", p, leg, rest);
            }
        }
    }

    #[test]
    fn one_site_has_a_circle() {
        let mesh = Mesh::new([LonLat::new(120.0, 30.0)]);
        let within = |metres| mesh.within([0], move |_| metres, |_, _| true);
        let area = within(Some(10_000.0)).polygons();
        assert_eq!((area.len(), area[0].len()), (1, 1));
        for p in &area[0][0] {
            assert!((haversine_m(*p, LonLat::new(120.0, 30.0)) - 10_000.0).abs() < 20.0);
        }
        assert!(within(None).polygons().is_empty());
        let ring = within(Some(10_000.0)).without(&within(Some(5_000.0)));
        assert_eq!((ring.len(), ring[0].len()), (1, 2), "the inner area is a hole");
    }
}
