//! What is tried next, and what the trials say together: one kind of question a file.

mod find;
mod front;
mod sweep;
mod tornado;

pub(super) use find::Find;
pub(super) use front::Front;
pub(super) use sweep::Sweep;
pub(super) use tornado::Tornado;

use super::{Answer, Refusal, Seen, trial::Trial};
use crate::{allocation::Grain, levers::LeverInfo, model::Baseline, scenario::Document};

/// A search that asks for one trial after the other.
pub(super) trait Course {
    /// The next to measure; `None` where all is known.
    fn next(&mut self, baseline: &Baseline) -> Option<Trial>;
    /// What it gave.
    fn told(&mut self, seen: Seen);
    /// How many are measured, and about how many will be.
    fn far(&self) -> (usize, usize);
    /// The answer, as far as it is known.
    fn answer(&self) -> Answer;
}

/// A document with a lever turned.
pub(super) fn turned(
    baseline: &Baseline,
    document: &Document,
    lever: &LeverInfo,
    value: f64,
) -> Result<Document, Refusal> {
    let mut turned = document.clone();
    let change = lever.change(document.scenario(), Some(value))?;
    turned.make(baseline, change).map_err(crate::levers::LeverRefusal::from)?;
    Ok(turned)
}

/// Measured quickly, from where the scenario in hand stands.
pub(super) const fn quick(document: Document) -> Trial {
    Trial { document, grain: Grain::Prefectures, first: false }
}

/// From nothing.
pub(super) const fn first(document: Document, grain: Grain) -> Trial {
    Trial { document, grain, first: true }
}
