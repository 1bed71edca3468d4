//! What making a tonne of metal at a plant takes, costs and emits: the one place that reads it, for allocation and carbon account.
//!
//! ```text
//! kg = max(0, factor of the table + kWh x (grid of the plant x (1 - green) - reference grid)) x energy left by upgrades
//! ```
//!
//! The table's factors hold electricity at the reference grid, the national mean. With the grid mode at 1 and no green power
//! both grids are the same and nothing changes.

use super::terms::{SORTING_COST_KEY, metal_key};
use crate::model::{
    Facility, GREEN_POWER_KEY, GRID_MODE_KEY, GRID_REFERENCE_KEY, Parameters, PlantFeatures, Stream, grid_key,
    subsidy_yuan_per_t,
};
use serde::{Deserialize, Serialize};

/// What a tonne of recycled metal takes, costs and emits at one plant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Smelting {
    /// All emissions, kg CO2e.
    pub kg_co2e_per_t: f64,
    /// Part of them that is no electricity's, kg CO2e.
    pub kg_fuel_per_t: f64,
    /// Part of them that is electricity's, kg CO2e.
    pub kg_power_per_t: f64,
    /// Electricity, kWh.
    pub kwh_per_t: f64,
    /// All energy, electricity among it, kg of coal equivalent.
    pub kgce_per_t: f64,
    /// Cost of processing, yuan, without scrap.
    pub yuan_per_t: f64,
    /// Subsidy received, yuan.
    pub subsidy_yuan_per_t: f64,
}

/// Reads smelting of one plant. Who asks for many keeps a [`Processing`].
#[must_use]
pub fn smelting(parameters: &Parameters, plant: &Facility, stream: Stream) -> Smelting {
    Processing::new(parameters).smelting(plant, stream)
}

/// The parameter that says how much energy a tonne takes, in kg of coal equivalent.
#[must_use]
pub fn energy_key(stream: Stream) -> String {
    format!("process.energy_recycled.{}", metal_key(stream))
}

/// The parameter that says how much electricity a tonne takes, in kWh.
#[must_use]
pub fn electricity_key(stream: Stream) -> String {
    format!("process.electricity_recycled.{}", metal_key(stream))
}

/// What is said of plants, read once.
pub struct Processing<'a> {
    parameters: &'a Parameters,
    features: PlantFeatures<'a>,
    reference: f64,
    provincial: bool,
    grey: f64,
}

impl<'a> Processing<'a> {
    /// Reads what does not depend on a plant.
    #[must_use]
    pub fn new(parameters: &'a Parameters) -> Self {
        Self {
            parameters,
            features: PlantFeatures::new(parameters),
            reference: parameters.number_or(GRID_REFERENCE_KEY, 0.0),
            provincial: parameters.number_or(GRID_MODE_KEY, 1.0) >= 2.0,
            grey: 1.0 - parameters.number_or(GREEN_POWER_KEY, 0.0) / 100.0,
        }
    }

    /// Emission factor of the electricity that a plant in a province uses, kg CO2 a kWh. Provinces that the table lacks use the
    /// reference.
    #[must_use]
    pub fn grid_kg_per_kwh(&self, province: &str) -> f64 {
        let own = if self.provincial {
            self.parameters.number_or(&grid_key(province), self.reference)
        } else {
            self.reference
        };
        own * self.grey
    }

    /// What a tonne of recycled metal of the stream takes at a smelter.
    #[must_use]
    pub fn smelting(&self, plant: &'a Facility, stream: Stream) -> Smelting {
        let p = self.parameters;
        let metal = metal_key(stream);
        let energy = self.features.energy_factor(plant, metal, p);
        let table_kg = 1000.0 * p.number(&format!("process.co2_recycled.{metal}"));
        let kwh = p.number_or(&electricity_key(stream), 0.0);
        let grid = self.grid_kg_per_kwh(&plant.province);
        let kg = (table_kg + kwh * (grid - self.reference)).max(0.0) * energy;
        let power = (kwh * energy * grid).min(kg);
        Smelting {
            kg_co2e_per_t: kg,
            kg_fuel_per_t: kg - power,
            kg_power_per_t: power,
            kwh_per_t: kwh * energy,
            kgce_per_t: p.number_or(&energy_key(stream), 0.0) * energy,
            yuan_per_t: self.features.cost(plant, metal, p.number(&format!("process.processing_cost.{metal}")), p),
            subsidy_yuan_per_t: subsidy_yuan_per_t(plant, stream, &self.features, p),
        }
    }

    /// What sorting a gross tonne costs at a hub, yuan.
    #[must_use]
    pub fn sorting_yuan_per_t(&self, hub: &'a Facility) -> f64 {
        self.features.cost(hub, "all", self.parameters.number(SORTING_COST_KEY), self.parameters)
    }

    /// By how much upgrades raise what a plant or hub can do.
    #[must_use]
    pub fn capacity_factor(&self, plant: &'a Facility) -> f64 {
        self.features.capacity_factor(plant, self.parameters)
    }
}
