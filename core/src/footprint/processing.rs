//! Sorting and smelting by metal and grid, and what it avoids.

use super::{Boundary, Given, Sums, primary};
use crate::{
    allocation::{End, Leg, Place, Processing as Terms, electricity_key, energy_key, metal_key},
    model::{Facility, GRID_REFERENCE_KEY, Parameters, PerStream, Stream},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Electricity of sorting at a hub, kWh a gross tonne. No table states it so far: sorting is then not counted, and said so.
pub const SORTING_ELECTRICITY_KEY: &str = "process.electricity_sorting.all";

/// What a tonne of recycled metal saves in energy against primary metal, kg of coal equivalent. Not stated for every stream.
#[must_use]
pub fn energy_saved_key(stream: Stream) -> String {
    format!("process.energy_saving_vs_primary.{}", metal_key(stream))
}

/// Sorting and smelting of one stream in one province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Processing {
    /// Stream.
    pub stream: Stream,
    /// Province of the plants, in Chinese as the tables write it.
    pub province: String,
    /// What its grid gives off, kg CO2e a kWh, where the account of the plants uses it.
    pub grid_kg_per_kwh: Option<f64>,
    /// Scrap sorted at hubs there, gross tonnes.
    pub sorted_gross_t: f64,
    /// Sorting, kg CO2e; `None` where no table states its electricity.
    pub sorting_kg: Option<f64>,
    /// Recycled metal made there, tonnes.
    pub product_t: f64,
    /// Smelting but for its electricity, kg CO2e.
    pub fuel_kg: f64,
    /// Its electricity, kg CO2e.
    pub electricity_kg: f64,
    /// Its electricity, kWh; `None` where nobody states it: it then stands in the first of the two.
    pub kwh: Option<f64>,
    /// Its energy, kg of coal equivalent; `None` where no norm states it.
    pub kgce: Option<f64>,
    /// What as much primary metal gives off, kg CO2e.
    pub avoided_kg: f64,
    /// Energy saved against it, kg of coal equivalent, where it is stated.
    pub saved_kgce: Option<f64>,
}

impl Processing {
    /// The plants of all provinces together; `None` without any. What one of them does not state is not stated of the sum, and
    /// a grid is a province's.
    pub fn together<'a>(all: impl Iterator<Item = &'a Self>) -> Option<Self> {
        let both = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a + b);
        all.cloned().reduce(|a, b| Self {
            stream: a.stream,
            province: String::new(),
            grid_kg_per_kwh: a.grid_kg_per_kwh.filter(|g| b.grid_kg_per_kwh == Some(*g)),
            sorted_gross_t: a.sorted_gross_t + b.sorted_gross_t,
            sorting_kg: both(a.sorting_kg, b.sorting_kg),
            product_t: a.product_t + b.product_t,
            fuel_kg: a.fuel_kg + b.fuel_kg,
            electricity_kg: a.electricity_kg + b.electricity_kg,
            kwh: both(a.kwh, b.kwh),
            kgce: both(a.kgce, b.kgce),
            avoided_kg: a.avoided_kg + b.avoided_kg,
            saved_kgce: both(a.saved_kgce, b.saved_kgce),
        })
    }
}

/// What a tonne of recycled metal gives off, takes and avoids at one plant.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct AtPlant {
    pub fuel_kg: f64,
    pub electricity_kg: f64,
    pub kwh: Option<f64>,
    pub kgce: Option<f64>,
    pub grid: Option<f64>,
    pub avoided_kg: f64,
    pub saved_kgce: Option<f64>,
}

/// The plants of an allocation by row of its places: throughput is what enters them.
pub(super) struct Plants {
    smelters: BTreeMap<(u32, Stream), (AtPlant, f64)>,
    hubs: BTreeMap<(u32, Stream), f64>,
    sorting: Option<f64>,
}

impl Plants {
    pub(super) fn new(given: Given<'_>, parameters: &Parameters, boundary: Boundary) -> Self {
        let primary = PerStream::from_fn(|s| primary(parameters, s, boundary).t_per_t.map_or(0.0, |t| t * 1000.0));
        let saved = PerStream::from_fn(|s| parameters.get(&energy_saved_key(s)).map(|p| p.value));
        let terms = Terms::new(parameters);
        let mut smelters: BTreeMap<(u32, Stream), (AtPlant, f64)> = BTreeMap::new();
        let mut hubs = BTreeMap::new();
        for flow in &given.answer.flows {
            match flow.leg {
                Leg::ToHub => *hubs.entry((flow.to, flow.stream)).or_default() += flow.gross_t,
                Leg::ToSmelter | Leg::Direct | Leg::Contract => {
                    let fresh = || {
                        let facility = facility(given, flow.to);
                        let plant =
                            facility.map_or_else(AtPlant::default, |f| smelting(&terms, parameters, f, flow.stream));
                        let (avoided_kg, saved_kgce) = (primary[flow.stream], saved[flow.stream]);
                        (AtPlant { avoided_kg, saved_kgce, ..plant }, 0.0)
                    };
                    smelters.entry((flow.to, flow.stream)).or_insert_with(fresh).1 += flow.product_t;
                }
                Leg::ToDemand | Leg::Export => {}
            }
        }
        Self { smelters, hubs, sorting: parameters.get(SORTING_ELECTRICITY_KEY).map(|p| p.value) }
    }

    /// What a tonne is at the plant that a flow enters.
    pub(super) fn at(&self, place: u32, stream: Stream) -> AtPlant {
        self.smelters.get(&(place, stream)).map(|(plant, _)| *plant).unwrap_or_default()
    }

    /// Adds every plant's sums, and gives the rows by stream and province.
    pub(super) fn account<'a>(
        &self,
        given: Given<'a>,
        parameters: &Parameters,
        mut add: impl FnMut(&'a Place, Stream, &Sums),
    ) -> Vec<Processing> {
        let places = &given.answer.places;
        let terms = Terms::new(parameters);
        // Where the account knows a grid at all.
        let knows_grid = parameters.get(GRID_REFERENCE_KEY).is_some();
        let mut rows: BTreeMap<(Stream, &str), Processing> = BTreeMap::new();
        for ((row, stream), (plant, product_t)) in &self.smelters {
            let (place, t) = (&places[*row as usize], *product_t);
            let sums = Sums {
                product_t: t,
                fuel_kg: plant.fuel_kg * t,
                electricity_kg: plant.electricity_kg * t,
                avoided_kg: plant.avoided_kg * t,
                kwh: plant.kwh.map_or(0.0, |x| x * t),
                kgce: plant.kgce.map_or(0.0, |x| x * t),
                energy_unknown_t: if plant.kgce.is_none() { t } else { 0.0 },
                saved_kgce: plant.saved_kgce.map_or(0.0, |x| x * t),
                saving_unknown_t: if plant.saved_kgce.is_none() { t } else { 0.0 },
                ..Sums::default()
            };
            add(place, *stream, &sums);
            let r = rows.entry((*stream, &place.province)).or_insert_with(|| empty(*stream, &place.province));
            r.grid_kg_per_kwh = plant.grid;
            r.product_t += t;
            r.fuel_kg += sums.fuel_kg;
            r.electricity_kg += sums.electricity_kg;
            r.avoided_kg += sums.avoided_kg;
            more(&mut r.kwh, plant.kwh.map(|x| x * t));
            more(&mut r.kgce, plant.kgce.map(|x| x * t));
            more(&mut r.saved_kgce, plant.saved_kgce.map(|x| x * t));
        }
        for ((row, stream), gross_t) in &self.hubs {
            let place = &places[*row as usize];
            let r = rows.entry((*stream, &place.province)).or_insert_with(|| empty(*stream, &place.province));
            r.sorted_gross_t += gross_t;
            // Both are needed: what a tonne takes, and what its grid gives off.
            if let Some(kwh) = self.sorting.map(|x| x * gross_t).filter(|_| knows_grid) {
                let grid = terms.grid_kg_per_kwh(&place.province);
                let sums = Sums { sorting_kg: kwh * grid, kwh, ..Sums::default() };
                add(place, *stream, &sums);
                more(&mut r.sorting_kg, Some(sums.sorting_kg));
            }
        }
        rows.into_values().collect()
    }
}

fn empty(stream: Stream, province: &str) -> Processing {
    Processing {
        stream,
        province: province.to_owned(),
        grid_kg_per_kwh: None,
        sorted_gross_t: 0.0,
        sorting_kg: None,
        product_t: 0.0,
        fuel_kg: 0.0,
        electricity_kg: 0.0,
        kwh: None,
        kgce: None,
        avoided_kg: 0.0,
        saved_kgce: None,
    }
}

/// Adds what is known.
fn more(sum: &mut Option<f64>, value: Option<f64>) {
    if let Some(v) = value {
        *sum.get_or_insert(0.0) += v;
    }
}

fn facility<'a>(given: Given<'a>, row: u32) -> Option<&'a Facility> {
    match &given.answer.places[row as usize].end {
        End::Facility(id) => given.plan.get(id).map(|p| &p.facility),
        _ => None,
    }
}

/// Smelting as the allocation accounts for it. What no table states of it is unknown here, where the allocation takes nothing.
fn smelting(terms: &Terms<'_>, parameters: &Parameters, facility: &Facility, stream: Stream) -> AtPlant {
    let of = terms.smelting(facility, stream);
    let stated = |key: String, value: f64| parameters.get(&key).map(|_| value);
    let kwh = stated(electricity_key(stream), of.kwh_per_t);
    AtPlant {
        fuel_kg: of.kg_fuel_per_t,
        electricity_kg: of.kg_power_per_t,
        kwh,
        kgce: stated(energy_key(stream), of.kgce_per_t),
        grid: kwh.map(|_| terms.grid_kg_per_kwh(&facility.province)),
        ..AtPlant::default()
    }
}
