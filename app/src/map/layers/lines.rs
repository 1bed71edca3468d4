//! Rivers, province lines, the clusters' edges and the graticule.

use super::{GRATICULE, Ground, Layer, areas::of_layer, levels};
use crate::map::tokens::Token;
use serde_json::{Value, json};

/// Rivers: the larger, the wider and the earlier.
pub(super) fn rivers(g: &Ground) -> Vec<Layer> {
    let mut layers = Vec::new();
    for (source, from, to) in levels(g) {
        for (rank, first, width) in [(3, 6.5, 0.6), (2, 5.0, 0.8), (1, 0.0, 1.0)] {
            layers.push(
                Layer::new(format!("rivers-{rank}-{source}"), "line", source)
                    .filter(json!(["all", of_layer("rivers"), ["==", ["get", "rank"], rank]]))
                    .zooms(from.max(first), to.max(first))
                    .layout(json!({"line-join": "round", "line-cap": "round"}))
                    .paint(json!({
                        "line-color": g.colour(Token::MapRiver),
                        "line-width": ["interpolate", ["linear"], ["zoom"], 4, width * 0.7, 8, width * 1.2, 13, width * 2.4],
                    })),
            );
        }
    }
    layers
}

/// Lines between provinces, dashed.
pub(super) fn provinces(g: &Ground) -> Vec<Layer> {
    levels(g)
        .into_iter()
        .map(|(source, from, to)| {
            Layer::new(format!("provinces-{source}"), "line", source)
                .filter(of_layer("provinces"))
                .zooms(from, to)
                .paint(json!({
                    "line-color": g.colour(Token::MapProvince),
                    "line-width": 0.9,
                    "line-dasharray": [5, 2, 1, 2],
                }))
        })
        .collect()
}

/// The edge of each cluster, where it runs between two provinces.
pub(super) fn cluster_edges(g: &Ground) -> Vec<Layer> {
    let hue = g.by_cluster("rank", [1, 2, 3].map(Value::from));
    levels(g)
        .into_iter()
        .map(|(source, from, to)| {
            Layer::new(format!("cluster-edges-{source}"), "line", source)
                .filter(of_layer("cluster-edge"))
                .zooms(from, to)
                .layout(json!({"line-join": "round", "line-cap": "round"}))
                .paint(json!({
                    "line-color": hue,
                    "line-width": ["interpolate", ["linear"], ["zoom"], 4, 1.6, 7, 2, 12, 3],
                }))
        })
        .collect()
}

/// Every fifth degree, and from near every degree.
pub(super) fn graticule(g: &Ground) -> Vec<Layer> {
    [(5, 0.0), (1, 6.0)]
        .into_iter()
        .map(|(step, from)| {
            Layer::new(format!("graticule-{step}"), "line", GRATICULE)
                .filter(json!(["==", ["get", "step"], step]))
                .zooms(from, 24.0)
                .paint(json!({"line-color": g.colour(Token::MapGraticule), "line-width": 0.6}))
        })
        .collect()
}
