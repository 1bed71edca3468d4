//! The terms of a plan: what a tonne of each stream becomes, costs and emits at every stage, and how stages are weighed.

use crate::{
    account::{FreightTable, Rates},
    model::{Cluster, Parameters, PerStream, Stream, subsidy_key},
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
    /// Sorting, yuan.
    pub sorting_yuan: f64,
    /// Smelting, yuan.
    pub smelting_yuan: f64,
    /// Smelting, kg CO2e.
    pub smelting_kg: f64,
    /// Scrap of the corridor and imports, yuan.
    pub inflow_yuan: f64,
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
                sorting_yuan: number(SORTING_COST_KEY) * gross_collected,
                smelting_yuan: number(&format!("process.processing_cost.{metal}")),
                smelting_kg: 1000.0 * number(&format!("process.co2_recycled.{metal}")),
                inflow_yuan: inflow_price(s, parameters) * gross_collected,
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

/// Yuan a gross tonne of scrap that comes from outside. The table's prices are by tonne of scrap for aluminium and batteries,
/// by tonne of metal for copper and zinc; it knows none for the others, which so cost only their haul.
fn inflow_price(stream: Stream, parameters: &Parameters) -> f64 {
    let key = format!("price.scrap.{}", stream.table_key());
    let Some(price) = parameters.get(&key) else { return 0.0 };
    let by_metal = matches!(stream, Stream::Cu | Stream::Zn);
    price.value * if by_metal { parameters.number(stream.content_key()) / 100.0 } else { 1.0 }
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
    }
    keys.extend(FreightTable::keys().into_iter().filter(|k| !k.ends_with("truck_collect")));
    keys.sort();
    keys.dedup();
    keys
}

const KEYS: [&str; 7] = [
    SORTING_YIELD_KEY,
    SORTING_COST_KEY,
    CARBON_PRICE_KEY,
    "model.utilisation.all",
    "model.hub_throughput_default.all",
    "national.secondary_value_added.all",
    "national.recycled_output.Zn",
];
const BY_METAL: [&str; 3] = ["process.smelter_yield", "process.processing_cost", "process.co2_recycled"];
const BY_STREAM: [&str; 3] = ["price.scrap", "national.scrap_import_gross", "national.recycled_output_target"];
