//! Sites that are good across several futures: the worst of them, or the most that is regretted in any.
//!
//! In every future the same sites serve the same demand points over the same lengths; what a length costs each demand point, and
//! what a site costs, differ. With `r_k` nothing (worst case) or the best that future `k` alone allows (regret):
//!
//! ```text
//! minimise    max_k ( cost_k(S) - r_k )        over choices S that keep count, locks and side limits
//! cost_k(S) = constant_k + opening_k sum_{j in S} opening_j + sum_i factor_ki min( otherwise_i, min_{j in S} length_ij )
//! ```
//!
//! - Bound: for any weights `w` of the futures that sum to 1, no choice is better than the best choice of the averaged problem,
//!   `min_S sum_k w_k (cost_k(S) - r_k)` (weak duality). The averaged problem is a [`Problem`] and [`super::Search`] bounds it. Better
//!   weights come from the `game` between all choices met and the futures.
//! - Choices: all that the searches meet, and `local` search by opening, closing and exchanging on the maximum itself.
//! - What is left between the two is closed by branch and bound over sites, with the same bound at every node: `search`.
//! - A future's own best is itself known within bounds only, `lo_k <= best_k <= up_k`. The regret that is told of a choice counts
//!   from `lo_k`, the bound from `up_k`: both hold whatever the truth is.
//!
//! Kouvelis and Yu, Robust Discrete Optimization (1997), chapters 1 and 4; Snyder, IIE Transactions 38 (2006).

mod game;
mod local;
mod search;

use super::{Lists, Problem};
pub use search::{Against, Robust};

/// The problem of the head of the file.
#[derive(Clone, Debug, Default)]
pub struct RobustProblem {
    /// Lengths instead of costs; opening of 0 or more a site, in units of [`RobustProblem::opening`]; count, locks and side limits.
    pub base: Problem,
    /// By future and demand point: what a length of 1 costs.
    pub factors: Vec<Vec<f64>>,
    /// By future: what an opening of 1 costs.
    pub opening: Vec<f64>,
    /// By future: what is paid whatever is chosen.
    pub constant: Vec<f64>,
}

/// Costs of an averaged problem add up to about this at most, so that whole numbers are exact and fine.
const MOST: f64 = 2_251_799_813_685_248.0;

impl RobustProblem {
    /// How many futures.
    #[must_use]
    pub fn len(&self) -> usize {
        self.factors.len()
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.factors.is_empty()
    }

    /// What a choice costs in each future; infinite where somebody who must be served is not.
    #[must_use]
    pub fn costs(&self, open: &[u32]) -> Vec<f64> {
        let base = &self.base;
        let mut is_open = vec![false; base.sites()];
        open.iter().for_each(|s| is_open[*s as usize] = true);
        let lengths: Vec<f64> = (0..base.lists.len())
            .map(|i| {
                let (sites, lengths) = base.lists.of(i);
                let first = sites.iter().position(|s| is_open[*s as usize]);
                first.map_or(base.otherwise[i], |at| lengths[at].min(base.otherwise[i]))
            })
            .collect();
        let opened: f64 = open.iter().map(|s| base.opening[*s as usize]).sum();
        let of = |k: usize| {
            let ways: f64 = self.factors[k].iter().zip(&lengths).filter(|(a, _)| **a > 0.0).map(|(a, l)| a * l).sum();
            self.constant[k] + self.opening[k] * opened + ways
        };
        (0..self.len()).map(of).collect()
    }

    /// The longest that anything counts of a demand point.
    fn longest(&self, i: usize) -> f64 {
        let (_, lengths) = self.base.lists.of(i);
        let last = lengths.last().copied().unwrap_or(0.0);
        if self.base.otherwise[i].is_finite() { last.max(self.base.otherwise[i]) } else { last }
    }

    /// What one cost is in whole numbers of [`RobustProblem::averaged`].
    fn unit(&self) -> f64 {
        let openings: f64 = self.base.opening.iter().sum();
        let longest: Vec<f64> = (0..self.base.lists.len()).map(|i| self.longest(i)).collect();
        let all = |k: usize| {
            self.opening[k] * openings + self.factors[k].iter().zip(&longest).map(|(a, l)| a * l).sum::<f64>()
        };
        let most = (0..self.len()).map(all).fold(0.0, f64::max);
        if most > 0.0 && most.is_finite() { MOST / most } else { 1.0 }
    }

    /// The problem whose costs are the weighted mean of all futures, less than a unit below it a demand point and site, in whole
    /// numbers of `unit` a cost of 1. Weights sum to 1.
    fn averaged(&self, weights: &[f64], unit: f64) -> Problem {
        let base = &self.base;
        let mut factors = vec![0.0; base.lists.len()];
        let mut opening = 0.0;
        for (k, w) in weights.iter().enumerate().filter(|(_, w)| **w > 0.0) {
            factors.iter_mut().zip(&self.factors[k]).for_each(|(sum, a)| *sum += w * a);
            opening += w * self.opening[k];
        }
        let whole = |i: usize, length: f64| {
            if length.is_finite() { libm::floor(factors[i] * length * unit) } else { f64::INFINITY }
        };
        let list = |i: usize| {
            let (sites, lengths) = base.lists.of(i);
            sites.iter().copied().zip(lengths.iter().map(move |l| whole(i, *l))).collect::<Vec<_>>()
        };
        Problem {
            lists: Lists::new((0..base.lists.len()).map(list)),
            otherwise: (0..base.lists.len()).map(|i| whole(i, base.otherwise[i])).collect(),
            opening: base.opening.iter().map(|o| libm::floor(o * opening * unit)).collect(),
            locks: base.locks.clone(),
            count: base.count,
            rows: base.rows.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
