//! How exactly the selected facility's place is known: a thin dashed ring within which it stands.

use super::{Ground, Layer};
use crate::map::{tokens::Token, view::Source};
use atlas_core::geo::LonLat;
use serde_json::json;
use std::f64::consts::TAU;

/// Metres on the mean sphere that distances are measured on.
const EARTH_M: f64 = 6_371_008.8;
/// Corners of the ring: so many that they are not seen.
const CORNERS: u32 = 96;

/// The ring, and light under it so that it is seen on roads and tints.
pub(super) fn ring(g: &Ground) -> Vec<Layer> {
    let line = |id: &str, token, width: f64, opacity: f64| {
        Layer::new(id, "line", Source::Precision.id())
            .paint(json!({"line-color": g.colour(token), "line-width": g.text_px(width), "line-opacity": opacity}))
    };
    let mut dashes = line("precision", Token::Accent, 1.1, 1.0);
    dashes.paint["line-dasharray"] = json!([4, 3]);
    vec![line("precision-casing", Token::MapHalo, 2.6, 0.7), dashes]
}

/// The document of the ring: all places at that distance by great circle.
#[must_use]
pub fn ring_geojson(ring: Option<(LonLat, f64)>) -> Vec<u8> {
    let line = |(at, radius_m)| {
        let corners: Vec<[f64; 2]> = (0..=CORNERS)
            .map(|i| {
                let p = from(at, radius_m, TAU * f64::from(i % CORNERS) / f64::from(CORNERS));
                [p.lon, p.lat]
            })
            .collect();
        json!({"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": corners}})
    };
    let features: Vec<_> = ring.map(line).into_iter().collect();
    json!({"type": "FeatureCollection", "features": features}).to_string().into_bytes()
}

/// The place at a distance in a direction, by the direct formula on the sphere.
fn from(at: LonLat, metres: f64, bearing: f64) -> LonLat {
    let angle = metres / EARTH_M;
    let (lat, lon) = (at.lat.to_radians(), at.lon.to_radians());
    let (sin, cos) = (libm::sin(angle), libm::cos(angle));
    let to_lat = libm::asin(libm::sin(lat) * cos + libm::cos(lat) * sin * libm::cos(bearing));
    let east = libm::sin(bearing) * sin * libm::cos(lat);
    let to_lon = lon + libm::atan2(east, cos - libm::sin(lat) * libm::sin(to_lat));
    LonLat::new(to_lon.to_degrees(), to_lat.to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;
    use atlas_core::geo::haversine_m;
    use serde_json::Value;

    #[test]
    fn every_corner_is_as_far() {
        let at = LonLat::new(115.4, 33.3);
        let document: Value = serde_json::from_slice(&ring_geojson(Some((at, 15_000.0)))).expect("JSON");
        let corners = document["features"][0]["geometry"]["coordinates"].as_array().expect("a line");
        assert_eq!(corners.len(), CORNERS as usize + 1);
        assert_eq!(corners.first(), corners.last());
        for c in corners {
            let p = LonLat::new(c[0].as_f64().expect("lon"), c[1].as_f64().expect("lat"));
            assert!((haversine_m(at, p) - 15_000.0).abs() < 1.0);
        }
    }

    #[test]
    fn no_ring_is_an_empty_document() {
        let document: Value = serde_json::from_slice(&ring_geojson(None)).expect("JSON");
        assert_eq!(document["features"].as_array().map(Vec::len), Some(0));
    }
}
