//! What many draws say of one indicator, and of two plans.

use serde::{Deserialize, Serialize};

/// Where an indicator lies over many draws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Draws that gave a value.
    pub runs: u32,
    /// Their mean.
    pub mean: f64,
    /// Standard error of the mean.
    pub error: f64,
    /// 5, 25, 50, 75 and 95 % of draws do not exceed these.
    pub quantiles: [f64; 5],
    /// Twenty values that stand for a twentieth of the draws each, ascending: quantile dots.
    pub dots: [f64; DOTS],
}

/// Numbers of two plans that differ by no more than this share of the largest are alike: the rest is the solver's.
pub const ALIKE: f64 = 4e-6;

/// How many [`Band::dots`] there are.
pub const DOTS: usize = 20;

/// The shares of [`Band::quantiles`].
pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

impl Band {
    /// The band of values, in any order; `None` without any.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let n = sorted.len() as f64;
        let mean = sorted.iter().sum::<f64>() / n;
        let squares: f64 = sorted.iter().map(|v| (v - mean) * (v - mean)).sum();
        let error = if sorted.len() > 1 { libm::sqrt(squares / (n - 1.0) / n) } else { 0.0 };
        let quantiles = QUANTILES.map(|q| quantile(&sorted, q));
        let dots = std::array::from_fn(|i| quantile(&sorted, (i as f64 + 0.5) / DOTS as f64));
        Some(Self { runs: sorted.len() as u32, mean, error, quantiles, dots })
    }
}

/// A quantile of ascending values: between two of them on the straight line (type 7 of Hyndman and Fan).
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let below = libm::floor(at) as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (at - below as f64) * (sorted[above] - sorted[below])
}

/// In how many draws one plan is below another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Odds {
    /// Draws in which both have a value.
    pub runs: u32,
    /// Draws in which the first is below the second.
    pub below: u32,
    /// Draws in which they are alike.
    pub alike: u32,
    /// The share of draws in which the first is below, alike ones counted half, with the 95 % interval of Wilson.
    pub share: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Odds {
    /// Of pairs of values of the same draws. A difference of `noise` or less is none.
    #[must_use]
    pub fn of(pairs: &[(f64, f64)], noise: f64) -> Option<Self> {
        let n = pairs.len() as f64;
        if pairs.is_empty() {
            return None;
        }
        let alike = pairs.iter().filter(|(a, b)| (a - b).abs() <= noise).count() as u32;
        let below = pairs.iter().filter(|(a, b)| b - a > noise).count() as u32;
        let share = (f64::from(below) + f64::from(alike) / 2.0) / n;
        // Wilson's score interval: sound also where the share is near 0 or 1.
        let z = 1.959_963_984_540_054;
        let middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z / (1.0 + z * z / n) * libm::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
        Some(Self {
            runs: pairs.len() as u32,
            below,
            alike,
            share,
            low: (middle - half).max(0.0),
            high: (middle + half).min(1.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_of_one_to_five() {
        let band = Band::of(&[3.0, 1.0, 5.0, 4.0, 2.0]).unwrap();
        assert_eq!((band.runs, band.mean), (5, 3.0));
        assert_eq!(band.quantiles, [1.2, 2.0, 3.0, 4.0, 4.8]);
        // Variance 2.5 over 5 values.
        assert!((band.error - 0.5_f64.sqrt()).abs() < 1e-12);
        assert_eq!(Band::of(&[]), None);
        assert_eq!(Band::of(&[7.0]).unwrap().quantiles, [7.0; 5]);
    }

    #[test]
    fn odds_count_and_say_how_sure_they_are() {
        let pairs: Vec<(f64, f64)> = (0..10).map(|i| (1.0, if i < 9 { 2.0 } else { 0.5 })).collect();
        let odds = Odds::of(&pairs, 0.0).unwrap();
        assert_eq!((odds.runs, odds.below, odds.share), (10, 9, 0.9));
        // Wilson's interval of 9 in 10, as tables have it.
        assert!((odds.low - 0.5958).abs() < 1e-4 && (odds.high - 0.9821).abs() < 1e-4, "{odds:?}");
        let same = Odds::of(&[(1.0, 1.0 + 1e-9)], 1e-6).unwrap();
        assert_eq!((same.alike, same.share), (1, 0.5));
    }
}
