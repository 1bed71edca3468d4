//! Which parameter's uncertainty moves an indicator most.
//!
//! The measure is the first-order Sobol index: the share of an indicator's variance that would go if the parameter were known.
//! It is estimated from the draws that are there: they are put into classes of equal size by the parameter, and the variance
//! between the classes' means over the whole variance is the correlation ratio; what chance alone would give is taken off
//! (Kelley's epsilon squared). So it needs no runs of its own, and what is left over is owed to parameters acting together.

use serde::{Deserialize, Serialize};

/// Classes that draws are put into. Fewer where draws are few: a class holds ten at least.
pub const CLASSES: usize = 20;

/// The share of an indicator's variance that one parameter explains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Row of the parameter among those that were drawn.
    pub parameter: u32,
    /// First-order index, from 0 to 1.
    pub first_order: f64,
    /// Whether the indicator grows with it: the sign of their correlation.
    pub grows: bool,
}

/// The shares of all parameters, the largest first; of equals the one that comes first. `draws` holds a row a run. Empty where
/// nothing varies, or runs are too few to tell.
#[must_use]
pub fn sensitivity(draws: &[Vec<f64>], values: &[f64]) -> Vec<Share> {
    let n = values.len().min(draws.len());
    let classes = CLASSES.min(n / 10);
    let Some(first) = draws.first().filter(|_| classes >= 2) else { return Vec::new() };
    let mean = values[..n].iter().sum::<f64>() / n as f64;
    let total: f64 = values[..n].iter().map(|v| (v - mean) * (v - mean)).sum();
    if total <= 0.0 {
        return Vec::new();
    }
    let mut shares: Vec<Share> = (0..first.len())
        .map(|i| {
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by(|a, b| draws[*a][i].total_cmp(&draws[*b][i]).then(a.cmp(b)));
            let mut between = 0.0;
            for k in 0..classes {
                let class = &order[k * n / classes..(k + 1) * n / classes];
                let own = class.iter().map(|r| values[*r]).sum::<f64>() / class.len() as f64;
                between += class.len() as f64 * (own - mean) * (own - mean);
            }
            let within = (total - between) / (n - classes) as f64;
            let first_order = ((between - (classes - 1) as f64 * within) / total).clamp(0.0, 1.0);
            let middle = draws[..n].iter().map(|d| d[i]).sum::<f64>() / n as f64;
            let together: f64 = draws[..n].iter().zip(values).map(|(d, v)| (d[i] - middle) * (v - mean)).sum();
            Share { parameter: i as u32, first_order, grows: together >= 0.0 }
        })
        .collect();
    shares.sort_by(|a, b| b.first_order.total_cmp(&a.first_order).then(a.parameter.cmp(&b.parameter)));
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn draws(n: u64, k: u64) -> Vec<Vec<f64>> {
        (0..n).map(|r| (0..k).map(|c| Random::at(3, r, c).unit()).collect()).collect()
    }

    #[test]
    fn shares_of_a_sum_are_those_of_its_variances() {
        // y = 3a - 2b + 0c with a, b, c evenly spread: variances 9 and 4 in twelfths, so 9/13 and 4/13.
        let draws = draws(4_000, 3);
        let y: Vec<f64> = draws.iter().map(|d| 3.0 * d[0] - 2.0 * d[1]).collect();
        let shares = sensitivity(&draws, &y);
        let of = |p: u32| shares.iter().find(|s| s.parameter == p).unwrap();
        assert!((of(0).first_order - 9.0 / 13.0).abs() < 0.02, "{shares:?}");
        assert!((of(1).first_order - 4.0 / 13.0).abs() < 0.03, "{shares:?}");
        assert!(of(2).first_order < 0.01, "{shares:?}");
        assert!(of(0).grows && !of(1).grows);
        assert_eq!(shares[0].parameter, 0);
    }

    #[test]
    fn a_product_leaves_something_for_acting_together() {
        // y = (a - 1/2)(b - 1/2): neither alone says anything of it.
        let draws = draws(4_000, 2);
        let y: Vec<f64> = draws.iter().map(|d| (d[0] - 0.5) * (d[1] - 0.5)).collect();
        assert!(sensitivity(&draws, &y).iter().all(|s| s.first_order < 0.02));
        // y = a^2 is not a line, and is still all a's.
        let y: Vec<f64> = draws.iter().map(|d| d[0] * d[0]).collect();
        assert!(sensitivity(&draws, &y)[0].first_order > 0.98);
    }

    #[test]
    fn nothing_is_said_of_what_does_not_vary_or_of_too_few() {
        let draws = draws(50, 2);
        assert!(sensitivity(&draws, &[1.0; 50]).is_empty());
        assert!(sensitivity(&draws[..15], &(0..15).map(f64::from).collect::<Vec<_>>()).is_empty());
    }
}
