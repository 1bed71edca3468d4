//! Names of hubs, smelters, ports and rail hubs, and the room that symbols take: no label is placed over a symbol.

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
                // Of several on a ring each has its name on its own side.
                "text-variable-anchor-offset": by_side(),
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

/// Ems from a symbol's middle to its name, straight and on the slant.
const NAME_EM: (f64, f64) = (1.25, 1.2);

/// A side of a place, clockwise from the top: its letters, the anchor of a text on it, and its direction.
const SIDES: [(&str, &str, f64, f64); 8] = [
    ("n", "bottom", 0.0, -1.0),
    ("ne", "bottom-left", 1.0, -1.0),
    ("e", "left", 1.0, 0.0),
    ("se", "top-left", 1.0, 1.0),
    ("s", "top", 0.0, 1.0),
    ("sw", "top-right", -1.0, 1.0),
    ("w", "right", -1.0, 0.0),
    ("nw", "bottom-right", -1.0, -1.0),
];

/// The side to which a symbol stands off its place; none where it stands there.
fn side(offset: [f32; 2]) -> &'static str {
    if offset == [0.0; 2] {
        return "";
    }
    let eighths = libm::atan2f(offset[0], -offset[1]) / std::f32::consts::FRAC_PI_4;
    SIDES[(libm::roundf(eighths) as i32).rem_euclid(8) as usize].0
}

/// Where a name may stand: on the symbol's own side and a little round from there; where it has none, at the right and so on.
fn by_side() -> Value {
    let stand = |order: &[usize]| {
        let place = |i: &usize| {
            let (_, anchor, x, y) = SIDES[*i];
            let em = if x != 0.0 && y != 0.0 { NAME_EM.1 } else { NAME_EM.0 };
            [json!(anchor), json!([x * em, y * em])]
        };
        json!(["literal", order.iter().flat_map(place).collect::<Vec<_>>()])
    };
    let mut cases = vec![json!("match"), json!(["get", "side"])];
    for (i, (name, ..)) in SIDES.iter().enumerate() {
        cases.extend([json!(name), stand(&[i, (i + 1) % 8, (i + 7) % 8])]);
    }
    cases.push(stand(&[2, 6, 4, 0]));
    cases.into()
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
            properties["side"] = side(s.offset).into();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_on_the_side_of_its_symbol() {
        assert_eq!(side([0.0, 0.0]), "");
        assert_eq!(
            (side([0.0, -20.0]), side([20.0, 0.0]), side([0.0, 20.0]), side([-20.0, 1.0])),
            ("n", "e", "s", "w")
        );
        assert_eq!((side([9.0, 10.0]), side([-9.0, -10.0])), ("se", "nw"));
    }

    #[test]
    fn every_side_has_its_case() {
        // "match", what is matched, a pair a side, and what else there is.
        assert_eq!(by_side().as_array().map(Vec::len), Some(2 + 2 * SIDES.len() + 1));
    }
}
