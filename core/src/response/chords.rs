//! Every supported point of a front of two objectives, by weights.
//!
//! **Problem.** min (f, g) over a set that is known by asking for the least of `f + w g` alone. **Method.** Begin with the least of either; between
//! two neighbours ask with the slope of their chord: either a point below it is found, or nothing supported lies
//! between them (Aneja and Nair 1979, "Bicriteria transportation problem", Management Science 25). Each question finds a point or
//! closes a chord: with k supported points it takes at most 2 k + 1.

/// The search over one front.
#[derive(Clone, Debug, Default)]
pub struct Chords {
    /// Points found, by rising f and falling g.
    points: Vec<[f64; 2]>,
    /// Chords, by their left point's f, below which nothing lies.
    closed: Vec<[f64; 2]>,
    asked: usize,
}

/// What is asked for next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weight {
    /// The least of f alone.
    First,
    /// The least of g alone.
    Second,
    /// The least of f + w g.
    Sum(f64),
}

/// A point lies below a chord where it is so much of it better.
const NEARLY: f64 = 2e-6;

impl Chords {
    /// What to ask next; `None` where every supported point is known.
    #[must_use]
    pub fn next(&self) -> Option<Weight> {
        match self.asked {
            0 => Some(Weight::First),
            1 => Some(Weight::Second),
            _ => self.widest().map(|i| Weight::Sum(slope(self.points[i], self.points[i + 1]))),
        }
    }

    /// The point that was found. True where it is new.
    ///
    /// # Panics
    /// Where a value is no number.
    pub fn tell(&mut self, point: [f64; 2]) -> bool {
        assert!(point.iter().all(|v| v.is_finite()), "a point has numbers");
        let between = self.widest().filter(|_| self.asked > 1);
        self.asked += 1;
        if let Some(i) = between {
            let (a, b) = (self.points[i], self.points[i + 1]);
            let w = slope(a, b);
            let (there, here) = (a[0] + w * a[1], point[0] + w * point[1]);
            let is_inside = point[0] > a[0] && point[0] < b[0] && point[1] < a[1] && point[1] > b[1];
            if !(is_inside && here < there - NEARLY * there.abs()) {
                self.closed.push(a);
                return false;
            }
        }
        if self.points.contains(&point) {
            return false;
        }
        self.points.push(point);
        self.points.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
        true
    }

    /// True where nothing supported is left to find.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.next().is_none()
    }

    /// The open chord that is longest in f, as row of its left point.
    fn widest(&self) -> Option<usize> {
        let open = |i: &usize| {
            let (a, b) = (self.points[*i], self.points[*i + 1]);
            b[0] > a[0] && a[1] > b[1] && !self.closed.contains(&a)
        };
        let width = |i: &usize| self.points[i + 1][0] - self.points[*i][0];
        (0..self.points.len().saturating_sub(1))
            .filter(open)
            .reduce(|best, i| if width(&i) > width(&best) { i } else { best })
    }
}

/// The weight of g by which both ends of a chord are alike.
fn slope(a: [f64; 2], b: [f64; 2]) -> f64 {
    (b[0] - a[0]) / (a[1] - b[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All points are known: the least by a weight is looked up.
    fn all(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let mut chords = Chords::default();
        while let Some(weight) = chords.next() {
            let by = |p: &[f64; 2]| match weight {
                Weight::First => p[0] + 1e-9 * p[1],
                Weight::Second => p[1] + 1e-9 * p[0],
                Weight::Sum(w) => p[0] + w * p[1],
            };
            let best = points.iter().copied().min_by(|a, b| by(a).total_cmp(&by(b))).expect("a point");
            chords.tell(best);
            assert!(chords.asked < 50, "it ends");
        }
        chords.points
    }

    #[test]
    fn finds_the_corners_and_nothing_else() {
        // (3, 6) lies above the chord of its neighbours, (9, 9) above all.
        let points = [[1.0, 9.0], [2.0, 5.0], [3.0, 6.0], [4.0, 3.0], [8.0, 2.0], [9.0, 9.0]];
        assert_eq!(all(&points), [[1.0, 9.0], [2.0, 5.0], [4.0, 3.0], [8.0, 2.0]]);
        assert_eq!(all(&[[1.0, 1.0]]), [[1.0, 1.0]]);
    }
}
