//! A last look at what was built: known road distances, and the packs read back with the product's own reader.

use crate::{
    error::{DataError, Explain, Result},
    roads::Roads,
    tables::Prefecture,
};
use atlas_core::{
    format::{pack::Pack, region},
    geo::NearestIndex,
};
use petgraph::{algo::dijkstra, graph::NodeIndex};

/// City pairs with their real road distance in km.
const PAIRS: [(u32, u32, f64); 6] = [
    (310_000, 440_100, 1450.0),
    (310_000, 110_000, 1210.0),
    (120_000, 440_600, 2150.0),
    (330_100, 330_200, 150.0),
    (440_100, 441_800, 80.0),
    (370_100, 371_300, 260.0),
];
/// More than this off after the length factor means that the network is broken.
const MOST_ERROR: f64 = 0.15;
const LENGTH_FACTOR: f64 = 1.055;

/// The pairs with the length of their shortest path: from, to, raw km, real km.
pub fn distances(roads: &Roads, prefectures: &[Prefecture]) -> Result<Vec<(String, String, f64, f64)>> {
    let index = NearestIndex::new(roads.node_weights().copied());
    let mut found = Vec::new();
    for (from, to, real) in PAIRS {
        let [a, b] = [from, to].map(|code| {
            let city = prefectures.iter().find(|p| p.adcode == code).expect("a city of the table");
            (city, NodeIndex::new(index.nearest(city.seat()).expect("a network has nodes") as usize))
        });
        let metres = dijkstra(roads, a.1, Some(b.1), |e| *e.weight()).get(&b.1).copied();
        let raw = metres.map_or(f64::INFINITY, |m| f64::from(m) / 1000.0);
        let error = raw * LENGTH_FACTOR / real - 1.0;
        if error.abs() > MOST_ERROR {
            return Err(DataError::new(
                format!("{} to {} is {raw:.0} km on the network, {real:.0} km in reality", a.0.name_zh, b.0.name_zh),
                "the network misses a road, or joins what is apart",
                "Look at the joins in data/tables/road_joins.csv and at the clipping.",
            ));
        }
        found.push((a.0.name_en.clone(), b.0.name_en.clone(), raw, real));
    }
    Ok(found)
}

/// Reads both packs as the app does; any row the app would leave out is an error.
pub fn read_back(first: &[u8], network: &[u8]) -> Result<()> {
    let remedy = "The builder and atlas-core disagree: look at core/src/format.";
    let what = || "the packs do not read back".to_owned();
    let first = region::read_first(first).explain(what, remedy)?;
    let second = region::read_second(network, &first.baseline.prefectures).explain(what, remedy)?;
    let problems: Vec<String> =
        first.problems.iter().chain(&second.problems).map(|d| format!("\n  {}: {}", d.subject, d.message)).collect();
    if problems.is_empty() {
        return Ok(());
    }
    Err(DataError::new(what(), problems.concat(), "Correct the rows in data/tables."))
}

/// The sections of a pack: name, bytes raw and packed.
pub fn sections(file: &str, bytes: &[u8]) -> Result<Vec<(String, String, usize, usize)>> {
    let remedy = "The builder and atlas-core disagree: look at core/src/format/pack.rs.";
    let pack = Pack::parse(bytes).explain(|| format!("cannot read {file}"), remedy)?;
    let mut found = Vec::new();
    for name in pack.names() {
        let raw = pack.section(name).explain(|| format!("cannot read {file}"), remedy)?;
        let mut alone = atlas_core::format::pack::PackWriter::default();
        let length = raw.len();
        alone.section(name, raw);
        // What the container adds for one section is the same for each: header 16, entry 28.
        found.push((file.to_owned(), name.to_owned(), length, alone.finish().len() - 44));
    }
    Ok(found)
}
