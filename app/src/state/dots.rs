//! Quantile dots: those that would touch are stacked at their mean, the lowest first (Wilkinson 1999).

/// Ascending places as stacks of dots of a diameter: where each stands, and how many dots it holds.
#[must_use]
pub fn stacked(places: &[f64], dot: f64) -> Vec<(f64, usize)> {
    let mut stacks: Vec<(f64, usize)> = Vec::new();
    let mut first = 0;
    for i in 0..=places.len() {
        if i == places.len() || places[i] - places[first] >= dot {
            let of = &places[first..i];
            stacks.push((of.iter().sum::<f64>() / of.len() as f64, of.len()));
            first = i;
        }
    }
    // Means of neighbours may lie a little nearer than a dot.
    for i in 1..stacks.len() {
        stacks[i].0 = stacks[i].0.max(stacks[i - 1].0 + dot);
    }
    stacks
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOT: f64 = 13.0;

    #[test]
    fn dots_that_touch_are_stacked_and_none_is_lost() {
        assert_eq!(stacked(&[0.0, 1.0, 30.0], DOT), [(0.5, 2), (30.0, 1)]);
        let same = stacked(&[5.0; 20], DOT);
        assert_eq!(same, [(5.0, 20)]);
        let close: Vec<f64> = (0..20).map(|i| 6.0 * f64::from(i)).collect();
        let stacks = stacked(&close, DOT);
        assert_eq!(stacks.iter().map(|s| s.1).sum::<usize>(), 20);
        assert!(stacks.windows(2).all(|w| w[1].0 - w[0].0 >= DOT - 1e-9));
    }
}
