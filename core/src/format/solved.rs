//! What a solver found of a published problem, in the file's units: the field names are public.

use crate::siting::Status;
use serde_json::{Value, json};

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Solved {
    /// `Optimal`, `Feasible`, `Infeasible`, `Unbounded`, or `Unknown` where time ran out before any answer.
    pub status: &'static str,
    /// The best answer's.
    pub objective: Option<f64>,
    /// No answer is better than this.
    pub bound: Option<f64>,
    /// Their relative distance.
    pub gap: Option<f64>,
    /// Open sites, numbered from 1 as in the file; `None` for problems without sites.
    pub open: Option<Vec<u32>>,
}

impl Solved {
    /// As one line of JSON; `seconds` is how long solving took.
    #[must_use]
    pub fn json(&self, seconds: f64) -> String {
        let mut all = json!({
            "status": self.status,
            "objective": self.objective.map(number),
            "bound": self.bound.map(number),
            "gap": self.gap,
            "seconds": seconds,
        });
        if let Some(open) = &self.open {
            all["open"] = json!(open);
        }
        all.to_string()
    }
}

/// The name of a status.
pub(super) const fn status(status: Status) -> &'static str {
    match status {
        Status::Unknown => "Unknown",
        Status::Feasible => "Feasible",
        Status::Optimal => "Optimal",
        Status::Infeasible => "Infeasible",
    }
}

/// A JSON number: whole where it is.
fn number(value: f64) -> Value {
    if libm::trunc(value) == value && value.abs() < 9.0e15 { json!(value as i64) } else { json!(value) }
}
