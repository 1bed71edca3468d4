//! What the builder made against the tables of today: a pack that lags behind shows figures that nobody can look up.

use super::{notice::Notices, positions, references, shelf::Shelf};
use crate::tables::Table;
use atlas_core::format::{pack::Pack, region::FIRST_PACK};
use std::{fs, path::Path};

const TOPIC: &str = "packs behind the tables";
const REMEDY: &str = "Run `cargo xtask data` and commit what it writes.";

/// Compares the first pack with the tables, and the collection points with the cities.
pub fn check(notices: &mut Notices, root: &Path, shelf: &Shelf) {
    let file = format!("data/pack/{FIRST_PACK}");
    let Ok(bytes) = fs::read(root.join(&file)) else {
        return notices.file_finding(TOPIC, &file, "there is no pack".into(), REMEDY);
    };
    let pack = match Pack::parse(&bytes) {
        Ok(pack) => pack,
        Err(e) => return notices.file_error(TOPIC, &file, e.to_string(), REMEDY),
    };
    for name in pack.names() {
        let (Some(table), Ok(text)) = (shelf.get(name), pack.text(name)) else { continue };
        if table.text != text {
            notices.file_finding(TOPIC, &file, format!("section {name} is not data/tables/{}", table.file), REMEDY);
        }
    }
    points(notices, root, shelf);
}

/// Ids, cities and positions of `data/built/points.csv`, checked like a table.
fn points(notices: &mut Notices, root: &Path, shelf: &Shelf) {
    let file = "data/built/points.csv";
    let Ok(text) = fs::read_to_string(root.join(file)) else {
        return notices.file_finding(TOPIC, file, "there is no such file".into(), REMEDY);
    };
    let table = match Table::parse("../built/points.csv".into(), text) {
        Ok(table) => table,
        Err(e) => return notices.file_error(TOPIC, file, e.to_string(), REMEDY),
    };
    let mut with_points = Shelf::new();
    with_points.insert("points", &table);
    if let Some(cities) = shelf.get("prefectures") {
        with_points.insert("prefectures", cities);
    }
    references::check(notices, &with_points);
    positions::of_table(notices, &table, &positions::seats(shelf), positions::WIDE_SLACK_KM);
}
