//! Land, and the areas that cover what does not belong to the clusters' land: the land outside, the sea, lakes.

use super::{Ground, Layer, levels};
use crate::map::tokens::Token;
use serde_json::{Value, json};

/// The features of one layer of the base map.
pub(super) fn of_layer(name: &str) -> Value {
    json!(["==", ["get", "layer"], name])
}

/// Everything is land to begin with.
pub(super) fn land(g: &Ground) -> Vec<Layer> {
    vec![Layer::new("land", "background", "").paint(json!({"background-color": g.colour(Token::MapLand)}))]
}

/// The land outside has the colour of all land: it ends tints at the clusters' edge without drawing a line along a national
/// boundary. The sea ends them at the coast.
pub(super) fn masks(g: &Ground) -> Vec<Layer> {
    let mut layers = Vec::new();
    for (source, from, to) in levels(g) {
        let fill = |name: &str, token| {
            Layer::new(format!("{name}-{source}"), "fill", source)
                .filter(of_layer(name))
                .zooms(from, to)
                .paint(fill_of(g, token))
        };
        layers.push(fill("outside", Token::MapLand));
        layers.push(fill("sea", Token::MapWater));
        layers.push(outline(g, "coast", "sea", source, 0.9).zooms(from, to));
    }
    layers
}

/// Lakes, the larger ones first.
pub(super) fn lakes(g: &Ground) -> Vec<Layer> {
    let mut layers = Vec::new();
    for (source, from, to) in levels(g) {
        layers.push(
            Layer::new(format!("lakes-{source}"), "fill", source)
                .filter(of_layer("lakes"))
                .zooms(from, to)
                .paint(fill_of(g, Token::MapLake)),
        );
        layers.push(outline(g, "lake-shore", "lakes", source, 0.6).zooms(from, to));
    }
    layers
}

/// Edges are smoothed by the lines upon them, or not to be seen at all.
fn fill_of(g: &Ground, token: Token) -> Value {
    json!({"fill-color": g.colour(token), "fill-antialias": false})
}

fn outline(g: &Ground, id: &str, layer: &str, source: &'static str, width: f64) -> Layer {
    Layer::new(format!("{id}-{source}"), "line", source)
        .filter(of_layer(layer))
        .layout(json!({"line-join": "round"}))
        .paint(json!({
            "line-color": g.colour(Token::MapCoast),
            "line-width": ["interpolate", ["linear"], ["zoom"], 4, width * 0.8, 7, width, 12, width * 1.5],
        }))
}
