//! Norms on what a sorting centre handles.
//!
//! A hub's throughput is what its source states. Where none does, and for a hub that a planner added, it is what the plan sends
//! there, for an added one at most its capacity: the default capacity of a hub without one says nothing about it. A hub of
//! the table that nothing is sent to may yet handle what the plan does not know of, so nothing is said of it.

use super::{Finding, Loaded, Measured, Missing, NormChoice, Quantity, Remedy, Situation, finding::Answer};
use crate::model::{Basis, CapacityUnit};

/// Findings of all hubs.
pub(super) fn check(choice: &NormChoice, least_t: f64, situation: &Situation<'_>) -> Vec<Finding> {
    let hubs = situation.hubs.iter().filter(|h| choice.holds_in(&h.facility.province));
    hubs.map(|h| Finding::of_facility(choice, h.facility, answer(h, least_t))).collect()
}

fn answer(hub: &Loaded<'_>, least_t: f64) -> Answer {
    let measured = |value, basis| Measured::new(Quantity::GrossTPerYear, value, least_t, basis);
    let sent_t = hub.load.gross_t;
    let send_more = || Remedy::SendMore { t_per_year: least_t - sent_t };
    let enlarge = || Remedy::EnlargeTo { t_per_year: least_t };
    let capacity_t = hub.facility.capacity.filter(|c| c.unit == CapacityUnit::Gross).map(|c| c.tonnes);
    match (hub.facility.origin.basis, capacity_t) {
        (Basis::User, most_t) => {
            let most_t = most_t.unwrap_or(f64::INFINITY);
            let (value, basis) = if most_t < sent_t { (most_t, Basis::User) } else { (sent_t, Basis::Modelled) };
            Answer::by(measured(value, basis), || if most_t < least_t { enlarge() } else { send_more() })
        }
        (Basis::Unknown, _) | (_, None) if sent_t > 0.0 => Answer::by(measured(sent_t, Basis::Modelled), send_more),
        (Basis::Unknown, _) | (_, None) => Answer::cannot_say(Missing::Throughput, None),
        (basis, Some(stated_t)) => Answer::by(measured(stated_t, basis), enlarge),
    }
}
