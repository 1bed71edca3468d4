//! `data/report.md`: what was built, counted the same way every time.

use crate::{points::Point, roads::RoadLog, tables::Prefecture};
use atlas_core::{
    format::{cells::CellRow, geometry::GeometryLayer},
    geo::LonLat,
};
use std::fmt::Write;

/// Everything the report tells.
pub struct Facts<'a> {
    /// What was done to the roads.
    pub roads: &'a RoadLog,
    /// Nodes, edges and kilometres of the finished network.
    pub network: (usize, usize, f64),
    /// Edges of class 1, 2 and 3.
    pub classes: [usize; 3],
    /// Demand cells.
    pub cells: &'a [CellRow],
    /// Collection points.
    pub points: &'a [Point],
    /// Places for search.
    pub places: usize,
    /// Cities.
    pub prefectures: &'a [Prefecture],
    /// Shortest paths checked against known distances: from, to, raw km, real km.
    pub pairs: &'a [(String, String, f64, f64)],
    /// Pack, section, bytes raw and packed.
    pub sections: &'a [(String, String, usize, usize)],
    /// Base and detail layers.
    pub layers: [&'a [GeometryLayer]; 2],
}

/// The text of the report.
pub fn write(facts: &Facts) -> String {
    let mut out = String::from(
        "# What the data builder made\n\nWritten by `cargo xtask data`; the same inputs give the same text. How it was made: README.md.\n",
    );
    roads(&mut out, facts);
    people(&mut out, facts);
    layers(&mut out, facts);
    sizes(&mut out, facts);
    out
}

fn roads(out: &mut String, f: &Facts) {
    let log = f.roads;
    let (nodes, edges, km) = log.clipped;
    say(out, "\n## Roads\n");
    say(out, &format!("- Clipped to the 17 provinces: {nodes} nodes, {edges} edges, {km:.0} km."));
    say(out, &format!("- Source faults mended: {} edges listed at one end only, {} loops.", log.one_sided, log.loops));
    let (pieces, lost, lost_km) = log.dropped;
    say(out, &format!("- Left out: {pieces} detached pieces under 20 nodes, {lost} nodes, {lost_km:.0} km."));
    let (nodes, edges, km) = f.network;
    say(out, &format!("- Finished: {nodes} nodes, {edges} edges, {km:.0} km."));
    let [one, two, three] = f.classes;
    say(
        out,
        &format!(
            "- Class by shortest ways between prefecture seats: {one} edges of class 1, {two} of class 2, {three} of class 3."
        ),
    );
    say(
        out,
        "\n### Pieces that no road joins\n\n| nodes | km | middle | province of its first node |\n|---|---|---|---|",
    );
    for (nodes, km, at, province) in &log.pieces {
        say(out, &format!("| {nodes} | {km:.0} | {} | {province} |", place(*at)));
    }
    say(out, "\n### Joins from data/tables/road_joins.csv\n\n| id | what | straight length m |\n|---|---|---|");
    for (id, name, metres) in &log.table_joins {
        say(out, &format!("| {id} | {name} | {metres} |"));
    }
    say(
        out,
        "\n### Joins made where a detached piece lies within 1 km\n\n| from | to | m | nodes joined |\n|---|---|---|---|",
    );
    for (a, b, metres, nodes) in &log.auto_joins {
        say(out, &format!("| {} | {} | {metres} | {nodes} |", place(*a), place(*b)));
    }
    say(
        out,
        "\n### Joins of dead ends that face each other\n\nGap up to 2 km, way round over 30 km and 12 gaps.\n\n| from | to | m |\n|---|---|---|",
    );
    for (a, b, metres) in &log.facing_joins {
        say(out, &format!("| {} | {} | {metres} |", place(*a), place(*b)));
    }
    say(
        out,
        "\n### Distances against known ones\n\n| pair | raw km | x 1.055 | real km | error |\n|---|---|---|---|---|",
    );
    for (from, to, raw, real) in f.pairs {
        let ours = raw * 1.055;
        say(
            out,
            &format!("| {from}-{to} | {raw:.0} | {ours:.0} | {real:.0} | {:+.1} % |", (ours / real - 1.0) * 100.0),
        );
    }
}

fn people(out: &mut String, f: &Facts) {
    say(out, "\n## People\n");
    let people: u64 = f.cells.iter().map(|c| u64::from(c.people)).sum();
    let most = f.cells.iter().map(|c| c.people).max().unwrap_or(0);
    say(out, &format!("- {} demand cells with {people} people; the fullest has {most}.", f.cells.len()));
    say(out, &format!("- {} collection points, {} places for search.", f.points.len(), f.places));
    say(out, "\n| province | cells | people | census of its cities | collection points |\n|---|---|---|---|---|");
    let mut provinces: Vec<(u32, &str)> =
        f.prefectures.iter().filter(|p| p.in_cluster()).map(|p| (p.province_code(), p.province.as_str())).collect();
    provinces.sort_unstable();
    provinces.dedup();
    for (code, name) in provinces {
        let of = |row: u32| f.prefectures[row as usize].province_code() == code;
        let cells: Vec<_> = f.cells.iter().filter(|c| of(c.prefecture)).collect();
        let people: u64 = cells.iter().map(|c| u64::from(c.people)).sum();
        let census: u64 = f.prefectures.iter().filter(|p| p.province_code() == code).map(Prefecture::people).sum();
        let points = f.points.iter().filter(|p| of(p.prefecture() as u32)).count();
        say(out, &format!("| {name} | {} | {people} | {census} | {points} |", cells.len()));
    }
}

fn layers(out: &mut String, f: &Facts) {
    say(
        out,
        "\n## Base map\n\n| layer | base: features | base: points | detail: features | detail: points |\n|---|---|---|---|---|",
    );
    let [base, detail] = f.layers;
    for layer in base {
        let count = |l: &GeometryLayer| {
            let points: usize = l.features.iter().flat_map(|f| &f.parts).map(Vec::len).sum();
            (l.features.len(), points)
        };
        let (features, points) = count(layer);
        let other = detail.iter().find(|l| l.name == layer.name).map(count);
        let (more, fine) = other.map_or(("-".into(), "-".into()), |(a, b)| (a.to_string(), b.to_string()));
        say(out, &format!("| {} | {features} | {points} | {more} | {fine} |", layer.name));
    }
}

fn sizes(out: &mut String, f: &Facts) {
    say(out, "\n## Sizes\n\n| pack | section | raw bytes | packed bytes |\n|---|---|---|---|");
    for (pack, section, raw, packed) in f.sections {
        say(out, &format!("| {pack} | {section} | {raw} | {packed} |"));
    }
    let total: usize = f.sections.iter().map(|s| s.3).sum();
    say(out, &format!("| | all | | {total} |"));
}

fn say(out: &mut String, line: &str) {
    writeln!(out, "{line}").expect("writing to memory");
}

fn place(at: LonLat) -> String {
    format!("{:.3} E {:.3} N", at.lon, at.lat)
}
