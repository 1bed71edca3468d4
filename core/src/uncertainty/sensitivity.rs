//! Which parameter's uncertainty moves an indicator most.
//!
//! The measure is the first-order Sobol index: the share of an indicator's variance that would go if the parameter were known.
//! It is estimated from the draws that are there: they are put into classes of equal size by the parameter, and the variance
//! between the classes' means over the whole variance is the correlation ratio; what chance alone would give is taken off
//! (Kelley's epsilon squared). What varies within a class is not seen, so that few draws, and few classes, say a little less than there
//! is: some 6 % of the share with four classes, less than 1 % with twenty. So it needs no runs of its own, and what is left over is owed to parameters acting together.

use serde::{Deserialize, Serialize};

/// Most classes that draws are put into. Fewer where draws are few: chance says more the smaller classes are.
pub const CLASSES: usize = 20;
/// Draws a class, as long as there are enough for [`CLASSES`].
const CLASS: usize = 25;
/// Fewer draws say nothing.
const LEAST: usize = 20;
/// The chance at which [`Ranks::chance`] is exceeded by any of the parameters, where none of them matters.
const RISK: f64 = 0.05;

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

/// Draws put into classes by every parameter: once for all indicators.
pub struct Ranks {
    /// A column a parameter.
    draws: Vec<Vec<f64>>,
    /// Class of every draw, a column a parameter.
    class: Vec<Vec<u8>>,
    /// Draws of each class.
    sizes: Vec<f64>,
    runs: usize,
}

impl Ranks {
    /// Of draws, a row a run. O(p n log n).
    #[must_use]
    pub fn new(draws: &[Vec<f64>]) -> Self {
        let n = draws.len();
        let classes = if n < LEAST { 0 } else { (n / CLASS).clamp(2, CLASSES) };
        let sizes = (0..classes).map(|k| ((k + 1) * n / classes - k * n / classes) as f64).collect();
        let parameters = draws.first().map_or(0, Vec::len);
        let columns: Vec<Vec<f64>> = (0..parameters).map(|i| draws.iter().map(|d| d[i]).collect()).collect();
        let ranked = |column: &Vec<f64>| {
            let mut order: Vec<u32> = (0..n as u32).collect();
            order.sort_by(|a, b| column[*a as usize].total_cmp(&column[*b as usize]).then(a.cmp(b)));
            let mut class = vec![0u8; n];
            for k in 0..classes {
                order[k * n / classes..(k + 1) * n / classes].iter().for_each(|r| class[*r as usize] = k as u8);
            }
            class
        };
        let class = if classes == 0 { Vec::new() } else { columns.iter().map(ranked).collect() };
        Self { draws: columns, class, sizes, runs: n }
    }

    /// The shares of the parameters that `counts` names, the `most` largest first; of equals the one that comes first. Empty where
    /// nothing varies, or draws are too few to tell. O(p n).
    #[must_use]
    pub fn shares(&self, values: &[f64], most: usize, counts: impl Fn(usize) -> bool) -> Vec<Share> {
        let (n, classes) = (self.runs, self.sizes.len());
        if classes < 2 || values.len() != n {
            return Vec::new();
        }
        let mean = values.iter().sum::<f64>() / n as f64;
        let off: Vec<f64> = values.iter().map(|v| v - mean).collect();
        let total: f64 = off.iter().map(|v| v * v).sum();
        // What is left where all values are alike is rounding.
        if total <= (1e-12 * mean) * (1e-12 * mean) * n as f64 {
            return Vec::new();
        }
        let mut sums = vec![0.0; classes];
        let mut shares: Vec<(f64, usize)> = Vec::with_capacity(self.class.len());
        for (i, class) in self.class.iter().enumerate().filter(|(i, _)| counts(*i)) {
            sums.fill(0.0);
            class.iter().zip(&off).for_each(|(k, v)| sums[*k as usize] += v);
            let between: f64 = sums.iter().zip(&self.sizes).map(|(sum, size)| sum * sum / size).sum();
            shares.push((without_chance(between / total, n, classes).clamp(0.0, 1.0), i));
        }
        shares.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        shares.truncate(most);
        let grows = |i: usize| {
            let middle = self.draws[i].iter().sum::<f64>() / n as f64;
            self.draws[i].iter().zip(&off).map(|(d, v)| (d - middle) * v).sum::<f64>() >= 0.0
        };
        shares.into_iter().map(|(first_order, i)| Share { parameter: i as u32, first_order, grows: grows(i) }).collect()
    }

    /// A share that chance alone would show for one of the parameters in one of twenty looks at an indicator that none of them
    /// moves: what is not above it says nothing. 1 where draws are too few.
    #[must_use]
    pub fn chance(&self) -> f64 {
        let (n, classes) = (self.runs, self.sizes.len());
        if classes < 2 || self.class.is_empty() {
            return 1.0;
        }
        // The largest of so many independent looks: between the classes over within them, an F ratio.
        let z = normal_quantile(RISK / self.class.len() as f64);
        let (between, within) = ((classes - 1) as f64, (n - classes) as f64);
        let f = between * f_quantile(z, between, within);
        without_chance(f / (f + within), n, classes).clamp(0.0, 1.0)
    }
}

/// From the correlation ratio to Kelley's epsilon squared.
fn without_chance(ratio: f64, n: usize, classes: usize) -> f64 {
    ratio - (1.0 - ratio) * (classes - 1) as f64 / (n - classes) as f64
}

/// The F ratio that is as unlikely to be exceeded as so many standard deviations of a normal variate: Paulson's approximation (1942),
/// by halving.
fn f_quantile(z: f64, between: f64, within: f64) -> f64 {
    let (a, b) = (2.0 / (9.0 * between), 2.0 / (9.0 * within));
    let deviations = |f: f64| {
        let root = libm::cbrt(f);
        ((1.0 - b) * root - (1.0 - a)) / libm::sqrt(b * root * root + a)
    };
    let (mut low, mut high) = (0.0, 1e6);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if deviations(middle) < z { low = middle } else { high = middle }
    }
    low
}

/// How many standard deviations a normal variate exceeds with this chance, by halving.
fn normal_quantile(chance: f64) -> f64 {
    let (mut low, mut high) = (0.0, 40.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if 0.5 * libm::erfc(middle / std::f64::consts::SQRT_2) > chance { low = middle } else { high = middle }
    }
    low
}

/// The shares of all parameters, the largest first; of equals the one that comes first. `draws` holds a row a run. Empty where
/// nothing varies, or runs are too few to tell.
#[must_use]
pub fn sensitivity(draws: &[Vec<f64>], values: &[f64]) -> Vec<Share> {
    let n = values.len().min(draws.len());
    Ranks::new(&draws[..n]).shares(&values[..n], usize::MAX, |_| true)
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
    fn chance_alone_seldom_gets_as_far() {
        // Values that no parameter moves: in 40 looks the largest of 50 shares exceeds it about twice.
        let draws = draws(200, 50);
        let ranks = Ranks::new(&draws);
        let above = (0..40u64)
            .filter(|look| {
                let noise: Vec<f64> = (0..200).map(|r| Random::at(1000 + look, r, 7).unit()).collect();
                ranks.shares(&noise, 1, |_| true)[0].first_order > ranks.chance()
            })
            .count();
        assert!((0..=6).contains(&above) && ranks.chance() < 0.15, "{above} of 40 above {}", ranks.chance());
        assert!((normal_quantile(0.025) - 1.959_964).abs() < 1e-6);
        // What a plan sets itself explains nothing.
        let y: Vec<f64> = draws.iter().map(|d| d[3]).collect();
        assert_eq!(ranks.shares(&y, 1, |_| true)[0].parameter, 3);
        assert_ne!(ranks.shares(&y, 1, |i| i != 3)[0].parameter, 3);
    }

    #[test]
    fn nothing_is_said_of_what_does_not_vary_or_of_too_few() {
        let draws = draws(50, 2);
        assert!(sensitivity(&draws, &[1.0; 50]).is_empty());
        assert!(sensitivity(&draws[..15], &(0..15).map(f64::from).collect::<Vec<_>>()).is_empty());
    }
}
