//! Is a position inside an area, and how far is it from its edge: exact, and quick for a million questions.

use atlas_core::geo::LonLat;
use geo::{Coord, Line, LineString, MultiPolygon};

/// Height of a band in degrees. Edges wait in every band that they touch.
const BAND: f64 = 0.02;

/// Edges of an area, or of lines, in bands of latitude.
pub struct Locator {
    south: f64,
    bands: Vec<Vec<Line<f64>>>,
}

impl Locator {
    /// Of an area.
    pub fn of_area(area: &MultiPolygon<f64>) -> Self {
        let rings = area.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        Self::of_edges(rings.flat_map(LineString::lines).collect())
    }

    /// Of edges that need not enclose anything.
    pub fn of_edges(edges: Vec<Line<f64>>) -> Self {
        let south = edges.iter().flat_map(|l| [l.start.y, l.end.y]).fold(90.0, f64::min);
        let north = edges.iter().flat_map(|l| [l.start.y, l.end.y]).fold(-90.0, f64::max);
        let mut found = Self { south, bands: Vec::new() };
        found.bands = vec![Vec::new(); found.band(north.max(south)) + 1];
        for edge in edges {
            let (a, b) = (found.band(edge.start.y), found.band(edge.end.y));
            for band in &mut found.bands[a.min(b)..=a.max(b)] {
                band.push(edge);
            }
        }
        found
    }

    /// True where the position lies inside, by the even-odd rule.
    pub fn contains(&self, at: LonLat) -> bool {
        if at.lat < self.south {
            return false;
        }
        let Some(band) = self.bands.get(self.band(at.lat)) else { return false };
        let crossings = band.iter().filter(|l| {
            (l.start.y > at.lat) != (l.end.y > at.lat) && {
                let t = (at.lat - l.start.y) / (l.end.y - l.start.y);
                at.lon < l.start.x + t * (l.end.x - l.start.x)
            }
        });
        crossings.count() % 2 == 1
    }

    /// Distance to the nearest edge in degrees of latitude, where it is at most `reach`.
    pub fn edge_within(&self, at: LonLat, reach: f64) -> Option<f64> {
        if at.lat + reach < self.south || self.bands.is_empty() {
            return None;
        }
        let (low, high) = (self.band(at.lat - reach), self.band(at.lat + reach).min(self.bands.len() - 1));
        let shrink = libm::cos(at.lat.to_radians());
        let nearest =
            self.bands.get(low..=high)?.iter().flatten().map(|l| distance(at, l, shrink)).fold(f64::INFINITY, f64::min);
        (nearest <= reach).then_some(nearest)
    }

    /// True inside, or no further than `reach` degrees from the edge.
    pub fn near(&self, at: LonLat, reach: f64) -> bool {
        self.contains(at) || self.edge_within(at, reach).is_some()
    }

    fn band(&self, lat: f64) -> usize {
        libm::floor((lat - self.south) / BAND).max(0.0) as usize
    }
}

fn distance(at: LonLat, line: &Line<f64>, shrink: f64) -> f64 {
    let flat = |c: Coord<f64>| ((c.x - at.lon) * shrink, c.y - at.lat);
    let ((ax, ay), (bx, by)) = (flat(line.start), flat(line.end));
    let (dx, dy) = (bx - ax, by - ay);
    let square = dx * dx + dy * dy;
    let t = if square > 0.0 { (-(ax * dx + ay * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    libm::hypot(ax + t * dx, ay + t * dy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn a_square_with_a_hole() {
        let area = MultiPolygon::new(vec![polygon! {
            exterior: [(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0), (x: 0.0, y: 1.0)],
            interiors: [[(x: 0.4, y: 0.4), (x: 0.6, y: 0.4), (x: 0.6, y: 0.6), (x: 0.4, y: 0.6)]],
        }]);
        let locator = Locator::of_area(&area);
        assert!(locator.contains(LonLat::new(0.2, 0.2)));
        assert!(!locator.contains(LonLat::new(0.5, 0.5)));
        assert!(!locator.contains(LonLat::new(0.5, 2.0)));
        assert!(locator.near(LonLat::new(0.5, 1.04), 0.05));
        assert!(!locator.near(LonLat::new(0.5, 1.06), 0.05));
        assert!((locator.edge_within(LonLat::new(0.5, -0.03), 0.1).unwrap() - 0.03).abs() < 1e-12);
        assert_eq!(locator.edge_within(LonLat::new(0.5, -0.3), 0.1), None);
    }
}
