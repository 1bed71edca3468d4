//! The main figures and how they add up.

use crate::{
    account::{Haul, Rates},
    catchment::{CellDemand, Pickup, quantile},
    model::{PerStream, Stream},
};
use serde::{Deserialize, Serialize};

/// Distances for which people near a collection point are counted.
pub const BANDS_KM: [f64; 3] = [5.0, 10.0, 20.0];

/// The main figures of a plan. Means are `None` where there is nothing to take a mean of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Residents.
    pub people: f64,
    /// Residents within 5, 10 and 20 km of an open collection point by road; whoever is picked up counts like those at the
    /// ordinary service radius.
    pub people_within: [f64; 3],
    /// Residents whom no road leads to an open collection point.
    pub people_unreached: f64,
    /// Residents beyond the ordinary service radius whose scrap is picked up at the door.
    #[serde(default)]
    pub people_picked_up: f64,
    /// What is picked up, gross tonnes a year.
    #[serde(default)]
    pub picked_up_gross_t: f64,
    /// Scrap that arises, tonnes of contained metal a year.
    pub generated_t: PerStream<f64>,
    /// Scrap that is collected, tonnes of contained metal a year.
    pub collected_t: PerStream<f64>,
    /// Scrap that is collected, gross tonnes a year.
    pub gross_t: PerStream<f64>,
    /// Gross tonnes a year for which no way to a smelter is open.
    pub unrouted_gross_t: f64,
    /// Kilometres from where people live to their collection point, weighted by gross tonnes.
    pub mean_collection_km: Option<f64>,
    /// Kilometres from collection point to smelter, weighted by gross tonnes.
    pub mean_haul_km: Option<f64>,
    /// 95 % of gross tonnes are hauled no further than this, km.
    pub p95_haul_km: Option<f64>,
    /// Gross tonne-kilometres a year, collection and haul.
    pub tonne_km: f64,
    /// Transport cost, yuan a year: collection, pick-up at the door, haul and handling.
    pub transport_yuan: f64,
    /// Transport cost, yuan a gross tonne collected.
    pub transport_yuan_per_t: Option<f64>,
    /// Transport emissions, kg CO2e a year.
    pub transport_kg_co2e: f64,
    /// Transport emissions, kg CO2e a gross tonne collected.
    pub transport_kg_co2e_per_t: Option<f64>,
}

/// Sums on the way to [`Figures`].
#[derive(Clone, Default)]
pub(super) struct Tally {
    sum: Figures,
    brought_t: f64,
    brought_tkm: f64,
    hauled_t: f64,
    hauled_tkm: f64,
    hauls: Vec<(f64, f64)>,
}

impl Tally {
    pub(super) fn demand(&mut self, d: &CellDemand) {
        self.sum.people += d.people;
        for s in Stream::ALL {
            self.sum.generated_t[s] += d.generated_t[s];
            self.sum.collected_t[s] += d.collected_t[s];
            self.sum.gross_t[s] += d.gross_t[s];
        }
    }

    pub(super) fn brought(&mut self, people: f64, gross_t: f64, km: f64, rates: &Rates, pickup: &Pickup) {
        let counted = pickup.counted(km);
        for (within, limit) in self.sum.people_within.iter_mut().zip(BANDS_KM) {
            if counted <= limit {
                *within += people;
            }
        }
        if pickup.reaches(km) {
            self.sum.people_picked_up += people;
            self.sum.picked_up_gross_t += gross_t;
            self.sum.transport_yuan += gross_t * pickup.yuan_per_t;
        }
        let tkm = gross_t * km;
        self.brought_t += gross_t;
        self.brought_tkm += tkm;
        self.sum.tonne_km += tkm;
        self.sum.transport_yuan += tkm * rates.collect_yuan_per_tkm;
        self.sum.transport_kg_co2e += tkm * rates.collect_kg_per_tkm;
    }

    pub(super) fn unreached(&mut self, people: f64, gross_t: f64) {
        self.sum.people_unreached += people;
        self.sum.unrouted_gross_t += gross_t;
    }

    pub(super) fn unrouted(&mut self, gross_t: f64) {
        self.sum.unrouted_gross_t += gross_t;
    }

    /// One flow from a point to its smelter: the tonnes and the haul of each leg.
    pub(super) fn hauled(&mut self, gross_t: f64, legs: &[(f64, Haul)]) {
        let km: f64 = legs.iter().map(|(_, h)| h.km).sum();
        for (tonnes, haul) in legs {
            self.sum.tonne_km += tonnes * haul.km;
            self.sum.transport_yuan += tonnes * haul.yuan_per_t;
            self.sum.transport_kg_co2e += tonnes * haul.kg_co2e_per_t;
        }
        self.hauled_t += gross_t;
        self.hauled_tkm += gross_t * km;
        self.hauls.push((km, gross_t));
    }

    pub(super) fn merged(mut self, o: &Self) -> Self {
        let (s, t) = (&mut self.sum, &o.sum);
        s.people += t.people;
        s.people_unreached += t.people_unreached;
        s.people_picked_up += t.people_picked_up;
        s.picked_up_gross_t += t.picked_up_gross_t;
        for (a, b) in s.people_within.iter_mut().zip(t.people_within) {
            *a += b;
        }
        for m in Stream::ALL {
            s.generated_t[m] += t.generated_t[m];
            s.collected_t[m] += t.collected_t[m];
            s.gross_t[m] += t.gross_t[m];
        }
        s.unrouted_gross_t += t.unrouted_gross_t;
        s.tonne_km += t.tonne_km;
        s.transport_yuan += t.transport_yuan;
        s.transport_kg_co2e += t.transport_kg_co2e;
        self.brought_t += o.brought_t;
        self.brought_tkm += o.brought_tkm;
        self.hauled_t += o.hauled_t;
        self.hauled_tkm += o.hauled_tkm;
        self.hauls.extend(&o.hauls);
        self
    }

    pub(super) fn figures(&self) -> Figures {
        let gross = self.sum.gross_t.total();
        Figures {
            mean_collection_km: ratio(self.brought_tkm, self.brought_t),
            mean_haul_km: ratio(self.hauled_tkm, self.hauled_t),
            p95_haul_km: quantile(&by_length(self.hauls.clone()), 0.95),
            transport_yuan_per_t: ratio(self.sum.transport_yuan, gross),
            transport_kg_co2e_per_t: ratio(self.sum.transport_kg_co2e, gross),
            ..self.sum.clone()
        }
    }
}

fn by_length(mut hauls: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    hauls.sort_by(|a, b| a.0.total_cmp(&b.0));
    hauls
}

fn ratio(of: f64, by: f64) -> Option<f64> {
    (by > 0.0).then(|| of / by)
}
