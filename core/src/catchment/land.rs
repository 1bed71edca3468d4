//! The clusters' land, to cut areas to it: coasts, islands and bays, and the edge of the clusters.

use super::{Polygons, Ring};
use crate::geo::{LonLat, NearestIndex, haversine_m};
use geo::{Area, BooleanOps, BoundingRect, Coord, LineString, MultiPolygon, Polygon, Rect};

/// What is not the clusters' land: as a whole, and cut into small squares so that a small area only meets what lies near it.
pub struct Land {
    /// The part of the world that is known.
    window: Option<Rect<f64>>,
    all: MultiPolygon<f64>,
    squares: Vec<(Rect<f64>, MultiPolygon<f64>)>,
    /// Where people of the clusters live.
    lived: Vec<LonLat>,
    near: NearestIndex,
}

/// A square is no larger than this (degrees), unless it is all land or all else.
const SIDE: f64 = 0.5;
/// An area wider than this (degrees) meets the whole at once: of hundreds of squares it would mostly meet the seams.
const LARGE: f64 = 4.0;
/// A demand cell reaches less than half as far from its middle (metres).
const NEAR_M: f64 = 8_000.0;
/// Less of a square degree than this is rounding.
const NOTHING: f64 = 1e-10;
/// A piece smaller than this (some hundred metres square) is a seam between two drawings of one coast.
const SLIVER: f64 = 1e-6;

impl Land {
    /// Cuts the polygons of sea and of land outside the clusters into squares. `lived` are the places where people of the
    /// clusters live: far islands that neither polygon knows are none of theirs.
    #[must_use]
    pub fn new(outside: &Polygons, lived: impl IntoIterator<Item = LonLat>) -> Self {
        let all = to_geo(outside);
        let mut squares = Vec::new();
        let window = all.bounding_rect();
        if let Some(window) = window {
            cut(window, all.clone(), &mut squares);
        }
        let lived: Vec<LonLat> = lived.into_iter().collect();
        let near = NearestIndex::new(lived.iter().copied());
        Self { window, all, squares, lived, near }
    }

    /// The part of an area that is the clusters' land.
    #[must_use]
    pub fn clip(&self, area: &Polygons) -> Polygons {
        let pieces = area.iter().flat_map(|polygon| self.clip_one(polygon));
        pieces.filter(|piece| piece[0].iter().any(|at| self.is_lived_near(*at))).collect()
    }

    fn is_lived_near(&self, at: LonLat) -> bool {
        self.near.nearest(at).is_some_and(|i| haversine_m(self.lived[i as usize], at) < NEAR_M)
    }

    fn clip_one(&self, polygon: &[Ring]) -> Polygons {
        let mut whole = to_geo(&vec![polygon.to_vec()]);
        let Some(mut bounds) = whole.bounding_rect() else { return Vec::new() };
        if let Some(window) = self.window.filter(|w| !holds(w, &bounds)) {
            whole = whole.intersection(&window.to_polygon());
            let Some(rest) = whole.bounding_rect() else { return Vec::new() };
            bounds = rest;
        }
        let mut near = self.squares.iter().filter(|(r, _)| meets(r, &bounds)).peekable();
        if near.peek().is_none() {
            return from_geo(&whole);
        }
        let outside = if bounds.width().max(bounds.height()) > LARGE {
            &self.all
        } else {
            &near.flat_map(|(_, part)| part.iter().cloned()).collect()
        };
        from_geo(&whole.difference(outside))
    }
}

fn holds(a: &Rect<f64>, b: &Rect<f64>) -> bool {
    a.min().x <= b.min().x && b.max().x <= a.max().x && a.min().y <= b.min().y && b.max().y <= a.max().y
}

fn meets(a: &Rect<f64>, b: &Rect<f64>) -> bool {
    a.min().x <= b.max().x && b.min().x <= a.max().x && a.min().y <= b.max().y && b.min().y <= a.max().y
}

/// Halves a rectangle across its longer side until nothing, everything or little is in it.
fn cut(rect: Rect<f64>, inside: MultiPolygon<f64>, squares: &mut Vec<(Rect<f64>, MultiPolygon<f64>)>) {
    let covered = inside.unsigned_area();
    if covered <= NOTHING {
        return;
    }
    let (width, height) = (rect.width(), rect.height());
    if covered >= width * height - NOTHING || width.max(height) <= SIDE {
        squares.push((rect, inside));
        return;
    }
    let (from, to) = (rect.min(), rect.max());
    let halves = if width > height {
        let middle = f64::midpoint(from.x, to.x);
        [Rect::new(from, Coord { x: middle, y: to.y }), Rect::new(Coord { x: middle, y: from.y }, to)]
    } else {
        let middle = f64::midpoint(from.y, to.y);
        [Rect::new(from, Coord { x: to.x, y: middle }), Rect::new(Coord { x: from.x, y: middle }, to)]
    };
    for half in halves {
        cut(half, inside.intersection(&half.to_polygon()), squares);
    }
}

fn to_geo(polygons: &Polygons) -> MultiPolygon<f64> {
    let line = |ring: &Ring| -> LineString<f64> { ring.iter().map(|p| Coord { x: p.lon, y: p.lat }).collect() };
    polygons
        .iter()
        .filter_map(|p| p.split_first())
        .map(|(outer, holes)| Polygon::new(line(outer), holes.iter().map(line).collect()))
        .collect()
}

/// Outer rings counter-clockwise, holes clockwise.
fn from_geo(area: &MultiPolygon<f64>) -> Polygons {
    use geo::orient::{Direction, Orient};
    let ring = |line: &LineString<f64>| -> Ring { line.coords().map(|c| LonLat::new(c.x, c.y)).collect() };
    area.orient(Direction::Default)
        .iter()
        .filter(|p| p.unsigned_area() > SLIVER)
        .map(|p| std::iter::once(p.exterior()).chain(p.interiors()).map(ring).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::is_inside;
    use super::*;

    fn square(west: f64, south: f64, side: f64) -> Ring {
        [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)]
            .map(|(x, y)| LonLat::new(west + x, south + y))
            .into()
    }

    #[test]
    fn an_area_over_a_coast_keeps_its_land_and_its_island() {
        // Sea east of 120, with an island in it, and a lake far west: the land between is known.
        let mut island = square(121.0, 31.0, 0.5);
        island.reverse();
        let lived = [(118.0, 30.0), (121.0, 31.0), (110.0, 30.0)].map(|(x, y)| LonLat::new(x, y));
        let land = Land::new(&vec![vec![square(120.0, 28.0, 6.0), island], vec![square(100.0, 28.0, 1.0)]], lived);
        let inland = vec![vec![square(110.0, 30.0, 1.0)]];
        assert_eq!(land.clip(&inland), inland);
        let area = land.clip(&vec![vec![square(118.0, 30.0, 4.0)]]);
        assert_eq!(area.len(), 2, "mainland and island");
        for (lon, lat, inside) in [(119.0, 32.0, true), (120.5, 32.0, false), (121.2, 31.2, true), (117.0, 32.0, false)]
        {
            assert_eq!(is_inside(&area, LonLat::new(lon, lat)), inside, "{lon}, {lat}");
        }
        // What is not known of is nobody's land.
        assert!(land.clip(&vec![vec![square(118.0, 40.0, 1.0)]]).is_empty());
        assert!(land.clip(&vec![vec![square(123.0, 32.0, 1.0)]]).is_empty());
        assert!(land.clip(&vec![vec![square(105.0, 30.0, 0.2)]]).is_empty(), "where nobody of the clusters lives");
    }
}
