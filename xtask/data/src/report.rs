//! `data/report.md`: what was built, counted the same way every time.

use crate::{check::Compared, overland::OverlandLog, points::Point, tables::Prefecture};
use atlas_core::{
    format::{cells::CellRow, geometry::GeometryLayer},
    geo::LonLat,
};
use std::fmt::Write;

/// Everything the report tells.
pub struct Facts<'a> {
    /// What was done to the roads.
    pub roads: &'a OverlandLog,
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
    /// What was done to the railways.
    pub rails: &'a OverlandLog,
    /// The networks by mode.
    pub modes: &'a [Mode],
    /// Pack, section, bytes raw and packed.
    pub sections: &'a [(String, String, usize, usize)],
    /// Base and detail layers.
    pub layers: [&'a [GeometryLayer]; 2],
}

/// A network beside the known distances of its mode.
pub struct Mode {
    /// road, rail, water or sea.
    pub mode: &'static str,
    /// Its length factor.
    pub factor: f64,
    /// Nodes, edges, kilometres.
    pub size: (usize, usize, f64),
    /// Connected pieces.
    pub pieces: usize,
    /// Known distances.
    pub pairs: Vec<Compared>,
}

impl Mode {
    /// Mean and largest error.
    fn errors(&self) -> (f64, f64) {
        let errors: Vec<f64> = self.pairs.iter().map(|p| p.error().abs()).collect();
        (errors.iter().sum::<f64>() / errors.len() as f64, errors.iter().fold(0.0, |a, b| a.max(*b)))
    }
}

/// The text of the report.
pub fn write(facts: &Facts) -> String {
    let mut out = String::from(
        "# What the data builder made\n\nWritten by `cargo xtask data`; the same inputs give the same text. How it was made: README.md.\n",
    );
    roads(&mut out, facts);
    joined(&mut out, facts.roads, "road_joins.csv");
    rails(&mut out, facts);
    joined(&mut out, facts.rails, "rail_joins.csv");
    modes(&mut out, facts);
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
}

fn rails(out: &mut String, f: &Facts) {
    let log = f.rails;
    let (nodes, edges, km) = log.clipped;
    say(out, "\n## Railways\n");
    say(out, &format!("- Clipped to the 17 provinces: {nodes} nodes, {edges} edges, {km:.0} km."));
    say(out, &format!("- Source faults mended: {} edges listed at one end only, {} loops.", log.one_sided, log.loops));
    let (pieces, lost, lost_km) = log.dropped;
    say(out, &format!("- Left out: {pieces} detached pieces under 20 nodes, {lost} nodes, {lost_km:.0} km."));
}

fn joined(out: &mut String, log: &OverlandLog, file: &str) {
    say(
        out,
        "\n### Pieces that nothing joins\n\n| nodes | km | middle | province of its first node |\n|---|---|---|---|",
    );
    for (nodes, km, at, province) in &log.pieces {
        say(out, &format!("| {nodes} | {km:.0} | {} | {province} |", place(*at)));
    }
    say(out, &format!("\n### Joins from data/tables/{file}\n\n| id | what | straight length m |\n|---|---|---|"));
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
}

fn modes(out: &mut String, f: &Facts) {
    say(out, "\n## The four networks and known distances\n");
    say(
        out,
        "| mode | nodes | edges | km | pieces | length factor | pairs | mean error | worst |\n|---|---|---|---|---|---|---|---|---|",
    );
    for m in f.modes {
        let (nodes, edges, km) = m.size;
        let (mean, worst) = m.errors();
        let line = format!("| {} | {nodes} | {edges} | {km:.0} | {} | {} |", m.mode, m.pieces, m.factor);
        say(out, &format!("{line} {} | {:.1} % | {:.1} % |", m.pairs.len(), mean * 100.0, worst * 100.0));
    }
    let far: Vec<String> = f
        .modes
        .iter()
        .flat_map(|m| &m.pairs)
        .filter(|p| p.error().abs() > 0.1)
        .map(|p| format!("{} {}-{} {:+.1} %", p.reference.id, p.reference.from, p.reference.to, p.error() * 100.0))
        .collect();
    let far = if far.is_empty() { "none".to_owned() } else { far.join("; ") };
    say(out, &format!("\nMore than 10 % off: {far}."));
    for m in f.modes {
        say(out, &format!("\n### By {}\n", m.mode));
        say(out, &format!("| id | pair | raw km | x {} | known km | error |\n|---|---|---|---|---|---|", m.factor));
        for p in &m.pairs {
            let r = &p.reference;
            let pair = format!("| {} | {}-{} | {:.0} |", r.id, r.from, r.to, p.raw_km);
            say(out, &format!("{pair} {:.0} | {:.0} | {:+.1} % |", p.km, r.distance_km, p.error() * 100.0));
        }
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
