//! What is not dominated.

/// True for each point that no other dominates: one that is no worse by any objective and better by one. All objectives are to be
/// small. Of points that are equal only the first stays. O(n²).
#[must_use]
pub fn undominated<const N: usize>(points: &[[f64; N]]) -> Vec<bool> {
    let no_worse = |a: &[f64; N], b: &[f64; N]| a.iter().zip(b).all(|(a, b)| a <= b);
    let beaten = |i: usize, j: usize| {
        let (a, b) = (&points[i], &points[j]);
        no_worse(b, a) && (a != b || j < i)
    };
    (0..points.len()).map(|i| !(0..points.len()).any(|j| i != j && beaten(i, j))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nothing_beats_stays() {
        let points = [[1.0, 5.0], [2.0, 3.0], [3.0, 3.0], [4.0, 1.0], [1.0, 5.0], [5.0, 5.0]];
        assert_eq!(undominated(&points), [true, true, false, true, false, false]);
        assert_eq!(undominated::<2>(&[]), Vec::<bool>::new());
    }

    #[test]
    fn three_objectives() {
        let points = [[1.0, 1.0, 3.0], [1.0, 1.0, 2.0], [2.0, 0.5, 9.0], [0.5, 2.0, 9.0]];
        assert_eq!(undominated(&points), [false, true, true, true]);
    }
}
