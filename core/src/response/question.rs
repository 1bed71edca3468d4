//! What is asked about levers.

use super::{Aim, Goal, Refusal};
use crate::{levers::LeverInfo, model::Baseline};
use serde::{Deserialize, Serialize};

/// More steps than this are no curve any more.
pub const MOST_STEPS: u32 = 200;

/// A question about levers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Every measure while a lever goes from one end to the other, in so many steps: both ends are measured, and so one value more
    /// than there are steps.
    Sweep {
        /// The lever's name.
        lever: String,
        /// Where it begins.
        from: f64,
        /// Where it ends.
        to: f64,
        /// How many steps.
        steps: u32,
        /// True: every step by a full solve.
        exact: bool,
    },
    /// What each lever does to one aim, at its low and its high end.
    Tornado {
        /// What is looked at.
        aim: Aim,
    },
    /// Cost against CO2 against coverage: plans that none beats in all three.
    Front {
        /// A lever whose values are tried, from and to, in so many steps; `None`: as it stands.
        lever: Option<(String, f64, f64, u32)>,
        /// At most so many allocations for each value of the lever.
        most: u32,
    },
    /// The smallest change of a lever that reaches a goal.
    Find {
        /// The lever's name.
        lever: String,
        /// What is looked at.
        aim: Aim,
        /// What it should reach.
        goal: Goal,
        /// The part of the lever's range that is searched; `None`: all of it.
        within: Option<(f64, f64)>,
        /// How exact the answer is, in the lever's unit; `None`: a thousandth of what is searched.
        tolerance: Option<f64>,
    },
}

/// The values of a sweep.
pub(super) fn values(lever: &LeverInfo, from: f64, to: f64, steps: u32) -> Result<Vec<f64>, Refusal> {
    if steps == 0 || steps > MOST_STEPS {
        return Err(Refusal::BadSteps(steps));
    }
    within(lever, from)?;
    within(lever, to)?;
    if from >= to {
        return Err(Refusal::CrossedEnds { from, to });
    }
    let step = |i: u32| if i == steps { to } else { from + (to - from) * f64::from(i) / f64::from(steps) };
    Ok((0..=steps).map(step).collect())
}

/// Refuses a value outside of a lever's range.
pub(super) fn within(lever: &LeverInfo, value: f64) -> Result<(), Refusal> {
    if (lever.low..=lever.high).contains(&value) {
        return Ok(());
    }
    let LeverInfo { key, low, high, .. } = lever;
    Err(crate::levers::LeverRefusal::OutOfRange { key: key.clone(), value, low: *low, high: *high }.into())
}

/// How far a tornado turns a lever, and true where the table states it. Where it does not: a fifth down and up; from 0 to a tenth
/// of the range where it stands at 0. `None` where it stands nowhere unless somebody sets it.
#[must_use]
pub fn ranges(baseline: &Baseline, lever: &LeverInfo) -> Option<(f64, f64, bool)> {
    let default = lever.default?;
    let inside = |v: f64| v.clamp(lever.low, lever.high);
    let stated = baseline.parameters.get(&lever.key).and_then(|p| {
        let (low, high) = (p.low.unwrap_or(p.value), p.high.unwrap_or(p.value));
        p.options().map(|most| (1.0, f64::from(most))).or_else(|| (low < high).then_some((low, high)))
    });
    if let Some((low, high)) = stated {
        return Some((inside(low), inside(high), true));
    }
    let (low, high) = if default == 0.0 {
        (inside(0.0), lever.high / 10.0)
    } else {
        let span = 0.2 * default.abs();
        (inside(default - span), inside(default + span))
    };
    (low < high).then_some((low, high, false))
}
