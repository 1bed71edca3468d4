//! Names of hubs and smelters, and the room that symbols take: no label is placed over a symbol.

use super::{FACILITIES, Ground, Layer};
use crate::map::{
    marks::{scene::Scene, symbol::Symbol},
    mercator::{Mercator, world_px},
    tokens::Token,
    zoom,
};
use atlas_core::geo::LonLat;
use serde_json::{Value, json};

/// Id of the image that takes room and shows nothing.
pub const BOX_IMAGE: &str = "box";
/// Its side in px.
pub const BOX_PX: u32 = 8;

/// Names, from near.
pub(super) fn names(g: &Ground) -> Vec<Layer> {
    vec![
        Layer::new("facility-names", "symbol", FACILITIES)
            .filter(json!(["has", "zh"]))
            .zooms(zoom::NAMES, 24.0)
            .layout(json!({
                "text-field": g.name(),
                "text-font": g.font(""),
                "text-size": g.text_px(11.5),
                "text-variable-anchor": ["left", "right", "top", "bottom"],
                "text-radial-offset": 1.2,
                "text-justify": "auto",
                "text-max-width": 12,
            }))
            .paint(json!({
                "text-color": g.colour(Token::MapText),
                "text-halo-color": g.colour(Token::MapHalo),
                "text-halo-width": 1.3,
            })),
    ]
}

/// Placed before all labels.
pub(super) fn room(_: &Ground) -> Vec<Layer> {
    vec![Layer::new("facility-room", "symbol", FACILITIES).layout(json!({
        "icon-image": BOX_IMAGE,
        "icon-size": ["get", "size"],
        "icon-allow-overlap": true,
        "icon-padding": 1,
    }))]
}

/// The document of both layers. Symbols that stand beside their place are put there, at the zoom they are laid out for.
#[must_use]
pub fn boxes(scene: &Scene, zoom: f64, scale: f64) -> Vec<u8> {
    let world = world_px(zoom);
    let feature = |s: &Symbol| {
        let drawn = Mercator { x: s.at.x + f64::from(s.offset[0]) / world, y: s.at.y + f64::from(s.offset[1]) / world };
        let at = LonLat::from(drawn);
        let mut properties = json!({"size": f64::from(s.slot.px(zoom)) * scale / f64::from(BOX_PX)});
        if s.count == 1
            && let Some((zh, en)) = scene.name_of(s)
        {
            properties["zh"] = zh.into();
            properties["en"] = en.into();
        }
        json!({
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": "Point", "coordinates": [at.lon, at.lat]},
        })
    };
    let features: Vec<Value> = scene.facilities.iter().map(feature).collect();
    json!({"type": "FeatureCollection", "features": features}).to_string().into_bytes()
}
