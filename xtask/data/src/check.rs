//! A last look at what was built: known distances, and the packs read back with the product's own reader.

use crate::{
    error::{DataError, Explain, Result},
    network::Network,
    tables::{Reference, Table, Tables},
    terminals::Terminal,
};
use atlas_core::{
    format::{pack::Pack, region},
    geo::{LonLat, NearestIndex},
};
use petgraph::{algo::dijkstra, graph::NodeIndex};

/// More than this off after the length factor means that the network is broken.
const MOST_ERROR: f64 = 0.3;

/// A known distance beside the one on the network.
pub struct Compared {
    /// The row of `reference_distances.csv`.
    pub reference: Reference,
    /// Shortest path in km, before the length factor.
    pub raw_km: f64,
    /// What the length factor makes of it.
    pub km: f64,
}

impl Compared {
    /// Part by which the network is longer than reality.
    pub fn error(&self) -> f64 {
        self.km / self.reference.distance_km - 1.0
    }
}

/// The length factor of a mode, as `parameters.csv` has it.
pub fn length_factor(parameters: &Table, mode: &str) -> Result<f64> {
    let row = parameters.rows.iter().find(|r| match mode {
        "road" => r.cells["key"] == "road_length_factor",
        _ => r.cells["key"] == "length_factor" && r.cells["mode"] == mode,
    });
    row.and_then(|r| r.cells["value"].parse().ok()).ok_or_else(|| {
        DataError::new(
            "data/tables/parameters.csv",
            format!("no length factor for {mode}"),
            "Add the row model, length_factor, all, and the mode.",
        )
    })
}

/// Compares one mode's network with the known distances. A place is a named point of a waterway, the city's first port
/// for ships, or the seat of a city.
pub fn compare(mode: &str, network: &Network, factor: f64, tables: &Tables) -> Result<Vec<Compared>> {
    let index = NearestIndex::new(network.node_weights().copied());
    let mut found = Vec::new();
    for reference in tables.references.iter().filter(|r| r.mode == mode) {
        let mut ends = Vec::new();
        for name in [&reference.from, &reference.to] {
            let at = position(mode, name, tables).ok_or_else(|| {
                DataError::new(
                    format!("data/tables/reference_distances.csv, row {}", reference.id),
                    format!("{name} is not known"),
                    "Write a city of prefectures.csv, or a place of waterways.csv.",
                )
            })?;
            ends.push(NodeIndex::new(index.nearest(at).expect("a network has nodes") as usize));
        }
        let metres = dijkstra(network, ends[0], Some(ends[1]), |e| *e.weight()).get(&ends[1]).copied();
        let raw_km = metres.map_or(f64::INFINITY, |m| f64::from(m) / 1000.0);
        let compared = Compared { reference: reference.clone(), raw_km, km: raw_km * factor };
        if compared.error().abs() > MOST_ERROR {
            return Err(DataError::new(
                format!(
                    "{} to {} by {mode} is {raw_km:.0} km on the network, {:.0} km in reality",
                    reference.from, reference.to, reference.distance_km
                ),
                "the network misses a line, or joins what is apart",
                "Look at the joins in data/tables and at the clipping.",
            ));
        }
        found.push(compared);
    }
    Ok(found)
}

fn position(mode: &str, name: &str, tables: &Tables) -> Option<LonLat> {
    let is_city = |city: &str| city == name || city.strip_suffix('市') == Some(name);
    let place = tables.waterways.iter().find(|p| p.name == name).map(|p| LonLat::new(p.lon, p.lat));
    let port = || tables.terminals.iter().find(|t| t.has(mode) && is_city(&t.city)).map(Terminal::at);
    let seat = || tables.prefectures.iter().find(|p| is_city(&p.name_zh)).map(|p| p.seat());
    match mode {
        "water" => place.or_else(port),
        "sea" => port(),
        _ => seat(),
    }
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
