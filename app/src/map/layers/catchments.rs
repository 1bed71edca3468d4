//! Catchments: a tint and an edge for each, and the travel bands of the one in hand. The masks above cut them off at the
//! coast and at the clusters' edge.

use super::{Ground, Layer};
use crate::map::{tokens::Token, view::Source};
use serde_json::{Value, json};

/// Opacity of the four tones: neighbours differ most.
const TONES: [f64; 4] = [0.07, 0.13, 0.04, 0.17];

/// The catchments of all hubs.
pub(super) fn all(g: &Ground) -> Vec<Layer> {
    let source = Source::Catchments.id();
    let hue = g.by_cluster("cluster", ["yrd", "prd", "bohai"].map(Value::from));
    let [a, b, c, d] = TONES;
    vec![
        Layer::new("catchments", "fill", source).paint(json!({
            "fill-color": hue,
            "fill-opacity": ["match", ["get", "tone"], 0, a, 1, b, 2, c, 3, d, a],
            "fill-antialias": false,
        })),
        Layer::new("catchment-edges", "line", source).layout(json!({"line-join": "round"})).paint(json!({
            "line-color": hue,
            "line-opacity": 0.7,
            "line-width": ["interpolate", ["linear"], ["zoom"], 4, 0.7, 7, 1],
        })),
    ]
}

/// The catchment in hand covers the tints.
pub(super) fn selected(g: &Ground) -> Vec<Layer> {
    let source = Source::Selected.id();
    let band = |n: u32, token| [json!(n), g.colour(token)];
    let bands = [
        band(1, Token::Band1),
        band(2, Token::Band2),
        band(3, Token::Band3),
        band(4, Token::Band4),
        band(5, Token::Band5),
    ];
    let mut hue = vec![json!("match"), json!(["get", "band"])];
    hue.extend(bands.concat());
    hue.push(g.colour(Token::Band1));
    vec![
        Layer::new("selected-bands", "fill", source)
            .filter(json!(["has", "band"]))
            .paint(json!({"fill-color": hue, "fill-antialias": false})),
        Layer::new("selected-edge", "line", source)
            .filter(json!(["has", "edge"]))
            .layout(json!({"line-join": "round"}))
            .paint(json!({"line-color": g.colour(Token::Accent), "line-width": g.text_px(1.8)})),
    ]
}
