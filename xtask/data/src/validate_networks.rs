//! The tables of the four networks checked: terminals, known distances, waterways and approaches.

use crate::{
    provinces::Admin,
    tables::{Table, TableSet},
    validate::Problems,
};
use atlas_core::model::Cluster;

/// Ports may lie on islands and new land this far off the coast (degrees).
const COAST_SLACK: f64 = 0.25;
const MODES: [&str; 3] = ["rail", "water", "sea"];
/// The part of the world in which a line may run: west, south, east, north.
const BOX: [f64; 4] = [105.0, 17.5, 127.0, 42.5];

/// Adds every problem of these tables.
pub fn check(found: &mut Problems, tables: &TableSet, admin: Option<&Admin>) {
    let terminals = &tables["terminals"];
    found.numbers(terminals, &["lat", "lon"], true);
    found.numbers(terminals, &["throughput_mt", "year"], false);
    found.words(terminals, "kind", |w| ["port", "rail_hub"].contains(&w), "port or rail_hub");
    found.words(
        terminals,
        "cluster",
        |w| w == "corridor" || Cluster::from_key(w).is_some(),
        "yrd, prd, bohai or corridor",
    );
    found.words(terminals, "modes", |w| w.split(';').all(|m| MODES.contains(&m)), "rail, water, sea joined by ;");
    let precision = ["port", "station", "city"];
    found.words(terminals, "location_precision", |w| precision.contains(&w), "port, station or city");
    found.inside_by(terminals, admin, COAST_SLACK);
    let references = &tables["reference_distances"];
    found.numbers(references, &["distance_km"], true);
    found.words(references, "mode", |w| w == "road" || MODES.contains(&w), "road, rail, water or sea");
    found.numbers(&tables["expressways"], &["distance_km"], true);
    for name in ["waterways", "sea_approaches"] {
        let table = &tables[name];
        found.numbers(table, &["order", "lon", "lat"], true);
        lines(found, table);
    }
    let waterways = &tables["waterways"];
    found.numbers(waterways, &["km"], true);
    found.words(waterways, "seagoing", |w| ["", "yes"].contains(&w), "yes or nothing");
}

/// Points of a line follow each other by number, go on in kilometres, and lie in the box.
fn lines(found: &mut Problems, table: &Table) {
    let number = |row: &crate::tables::Row, c: &str| row.cells.get(c).and_then(|v| v.parse::<f64>().ok());
    let mut last: Option<(&str, f64, Option<f64>)> = None;
    for row in &table.rows {
        // A column that is not there is told elsewhere.
        let Some(line) = row.cells.get("line") else { continue };
        let (order, km) = (number(row, "order"), number(row, "km"));
        let (same, wanted) = match last {
            Some((before, n, _)) if before == line => (true, n + 1.0),
            _ => (false, 1.0),
        };
        if let Some(n) = order.filter(|n| *n != wanted) {
            let remedy = "Keep the points of a line together, numbered from 1.";
            found.add(table, row, "order", format!("point {n} where {wanted} follows"), remedy);
        }
        if let (true, Some((_, _, Some(before))), Some(km)) = (same, last, km)
            && km <= before
        {
            found.add(table, row, "km", format!("{km} after {before}"), "Kilometres grow along a line.");
        }
        let at = number(row, "lon").zip(number(row, "lat"));
        if at.is_some_and(|(x, y)| !(BOX[0]..=BOX[2]).contains(&x) || !(BOX[1]..=BOX[3]).contains(&y)) {
            found.add(table, row, "lon, lat", "outside of the map's seas and rivers".into(), "Write degrees, WGS84.");
        }
        last = Some((line, order.unwrap_or(wanted), km));
    }
}
