//! Names of clusters, provinces and cities.

use super::{CLUSTERS, Ground, Layer, areas::of_layer};
use crate::map::{
    tokens::Token,
    view::{Lang, Source},
    zoom,
};
use serde_json::{Value, json};

/// Px of land colour round a label.
const HALO_PX: f64 = 1.3;

/// Key, Chinese, English, position of the name: over the sea or over land outside of the clusters.
pub const CLUSTER_NAMES: [(&str, &str, &str, f64, f64); 3] = [
    ("yrd", "长三角", "YANGTZE DELTA", 122.6, 32.5),
    ("prd", "珠三角", "PEARL RIVER DELTA", 115.3, 21.5),
    ("bohai", "环渤海", "BOHAI RIM", 112.8, 41.0),
];

/// Provinces that are one city, whose name is there as a city's.
const CITIES: [&str; 3] = ["北京", "天津", "上海"];

/// Where the cluster names stand.
pub(super) fn cluster_points() -> Value {
    let features: Vec<Value> = CLUSTER_NAMES
        .iter()
        .map(|(key, zh, en, lon, lat)| {
            json!({
                "type": "Feature",
                "properties": {"cluster": key, "zh": zh, "en": en},
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
            })
        })
        .collect();
    json!({"type": "FeatureCollection", "features": features})
}

/// Cluster names, from afar. They are always there: the first screen names the three clusters.
pub(super) fn clusters(g: &Ground) -> Vec<Layer> {
    let (size, spacing) = match g.lang {
        Lang::Zh => (21.0, 0.12),
        Lang::En => (16.0, 0.08),
    };
    let (small, large) = (g.text_px(size * 0.8), g.text_px(size));
    vec![
        Layer::new("cluster-names", "symbol", CLUSTERS)
            .zooms(0.0, zoom::CLUSTER_NAMES_END)
            .layout(json!({
                "text-field": g.name(),
                "text-font": g.font("Bold"),
                "text-size": ["interpolate", ["linear"], ["zoom"], 3.6, small, 4.6, large],
                "text-letter-spacing": spacing,
                "text-max-width": 20,
                "text-anchor": ["match", ["get", "cluster"], "yrd", "left", "bohai", "right", "center"],
                "text-allow-overlap": true,
            }))
            .paint(json!({
                "text-color": g.by_cluster("cluster", ["yrd", "prd", "bohai"].map(Value::from)),
                "text-halo-color": g.colour(Token::MapHalo),
                "text-halo-width": 2,
            })),
    ]
}

/// Province names: grey, widely spaced.
pub(super) fn provinces(g: &Ground) -> Vec<Layer> {
    let (size, spacing, case) = match g.lang {
        Lang::Zh => (15.0, 0.38, "none"),
        Lang::En => (13.0, 0.3, "uppercase"),
    };
    vec![
        Layer::new("province-names", "symbol", Source::Base.id())
            .filter(json!(["all", of_layer("label-province"), ["!", ["in", ["get", "zh"], ["literal", CITIES]]]]))
            .zooms(5.4, 9.0)
            .layout(json!({
                "text-field": g.name(),
                "text-font": g.font(""),
                "text-size": g.text_px(size),
                "text-letter-spacing": spacing,
                "text-transform": case,
                "text-max-width": 30,
                "symbol-sort-key": ["get", "rank"],
            }))
            .paint(json!({
                "text-color": g.colour(Token::MapText2),
                "text-halo-color": g.colour(Token::MapHalo),
                "text-halo-width": 1,
            })),
    ]
}

/// City names of a rank: three sizes, those of the first rank bold once there is room.
pub(super) fn cities(g: &Ground, rank: u32) -> Vec<Layer> {
    let (from, small, large) = match rank {
        1 => (0.0, 11.5, 13.0),
        2 => (5.9, 10.5, 11.5),
        _ => (6.7, 10.5, 11.0),
    };
    let large_from = if rank == 1 { 6.0 } else { 8.0 };
    let font = if rank == 1 {
        json!(["step", ["zoom"], ["literal", g.font("")], 6, ["literal", g.font("Bold")]])
    } else {
        g.font("")
    };
    vec![
        Layer::new(format!("cities-{rank}"), "symbol", Source::Labels.id())
            .filter(json!(["==", ["get", "rank"], rank]))
            .zooms(from, 24.0)
            .layout(json!({
                "text-field": g.name(),
                "text-font": font,
                "text-size": ["step", ["zoom"], g.text_px(small), large_from, g.text_px(large)],
                // A label gives way to a symbol by a step to the side.
                "text-variable-anchor-offset": steps_aside(rank),
                "text-justify": "auto",
                "text-padding": 2,
                "text-max-width": 12,
            }))
            .paint(json!({
                "text-color": g.colour(Token::MapText),
                "text-halo-color": g.colour(Token::MapHalo),
                "text-halo-width": HALO_PX,
            })),
    ]
}

/// Where a label may stand: at its place, or beside what stands there. Important names go further to be there at all.
fn steps_aside(rank: u32) -> Value {
    let reaches: &[f64] = if rank == 1 { &[0.8, 1.6, 2.4] } else { &[0.8, 1.4] };
    let mut steps = vec![json!("center"), json!([0, 0])];
    for r in reaches {
        let d = r * 0.75;
        for (anchor, offset) in [
            ("left", [*r, 0.0]),
            ("right", [-r, 0.0]),
            ("top", [0.0, *r]),
            ("bottom", [0.0, -r]),
            ("top-left", [d, d]),
            ("top-right", [-d, d]),
            ("bottom-left", [d, -d]),
            ("bottom-right", [-d, -d]),
        ] {
            steps.extend([json!(anchor), json!(offset)]);
        }
    }
    steps.into()
}
