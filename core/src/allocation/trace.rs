//! Where a plant's tonnes come from, and where a point's scrap ends.
//!
//! What arrives at a hub is mixed: every outgoing tonne of a stream carries all sources in proportion. That is a convention of
//! bookkeeping (mass balance), not a thing that could be measured.

use super::answer::{Answer, End, Flow, Leg};
use crate::model::{PerMode, Stream};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// One share of what was traced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Row of [`Answer::places`]: the source traced back to, or the place where it ends.
    pub place: u32,
    /// The hub on the way, where there is one.
    pub via: Option<u32>,
    /// Stream.
    pub stream: Stream,
    /// Metal at the source, tonnes a year.
    pub metal_t: f64,
    /// Gross tonnes that left the source.
    pub gross_t: f64,
    /// Kilometres of a tonne on all its legs, by mode.
    pub km: PerMode<f64>,
    /// Yuan of transport, a gross tonne at the source.
    pub yuan_per_t: f64,
    /// kg CO2e of transport, a gross tonne at the source.
    pub kg_co2e_per_t: f64,
}

/// What was found, largest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// Shares.
    pub shares: Vec<Origin>,
}

/// From which sources the scrap of a hub or smelter comes.
#[must_use]
pub fn origins(answer: &Answer, id: &str) -> Trace {
    let Some(place) = row(answer, id) else { return Trace::default() };
    let mut shares = Vec::new();
    for f in answer.flows.iter().filter(|f| f.to == place && f.leg.is_scrap()) {
        if f.leg == Leg::ToSmelter {
            let into = answer.flows.iter().filter(|x| x.leg == Leg::ToHub && x.to == f.from && x.stream == f.stream);
            let total: f64 = into.clone().map(|x| x.product_t).sum();
            shares.extend(into.map(|x| joined(x, f, f.product_t / total, x.from)));
        } else {
            shares.push(single(f, f.from));
        }
    }
    sorted(shares)
}

/// Where the scrap of a source, or of a hub, ends.
#[must_use]
pub fn destinations(answer: &Answer, id: &str) -> Trace {
    let Some(place) = row(answer, id) else { return Trace::default() };
    let mut out: HashMap<(u32, Stream), Vec<&Flow>> = HashMap::new();
    for f in answer.flows.iter().filter(|f| f.leg == Leg::ToSmelter) {
        out.entry((f.from, f.stream)).or_default().push(f);
    }
    let mut shares = Vec::new();
    for f in answer.flows.iter().filter(|f| f.from == place && f.leg.is_scrap()) {
        match out.get(&(f.to, f.stream)).filter(|_| f.leg == Leg::ToHub) {
            Some(on) => {
                let total: f64 = on.iter().map(|x| x.product_t).sum();
                shares.extend(on.iter().map(|x| joined(f, x, x.product_t / total, x.to)));
            }
            None => shares.push(single(f, f.to)),
        }
    }
    sorted(shares)
}

fn row(answer: &Answer, id: &str) -> Option<u32> {
    answer.places.iter().position(|p| matches!(&p.end, End::Facility(f) if f == id)).map(|i| i as u32)
}

fn single(f: &Flow, place: u32) -> Origin {
    Origin {
        place,
        via: None,
        stream: f.stream,
        metal_t: f.metal_t,
        gross_t: f.gross_t,
        km: f.km,
        yuan_per_t: f.haul.yuan_per_t,
        kg_co2e_per_t: f.haul.kg_co2e_per_t,
    }
}

/// A share of a flow to a hub, and the way on.
fn joined(to_hub: &Flow, on: &Flow, share: f64, place: u32) -> Origin {
    // Sorting loses weight: a gross tonne at the source is less on the way on.
    let kept = (on.gross_t / on.product_t) / (to_hub.gross_t / to_hub.product_t);
    Origin {
        place,
        via: Some(to_hub.to),
        stream: to_hub.stream,
        metal_t: to_hub.metal_t * share,
        gross_t: to_hub.gross_t * share,
        km: PerMode::from_fn(|m| to_hub.km[m] + on.km[m]),
        yuan_per_t: to_hub.haul.yuan_per_t + kept * on.haul.yuan_per_t,
        kg_co2e_per_t: to_hub.haul.kg_co2e_per_t + kept * on.haul.kg_co2e_per_t,
    }
}

fn sorted(mut shares: Vec<Origin>) -> Trace {
    shares.sort_by(|a, b| b.gross_t.total_cmp(&a.gross_t).then(a.place.cmp(&b.place)));
    Trace { shares }
}
