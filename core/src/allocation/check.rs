//! That an answer keeps what it promises: read from the answer and the plan alone, without the solver.

use super::answer::{Answer, End, Leg, Status};
use crate::model::{PerStream, Stream};
use std::collections::HashMap;
use thiserror::Error;

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Fault {
    /// What arrives somewhere is not what leaves, is lost or kept.
    #[error("{stream:?} does not balance at {at}: {in_t} t in, {out_t} t out")]
    Conservation {
        /// Stream.
        stream: Stream,
        /// Where.
        at: String,
        /// Recycled metal that arrives.
        in_t: f64,
        /// Recycled metal that leaves.
        out_t: f64,
    },
    /// More than a facility can.
    #[error("{id} is used with {used_t} t of {capacity_t} t")]
    Capacity {
        /// Facility.
        id: String,
        /// Used.
        used_t: f64,
        /// What it can.
        capacity_t: f64,
    },
    /// What enters is not what leaves plus losses plus slack.
    #[error("{0:?}: {1} t are unaccounted for")]
    Balance(Stream, f64),
    /// Called optimal with too large a gap, or a bound above the objective.
    #[error("a gap of {0} is not proved")]
    Gap(f64),
    /// A facility with room to spare has a price: complementary slackness does not hold.
    #[error("{0} has room to spare and yet a price of {1} yuan a tonne")]
    Slackness(String, f64),
}

/// Tonnes that rounding to kg and mixing flows may leave.
const ROUNDING_T: f64 = 0.5;

/// Confirms conservation at every hub and smelter, capacities, balances, the gap, and that only full facilities have a price.
///
/// # Errors
/// The first fault.
pub fn check(answer: &Answer) -> Result<(), Fault> {
    let mut into: HashMap<(u32, Stream), f64> = HashMap::new();
    let mut out: HashMap<(u32, Stream), f64> = HashMap::new();
    for f in &answer.flows {
        *out.entry((f.from, f.stream)).or_default() += f.product_t;
        *into.entry((f.to, f.stream)).or_default() += f.product_t;
    }
    let hubs: Vec<u32> = answer.flows.iter().filter(|f| f.leg == Leg::ToHub).map(|f| f.to).collect();
    let smelters: Vec<u32> = answer.flows.iter().filter(|f| !f.leg.is_scrap()).map(|f| f.from).collect();
    let mut middle: Vec<u32> = hubs.into_iter().chain(smelters).collect();
    middle.sort_unstable();
    middle.dedup();
    for place in middle {
        for stream in Stream::ALL {
            let of = |map: &HashMap<(u32, Stream), f64>| map.get(&(place, stream)).copied().unwrap_or(0.0);
            let (in_t, out_t) = (of(&into), of(&out));
            if (in_t - out_t).abs() > ROUNDING_T + 1e-6 * in_t {
                let at = answer.places[place as usize].end.key();
                return Err(Fault::Conservation { stream, at, in_t, out_t });
            }
        }
    }
    for f in &answer.facilities {
        let used_t = f.used_t.total();
        let capacity_t = f.capacity_t.unwrap_or(0.0);
        if used_t > capacity_t * (1.0 + 1e-6) + ROUNDING_T {
            return Err(Fault::Capacity { id: f.id.clone(), used_t, capacity_t });
        }
        let place = answer.places.iter().position(|p| matches!(&p.end, End::Facility(id) if *id == f.id));
        let carried: PerStream<f64> =
            PerStream::from_fn(|s| place.and_then(|p| into.get(&(p as u32, s))).copied().unwrap_or(0.0));
        if (carried.total() > ROUNDING_T) != (used_t > ROUNDING_T) {
            return Err(Fault::Capacity { id: f.id.clone(), used_t, capacity_t: carried.total() });
        }
        let spare = capacity_t - used_t > 0.01 * capacity_t + 50.0;
        let worth = f.price.yuan_per_t + 1e6 * f.price.slack_t;
        if spare && worth > 1.0 && answer.status == Status::Optimal {
            return Err(Fault::Slackness(f.id.clone(), worth));
        }
    }
    for s in Stream::ALL {
        let b = &answer.balance[s];
        let off = b.off_t();
        let demand = b.used_t + b.unmet_t - b.demand_t;
        let made = b.product_t - b.used_t - b.exported_t;
        for off in [off, demand, made] {
            if off.abs() > 10.0 + 1e-6 * b.collected_t {
                return Err(Fault::Balance(s, off));
            }
        }
    }
    if answer.bound > answer.objective + 1e-6 * answer.objective.abs()
        || (answer.status == Status::Optimal && answer.gap > 1e-6)
    {
        return Err(Fault::Gap(answer.gap));
    }
    Ok(())
}
