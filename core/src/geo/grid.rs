//! The two nearest of many positions, by a grid: for one set of facilities and very many questions at once.

use super::LonLat;

/// Finds the two nearest of a fixed set of positions in a straight line over the earth.
///
/// Positions lie in the squares of a grid of degrees, about two squares a position. A question looks through the squares
/// around it ring by ring until nothing further out can be nearer. Distances are chords of the unit sphere, which order as arcs
/// do, so the answer is exact; ties go to the smaller index. For positions that are spread as facilities are a question
/// takes constant time; where all crowd into a few squares it degrades to trying all.
///
/// ```
/// use atlas_core::geo::{LonLat, NearestGrid};
/// let grid = NearestGrid::new(&[LonLat::new(121.5, 31.2), LonLat::new(113.3, 23.1), LonLat::new(113.0, 23.0)]);
/// assert_eq!(grid.nearest_two(LonLat::new(114.0, 22.5)), [Some(1), Some(2)]);
/// ```
pub struct NearestGrid {
    west: f64,
    south: f64,
    /// Side of a square in degrees.
    side: f64,
    columns: usize,
    rows: usize,
    /// First position of each square in `items`, and their number at the end.
    first: Vec<u32>,
    /// Unit vector and index of each position, square by square.
    items: Vec<([f64; 3], u32)>,
}

/// Squares a position.
const SQUARES: f64 = 2.0;

impl NearestGrid {
    /// Lays the positions into squares. O(n).
    #[must_use]
    pub fn new(points: &[LonLat]) -> Self {
        let edge =
            |of: fn(&LonLat) -> f64, pick: fn(f64, f64) -> f64, start: f64| points.iter().map(of).fold(start, pick);
        let (west, east) = (edge(|p| p.lon, f64::min, f64::INFINITY), edge(|p| p.lon, f64::max, f64::NEG_INFINITY));
        let (south, north) = (edge(|p| p.lat, f64::min, f64::INFINITY), edge(|p| p.lat, f64::max, f64::NEG_INFINITY));
        let (width, height) = ((east - west).max(1e-6), (north - south).max(1e-6));
        let side = libm::sqrt(width * height / (SQUARES * points.len().max(1) as f64)).max(width.max(height) / 4096.0);
        let (columns, rows) = ((width / side) as usize + 1, (height / side) as usize + 1);
        let mut grid = Self { west, south, side, columns, rows, first: Vec::new(), items: Vec::new() };
        if points.is_empty() {
            return grid;
        }
        let square = |p: &LonLat| {
            let (x, y) = grid.square(*p);
            y as usize * columns + x as usize
        };
        let mut first = vec![0u32; columns * rows + 1];
        points.iter().for_each(|p| first[square(p) + 1] += 1);
        for i in 0..columns * rows {
            first[i + 1] += first[i];
        }
        let mut next = first.clone();
        let mut items = vec![([0.0; 3], 0); points.len()];
        for (p, i) in points.iter().zip(0u32..) {
            let place = &mut next[square(p)];
            items[*place as usize] = (p.unit_vector(), i);
            *place += 1;
        }
        grid.first = first;
        grid.items = items;
        grid
    }

    /// The square of a position, or the nearest one.
    fn square(&self, p: LonLat) -> (isize, isize) {
        let place = |v: f64, count: usize| (v / self.side).clamp(0.0, (count - 1) as f64) as isize;
        (place(p.lon - self.west, self.columns), place(p.lat - self.south, self.rows))
    }

    /// The indices of the nearest position and of the next.
    #[must_use]
    pub fn nearest_two(&self, at: LonLat) -> [Option<u32>; 2] {
        const NOTHING: (f64, u32) = (f64::INFINITY, u32::MAX);
        let mut best = [NOTHING; 2];
        if !self.items.is_empty() {
            let unit = at.unit_vector();
            let narrow = libm::sqrt(unit[0] * unit[0] + unit[1] * unit[1]);
            let (x, y) = self.square(at);
            let most = x.max(self.columns as isize - 1 - x).max(y).max(self.rows as isize - 1 - y);
            for ring in 0..=most {
                // What lies on this ring or beyond is at least so many squares away in one direction.
                if best[1].0 <= self.least_chord2(ring - 1, narrow) {
                    break;
                }
                self.look(x, y, ring, unit, &mut best);
            }
        }
        best.map(|(_, i)| (i != u32::MAX).then_some(i))
    }

    /// A lower bound of the squared chord to anything that is `squares` whole squares away; `narrow` is the cosine of the
    /// latitude asked from. Along a meridian the chord of angle t is 2 sin(t / 2); across meridians it is at least
    /// cos(latitude) x sin(t).
    fn least_chord2(&self, squares: isize, narrow: f64) -> f64 {
        if squares <= 0 {
            return -1.0;
        }
        let t = (squares as f64 * self.side).to_radians();
        if t > 1.5 {
            return -1.0;
        }
        // sin t >= t - t^3 / 6.
        let across = narrow * (t - t * t * t / 6.0);
        let along = t - t * t * t / 24.0;
        let least = across.min(along);
        least * least
    }

    /// Looks through the squares of one ring.
    fn look(&self, x: isize, y: isize, ring: isize, unit: [f64; 3], best: &mut [(f64, u32); 2]) {
        let mut row = |y: isize, from: isize, to: isize| {
            if y < 0 || y >= self.rows as isize {
                return;
            }
            let (from, to) = (from.max(0), to.min(self.columns as isize - 1));
            if from > to {
                return;
            }
            let base = y as usize * self.columns;
            let range = self.first[base + from as usize] as usize..self.first[base + to as usize + 1] as usize;
            for (v, i) in &self.items[range] {
                let d = [v[0] - unit[0], v[1] - unit[1], v[2] - unit[2]];
                let found = (d[0] * d[0] + d[1] * d[1] + d[2] * d[2], *i);
                if found < best[1] {
                    if found < best[0] {
                        best[1] = best[0];
                        best[0] = found;
                    } else {
                        best[1] = found;
                    }
                }
            }
        };
        if ring == 0 {
            return row(y, x, x);
        }
        row(y - ring, x - ring, x + ring);
        for y in y - ring + 1..y + ring {
            row(y, x - ring, x - ring);
            row(y, x + ring, x + ring);
        }
        row(y + ring, x - ring, x + ring);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::haversine_m;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_trying_all(
            points in prop::collection::vec((105.0..125.0f64, 18.0..43.0f64), 0..80),
            crowd in prop::collection::vec((121.0..121.02f64, 31.0..31.02f64), 0..20),
            lon in 90.0..140.0f64, lat in 5.0..55.0f64,
        ) {
            let points: Vec<_> = points.into_iter().chain(crowd).map(|(x, y)| LonLat::new(x, y)).collect();
            let at = LonLat::new(lon, lat);
            let found = NearestGrid::new(&points).nearest_two(at);
            let mut all: Vec<f64> = points.iter().map(|p| haversine_m(*p, at)).collect();
            all.sort_by(f64::total_cmp);
            for (k, found) in found.into_iter().enumerate() {
                prop_assert_eq!(found.is_some(), k < points.len());
                if let Some(i) = found {
                    let d = haversine_m(points[i as usize], at);
                    prop_assert!((d - all[k]).abs() < 1e-6 * (1.0 + d), "{} against {}", d, all[k]);
                }
            }
            prop_assert!(points.len() < 2 || found[0] != found[1]);
        }
    }

    #[test]
    fn ties_go_to_the_smaller_index() {
        let p = LonLat::new(120.0, 30.0);
        let grid = NearestGrid::new(&[LonLat::new(121.0, 31.0), p, p, p]);
        assert_eq!(grid.nearest_two(LonLat::new(120.1, 30.0)), [Some(1), Some(2)]);
        assert_eq!(NearestGrid::new(&[]).nearest_two(p), [None, None]);
        assert_eq!(NearestGrid::new(&[p]).nearest_two(p), [Some(0), None]);
    }
}
