//! What a plan gives off and what it avoids: transport in the structure of ISO 14083, sorting and smelting by metal and
//! grid, and the primary metal that need not be made.
//!
//! **Transport.** Chains of elements: the collection round, the road before and behind a main leg, the main leg by its mode,
//! transfers between modes (hub operations), and delivery of the metal. Every element has its activity in tonne-kilometres
//! (a transfer: tonnes handled), its intensity and what follows, well to wheel. **Two families** of factors, GLEC and
//! GB/T 51366, are read one at a time: see [`crate::account::EmissionFamily`]. What a family does not cover is told and counts nothing.
//!
//! **Processing.** Smelting as the allocation accounts for it, fuel and electricity apart; sorting where its electricity is stated.
//! **Avoided.** Product times what primary metal emits, within one [`Boundary`]. **Net** = avoided - emitted.
//!
//! Where it counts: rounds where scrap arises, hauls where they begin (those from outside where they end), smelting and what it
//! avoids at the smelter. All sums add up: elements, prefectures, clusters, streams, lanes.

mod boundary;
mod element;
mod factors;
mod lanes;
mod processing;
mod sums;

#[cfg(test)]
mod tests;

pub use boundary::{Boundary, CountedAs, Primary, primary};
pub use element::{Amount, Element, ElementKind, Stage};
pub use factors::{Intensity, UNSTATED_ENERGY_KEY};
pub use lanes::{FlowCarbon, Lane, flow_carbon};
pub use processing::{Processing, SORTING_ELECTRICITY_KEY, energy_saved_key};
pub use sums::Sums;

use crate::{
    account::EmissionFamily,
    allocation::Answer,
    evaluate::Round,
    model::{Baseline, Cluster, PerCluster, PerStream, Stream},
    scenario::{Plan, Scenario},
};
use element::Elements;
use factors::Factors;
use processing::Plants;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an account is read from.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// What is given.
    pub baseline: &'a Baseline,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its plan.
    pub plan: &'a Plan,
    /// Its collection rounds.
    pub rounds: &'a [Round],
    /// Who sends what where.
    pub answer: &'a Answer,
}

/// What a person chooses: one family of transport factors, and one boundary of primary metal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The family.
    pub family: EmissionFamily,
    /// The boundary.
    pub boundary: Boundary,
}

/// The account of a plan for a year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Footprint {
    /// What was chosen.
    pub choice: Choice,
    /// The elements of the transport chains, in the order of the journey.
    pub elements: Vec<Element>,
    /// Smelting and sorting, by metal and by province.
    pub processing: Vec<Processing>,
    /// What primary metal emits in this boundary, by stream.
    pub primary: PerStream<Primary>,
    /// Lanes from province to province, by stage, stream and province.
    pub lanes: Vec<Lane>,
    /// Everything together.
    pub total: Sums,
    /// By cluster.
    pub by_cluster: PerCluster<Sums>,
    /// By stream.
    pub by_stream: PerStream<Sums>,
    /// By prefecture, in ascending order of the code.
    pub by_place: Vec<(u32, Sums)>,
}

/// Reads the account.
#[must_use]
pub fn footprint(given: Given<'_>, choice: Choice) -> Footprint {
    let parameters = &*given.scenario.parameters(given.baseline);
    let factors = Factors::new(parameters, choice.family);
    let mut book = Book::default();
    let mut elements = Elements::new(&factors);

    for round in given.rounds {
        for s in Stream::ALL {
            let kg = round.tonne_km[s] * factors.round.kg();
            elements.round(round.cluster, round.gross_t[s], round.tonne_km[s]);
            book.add((round.adcode, Some(round.cluster), s), |sums| {
                sums.collected_gross_t += round.gross_t[s];
                sums.tonne_km += round.tonne_km[s];
                sums.rounds_kg += kg;
            });
        }
    }
    let places = &given.answer.places;
    for flow in &given.answer.flows {
        // Inflow is on the account of whom it reaches.
        let from = &places[flow.from as usize];
        let payer = if from.cluster.is_some() { from } else { &places[flow.to as usize] };
        let [moved, handled] = elements.flow(flow, payer.cluster);
        let tonne_km = flow.gross_t * crate::model::Mode::ALL.into_iter().map(|m| flow.km[m]).sum::<f64>();
        book.add((payer.adcode, payer.cluster, flow.stream), |sums| {
            sums.tonne_km += tonne_km;
            sums.transfers_kg += handled;
            *(if flow.leg.is_scrap() { &mut sums.scrap_kg } else { &mut sums.delivery_kg }) += moved;
        });
    }
    let plants = Plants::new(given, parameters, choice.boundary);
    let processing = plants.account(given, |place, stream, add| {
        book.add((place.adcode, place.cluster, stream), |sums| *sums += *add);
    });
    Footprint {
        choice,
        elements: elements.finish(),
        processing,
        primary: PerStream::from_fn(|s| primary(parameters, s, choice.boundary)),
        lanes: lanes::lanes(given, &factors, &plants),
        total: book.total,
        by_cluster: book.by_cluster,
        by_stream: book.by_stream,
        by_place: book.by_place.into_iter().collect(),
    }
}

/// Sums on the way to the account: each entry goes into all of them.
#[derive(Default)]
struct Book {
    total: Sums,
    by_cluster: PerCluster<Sums>,
    by_stream: PerStream<Sums>,
    by_place: BTreeMap<u32, Sums>,
}

impl Book {
    fn add(&mut self, (adcode, cluster, stream): (u32, Option<Cluster>, Stream), add: impl Fn(&mut Sums)) {
        add(&mut self.total);
        if let Some(c) = cluster {
            add(&mut self.by_cluster[c]);
        }
        add(&mut self.by_stream[stream]);
        add(self.by_place.entry(adcode).or_default());
    }
}
