//! Why a question about levers is not taken.

use crate::levers::LeverRefusal;
use thiserror::Error;

/// Why a question about levers is not taken.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Refusal {
    /// The lever does not go there, or there is none.
    #[error(transparent)]
    Lever(#[from] LeverRefusal),
    /// Nothing lies between the ends.
    #[error("from {from} to {to} there is nothing: the first end must be below the second")]
    CrossedEnds {
        /// The first.
        from: f64,
        /// The second.
        to: f64,
    },
    /// A sweep without steps, or with too many.
    #[error("{0} steps are none to take: give a number from 1 to {most}", most = super::question::MOST_STEPS)]
    BadSteps(u32),
    /// A tolerance of nothing.
    #[error("the tolerance {0} is no width: give a number above 0, in the lever's unit")]
    BadTolerance(f64),
    /// A target that is no number.
    #[error("the target {0} is no number")]
    BadTarget(f64),
}

impl Refusal {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Lever(refusal) => refusal.code(),
            Self::CrossedEnds { .. } => "response-crossed-ends",
            Self::BadSteps(_) => "response-bad-steps",
            Self::BadTolerance(_) => "response-bad-tolerance",
            Self::BadTarget(_) => "response-bad-target",
        }
    }
}
