//! Units of the parameters: which ones there are, which a parameter may have, and what a value in one can be.

use super::{
    notice::Notices,
    shelf::{Shelf, cell, label},
};
use crate::tables::{Row, Table};

/// A unit with the least and the most that a value in it can sensibly be.
const UNITS: &[(&str, f64, f64)] = &[
    ("%", 0.0, 100.0),
    ("% of EAF dust", 0.0, 100.0),
    ("% of battery weight", 0.0, 100.0),
    ("% of feed weight", 0.0, 100.0),
    ("% of scrap weight", 0.0, 100.0),
    ("bn yuan", 0.0, 10_000.0),
    ("1 GLEC; 2 GB/T 51366", 1.0, 2.0),
    ("gCO2e/t-km", 0.0, 1_000.0),
    ("gCO2e/t-km WTW", 0.0, 1_000.0),
    ("h per transfer", 0.0, 500.0),
    ("kgce/t", 0.0, 10_000.0),
    ("km/h", 1.0, 200.0),
    ("kt gross/y", 0.0, 100_000.0),
    ("kgCO2e/t each", 0.0, 50.0),
    ("kt metal/y", 0.0, 100_000.0),
    ("kt metal/half-year", 0.0, 50_000.0),
    ("kt/half-year", 0.0, 50_000.0),
    ("kt/y", 0.0, 100_000.0),
    ("m people", 1.0, 2_000.0),
    ("m yuan/y", 0.0, 10_000.0),
    ("m yuan/y for 90 kt", 0.0, 10_000.0),
    ("mg/m3", 0.0, 2_000.0),
    ("persons/household", 1.0, 10.0),
    ("people", 1.0, 10_000_000.0),
    (WEIGHTS, 0.0, 1.0),
    ("share of capacity", 0.0, 1.0),
    ("t/y", 0.0, 1_000_000.0),
    ("tCO2e/t", 0.0, 50.0),
    ("tCO2e/t Li2CO3", 0.0, 50.0),
    ("tn yuan", 0.0, 1_000.0),
    ("x", 0.0, 100.0),
    ("yuan/g gold", 1.0, 10_000.0),
    ("yuan/t", 0.0, 1_000_000.0),
    ("yuan/t Li2CO3", 1.0, 1_000_000.0),
    ("yuan/t battery metal", 0.0, 1_000_000.0),
    ("yuan/t bright wire", 1.0, 1_000_000.0),
    ("yuan/t each", 0.0, 1_000.0),
    ("yuan/t old zinc", 1.0, 1_000_000.0),
    ("yuan/t product", 0.0, 10_000.0),
    ("yuan/t scrap", 0.0, 100_000.0),
    ("yuan/t shredded cast", 1.0, 1_000_000.0),
    ("yuan/t spent e-bike battery", 1.0, 1_000_000.0),
    ("yuan/t-km", 0.0, 10.0),
    ("yuan/tCO2", 0.0, 10_000.0),
    ("% of demand", 0.0, 1_000.0),
    ("% of electricity", 0.0, 100.0),
    ("% of capacity", 0.0, 1_000.0),
    ("1 allowed; 2 banned", 1.0, 2.0),
    ("1 every plant; 2 ultra-low-emission plants only", 1.0, 2.0),
    ("1 national average; 2 grid of the province", 1.0, 2.0),
    ("kWh/t product", 0.0, 50_000.0),
    ("kgCO2/kWh", 0.0, 1.5),
    ("km", 0.0, 1_000.0),
    ("m yuan each", 0.0, 10_000.0),
    ("percentage points", -100.0, 100.0),
    ("share of product", 0.0, 1.0),
    ("share of the change", 0.0, 2.0),
    ("yuan/t gross", 0.0, 10_000.0),
    ("yuan/t of capacity", 0.0, 100_000.0),
    ("yuan/t of capacity a year", 0.0, 100_000.0),
];
const WEIGHTS: &str = "population;urban population;secondary-industry value added";

/// The units of each parameter, by group and key. A key without an entry may have any unit above, and is told.
const KEYS: &[(&str, &[&str])] = &[
    ("model.length_factor", &["x"]),
    ("model.scrap_base_recovery", &["%"]),
    ("national.domestic_scrap", &["kt metal/y"]),
    ("freight.construction_fund", &["yuan/t-km"]),
    ("freight.cost", &["yuan/t-km"]),
    ("freight.dwell", &["h per transfer"]),
    ("freight.ef", &["gCO2e/t-km WTW"]),
    ("freight.ef_gbt51366", &["gCO2e/t-km"]),
    ("freight.emission_family", &["1 GLEC; 2 GB/T 51366"]),
    ("freight.fixed", &["yuan/t"]),
    ("freight.friction", &["yuan/t"]),
    ("freight.handling", &["yuan/t each"]),
    ("freight.handling_ef", &["kgCO2e/t each"]),
    ("freight.hazard_multiplier", &["x"]),
    ("freight.speed", &["km/h"]),
    ("freight.toll_saving", &["m yuan/y for 90 kt"]),
    ("model.household_size", &["persons/household"]),
    ("model.hub_throughput_default", &["kt gross/y"]),
    ("model.people_per_point", &["people"]),
    ("model.people_per_street_point", &["people"]),
    ("model.point_capacity", &["t/y"]),
    ("model.road_length_factor", &["x"]),
    ("model.road_speed", &["km/h"]),
    ("model.utilisation", &["share of capacity"]),
    ("model.weights_scrap", &[WEIGHTS]),
    ("national.domestic_scrap_recovered_h1", &["kt metal/half-year"]),
    ("national.licensed_secondary_lead_capacity", &["kt/y"]),
    ("national.operating_rate", &["%"]),
    ("national.population", &["m people"]),
    ("national.recovered_from_batteries", &["kt/y"]),
    ("national.recovery_rate", &["%"]),
    ("national.recycled_output", &["kt/y"]),
    ("national.recycled_output_actual", &["kt/y"]),
    ("national.recycled_output_h1", &["kt/half-year"]),
    ("national.recycled_output_target", &["kt/y"]),
    ("national.retired_power_batteries", &["kt/y"]),
    ("national.scrap_import_gross", &["kt gross/y"]),
    ("national.secondary_share_of_output", &["%"]),
    ("national.secondary_share_of_refined", &["%"]),
    ("national.secondary_value_added", &["tn yuan"]),
    ("national.secondary_vs_electrolytic", &["%"]),
    ("national.urban_population", &["m people"]),
    ("policy.central_fund", &["bn yuan"]),
    ("policy.contract_cost_factor", &["x"]),
    ("policy.contract_lead_time", &["%"]),
    ("policy.emission_so2_best", &["mg/m3"]),
    ("policy.leader_threshold", &["kt/y"]),
    ("policy.local_matching_fund", &["bn yuan"]),
    ("policy.special_fund", &["bn yuan"]),
    ("policy.subsidy", &["yuan/t product"]),
    ("policy.subsidy_ule_recycled_aluminium", &["yuan/t"]),
    ("policy.vat_refund", &["%"]),
    ("policy.budget", &["bn yuan"]),
    ("policy.demand_growth", &["% of demand"]),
    ("policy.grade_share", &["share of product"]),
    ("policy.green_power", &["% of electricity"]),
    ("policy.mode", &["1 allowed; 2 banned"]),
    ("policy.pickup_cost", &["yuan/t gross"]),
    ("policy.pickup_from", &["km"]),
    ("policy.pickup_radius", &["km"]),
    ("policy.price_linkage", &["share of the change"]),
    ("policy.recovery_points", &["percentage points"]),
    ("policy.site_cost", &["m yuan each", "yuan/t of capacity"]),
    ("policy.subsidy_class", &["1 every plant; 2 ultra-low-emission plants only"]),
    ("price.carbon", &["yuan/tCO2"]),
    ("price.grade_premium", &["x"]),
    ("price.lead_discount", &["yuan/t"]),
    ("price.margin_pressure", &["yuan/t"]),
    ("price.product", &["yuan/t", "yuan/t Li2CO3", "yuan/g gold"]),
    ("price.product_alloy_adc12", &["yuan/t"]),
    ("price.scrap", &["yuan/t bright wire", "yuan/t shredded cast", "yuan/t spent e-bike battery", "yuan/t old zinc"]),
    ("process.battery_predismantling_loss", &["%"]),
    ("process.best_cost_cut_ai", &["yuan/t"]),
    ("process.best_energy_cut_ai", &["%"]),
    ("process.co2_primary", &["tCO2e/t", "tCO2e/t Li2CO3"]),
    ("process.co2_recycled", &["tCO2e/t", "tCO2e/t Li2CO3"]),
    ("process.co2_saving_claim", &["%"]),
    ("process.electricity_recycled", &["kWh/t product"]),
    ("process.grid_mode", &["1 national average; 2 grid of the province"]),
    ("process.grid_reference", &["kgCO2/kWh"]),
    ("process.energy_norm", &["kgce/t"]),
    ("process.energy_recycled", &["kgce/t"]),
    ("process.energy_saving_claim", &["%"]),
    ("process.energy_saving_vs_primary", &["kgce/t"]),
    ("process.hub_fixed_cost", &["m yuan/y"]),
    ("process.hub_processing_cost", &["yuan/t scrap"]),
    ("process.metal_content_feed", &["% of battery weight", "% of EAF dust", "% of scrap weight", "% of feed weight"]),
    ("process.pretreated_purity", &["%"]),
    ("process.processing_cost", &["yuan/t", "yuan/t battery metal"]),
    ("process.hub_sorting_yield", &["%"]),
    ("process.smelter_yield", &["%"]),
    ("process.sorting_accuracy_ai", &["%"]),
    ("process.sorting_speed_vs_manual", &["x"]),
    ("technology.ai_sorting", TECHNOLOGY),
    ("technology.digital_platform", TECHNOLOGY),
    ("technology.direct_lithium", TECHNOLOGY),
    ("technology.smart_smelting", TECHNOLOGY),
];

/// What upgrades cut, win and cost.
const TECHNOLOGY: &[&str] =
    &["%", "% of capacity", "yuan/t product", "yuan/t of capacity", "yuan/t of capacity a year"];

/// Differences of prices and of rates: these may be below zero.
const SIGNED: [&str; 5] = [
    "policy.demand_growth",
    "policy.recovery_points",
    "policy.contract_lead_time",
    "price.lead_discount",
    "price.margin_pressure",
];

const TOPIC: &str = "units";
const SPREAD: &str = "plausible ranges";
const REMEDY: &str = "Write a unit that the model knows, or add it to xtask/data/src/keeper/units.rs.";

/// Checks units and values of the parameters.
pub fn check(notices: &mut Notices, shelf: &Shelf) {
    if let Some(table) = shelf.get("parameters") {
        for row in &table.rows {
            parameter(notices, table, row);
        }
    }
}

fn parameter(notices: &mut Notices, table: &Table, row: &Row) {
    let unit = cell(row, "unit");
    let key = format!("{}.{}", cell(row, "group"), cell(row, "key"));
    // A table without the column, or an empty cell, is told elsewhere.
    if unit.is_empty() {
        return;
    }
    let Some((_, least, most)) = UNITS.iter().find(|u| u.0 == unit) else {
        return notices.error(TOPIC, (table, row, "unit"), format!("{unit:?} is not a known unit"), REMEDY);
    };
    match KEYS.iter().find(|k| k.0 == key) {
        Some((_, known)) if !known.contains(&unit) => {
            let reason = format!("{key} is not given in {unit:?}");
            return notices.error(
                TOPIC,
                (table, row, "unit"),
                reason,
                format!("Write {}, and convert.", known.join(" or ")),
            );
        }
        Some(_) => {}
        None => notices.finding(
            TOPIC,
            (table, row, "unit"),
            "nobody said which unit this parameter has".into(),
            "Add its key to KEYS in xtask/data/src/keeper/units.rs.",
        ),
    }
    let least = if SIGNED.contains(&key.as_str()) { -most } else { *least };
    for column in ["value", "low", "high"] {
        for value in cell(row, column).split(';').filter_map(|v| v.trim().parse::<f64>().ok()) {
            if !(least..=*most).contains(&value) {
                let reason = format!("{value} {unit} lies outside {least} to {most}");
                notices.error(SPREAD, (table, row, column), reason, "Correct the number or its unit.");
            }
        }
    }
    if unit == WEIGHTS {
        weights(notices, table, row);
    }
}

/// Three weights that share out a whole.
fn weights(notices: &mut Notices, table: &Table, row: &Row) {
    let parts: Vec<f64> = cell(row, "value").split(';').filter_map(|v| v.trim().parse().ok()).collect();
    if parts.len() != WEIGHTS.split(';').count() || (parts.iter().sum::<f64>() - 1.0).abs() > 1e-9 {
        let reason = format!("{}: the weights of {} do not add up to 1", cell(row, "value"), label(row));
        notices.error(SPREAD, (table, row, "value"), reason, format!("Give a weight for each of {WEIGHTS}."));
    }
}
