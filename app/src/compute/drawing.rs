//! GeoJSON for the map, written in the worker as bytes: the page hands it on without reading it.

use atlas_core::{
    account::Rates,
    catchment::{Outline, outline},
    evaluate::Evaluator,
    format::{
        geometry::{GeometryKind, GeometryLayer},
        tables::CityLabel,
    },
    geo::LonLat,
    graph::Network,
    model::{Cluster, Facility, FacilityKind, Mode, Region, Stream},
    routing::Route,
    scenario::Plan,
};
use h3o::CellIndex;
use std::collections::BTreeMap;

/// A document without features.
pub const EMPTY: &[u8] = br#"{"type":"FeatureCollection","features":[]}"#;

/// Upper ends of the travel bands of a selected catchment, in road km; the last band is open.
const BANDS_KM: [f64; 3] = [5.0, 10.0, 20.0];
/// Cells this near to the land border are not tinted: a tint would draw the border (degrees).
const BORDER_MARGIN: f64 = 0.15;

/// Builds one FeatureCollection.
struct Writer {
    out: String,
    first: bool,
}

impl Writer {
    fn new() -> Self {
        Self { out: r#"{"type":"FeatureCollection","features":["#.into(), first: true }
    }

    fn feature(&mut self, properties: &str, geometry: &str) {
        if !std::mem::take(&mut self.first) {
            self.out.push(',');
        }
        self.out.push_str(r#"{"type":"Feature","properties":{"#);
        self.out.push_str(properties);
        self.out.push_str(r#"},"geometry":"#);
        self.out.push_str(geometry);
        self.out.push('}');
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.push_str("]}");
        self.out.into_bytes()
    }
}

/// Five decimals, about a metre, without trailing zeros.
fn number(v: f64) -> String {
    let text = format!("{v:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn point(p: LonLat) -> String {
    format!("[{},{}]", number(p.lon), number(p.lat))
}

fn line(points: &[LonLat]) -> String {
    let all: Vec<String> = points.iter().map(|p| point(*p)).collect();
    format!("[{}]", all.join(","))
}

fn lines(parts: &[Vec<LonLat>]) -> String {
    let all: Vec<String> = parts.iter().map(|p| line(p)).collect();
    format!("[{}]", all.join(","))
}

fn geometry(kind: &str, coordinates: &str) -> String {
    format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#)
}

fn text(s: &str) -> String {
    serde_json::to_string(s).expect("text")
}

/// The base map, all layers in one document.
pub fn layers(layers: &[GeometryLayer]) -> Vec<u8> {
    let mut w = Writer::new();
    for layer in layers {
        for f in &layer.features {
            let properties = format!(
                r#""layer":{},"rank":{},"zh":{},"en":{}"#,
                text(&layer.name),
                f.rank,
                text(&f.name_zh),
                text(&f.name_en)
            );
            let geometry = match layer.kind {
                GeometryKind::Line => geometry("MultiLineString", &lines(&f.parts)),
                GeometryKind::Polygon => geometry("Polygon", &lines(&f.parts)),
                GeometryKind::Point => match f.parts.first().and_then(|p| p.first()) {
                    Some(p) => geometry("Point", &point(*p)),
                    None => continue,
                },
            };
            w.feature(&properties, &geometry);
        }
    }
    w.finish()
}

/// City names.
pub fn labels(labels: &[CityLabel]) -> Vec<u8> {
    let mut w = Writer::new();
    for l in labels {
        let properties = format!(r#""zh":{},"en":{},"rank":{}"#, text(&l.name.zh), text(&l.name.en), l.rank);
        w.feature(&properties, &geometry("Point", &point(l.at)));
    }
    w.finish()
}

/// A network by class, edges chained through nodes where only two of the class meet.
pub fn network(network: &Network) -> Vec<u8> {
    let mut w = Writer::new();
    for class in 1..=3u8 {
        let mut next: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (a, b, _) in network.edges().filter(|(_, _, l)| l.class == class) {
            next.entry(a).or_default().push(b);
            next.entry(b).or_default().push(a);
        }
        let ends: Vec<u32> = next.iter().filter(|(_, n)| n.len() != 2).map(|(n, _)| *n).collect();
        let rest: Vec<u32> = next.keys().copied().collect();
        let mut chains = Vec::new();
        for start in ends.into_iter().chain(rest) {
            while let Some(chain) = follow(&mut next, start) {
                chains.push(chain.into_iter().map(|n| network.position(n)).collect::<Vec<_>>());
            }
        }
        // Documents of a few hundred chains tile faster than one feature of all or one a chain.
        for group in chains.chunks(200) {
            w.feature(&format!(r#""class":{class}"#), &geometry("MultiLineString", &lines(group)));
        }
    }
    w.finish()
}

fn follow(next: &mut BTreeMap<u32, Vec<u32>>, start: u32) -> Option<Vec<u32>> {
    let mut chain = vec![start];
    let mut at = start;
    loop {
        let to = next.get_mut(&at)?.pop();
        let Some(to) = to else { break };
        let back = next.get_mut(&to).expect("edges stand at both ends");
        let i = back.iter().position(|n| *n == at).expect("edges stand at both ends");
        back.swap_remove(i);
        chain.push(to);
        // A junction ends the chain: what is left there starts its own.
        if back.len() != 1 || to == start {
            break;
        }
        at = to;
    }
    (chain.len() > 1).then_some(chain)
}

/// The catchments of all hubs: who sends aluminium or copper there, cell by cell. Four tones, no two neighbours alike where
/// that can be had.
pub fn hub_catchments(region: &Region, plan: &Plan, evaluator: &mut Evaluator) -> Vec<u8> {
    let ground = &region.ground;
    let hubs: Vec<&Facility> =
        plan.open(FacilityKind::Hub).filter(|f| Stream::ALL.into_iter().any(|s| f.takes(s))).collect();
    let positions: Vec<LonLat> = hubs.iter().map(|f| f.at).collect();
    let field = evaluator.fields().of(&ground.roads, &positions);
    let owner: Vec<Option<u32>> = (0..ground.cells.len())
        .map(|i| {
            if near_border(ground.cells[i].at) {
                None
            } else {
                field.label(ground.cell_access[i].node).map(|l| l.owner)
            }
        })
        .collect();
    let cells = cell_indices(region);
    let tones = tones(&cells, &owner, hubs.len());
    let mut w = Writer::new();
    for (hub, outline) in outline(&cells, |i| owner[i]) {
        let properties = format!(
            r#""cluster":"{}","tone":{}"#,
            hubs[hub as usize].cluster.map_or("", Cluster::key),
            tones[hub as usize]
        );
        w.feature(&properties, &polygon(&outline));
    }
    w.finish()
}

/// The catchment of one facility in bands of distance, and its edge.
pub fn catchment(
    region: &Region,
    plan: &Plan,
    evaluator: &mut Evaluator,
    rates: &Rates,
    facility: &Facility,
    stream: Stream,
) -> Vec<u8> {
    let ground = &region.ground;
    let (labels, own) = if facility.kind == FacilityKind::CollectionPoint {
        let own = plan.open(facility.kind).position(|f| f.id == facility.id);
        (evaluator.owners().to_vec(), own)
    } else {
        let takers: Vec<&Facility> = plan.open(facility.kind).filter(|f| f.takes(stream)).collect();
        let positions: Vec<LonLat> = takers.iter().map(|f| f.at).collect();
        let field = evaluator.fields().of(&ground.roads, &positions);
        (atlas_core::catchment::cell_owners(ground, &field), takers.iter().position(|f| f.id == facility.id))
    };
    let Some(own) = own else { return EMPTY.to_vec() };
    let mine = |i: usize| labels[i].filter(|l| l.owner as usize == own);
    let rows: Vec<usize> = (0..labels.len()).filter(|i| mine(*i).is_some()).collect();
    let all = cell_indices(region);
    let cells: Vec<CellIndex> = rows.iter().map(|i| all[*i]).collect();
    let scale = if facility.kind == FacilityKind::CollectionPoint { 1.0 } else { 10.0 };
    let band = |row: usize| {
        let km = mine(rows[row]).map_or(f64::INFINITY, |l| rates.km(l.distance_m));
        // Near is 5, far is 2, beyond the last band 1.
        5 - BANDS_KM.iter().filter(|limit| km > **limit * scale).count() as u32
    };
    let mut w = Writer::new();
    for (band, outline) in outline(&cells, |i| Some(band(i))) {
        w.feature(&format!(r#""band":{band}"#), &polygon(&outline));
    }
    for outline in outline(&cells, |_| Some(0)).values() {
        w.feature(r#""edge":true"#, &geometry("MultiLineString", &lines(&outline.rings)));
    }
    w.finish()
}

/// The way, a line a leg, and a label in the middle of each.
pub fn route(route: &Route) -> Vec<u8> {
    let mut w = Writer::new();
    for leg in &route.legs {
        w.feature(&format!(r#""mode":"{}""#, leg.mode.key()), &geometry("LineString", &line(&leg.path)));
    }
    leg_labels(&mut w, route, 0.0);
    w.finish()
}

/// A way between two places and others: lines a leg with `mode`, `rank` (0 is `best`, then `others` in order) and `chosen`;
/// labels of the legs of the chosen one; its two ends, A and B.
pub fn journey(best: &Route, others: &[&Route], chosen: usize) -> Vec<u8> {
    let mut w = Writer::new();
    let all: Vec<&Route> = std::iter::once(best).chain(others.iter().copied()).collect();
    for (rank, route) in all.iter().enumerate() {
        for leg in &route.legs {
            let properties = format!(r#""mode":"{}","rank":{rank},"chosen":{}"#, leg.mode.key(), rank == chosen);
            w.feature(&properties, &geometry("LineString", &line(&leg.path)));
        }
    }
    let route = all.get(chosen).copied().unwrap_or(best);
    leg_labels(&mut w, route, route.total.km * LEAST_LABELLED);
    let ends =
        [("A", route.legs.first().and_then(|l| l.path.first())), ("B", route.legs.last().and_then(|l| l.path.last()))];
    for (letter, at) in ends {
        if let Some(at) = at {
            w.feature(&format!(r#""end":"{letter}""#), &geometry("Point", &point(*at)));
        }
    }
    w.finish()
}

/// A leg shorter than this share of a journey carries no label: it would lie under the marks of the ends.
const LEAST_LABELLED: f64 = 0.04;

/// In the middle of each leg of some length its mode and length, in both languages.
fn leg_labels(w: &mut Writer, route: &Route, least_km: f64) {
    for leg in route.legs.iter().filter(|l| l.haul.km >= least_km) {
        let km = leg.haul.km;
        let middle = leg.path[leg.path.len() / 2];
        let label = if km < 10.0 { format!("{km:.1}") } else { format!("{km:.0}") };
        let (zh, en) = mode_words(leg.mode);
        let properties = format!(
            r#""mode":"{}","zh":{},"en":{}"#,
            leg.mode.key(),
            text(&format!("{zh} {label} km")),
            text(&format!("{en} {label} km"))
        );
        w.feature(&properties, &geometry("Point", &point(middle)));
    }
}

/// The mode on the map, in both languages.
const fn mode_words(mode: Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::Road => ("公路", "road"),
        Mode::Rail => ("铁路", "rail"),
        Mode::Water => ("内河", "barge"),
        Mode::Sea => ("海运", "ship"),
    }
}

fn cell_indices(region: &Region) -> Vec<CellIndex> {
    region.ground.cells.iter().map(|c| CellIndex::try_from(c.h3).expect("checked when the pack was read")).collect()
}

/// Outer rings and holes as one geometry: each hole belongs to the smallest outer ring around it.
fn polygon(outline: &Outline) -> String {
    let (mut outer, holes): (Vec<_>, Vec<_>) =
        outline.rings.iter().map(|r| (area(r), r)).partition(|(area, _)| *area > 0.0);
    outer.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut polygons: Vec<Vec<Vec<LonLat>>> = outer.iter().map(|(_, r)| vec![(*r).clone()]).collect();
    for (_, hole) in holes {
        if let Some(i) = outer.iter().position(|(_, ring)| contains(ring, hole)) {
            polygons[i].push(hole.clone());
        }
    }
    let all: Vec<String> = polygons.iter().map(|p| lines(p)).collect();
    geometry("MultiPolygon", &format!("[{}]", all.join(",")))
}

fn area(ring: &[LonLat]) -> f64 {
    ring.windows(2).map(|w| w[0].lon * w[1].lat - w[1].lon * w[0].lat).sum::<f64>() / 2.0
}

/// True where the middle of the hole's first edge lies in the ring, by crossing number.
fn contains(ring: &[LonLat], hole: &[LonLat]) -> bool {
    let p = LonLat::new((hole[0].lon + hole[1].lon) / 2.0, (hole[0].lat + hole[1].lat) / 2.0);
    ring.windows(2)
        .filter(|w| (w[0].lat > p.lat) != (w[1].lat > p.lat))
        .filter(|w| p.lon < w[0].lon + (p.lat - w[0].lat) / (w[1].lat - w[0].lat) * (w[1].lon - w[0].lon))
        .count()
        % 2
        == 1
}

/// Greedy colouring of touching catchments with four tones, by number of neighbours.
fn tones(cells: &[CellIndex], owner: &[Option<u32>], groups: usize) -> Vec<u32> {
    let row: BTreeMap<u64, usize> = cells.iter().enumerate().map(|(i, c)| (u64::from(*c), i)).collect();
    let mut touching = vec![std::collections::BTreeSet::new(); groups];
    for (i, cell) in cells.iter().enumerate() {
        let Some(a) = owner[i] else { continue };
        for n in cell.grid_disk::<Vec<_>>(1) {
            if let Some(b) = row.get(&u64::from(n)).and_then(|j| owner[*j])
                && a != b
            {
                touching[a as usize].insert(b);
            }
        }
    }
    let mut order: Vec<usize> = (0..groups).collect();
    order.sort_by_key(|g| std::cmp::Reverse(touching[*g].len()));
    let mut tone = vec![None; groups];
    for g in order {
        let used: Vec<u32> = touching[g].iter().filter_map(|n| tone[*n as usize]).collect();
        tone[g] = Some((0..4).find(|t| !used.contains(t)).unwrap_or(g as u32 % 4));
    }
    tone.into_iter().map(|t| t.unwrap_or(0)).collect()
}

/// Near the lower Yalu, the only stretch where a cluster meets a land border.
fn near_border(at: LonLat) -> bool {
    const YALU: [(f64, f64); 7] = [
        (124.0, 39.85),
        (124.35, 40.05),
        (124.55, 40.22),
        (124.9, 40.48),
        (125.3, 40.62),
        (125.65, 40.75),
        (126.1, 41.1),
    ];
    YALU.windows(2).any(|w| {
        let ((x1, y1), (x2, y2)) = (w[0], w[1]);
        let (dx, dy) = (x2 - x1, y2 - y1);
        let t = (((at.lon - x1) * dx + (at.lat - y1) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
        let (ex, ey) = (at.lon - x1 - t * dx, at.lat - y1 - t * dy);
        ex * ex + ey * ey < BORDER_MARGIN * BORDER_MARGIN
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::{account::Haul, graph::Link, model::Name, routing::Leg};
    use serde_json::Value;

    fn route(modes: &[Mode], lat: f64) -> Route {
        let leg = |(i, mode): (usize, &Mode)| Leg {
            mode: *mode,
            from: Name::default(),
            to: Name::default(),
            haul: Haul { km: 12.0, ..Haul::default() },
            at_ends: Haul::default(),
            path: (0..3).map(|k| LonLat::new(110.0 + i as f64 * 2.0 + f64::from(k), lat)).collect(),
        };
        Route { legs: modes.iter().enumerate().map(leg).collect(), ..Route::default() }
    }

    fn features(document: &[u8]) -> Vec<Value> {
        let all: Value = serde_json::from_slice(document).expect("JSON");
        all["features"].as_array().expect("features").clone()
    }

    #[test]
    fn each_leg_says_its_mode() {
        let drawn = features(&super::route(&route(&[Mode::Road, Mode::Water], 30.0)));
        let modes: Vec<&str> = drawn.iter().filter_map(|f| f["properties"]["mode"].as_str()).collect();
        assert_eq!(modes, ["road", "water", "road", "water"]);
        assert_eq!(drawn[3]["properties"]["zh"], "内河 12 km");
        assert_eq!(drawn[3]["properties"]["en"], "barge 12 km");
    }

    #[test]
    fn a_journey_has_ranks_one_choice_and_two_ends() {
        let (best, other) = (route(&[Mode::Road], 30.0), route(&[Mode::Road, Mode::Sea, Mode::Rail], 31.0));
        let drawn = features(&journey(&best, &[&other], 1));
        let lines: Vec<&Value> = drawn.iter().filter(|f| f["geometry"]["type"] == "LineString").collect();
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|l| l["properties"]["chosen"] == (l["properties"]["rank"] == 1)));
        let labels: Vec<&Value> = drawn.iter().filter(|f| f["properties"].get("zh").is_some()).collect();
        assert_eq!(labels.len(), 3, "only the chosen way is labelled");
        let ends: Vec<&Value> = drawn.iter().filter(|f| f["properties"].get("end").is_some()).collect();
        assert_eq!(ends.len(), 2);
        assert_eq!(ends[0]["geometry"]["coordinates"], serde_json::json!([110, 31]));
        assert_eq!(ends[1]["geometry"]["coordinates"], serde_json::json!([116, 31]));
    }

    #[test]
    fn a_network_is_drawn_by_class() {
        let nodes = (0..4).map(|i| LonLat::new(110.0 + f64::from(i), 30.0)).collect();
        let link = |class| Link { length_m: 100_000, class };
        let edges = [(0, 1, link(1)), (1, 2, link(1)), (2, 3, link(3))];
        let drawn = features(&network(&Network::new(nodes, edges).expect("a network")));
        let classes: Vec<i64> = drawn.iter().filter_map(|f| f["properties"]["class"].as_i64()).collect();
        assert_eq!(classes, [1, 3]);
        assert_eq!(drawn[0]["geometry"]["coordinates"][0].as_array().map(Vec::len), Some(3), "one chain");
    }
}
