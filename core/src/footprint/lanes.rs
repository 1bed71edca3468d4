//! The account by flow, and by lane from province to province.
//!
//! Smelting and what it avoids stand at the flow that enters the smelter, so that nothing is counted twice.

use super::{Given, factors::Factors, processing::Plants};
use crate::{
    account::EmissionFamily,
    allocation::{Flow, Leg},
    model::{Mode, Stream},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one flow gives off and avoids in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FlowCarbon {
    /// Transport activity, gross tonne-kilometres.
    pub tonne_km: f64,
    /// Transport with its transfers, kg CO2e.
    pub transport_kg: f64,
    /// Smelting of what arrives, kg CO2e; nothing but for flows into smelters.
    pub smelting_kg: f64,
    /// Primary metal avoided, kg CO2e; likewise.
    pub avoided_kg: f64,
}

/// All flows of a stage and stream between two provinces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// Stage of the journey.
    pub leg: Leg,
    /// Stream.
    pub stream: Stream,
    /// Province where it begins, in Chinese as the tables write it.
    pub from: String,
    /// Province where it ends.
    pub to: String,
    /// What is carried, gross tonnes.
    pub gross_t: f64,
    /// What it gives off and avoids.
    pub carbon: FlowCarbon,
}

fn of(flow: &Flow, factors: &Factors, plants: &Plants) -> FlowCarbon {
    let mut c = FlowCarbon::default();
    for mode in Mode::ALL {
        let tonne_km = flow.km[mode] * flow.gross_t;
        c.tonne_km += tonne_km;
        c.transport_kg += tonne_km * factors.modes[mode].kg();
        if mode != Mode::Road {
            c.transport_kg += flow.ends[mode] * flow.gross_t * factors.transfer.kg();
        }
    }
    if matches!(flow.leg, Leg::ToSmelter | Leg::Direct | Leg::Contract) {
        let plant = plants.at(flow.to, flow.stream);
        c.smelting_kg = (plant.fuel_kg + plant.electricity_kg) * flow.product_t;
        c.avoided_kg = plant.avoided_kg * flow.product_t;
    }
    c
}

pub(super) fn lanes(given: Given<'_>, factors: &Factors, plants: &Plants) -> Vec<Lane> {
    let places = &given.answer.places;
    let mut rows: BTreeMap<(Leg, Stream, &str, &str), (f64, FlowCarbon)> = BTreeMap::new();
    for flow in &given.answer.flows {
        let [from, to] = [flow.from, flow.to].map(|row| places[row as usize].province.as_str());
        let (gross_t, sum) = rows.entry((flow.leg, flow.stream, from, to)).or_default();
        let c = of(flow, factors, plants);
        *gross_t += flow.gross_t;
        sum.tonne_km += c.tonne_km;
        sum.transport_kg += c.transport_kg;
        sum.smelting_kg += c.smelting_kg;
        sum.avoided_kg += c.avoided_kg;
    }
    let lane = |((leg, stream, from, to), (gross_t, carbon)): ((Leg, Stream, &str, &str), _)| Lane {
        leg,
        stream,
        from: from.to_owned(),
        to: to.to_owned(),
        gross_t,
        carbon,
    };
    rows.into_iter().map(lane).collect()
}

/// Every flow of the answer, in its order.
#[must_use]
pub fn flow_carbon(given: Given<'_>, choice: super::Choice) -> Vec<FlowCarbon> {
    let parameters = &*given.scenario.parameters(given.baseline);
    let family: EmissionFamily = choice.family;
    let factors = Factors::new(parameters, family);
    let plants = Plants::new(given, parameters, choice.boundary);
    given.answer.flows.iter().map(|f| of(f, &factors, &plants)).collect()
}
