//! Siting norms: what each counts and in which unit, how its households are read, and words in both languages.

use super::{
    notice::Notices,
    shelf::{Shelf, cell, headers, number},
};
use crate::tables::{Row, Table};
use atlas_core::model::{Basis, NormMetric};

const TOPIC: &str = "norms";

/// Checks every row. A missing column is told once for the table, elsewhere.
pub fn check(notices: &mut Notices, shelf: &Shelf) {
    let Some(table) = shelf.get("norms") else { return };
    let columns = headers(table);
    let has = |column: &str| columns.iter().any(|c| c == column);
    for row in &table.rows {
        if has("basis") && Basis::from_key(cell(row, "basis")).is_none_or(|b| b == Basis::Unknown) {
            let reason = format!("{:?} is no basis", cell(row, "basis"));
            notices.error(TOPIC, (table, row, "basis"), reason, "Write published, recalled or another known basis.");
        }
        for column in ["rule_zh", "rule_en", "area_zh", "area_en"] {
            if has(column) && cell(row, column).is_empty() {
                let reason = "no words in this language".to_owned();
                notices.error(TOPIC, (table, row, column), reason, "Write the rule and its area in both languages.");
            }
        }
        if has("value_min") && has("value_max") && number(row, "value_min").or(number(row, "value_max")).is_none() {
            let reason = "no value".to_owned();
            notices.error(TOPIC, (table, row, "value_min, value_max"), reason, "Write the least, the most, or both.");
        }
        if has("metric") {
            match NormMetric::from_key(cell(row, "metric")) {
                Some(metric) => of_metric(notices, table, row, metric, &has),
                None => {
                    let known = NormMetric::ALL.map(NormMetric::key).join(", ");
                    let reason = format!("{:?} is nothing that a norm counts", cell(row, "metric"));
                    notices.error(TOPIC, (table, row, "metric"), reason, format!("Write one of {known}."));
                }
            }
        }
    }
}

fn of_metric(notices: &mut Notices, table: &Table, row: &Row, metric: NormMetric, has: &impl Fn(&str) -> bool) {
    if has("unit") && cell(row, "unit") != metric.unit() {
        let reason = format!("{} is not counted in {:?}", metric.key(), cell(row, "unit"));
        notices.error(TOPIC, (table, row, "unit"), reason, format!("Write {}, and convert.", metric.unit()));
    }
    let counts_households = metric == NormMetric::HouseholdsPerPoint;
    if has("households_town") && counts_households == cell(row, "households_town").is_empty() {
        let reason = "the most households a point in town may serve belong to households_per_point, and only there";
        let remedy = "Read the number from the wording of the norm, or leave the cell empty.";
        notices.error(TOPIC, (table, row, "households_town"), reason.to_owned(), remedy);
    }
    if !counts_households && !cell(row, "households_country").is_empty() {
        let reason = "households in the country belong to households_per_point only".to_owned();
        notices.error(TOPIC, (table, row, "households_country"), reason, "Leave the cell empty.");
    }
}
