//! What rows say of one another: cities and provinces that exist, clusters that agree, ids and keys that are unique.

use super::{
    notice::Notices,
    shelf::{Shelf, cell, headers},
};
use crate::tables::{Row, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Tables whose ids the builder checks itself.
const BUILDER: [&str; 10] = [
    "smelters",
    "hubs",
    "prefectures",
    "scrap",
    "sources",
    "norms",
    "terminals",
    "reference_distances",
    "road_joins",
    "rail_joins",
];
/// Beginnings of what a source's `link_in_product` may say; the product links only where it says yes.
const LINKS: [&str; 5] = ["yes", "no", "do not ship", "cite publisher", "numbers recalled"];
const TOPIC: &str = "references";

/// Checks all tables against `prefectures` and `sources`.
pub fn check(notices: &mut Notices, shelf: &Shelf) {
    for (name, table) in shelf.iter().filter(|(name, _)| !BUILDER.contains(name)) {
        if headers(table).first().is_some_and(|h| h == "id") {
            unique(notices, name, table);
        }
    }
    if let Some(sources) = shelf.get("sources") {
        for row in sources.rows.iter().filter(|r| !LINKS.iter().any(|l| cell(r, "link_in_product").starts_with(l))) {
            let reason = format!("{:?} does not say whether the product may link", cell(row, "link_in_product"));
            notices.error(TOPIC, (sources, row, "link_in_product"), reason, "Begin with yes or no.");
        }
    }
    let Some(cities) = shelf.get("prefectures") else { return };
    let known = headers(cities);
    if ["adcode", "name_zh", "province", "cluster"].iter().any(|c| !known.iter().any(|h| h == c)) {
        return;
    }
    let by_name: BTreeMap<(&str, &str), &Row> =
        cities.rows.iter().map(|r| ((cell(r, "province"), cell(r, "name_zh")), r)).collect();
    let by_code: BTreeMap<&str, &Row> = cities.rows.iter().map(|r| (cell(r, "adcode"), r)).collect();
    let provinces: BTreeSet<&str> = cities.rows.iter().map(|r| cell(r, "province")).collect();
    for (name, table) in shelf.iter().filter(|(name, _)| **name != "prefectures") {
        let columns = headers(table);
        let has = |c: &str| columns.iter().any(|h| h == c);
        for row in &table.rows {
            let home = if has("adcode") {
                by_code.get(cell(row, "adcode")).copied()
            } else {
                by_name.get(&(cell(row, "province"), cell(row, "city"))).copied()
            };
            if has("province") && has("city") && home.is_none() && !cell(row, "city").is_empty() {
                city(notices, table, row, &provinces);
            }
            // The builder compares the codes of scrap with those of the cities itself.
            if has("adcode") && home.is_none() && *name != "scrap" {
                let reason = format!("no city has the code {}", cell(row, "adcode"));
                notices.error(TOPIC, (table, row, "adcode"), reason, "Write a code of prefectures.csv.");
            }
            if let Some(home) = home.filter(|h| has("cluster") && cell(h, "cluster") != cell(row, "cluster")) {
                let reason = format!(
                    "{:?}, but {} belongs to {:?}",
                    cell(row, "cluster"),
                    cell(home, "name_zh"),
                    cell(home, "cluster")
                );
                notices.error(
                    TOPIC,
                    (table, row, "cluster"),
                    reason,
                    "Write the cluster of the city, or correct the city.",
                );
            }
        }
    }
    codes(notices, cities);
}

fn unique(notices: &mut Notices, name: &str, table: &Table) {
    let mut seen = BTreeSet::new();
    for row in table.rows.iter().filter(|r| !seen.insert(cell(r, "id")) || cell(r, "id").is_empty()) {
        let reason = format!("{:?} is empty or there twice in {name}", cell(row, "id"));
        notices.error(TOPIC, (table, row, "id"), reason, "Give the row an id of its own.");
    }
}

fn city(notices: &mut Notices, table: &Table, row: &Row, provinces: &BTreeSet<&str>) {
    let (province, city) = (cell(row, "province"), cell(row, "city"));
    let (column, reason) = if provinces.contains(province) {
        ("city", format!("no city {city:?} in {province}"))
    } else {
        ("province", format!("no province {province:?} in prefectures.csv"))
    };
    notices.error(TOPIC, (table, row, column), reason, "Write the full Chinese name as in prefectures.csv.");
}

/// One province a code and one code a province, and one cluster a province.
fn codes(notices: &mut Notices, cities: &Table) {
    let mut seen: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for row in &cities.rows {
        let Some(code) = cell(row, "adcode").get(..2) else { continue };
        let own = (cell(row, "province"), cell(row, "cluster"));
        let first = *seen.entry(code).or_insert(own);
        if first != own {
            let reason =
                format!("codes {code}.... are {} ({}) elsewhere, here {} ({})", first.0, first.1, own.0, own.1);
            notices.error(
                TOPIC,
                (cities, row, "adcode, province, cluster"),
                reason,
                "Correct the code, the province or the cluster.",
            );
        }
    }
}
