//! Uncapacitated fixed charge location (UFLP): as many sites as pay for themselves (Kuehn and Hamburger, 1963).
//!
//! ```text
//! minimise    sum_j opening_j y_j + sum_i min over open j of cost_ij
//! ```

use super::{Lists, Problem};

/// Every demand point must be served; at least one site is open.
#[must_use]
pub fn uncapacitated(opening: Vec<f64>, costs: Lists) -> Problem {
    let sites = opening.len();
    Problem { opening, ..Problem::plain(sites, costs, f64::INFINITY, (1, sites)) }
}
