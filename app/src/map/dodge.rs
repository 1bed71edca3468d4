//! Dodging: symbols that would cover each other step aside, as little as they must.
//!
//! Each pair that is too near is pushed apart by half of what is missing, over and over for a few rounds. The order is
//! fixed, so the same symbols always stand in the same places.

/// Rounds of pushing. Crowds of a few dozen settle in fewer.
const ROUNDS: usize = 24;
/// Share of the sum of two radii that must lie between two middles: symbols may touch, and overlap by a little.
const NEAREST: f64 = 0.9;

/// Discs further apart than this many times the sum of their radii never meet: a pile has no more than a few dozen.
const REACH: f64 = 4.0;

/// Something that takes room: its middle and radius in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disc {
    /// Middle.
    pub at: (f64, f64),
    /// Radius.
    pub radius: f64,
}

/// Moves discs until they hardly overlap. Middles must differ: who shares a place goes on a ring first.
pub fn dodge(discs: &mut [Disc]) {
    let pairs = near(discs);
    for _ in 0..ROUNDS {
        let mut moved = false;
        for (i, j) in &pairs {
            moved |= push(discs, *i, *j);
        }
        if !moved {
            return;
        }
    }
}

/// Pairs that may come to touch, in a fixed order: crowds stay within a few diameters. From west to east each is only held
/// against those that follow within reach: O(n log n) where they are not all in one column.
fn near(discs: &[Disc]) -> Vec<(usize, usize)> {
    let widest = discs.iter().map(|d| d.radius).fold(0.0, f64::max);
    let mut eastwards: Vec<usize> = (0..discs.len()).collect();
    eastwards.sort_by(|a, b| discs[*a].at.0.total_cmp(&discs[*b].at.0));
    let mut pairs = Vec::new();
    for (k, &i) in eastwards.iter().enumerate() {
        let a = &discs[i];
        let furthest = a.at.0 + (a.radius + widest) * REACH;
        for &j in eastwards[k + 1..].iter().take_while(|j| discs[**j].at.0 < furthest) {
            let b = &discs[j];
            let reach = (a.radius + b.radius) * REACH;
            if b.at.0 - a.at.0 < reach && (a.at.1 - b.at.1).abs() < reach {
                pairs.push((i.min(j), i.max(j)));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

fn push(discs: &mut [Disc], i: usize, j: usize) -> bool {
    let (a, b) = (discs[i], discs[j]);
    let (dx, dy) = (b.at.0 - a.at.0, b.at.1 - a.at.1);
    let wanted = (a.radius + b.radius) * NEAREST;
    if dx.abs() >= wanted || dy.abs() >= wanted {
        return false;
    }
    let distance = (dx * dx + dy * dy).sqrt();
    if distance >= wanted - 0.05 {
        return false;
    }
    let half = (wanted - distance) / 2.0;
    // Of two at one place the first goes left.
    let (ux, uy) = if distance > 0.0 { (dx / distance, dy / distance) } else { (1.0, 0.0) };
    discs[i].at = (a.at.0 - ux * half, a.at.1 - uy * half);
    discs[j].at = (b.at.0 + ux * half, b.at.1 + uy * half);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disc(x: f64, y: f64) -> Disc {
        Disc { at: (x, y), radius: 10.0 }
    }

    #[test]
    fn who_is_apart_stays() {
        let mut discs = [disc(0.0, 0.0), disc(30.0, 0.0)];
        dodge(&mut discs);
        assert_eq!(discs, [disc(0.0, 0.0), disc(30.0, 0.0)]);
    }

    #[test]
    fn two_share_the_way() {
        let mut discs = [disc(0.0, 0.0), disc(10.0, 0.0)];
        dodge(&mut discs);
        assert_eq!((discs[0].at, discs[1].at), ((-4.0, 0.0), (14.0, 0.0)));
    }

    #[test]
    fn a_crowd_settles() {
        let mut discs: Vec<Disc> = (0..12).map(|i| disc(f64::from(i % 4) * 6.0, f64::from(i / 4) * 7.0)).collect();
        dodge(&mut discs);
        for i in 0..discs.len() {
            for j in i + 1..discs.len() {
                let (dx, dy) = (discs[i].at.0 - discs[j].at.0, discs[i].at.1 - discs[j].at.1);
                assert!((dx * dx + dy * dy).sqrt() > 15.0, "{i} {j}");
            }
        }
    }
}
