//! The p-median problem: open p sites so that the weighted way of all demand to its nearest open site is least (Hakimi, 1964).
//!
//! ```text
//! minimise    sum_i min over open j of cost_ij,   cost_ij = weight_i x way_ij
//! subject to  sum_j y_j = p
//! ```

use super::{Lists, Problem};

/// Every demand point must be served by one of its list.
#[must_use]
pub fn p_median(sites: usize, costs: Lists, p: usize) -> Problem {
    Problem::plain(sites, costs, f64::INFINITY, (p, p))
}
