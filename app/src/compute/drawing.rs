//! GeoJSON for the map, written in the worker as bytes: the page hands it on without reading it.

use atlas_core::{
    format::{
        geojson::{GeoJson, geometry, line, lines, position, text},
        geometry::{GeometryKind, GeometryLayer},
        tables::CityLabel,
    },
    geo::LonLat,
    graph::Network,
    model::Mode,
    routing::Route,
};
use std::collections::BTreeMap;

/// A document without features.
pub const EMPTY: &[u8] = br#"{"type":"FeatureCollection","features":[]}"#;

/// The base map, all layers in one document.
pub fn layers(layers: &[GeometryLayer]) -> Vec<u8> {
    let mut w = GeoJson::default();
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
                    Some(p) => geometry("Point", &position(*p)),
                    None => continue,
                },
            };
            w.feature(&properties, &geometry);
        }
    }
    w.finish()
}

/// Points without anything.
pub fn points(all: impl Iterator<Item = LonLat>) -> Vec<u8> {
    let mut w = GeoJson::default();
    for at in all {
        w.feature("", &geometry("Point", &position(at)));
    }
    w.finish()
}

/// City names.
pub fn labels(labels: &[CityLabel]) -> Vec<u8> {
    let mut w = GeoJson::default();
    for l in labels {
        let properties = format!(r#""zh":{},"en":{},"rank":{}"#, text(&l.name.zh), text(&l.name.en), l.rank);
        w.feature(&properties, &geometry("Point", &position(l.at)));
    }
    w.finish()
}

/// A network by class, edges chained through nodes where only two of the class meet.
pub fn network(network: &Network) -> Vec<u8> {
    let mut w = GeoJson::default();
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

/// The way, a line a leg, and a label in the middle of each.
pub fn route(route: &Route) -> Vec<u8> {
    let mut w = GeoJson::default();
    for leg in &route.legs {
        w.feature(&format!(r#""mode":"{}""#, leg.mode.key()), &geometry("LineString", &line(&leg.path)));
    }
    leg_labels(&mut w, route, 0.0);
    w.finish()
}

/// A way between two places and others: lines a leg with `mode`, `rank` (0 is `best`, then `others` in order) and `chosen`;
/// labels of the legs of the chosen one; its two ends, A and B.
pub fn journey(best: &Route, others: &[&Route], chosen: usize) -> Vec<u8> {
    let mut w = GeoJson::default();
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
            w.feature(&format!(r#""end":"{letter}""#), &geometry("Point", &position(*at)));
        }
    }
    w.finish()
}

/// A leg shorter than this share of a journey carries no label: it would lie under the marks of the ends.
const LEAST_LABELLED: f64 = 0.04;

/// In the middle of each leg of some length its mode and length, in both languages.
fn leg_labels(w: &mut GeoJson, route: &Route, least_km: f64) {
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
        w.feature(&properties, &geometry("Point", &position(middle)));
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

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::{account::Haul, geo::LonLat, graph::Link, model::Name, routing::Leg};
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
