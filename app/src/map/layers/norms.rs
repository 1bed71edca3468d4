//! Where norms are kept and where not: a sign beside the seat of a prefecture, and beside the symbol of a point or hub.

use super::{Ground, Layer};
use crate::map::{
    view::{NormMark, Outcome, Source},
    zoom,
};
use atlas_core::catchment::norms::SubjectKind;
use serde_json::{Value, json};

/// Id of the image of a failure.
pub const FAILS_IMAGE: &str = "norm-fails";
/// Id of the image of what the data do not say.
pub const CANNOT_SAY_IMAGE: &str = "norm-cannot-say";
/// Id of the image of what is kept.
pub const PASSES_IMAGE: &str = "norm-passes";

/// From the middle of a symbol to the sign beside it, in px: symbols are drawn above.
const BESIDE_PX: [f64; 2] = [10.0, -10.0];
/// The same for a prefecture, on the other side: hubs stand at seats, too.
const AT_SEAT_PX: [f64; 2] = [-10.0, -10.0];

/// Signs, failures uppermost. Points have theirs from where every point has a symbol of its own.
pub(super) fn marks(g: &Ground) -> Vec<Layer> {
    let layer = |about: SubjectKind, from: f64, offset: [f64; 2]| {
        let [right, down] = offset.map(|px: f64| px * g.tokens.symbol_scale());
        Layer::new(format!("norms-{}", about.key()), "symbol", Source::Norms.id())
            .filter(json!(["==", ["get", "about"], about.key()]))
            .zooms(from, 24.0)
            .layout(json!({
                "icon-image": image(),
                "icon-offset": [right, down],
                "icon-allow-overlap": true,
                "icon-ignore-placement": true,
                "symbol-sort-key": ["match", ["get", "verdict"], Outcome::Fails.key(), 2, Outcome::CannotSay.key(), 1, 0],
            }))
    };
    vec![
        layer(SubjectKind::Point, zoom::EVERY_POINT, BESIDE_PX),
        layer(SubjectKind::Prefecture, 0.0, AT_SEAT_PX),
        layer(SubjectKind::Hub, 0.0, BESIDE_PX),
    ]
}

/// The image of a verdict.
fn image() -> Value {
    json!([
        "match",
        ["get", "verdict"],
        Outcome::Fails.key(),
        FAILS_IMAGE,
        Outcome::CannotSay.key(),
        CANNOT_SAY_IMAGE,
        PASSES_IMAGE
    ])
}

/// The document of the signs.
#[must_use]
pub fn norms_geojson(marks: &[NormMark]) -> Vec<u8> {
    let feature = |m: &NormMark| {
        let properties = json!({"verdict": m.outcome.key(), "about": m.about.key()});
        let geometry = json!({"type": "Point", "coordinates": [m.at.lon, m.at.lat]});
        json!({"type": "Feature", "properties": properties, "geometry": geometry})
    };
    let features: Vec<Value> = marks.iter().map(feature).collect();
    json!({"type": "FeatureCollection", "features": features}).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::tests::ground;
    use super::*;
    use atlas_core::geo::LonLat;

    #[test]
    fn a_mark_says_its_verdict_and_what_it_is_about() {
        let mark = NormMark { at: LonLat::new(121.0, 31.0), outcome: Outcome::Fails, about: SubjectKind::Hub };
        let document: Value = serde_json::from_slice(&norms_geojson(&[mark])).expect("JSON");
        let feature = &document["features"][0];
        assert_eq!(feature["properties"], json!({"verdict": "fails", "about": "hub"}));
        assert_eq!(feature["geometry"]["coordinates"], json!([121.0, 31.0]));
    }

    #[test]
    fn each_verdict_has_an_image_of_its_own() {
        let mut images = [FAILS_IMAGE, CANNOT_SAY_IMAGE, PASSES_IMAGE].to_vec();
        images.dedup();
        assert_eq!(images.len(), Outcome::ALL.len());
        assert_eq!(marks(&ground()).len(), 3);
    }
}
