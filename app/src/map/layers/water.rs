//! Names of seas, lakes and rivers: slanted, in the colour of water.

use super::{Ground, Layer, areas::of_layer};
use crate::map::{tokens::Token, view::Source};
use serde_json::json;

/// Layer of the base map, rank, first zoom, size in px.
const NAMES: [(&str, u32, f64, f64); 9] = [
    ("label-river", 3, 8.0, 10.5),
    ("label-river", 2, 7.0, 10.5),
    ("label-river", 1, 5.8, 11.0),
    ("label-lake", 3, 7.6, 10.5),
    ("label-lake", 2, 6.6, 11.0),
    ("label-lake", 1, 5.8, 11.0),
    ("label-sea", 3, 7.2, 11.0),
    ("label-sea", 2, 6.2, 11.0),
    ("label-sea", 1, 0.0, 12.0),
];

/// All of them, the important ones last: they are placed first.
pub(super) fn names(g: &Ground) -> Vec<Layer> {
    NAMES
        .into_iter()
        .map(|(layer, rank, from, size)| {
            Layer::new(format!("{layer}-{rank}"), "symbol", Source::Base.id())
                .filter(json!(["all", of_layer(layer), ["==", ["get", "rank"], rank]]))
                .zooms(from, 24.0)
                .layout(json!({
                    "text-field": g.name(),
                    "text-font": g.font("Italic"),
                    "text-size": g.text_px(size),
                    "text-letter-spacing": 0.12,
                    "text-max-width": 7,
                }))
                .paint(json!({
                    "text-color": g.colour(Token::MapWaterText),
                    // Rivers are too narrow for their names, which so stand on land.
                    "text-halo-color": g.colour(if layer == "label-river" { Token::MapHalo } else { Token::MapWater }),
                    "text-halo-width": 1.2,
                }))
        })
        .collect()
}
