//! GeoJSON (RFC 7946): one FeatureCollection, longitude first, WGS84, outer rings counter-clockwise.

use crate::{catchment::Polygons, geo::LonLat};
use std::fmt::Write;

/// Builds one FeatureCollection as bytes, feature by feature.
pub struct GeoJson {
    out: String,
    first: bool,
}

impl Default for GeoJson {
    fn default() -> Self {
        Self { out: r#"{"type":"FeatureCollection","features":["#.into(), first: true }
    }
}

impl GeoJson {
    /// Adds a feature. `properties` are the members of its object, without braces; `geometry` is one of the functions below.
    pub fn feature(&mut self, properties: &str, geometry: &str) {
        if !std::mem::take(&mut self.first) {
            self.out.push(',');
        }
        let _ = write!(self.out, r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#);
    }

    /// The whole document.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.out.push_str("]}");
        self.out.into_bytes()
    }
}

/// A geometry of a kind with its coordinates.
#[must_use]
pub fn geometry(kind: &str, coordinates: &str) -> String {
    format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#)
}

/// A position: five decimals, about a metre, without trailing zeros.
#[must_use]
pub fn position(p: LonLat) -> String {
    let mut out = String::new();
    push_position(&mut out, p);
    out
}

/// A line or ring.
#[must_use]
pub fn line(points: &[LonLat]) -> String {
    let mut out = String::new();
    push_line(&mut out, points);
    out
}

/// Several lines, or the rings of a polygon.
#[must_use]
pub fn lines(parts: &[Vec<LonLat>]) -> String {
    let mut out = String::new();
    push_list(&mut out, parts, |out, part| push_line(out, part));
    out
}

/// Polygons as one geometry.
#[must_use]
pub fn multi_polygon(polygons: &Polygons) -> String {
    let mut out = String::new();
    push_list(&mut out, polygons, |out, rings| push_list(out, rings, |out, ring| push_line(out, ring)));
    geometry("MultiPolygon", &out)
}

/// The rings of polygons as lines.
#[must_use]
pub fn outlines(polygons: &Polygons) -> String {
    let mut out = String::new();
    let rings: Vec<&Vec<LonLat>> = polygons.iter().flatten().collect();
    push_list(&mut out, &rings, |out, ring| push_line(out, ring));
    geometry("MultiLineString", &out)
}

/// Text as a JSON string.
///
/// # Panics
/// Never: text is always JSON.
#[must_use]
pub fn text(s: &str) -> String {
    serde_json::to_string(s).expect("text")
}

/// A member that is a number, or null where there is none or it is no number.
#[must_use]
pub fn number(value: Option<f64>) -> String {
    value.filter(|v| v.is_finite()).map_or_else(|| "null".into(), |v| v.to_string())
}

fn push_list<T>(out: &mut String, all: &[T], mut push: impl FnMut(&mut String, &T)) {
    out.push('[');
    for (i, one) in all.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        push(out, one);
    }
    out.push(']');
}

fn push_line(out: &mut String, points: &[LonLat]) {
    push_list(out, points, |out, p| push_position(out, *p));
}

fn push_position(out: &mut String, p: LonLat) {
    out.push('[');
    push_number(out, p.lon);
    out.push(',');
    push_number(out, p.lat);
    out.push(']');
}

fn push_number(out: &mut String, v: f64) {
    let start = out.len();
    let _ = write!(out, "{v:.5}");
    let kept = out[start..].trim_end_matches('0').trim_end_matches('.').len();
    out.truncate(start + kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_json_with_short_numbers() {
        let mut w = GeoJson::default();
        w.feature(r#""a":1"#, &geometry("Point", &position(LonLat::new(120.0, -0.123_456_7))));
        let ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)].map(|(x, y)| LonLat::new(x, y)).to_vec();
        w.feature(&format!(r#""name":{},"x":{}"#, text("a \"b\""), number(None)), &multi_polygon(&vec![vec![ring]]));
        let bytes = w.finish();
        let all: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(all["features"][0]["geometry"]["coordinates"], serde_json::json!([120, -0.12346]));
        assert_eq!(all["features"][1]["properties"]["name"], "a \"b\"");
        assert_eq!(all["features"][1]["geometry"]["coordinates"][0][0][1], serde_json::json!([1, 0]));
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&GeoJson::default().finish()).unwrap()["features"],
            serde_json::json!([])
        );
    }
}
