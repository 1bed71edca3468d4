//! The corridor of a way: the small squares it crosses and their neighbours.
//!
//! Two ways are alike where they run in each other's corridor. Comparing squares instead of edges keeps the other carriageway
//! of the same motorway, or the road along it, from passing as another way.

use crate::geo::{LonLat, haversine_m};

/// Side of a square in degrees: some two kilometres.
const SIDE: f64 = 0.02;
/// The map's window in squares.
const WEST: f64 = 100.0;
const SOUTH: f64 = 15.0;
const COLUMNS: i32 = 1600;
const ROWS: i32 = 1600;
/// Lines are looked at every so many metres.
const STEP_M: f64 = 1000.0;

/// A set of squares.
#[derive(Clone)]
pub struct Corridor {
    squares: Vec<u64>,
}

impl Corridor {
    /// The squares within one square of lines.
    pub fn along(lines: &[&[LonLat]]) -> Self {
        let mut corridor = Self { squares: vec![0; (COLUMNS * ROWS / 64) as usize] };
        for (at, _) in lines.iter().flat_map(|line| samples(line)) {
            let (x, y) = square(at);
            for dy in -1..=1 {
                for dx in -1..=1 {
                    if let Some(i) = index(x + dx, y + dy) {
                        corridor.squares[i / 64] |= 1 << (i % 64);
                    }
                }
            }
        }
        corridor
    }

    /// True where a position lies in the corridor.
    pub fn holds(&self, at: LonLat) -> bool {
        let (x, y) = square(at);
        index(x, y).is_some_and(|i| self.squares[i / 64] & (1 << (i % 64)) != 0)
    }

    /// Metres of a line outside, and in all. Without a corridor everything is outside.
    pub fn metres_outside(corridor: Option<&Self>, path: &[LonLat]) -> (f64, f64) {
        let (mut out, mut all) = (0.0, 0.0);
        for (at, metres) in samples(path) {
            all += metres;
            if corridor.is_none_or(|c| !c.holds(at)) {
                out += metres;
            }
        }
        (out, all)
    }
}

/// Points along a line at most [`STEP_M`] apart, each with the metres it stands for.
fn samples(path: &[LonLat]) -> impl Iterator<Item = (LonLat, f64)> {
    path.windows(2).flat_map(|w| {
        let [a, b] = [w[0], w[1]];
        let metres = haversine_m(a, b);
        let pieces = libm::ceil(metres / STEP_M).max(1.0);
        (0..pieces as u32).map(move |i| {
            let t = (f64::from(i) + 0.5) / pieces;
            (LonLat::new(a.lon + (b.lon - a.lon) * t, a.lat + (b.lat - a.lat) * t), metres / pieces)
        })
    })
}

fn square(at: LonLat) -> (i32, i32) {
    (libm::floor((at.lon - WEST) / SIDE) as i32, libm::floor((at.lat - SOUTH) / SIDE) as i32)
}

fn index(x: i32, y: i32) -> Option<usize> {
    ((0..COLUMNS).contains(&x) && (0..ROWS).contains(&y)).then(|| (y * COLUMNS + x) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parallel_road_is_the_same_way_and_a_far_one_is_not() {
        let line = |lat: f64| vec![LonLat::new(120.0, lat), LonLat::new(121.0, lat)];
        let corridor = Corridor::along(&[&line(30.0)]);
        let share = |path: &[LonLat]| {
            let (out, all) = Corridor::metres_outside(Some(&corridor), path);
            out / all
        };
        assert_eq!(share(&line(30.01)), 0.0);
        assert_eq!(share(&line(30.1)), 1.0);
        let half = vec![LonLat::new(120.0, 30.0), LonLat::new(120.5, 30.0), LonLat::new(120.5, 30.5)];
        assert!((0.4..0.6).contains(&share(&half)), "{}", share(&half));
        assert_eq!(Corridor::metres_outside(None, &[LonLat::new(0.0, 0.0)]), (0.0, 0.0));
    }
}
