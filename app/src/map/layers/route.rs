//! The way in hand: a line with casing, arrowheads at a quarter and three quarters of each leg, one label a leg.

use super::{
    Ground, Layer,
    modes::{Pen, lines},
};
use crate::map::{mercator::Mercator, tokens::Token, view::Source};
use atlas_core::geo::LonLat;
use serde_json::{Value, json};

/// Id of the image of an arrowhead that points right.
pub const ARROW_IMAGE: &str = "arrow";
/// Id of the image behind a leg's label.
pub const PLATE_IMAGE: &str = "plate";

/// The line and its arrows.
pub(super) fn way(g: &Ground) -> Vec<Layer> {
    let source = Source::Route.id();
    let pen = Pen {
        prefix: "route",
        source,
        filter: json!(["has", "mode"]),
        width: 3.2,
        land: Token::Accent,
        water: Token::MapWaterText,
    };
    [lines(g, &pen), vec![arrows_of("route-arrows", source)]].concat()
}

/// Mode and length of each leg.
pub(super) fn labels(g: &Ground) -> Vec<Layer> {
    vec![labels_of(g, "route-labels", Source::Route.id())]
}

/// The arrowheads of a document that went through [`with_arrows`].
pub(super) fn arrows_of(id: &str, source: &'static str) -> Layer {
    Layer::new(id, "symbol", source).filter(json!(["has", "arrow"])).layout(json!({
        "icon-image": ARROW_IMAGE,
        "icon-rotate": ["get", "turn"],
        "icon-rotation-alignment": "map",
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
    }))
}

/// Words at points, each on a plate.
pub(super) fn labels_of(g: &Ground, id: &str, source: &'static str) -> Layer {
    Layer::new(id, "symbol", source)
        .filter(json!(["all", ["==", ["geometry-type"], "Point"], ["has", "zh"]]))
        .layout(json!({
            "text-field": g.name(),
            "text-font": g.font("Bold"),
            "text-size": g.text_px(11.5),
            "text-allow-overlap": true,
            "icon-allow-overlap": true,
            "icon-image": PLATE_IMAGE,
            "icon-text-fit": "both",
            "icon-text-fit-padding": [2, 6, 2, 6],
        }))
        .paint(json!({"text-color": g.colour(Token::MapText)}))
}

/// Adds the arrowheads to the document of a way; alternatives that are not chosen have none. A document that cannot be read
/// comes back as it was.
#[must_use]
pub fn with_arrows(geojson: &[u8]) -> Vec<u8> {
    let Ok(mut document) = serde_json::from_slice::<Value>(geojson) else { return geojson.to_vec() };
    let Some(features) = document["features"].as_array_mut() else { return geojson.to_vec() };
    let has_arrows =
        |f: &&Value| f["geometry"]["type"] == "LineString" && f["properties"]["chosen"] != Value::Bool(false);
    let arrows: Vec<Value> = features.iter().filter(has_arrows).flat_map(arrows).collect();
    features.extend(arrows);
    document.to_string().into_bytes()
}

fn arrows(leg: &Value) -> Vec<Value> {
    let coordinates = leg["geometry"]["coordinates"].as_array().map_or(&[][..], Vec::as_slice);
    let positions = coordinates.iter().filter_map(|c| Some(LonLat::new(c[0].as_f64()?, c[1].as_f64()?)));
    let line: Vec<Mercator> = positions.map(Mercator::from).collect();
    [0.25, 0.75]
        .into_iter()
        .filter_map(|share| along(&line, share))
        .map(|(at, turn)| {
            let at = LonLat::from(at);
            json!({
                "type": "Feature",
                "properties": {"arrow": true, "turn": turn},
                "geometry": {"type": "Point", "coordinates": [at.lon, at.lat]},
            })
        })
        .collect()
}

/// The position at a share of a line's length, and the direction there in degrees clockwise from east.
fn along(line: &[Mercator], share: f64) -> Option<(Mercator, f64)> {
    let step = |w: &[Mercator]| (w[1].x - w[0].x, w[1].y - w[0].y);
    let length = |(dx, dy): (f64, f64)| (dx * dx + dy * dy).sqrt();
    let whole: f64 = line.windows(2).map(|w| length(step(w))).sum();
    let mut left = whole * share;
    for w in line.windows(2) {
        let (dx, dy) = step(w);
        let l = length((dx, dy));
        if l >= left && l > 0.0 {
            let t = left / l;
            return Some((Mercator { x: w[0].x + t * dx, y: w[0].y + t * dy }, libm::atan2(dy, dx).to_degrees()));
        }
        left -= l;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_at_a_quarter_and_three_quarters() {
        let document = br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"mode":"road"},
            "geometry":{"type":"LineString","coordinates":[[110,30],[112,30],[114,30]]}}]}"#;
        let with: Value = serde_json::from_slice(&with_arrows(document)).expect("JSON");
        let features = with["features"].as_array().expect("features");
        assert_eq!(features.len(), 3);
        let lon = |i: usize| features[i]["geometry"]["coordinates"][0].as_f64().expect("a number");
        assert!((lon(1) - 111.0).abs() < 1e-9 && (lon(2) - 113.0).abs() < 1e-9);
        assert!(features[1]["properties"]["turn"].as_f64().expect("a number").abs() < 1e-9);
    }

    #[test]
    fn south_is_a_right_angle_clockwise() {
        let line = [LonLat::new(110.0, 31.0), LonLat::new(110.0, 30.0)].map(Mercator::from);
        assert!((along(&line, 0.5).expect("a line").1 - 90.0).abs() < 1e-9);
        assert_eq!(along(&line[..1], 0.5), None);
    }

    #[test]
    fn what_cannot_be_read_stays() {
        assert_eq!(with_arrows(b"no"), b"no");
    }
}
