//! What all solvers have in common.

/// No site: the demand point is not served by any of the list.
pub const NONE: u32 = u32::MAX;

/// What is known of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Status {
    /// Nothing yet.
    Unknown,
    /// An answer that keeps all limits; better ones may exist, within the gap.
    Feasible,
    /// An answer, and the proof that none is better.
    Optimal,
    /// The proof that no choice keeps all limits.
    Infeasible,
}

/// The best answer so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What it is.
    pub status: Status,
    /// Its objective, in the unit of the problem's costs.
    pub objective: Option<f64>,
    /// No answer is better than this: below the objective where less is better, above it where more is.
    pub bound: Option<f64>,
    /// Open sites, ascending.
    pub open: Vec<u32>,
    /// The site that serves each demand point, or [`NONE`].
    pub assignment: Vec<u32>,
}

impl Answer {
    /// Relative gap of objective and bound: 0 where they meet, `None` where one is missing.
    #[must_use]
    pub fn gap(&self) -> Option<f64> {
        relative_gap(self.objective?, self.bound?)
    }
}

/// The distance of objective and bound beside the objective.
#[must_use]
pub fn relative_gap(objective: f64, bound: f64) -> Option<f64> {
    if objective == bound {
        return Some(0.0);
    }
    let gap = (objective - bound).abs() / objective.abs();
    gap.is_finite().then_some(gap)
}

/// A solver that is worked off in slices.
pub trait Solver {
    /// One slice of some milliseconds; true while there is more to do. Without more the answer is `Optimal` or `Infeasible`.
    fn step(&mut self) -> bool;
    /// The best so far.
    fn answer(&self) -> Answer;
}
