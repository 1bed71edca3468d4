//! The terms of a plan: what a tonne of each stream becomes, costs and emits at every stage, and how stages are weighed.

use super::{
    pricing::{self, product_yuan_per_t, scrap_yuan_per_gross_t},
    processing::electricity_key,
};
use crate::{
    account::{FreightTable, Rates},
    model::{
        Cluster, Effect, GREEN_POWER_KEY, GRID_MODE_KEY, GRID_REFERENCE_KEY, Mode, Parameters, PerStream,
        SUBSIDY_CLASS_KEY, Stream, Technology, demand_growth_key, mode_key, recovery_points_key, subsidy_key,
    },
    routing::Aim,
    scenario::{Objective, Scenario},
};

/// Yield of sorting at hubs.
pub const SORTING_YIELD_KEY: &str = "process.hub_sorting_yield.all";
/// Price of sorting at hubs.
pub const SORTING_COST_KEY: &str = "process.hub_processing_cost.all";
/// Price of emissions.
pub const CARBON_PRICE_KEY: &str = "price.carbon.all";

/// What the metal of a stream is called in the tables of smelting: the batteries that are most of "other" hold lithium.
#[must_use]
pub const fn metal_key(stream: Stream) -> &'static str {
    match stream {
        Stream::Al => "Al",
        Stream::Cu => "Cu",
        Stream::Pb => "Pb",
        Stream::Zn => "Zn",
        Stream::Other => "Li",
    }
}

/// Terms of one stream, by tonne of recycled metal unless said otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct StreamTerms {
    /// Metal that a point collects for a tonne of recycled metal, by way of a hub or straight to a smelter alike where the
    /// stream is never sorted.
    pub metal_collected: f64,
    /// Metal that a smelter is fed for it.
    pub metal_fed: f64,
    /// Gross tonnes that leave the point.
    pub gross_collected: f64,
    /// Gross tonnes that a smelter is fed.
    pub gross_fed: f64,
    /// Scrap bought from points, the corridor and abroad, yuan; 0 where the stream has no price.
    pub scrap_yuan: f64,
    /// What it sells for, yuan; 0 where the stream has no price.
    pub product_yuan: f64,
}

/// Everything that does not depend on a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Terms {
    pub rates: Rates,
    pub streams: PerStream<StreamTerms>,
    /// Yuan a kg CO2e.
    pub carbon_yuan_per_kg: f64,
    /// Weight of a yuan, of a kg CO2e, and of a kg of recycled metal (which counts against them), the largest of the first two
    /// being 1.
    pub weights: [f64; 3],
    /// What the weights were divided by.
    pub scale: f64,
}

/// What a kg of recycled metal is worth where most metal is asked for: far more than any haul, far less than slack.
const METAL_YUAN_PER_KG: f64 = 100.0;

impl Terms {
    pub(super) fn new(parameters: &Parameters, scenario: &Scenario) -> Self {
        let number = |key: &str| parameters.number(key);
        let sorted = number(SORTING_YIELD_KEY) / 100.0;
        let streams = PerStream::from_fn(|s| {
            let metal = metal_key(s);
            let content = number(s.content_key()) / 100.0;
            let smelted = number(&format!("process.smelter_yield.{metal}")) / 100.0;
            let hub = if s.via_hub() { sorted } else { 1.0 };
            let gross_collected = 1.0 / (content * smelted * hub);
            StreamTerms {
                metal_collected: 1.0 / (smelted * hub),
                metal_fed: 1.0 / smelted,
                gross_collected,
                gross_fed: gross_collected * hub,
                scrap_yuan: scrap_yuan_per_gross_t(s, parameters).unwrap_or(0.0) * gross_collected,
                product_yuan: product_yuan_per_t(s, parameters).unwrap_or(0.0),
            }
        });
        let wanted = match scenario.goal.objective {
            Objective::Cost => [1.0, 0.0, 0.0],
            Objective::Co2 => [0.0, 1.0, 0.0],
            Objective::Metal => [1.0, 0.0, METAL_YUAN_PER_KG],
            Objective::Weighted { yuan, kg_co2e, metal_kg } => [yuan, kg_co2e, metal_kg],
        };
        let scale = wanted[0].max(wanted[1]).max(wanted[2] / METAL_YUAN_PER_KG);
        let scale = if scale > 0.0 { scale } else { 1.0 };
        Self {
            rates: Rates::new(parameters, &scenario.levers),
            streams,
            carbon_yuan_per_kg: number(CARBON_PRICE_KEY) / 1000.0,
            weights: wanted.map(|w| w / scale),
            scale,
        }
    }

    /// What ways are chosen by: the same as flows.
    pub(super) fn aim(&self) -> Aim {
        let [yuan, kg, _] = self.weights;
        let aim = Aim { yuan, hours: 0.0, kg_co2e: kg + yuan * self.carbon_yuan_per_kg };
        // Most metal alone says nothing about ways: then the cheapest.
        if aim.is_valid() { aim } else { Aim::COST }
    }

    /// What yuan and kg CO2e weigh.
    pub(super) fn weigh(&self, yuan: f64, kg_co2e: f64) -> f64 {
        let [w, k, _] = self.weights;
        w * (yuan + kg_co2e * self.carbon_yuan_per_kg) + k * kg_co2e
    }
}

/// Every parameter that the allocation rests on beside the scrap model's, in a fixed order. Some streams lack some.
#[must_use]
pub fn keys() -> Vec<String> {
    let mut keys: Vec<String> = KEYS.map(str::to_owned).into();
    for s in Stream::ALL {
        let (metal, table) = (metal_key(s), s.table_key());
        keys.push(s.content_key().to_owned());
        keys.extend(BY_METAL.map(|k| format!("{k}.{metal}")));
        keys.extend(BY_STREAM.map(|k| format!("{k}.{table}")));
        keys.extend(Cluster::ALL.map(|c| subsidy_key(s, c)));
        keys.extend(pricing::keys(s));
        keys.push(electricity_key(s));
        keys.extend(Cluster::ALL.map(|c| recovery_points_key(s, c)));
        keys.push(demand_growth_key(s));
    }
    keys.extend(Mode::ALL.into_iter().filter_map(mode_key));
    for technology in Technology::ALL {
        let works = |e: &Effect| !matches!(e, Effect::Investment | Effect::Upkeep);
        for effect in Effect::ALL.into_iter().filter(works) {
            let metals = Stream::ALL.map(metal_key).into_iter().chain(["all"]);
            keys.extend(metals.map(|m| technology.effect_key(effect, m)));
        }
    }
    keys.extend(FreightTable::keys().into_iter().filter(|k| !k.ends_with("truck_collect")));
    keys.sort();
    keys.dedup();
    keys
}

const KEYS: [&str; 11] = [
    SUBSIDY_CLASS_KEY,
    GRID_MODE_KEY,
    GRID_REFERENCE_KEY,
    GREEN_POWER_KEY,
    SORTING_YIELD_KEY,
    SORTING_COST_KEY,
    CARBON_PRICE_KEY,
    "model.utilisation.all",
    "model.hub_throughput_default.all",
    "national.secondary_value_added.all",
    "national.recycled_output.Zn",
];
const BY_METAL: [&str; 3] = ["process.smelter_yield", "process.processing_cost", "process.co2_recycled"];
const BY_STREAM: [&str; 2] = ["national.scrap_import_gross", "national.recycled_output_target"];
