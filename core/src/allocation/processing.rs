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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geo::LonLat,
        model::{
            Basis, Capacity, CapacityUnit, Cluster, FacilityKind, LocationPrecision, Metal, MetalSet, ModeSet, Name,
            Origin, Parameter, PlantFeature, SUBSIDY_CLASS_KEY, Status, Technology, subsidy_key,
        },
    };
    use std::collections::BTreeMap;

    /// Aluminium at 500 kg and 921 yuan a tonne, 100 kWh at a national 0.5 kg; the grid of Anhui is at 0.7.
    fn parameters(set: &[(String, f64)]) -> Parameters {
        let subsidy = subsidy_key(Stream::Al, Cluster::Yrd);
        let rows = [
            ("process.co2_recycled.Al", 0.5),
            ("process.processing_cost.Al", 921.0),
            ("process.electricity_recycled.Al", 100.0),
            ("process.energy_recycled.Al", 130.0),
            (GRID_REFERENCE_KEY, 0.5),
            (GRID_MODE_KEY, 1.0),
            (GREEN_POWER_KEY, 0.0),
            ("process.grid.all.安徽省", 0.7),
            (SUBSIDY_CLASS_KEY, 1.0),
            (&subsidy, 0.0),
            (SORTING_COST_KEY, 120.0),
            ("technology.smart_smelting.all.energy_cut", 28.0),
            ("technology.smart_smelting.Al.cost_cut", 800.0),
            ("technology.digital_platform.all.energy_cut", 22.0),
            ("technology.digital_platform.all.capacity_gain", 18.0),
            ("technology.ai_sorting.all.cost_share_cut", 20.0),
        ];
        let row = |(key, value): (&str, f64)| Parameter {
            key: key.into(),
            value,
            low: None,
            high: None,
            unit: String::new(),
            origin: Origin { basis: Basis::Assumed, ..Origin::default() },
            default: None,
        };
        let set: BTreeMap<String, f64> = set.iter().cloned().collect();
        Parameters::new(rows.into_iter().map(row).collect()).with(&set)
    }

    fn plant(id: &str, kind: FacilityKind) -> Facility {
        Facility {
            id: id.into(),
            kind,
            name: Name::default(),
            at: LonLat::new(117.0, 32.0),
            precision: LocationPrecision::Exact,
            cluster: Some(Cluster::Yrd),
            province: "安徽省".into(),
            location: String::new(),
            metals: [Metal::Al].into_iter().collect::<MetalSet>(),
            modes: ModeSet::default(),
            capacity: Some(Capacity { tonnes: 100.0, unit: CapacityUnit::Product }),
            street_points: 0.0,
            status: Status::Operating,
            origin: Origin::default(),
        }
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    fn set(key: &str, value: f64) -> (String, f64) {
        (key.to_owned(), value)
    }

    #[test]
    fn without_levers_a_plant_is_the_table() {
        let made = smelting(&parameters(&[]), &plant("SM1", FacilityKind::Smelter), Stream::Al);
        assert_eq!(made.kg_co2e_per_t.to_bits(), 500.0_f64.to_bits());
        assert_eq!((made.yuan_per_t, made.kwh_per_t, made.kgce_per_t), (921.0, 100.0, 130.0));
        // 100 kWh at 0.5 kg are 50 kg, the rest is fuel.
        assert!(close(made.kg_power_per_t, 50.0) && close(made.kg_fuel_per_t, 450.0));
    }

    #[test]
    fn the_grid_of_the_province_and_green_power_count_by_the_kwh() {
        let smelter = plant("SM1", FacilityKind::Smelter);
        let own = smelting(&parameters(&[set(GRID_MODE_KEY, 2.0)]), &smelter, Stream::Al);
        // 100 kWh x (0.7 - 0.5) = 20 kg more.
        assert!(close(own.kg_co2e_per_t, 520.0) && close(own.kg_power_per_t, 70.0));
        let half = smelting(&parameters(&[set(GRID_MODE_KEY, 2.0), set(GREEN_POWER_KEY, 50.0)]), &smelter, Stream::Al);
        // 100 kWh x (0.35 - 0.5) = 15 kg less.
        assert!(close(half.kg_co2e_per_t, 485.0) && close(half.kg_power_per_t, 35.0));
        let green = smelting(&parameters(&[set(GREEN_POWER_KEY, 100.0)]), &smelter, Stream::Al);
        assert!(close(green.kg_co2e_per_t, 450.0) && close(green.kg_power_per_t, 0.0));
    }

    #[test]
    fn upgrades_of_one_plant_cut_its_energy_and_cost_and_no_other_plants() {
        let smart = PlantFeature::Upgrade(Technology::SmartSmelting).key_of("SM1");
        let digital = PlantFeature::Upgrade(Technology::DigitalPlatform).key_of("SM1");
        let p = parameters(&[set(&smart, 1.0), set(&digital, 1.0)]);
        let (one, other) = (plant("SM1", FacilityKind::Smelter), plant("SM2", FacilityKind::Smelter));
        let made = smelting(&p, &one, Stream::Al);
        // 0.72 x 0.78 = 0.5616 of the energy; 921 - 800 = 121 yuan; 18 % more goes through.
        assert!(close(made.kg_co2e_per_t, 500.0 * 0.5616) && close(made.kgce_per_t, 130.0 * 0.5616));
        assert!(close(made.yuan_per_t, 121.0));
        let processing = Processing::new(&p);
        assert!(close(processing.capacity_factor(&one), 1.18));
        assert_eq!(processing.capacity_factor(&other).to_bits(), 1.0_f64.to_bits());
        assert_eq!(smelting(&p, &other, Stream::Al), smelting(&parameters(&[]), &other, Stream::Al));
    }

    #[test]
    fn sorting_by_machine_is_cheaper_at_its_hub_and_nothing_at_a_smelter() {
        let key = |id: &str| PlantFeature::Upgrade(Technology::AiSorting).key_of(id);
        let p = parameters(&[set(&key("HB1"), 1.0), set(&key("SM1"), 1.0)]);
        let processing = Processing::new(&p);
        assert!(close(processing.sorting_yuan_per_t(&plant("HB1", FacilityKind::Hub)), 96.0));
        assert!(close(processing.sorting_yuan_per_t(&plant("HB2", FacilityKind::Hub)), 120.0));
        assert!(close(smelting(&p, &plant("SM1", FacilityKind::Smelter), Stream::Al).yuan_per_t, 921.0));
    }

    #[test]
    fn a_subsidy_of_the_clean_reaches_only_plants_that_are_marked() {
        let subsidy = set(&subsidy_key(Stream::Al, Cluster::Yrd), 200.0);
        let clean = set(&PlantFeature::UltraLowEmission.key_of("SM1"), 1.0);
        let (one, other) = (plant("SM1", FacilityKind::Smelter), plant("SM2", FacilityKind::Smelter));
        let got = |p: &Parameters| [&one, &other].map(|f| smelting(p, f, Stream::Al).subsidy_yuan_per_t);
        assert_eq!(got(&parameters(&[subsidy.clone(), clean.clone()])), [200.0, 200.0]);
        let class = set(SUBSIDY_CLASS_KEY, 2.0);
        assert_eq!(got(&parameters(&[subsidy.clone(), clean, class.clone()])), [200.0, 0.0]);
        // Nobody is marked: nobody gets it.
        assert_eq!(got(&parameters(&[subsidy, class])), [0.0, 0.0]);
    }
}
