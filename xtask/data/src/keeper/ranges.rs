//! Numbers of the other tables that cannot be: a share above 100, a year of the next century, a range upside down.

use super::{
    notice::Notices,
    shelf::{Shelf, cell, number},
};
use crate::tables::Table;

/// Table, column, least, most.
const COLUMNS: [(&str, &str, f64, f64); 16] = [
    ("smelters", "capacity_kt_per_year", 0.0, 5_000.0),
    ("smelters", "model_capacity_kt", 0.0, 5_000.0),
    ("hubs", "throughput_kt_per_year", 0.0, 10_000.0),
    ("prefectures", "population_2020_10k", 0.5, 3_500.0),
    ("prefectures", "urban_population_2020_10k", 0.1, 3_500.0),
    ("prefectures", "gdp_2023_100m_yuan", 1.0, 100_000.0),
    ("prefectures", "secondary_share_pct", 0.0, 100.0),
    ("grid_factors", "grid_kgco2_per_kwh", 0.0, 1.5),
    ("freight_factors", "kgco2e_per_tkm", 0.0, 2.0),
    ("norms", "value_min", 0.0, 1_000_000.0),
    ("norms", "value_max", 0.0, 1_000_000.0),
    ("norms", "households_town", 50.0, 10_000.0),
    ("norms", "households_country", 50.0, 10_000.0),
    ("reference_distances", "distance_km", 1.0, 6_000.0),
    ("terminals", "throughput_mt", 0.0, 2_000.0),
    ("map_labels", "rank", 1.0, 9.0),
];
/// A year that a figure can stand for.
const YEARS: std::ops::RangeInclusive<u32> = 1990..=2035;
const TOPIC: &str = "plausible ranges";

/// Checks every table.
pub fn check(notices: &mut Notices, shelf: &Shelf) {
    for (name, column, least, most) in COLUMNS {
        let Some(table) = shelf.get(name) else { continue };
        for row in &table.rows {
            if let Some(value) = number(row, column).filter(|v| !(least..=most).contains(v)) {
                let reason = format!("{value} lies outside {least} to {most}");
                notices.error(TOPIC, (table, row, column), reason, "Correct the number or its unit.");
            }
        }
    }
    for table in shelf.values() {
        years(notices, table);
        order(notices, table, ["low", "value", "high"]);
        order(notices, table, ["value_min", "", "value_max"]);
    }
    for row in shelf.get("smelters").map_or(&[][..], |t| &t.rows) {
        let (stated, model) = (number(row, "capacity_kt_per_year"), number(row, "model_capacity_kt"));
        if let (Some(stated), Some(model)) = (stated, model)
            && model > stated
        {
            let reason = format!("{model} is above the stated capacity of {stated}");
            let at = (shelf["smelters"], row, "model_capacity_kt");
            notices.error(TOPIC, at, reason, "The model may take less than what is stated, never more.");
        }
    }
}

fn years(notices: &mut Notices, table: &Table) {
    for row in &table.rows {
        let year = cell(row, "year");
        let good = |part: &str| part.trim().parse().is_ok_and(|y: u32| YEARS.contains(&y));
        if !year.is_empty() && !year.split('-').all(good) {
            let reason = format!("{year:?} is no year and no span of years");
            notices.error(TOPIC, (table, row, "year"), reason, "Write 2024, or 2019-2021, or leave the cell empty.");
        }
    }
}

/// Whether a value lies in its own range. The builder forgives rounding and the keeper tells it; beyond that it is an
/// error, which the builder tells for parameters.
fn order(notices: &mut Notices, table: &Table, columns: [&str; 3]) {
    for row in &table.rows {
        let known: Vec<f64> = columns.iter().filter_map(|c| number(row, c)).collect();
        if known.windows(2).any(|w| w[0] > w[1]) {
            let shown: Vec<String> = known.iter().map(f64::to_string).collect();
            let names = columns.into_iter().filter(|c| !c.is_empty()).collect::<Vec<_>>().join(", ");
            let reason = format!("{} do not ascend", shown.join(", "));
            notices.finding(
                "value outside its own range",
                (table, row, &names),
                reason,
                "Widen the range or correct the value.",
            );
        }
    }
}
