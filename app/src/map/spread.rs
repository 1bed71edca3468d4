//! Spreading: symbols at one place go on a ring round it.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

/// More than this many at one place are counted instead, until the reader opens the ring.
pub const MOST: usize = 6;
/// Free px between neighbours on the ring.
const GAP_PX: f64 = 3.0;

/// The ring's radius and each symbol's place on it, in px from the middle.
///
/// Two stand side by side; from three on the first is at the top and they go clockwise.
#[must_use]
pub fn ring(count: usize, symbol_px: f64) -> Vec<(f64, f64)> {
    if count < 2 {
        return vec![(0.0, 0.0); count];
    }
    let step = TAU / count as f64;
    let radius = (symbol_px + GAP_PX) / (2.0 * libm::sin(step / 2.0));
    let start = if count == 2 { PI } else { -FRAC_PI_2 };
    (0..count)
        .map(|i| {
            let angle = start + step * i as f64;
            (radius * libm::cos(angle), radius * libm::sin(angle))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_do_not_touch() {
        for count in 2..30 {
            let ring = ring(count, 17.0);
            for i in 0..count {
                for j in i + 1..count {
                    let (dx, dy) = (ring[i].0 - ring[j].0, ring[i].1 - ring[j].1);
                    assert!((dx * dx + dy * dy).sqrt() > 17.0 + GAP_PX - 1e-9, "{count}: {i} {j}");
                }
            }
        }
    }

    #[test]
    fn two_stand_side_by_side_and_three_begin_at_the_top() {
        let two = ring(2, 10.0);
        assert!(two[0].0 < 0.0 && two[1].0 > 0.0 && two[0].1.abs() < 1e-9);
        assert!(ring(3, 10.0)[0].1 < 0.0);
        assert_eq!(ring(1, 10.0), vec![(0.0, 0.0)]);
        assert!(ring(0, 10.0).is_empty());
    }
}
