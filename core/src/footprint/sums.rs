//! What adds up.

use serde::{Deserialize, Serialize};
use std::ops::AddAssign;

/// A year of a territory, a stream or a plan. Every field adds up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sums {
    /// Scrap collected, gross tonnes.
    pub collected_gross_t: f64,
    /// Recycled metal made, tonnes.
    pub product_t: f64,
    /// Transport activity, gross tonne-kilometres, collection rounds included.
    pub tonne_km: f64,
    /// Collection rounds, kg CO2e.
    pub rounds_kg: f64,
    /// Hauls of scrap, kg CO2e, without transfers.
    pub scrap_kg: f64,
    /// Hauls of recycled metal, kg CO2e, without transfers.
    pub delivery_kg: f64,
    /// Transfers between modes, kg CO2e; nothing where the family of factors states none.
    pub transfers_kg: f64,
    /// Sorting at hubs, kg CO2e; nothing where no table states its electricity.
    pub sorting_kg: f64,
    /// Smelting but for its electricity, kg CO2e.
    pub fuel_kg: f64,
    /// Electricity of smelting, kg CO2e.
    pub electricity_kg: f64,
    /// What as much primary metal would have given off, kg CO2e.
    pub avoided_kg: f64,
    /// Electricity of sorting and smelting as far as it is stated, kWh.
    pub kwh: f64,
    /// Energy of smelting as far as a norm states it, kg of coal equivalent.
    pub kgce: f64,
    /// Recycled metal for which no norm states the energy, tonnes.
    pub energy_unknown_t: f64,
    /// Energy saved against primary metal as far as it is stated, kg of coal equivalent.
    pub saved_kgce: f64,
    /// Recycled metal for which nobody states what is saved, tonnes.
    pub saving_unknown_t: f64,
}

impl Sums {
    /// All of transport, kg CO2e.
    #[must_use]
    pub fn transport_kg(&self) -> f64 {
        self.rounds_kg + self.scrap_kg + self.delivery_kg + self.transfers_kg
    }

    /// All of smelting, kg CO2e.
    #[must_use]
    pub fn smelting_kg(&self) -> f64 {
        self.fuel_kg + self.electricity_kg
    }

    /// All that is given off, kg CO2e.
    #[must_use]
    pub fn emitted_kg(&self) -> f64 {
        self.transport_kg() + self.sorting_kg + self.smelting_kg()
    }

    /// Avoided less given off, kg CO2e.
    #[must_use]
    pub fn net_kg(&self) -> f64 {
        self.avoided_kg - self.emitted_kg()
    }

    /// Transport as a share of what is avoided; `None` where nothing is avoided.
    #[must_use]
    pub fn transport_share(&self) -> Option<f64> {
        (self.avoided_kg > 0.0).then(|| self.transport_kg() / self.avoided_kg)
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, o: Self) {
        self.collected_gross_t += o.collected_gross_t;
        self.product_t += o.product_t;
        self.tonne_km += o.tonne_km;
        self.rounds_kg += o.rounds_kg;
        self.scrap_kg += o.scrap_kg;
        self.delivery_kg += o.delivery_kg;
        self.transfers_kg += o.transfers_kg;
        self.sorting_kg += o.sorting_kg;
        self.fuel_kg += o.fuel_kg;
        self.electricity_kg += o.electricity_kg;
        self.avoided_kg += o.avoided_kg;
        self.kwh += o.kwh;
        self.kgce += o.kgce;
        self.energy_unknown_t += o.energy_unknown_t;
        self.saved_kgce += o.saved_kgce;
        self.saving_unknown_t += o.saving_unknown_t;
    }
}
