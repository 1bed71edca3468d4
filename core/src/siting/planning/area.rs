//! Parts of the map as a question names them, and in which prefecture a position lies.

use super::{Area, trouble};
use crate::{
    diagnostics::Diagnostic,
    geo::{LonLat, NearestIndex},
    model::{Baseline, Cluster, Region},
};

/// Finds the prefecture of a position: that of the nearest demand cell.
pub(super) struct Homes(NearestIndex);

impl Homes {
    pub fn new(region: &Region) -> Self {
        Self(NearestIndex::new(region.ground.cells.iter().map(|c| c.at)))
    }

    /// The row of the prefecture.
    pub fn of(&self, region: &Region, at: LonLat) -> Option<u32> {
        self.0.nearest(at).map(|i| region.ground.cells[i as usize].prefecture)
    }
}

/// An area, resolved.
pub(super) struct Zone {
    /// By row of the prefecture table.
    prefectures: Vec<bool>,
    ring: Option<Loop>,
}

impl Zone {
    /// Resolves codes and ring; what cannot be resolved goes to `problems`.
    pub fn new(area: &Area, baseline: &Baseline, problems: &mut Vec<Diagnostic>) -> Self {
        let mut prefectures: Vec<bool> = vec![area.within.is_empty(); baseline.prefectures.len()];
        for code in &area.within {
            let cluster = Cluster::from_key(code);
            let number: Option<u32> = code.parse().ok();
            let mut found = false;
            for (p, inside) in baseline.prefectures.iter().zip(&mut prefectures) {
                let named = number
                    .is_some_and(|n| p.adcode == n || (n.is_multiple_of(10_000) && p.adcode / 10_000 == n / 10_000));
                if named || (cluster.is_some() && p.cluster == cluster) {
                    *inside = true;
                    found = true;
                }
            }
            if !found {
                problems.push(trouble::unknown_area(code));
            }
        }
        // Only in the clusters there are demand cells.
        for (p, inside) in baseline.prefectures.iter().zip(&mut prefectures) {
            *inside &= p.cluster.is_some();
        }
        let ring = (!area.ring.is_empty()).then(|| Loop::new(&area.ring, "area", problems)).flatten();
        Self { prefectures, ring }
    }

    /// True where a position in a prefecture lies in the area.
    pub fn holds(&self, prefecture: u32, at: LonLat) -> bool {
        self.prefectures.get(prefecture as usize).is_some_and(|p| *p) && self.ring.as_ref().is_none_or(|r| r.holds(at))
    }
}

/// A closed ring on the map, in degrees.
pub(super) struct Loop {
    corners: Vec<LonLat>,
    west: f64,
    east: f64,
}

impl Loop {
    /// A ring of at least three valid corners, first point not repeated; else `None`, and a problem.
    pub fn new(ring: &[LonLat], which: &str, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut corners = ring.to_vec();
        if corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        if corners.len() < 3 {
            problems.push(trouble::few_corners(which, corners.len()));
            return None;
        }
        if corners.iter().any(|c| !c.is_valid()) {
            problems.push(trouble::bad_position(which));
            return None;
        }
        let west = corners.iter().map(|c| c.lon).fold(f64::INFINITY, f64::min);
        let east = corners.iter().map(|c| c.lon).fold(f64::NEG_INFINITY, f64::max);
        Some(Self { corners, west, east })
    }

    /// Even-odd rule.
    pub fn holds(&self, at: LonLat) -> bool {
        if at.lon < self.west || at.lon > self.east {
            return false;
        }
        let mut inside = false;
        let mut b = self.corners[self.corners.len() - 1];
        for a in &self.corners {
            if (a.lat > at.lat) != (b.lat > at.lat)
                && at.lon < a.lon + (at.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
            {
                inside = !inside;
            }
            b = *a;
        }
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_holds_what_lies_inside() {
        let at = LonLat::new;
        let mut problems = Vec::new();
        let square = [at(0.0, 0.0), at(2.0, 0.0), at(2.0, 2.0), at(0.0, 2.0)];
        let ring = Loop::new(&square, "area", &mut problems).unwrap();
        assert!(ring.holds(at(1.0, 1.0)) && !ring.holds(at(3.0, 1.0)) && !ring.holds(at(1.0, 3.0)));
        // A ring that repeats its first point is the same.
        let closed: Vec<LonLat> = square.iter().copied().chain([square[0]]).collect();
        assert!(Loop::new(&closed, "area", &mut problems).unwrap().holds(at(1.0, 1.0)));
        assert!(problems.is_empty());
        assert!(Loop::new(&square[..2], "forbidden 1", &mut problems).is_none());
        assert!(Loop::new(&[at(0.0, 0.0), at(f64::NAN, 0.0), at(1.0, 1.0)], "area", &mut problems).is_none());
        assert_eq!(
            problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(),
            ["siting-ring", "siting-bad-position"]
        );
    }
}
