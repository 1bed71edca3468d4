//! What the plain map reads of the worker's GeoJSON: shapes on the map's plane, with what decides how they are drawn. Pure.

use crate::map::{marks::scene::ANCHOR, mercator::Mercator, mercator::world_px};
use atlas_core::geo::LonLat;
use serde_json::{Map, Value};

/// Positions are px of this zoom from [`ANCHOR`]: small enough numbers for a canvas at every zoom.
pub const ZOOM: f64 = 8.0;

/// A position on the map's plane.
pub type Spot = (f64, f64);

/// Lines, rings or single positions with their properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feature {
    /// What the worker says of it.
    pub properties: Map<String, Value>,
    /// Lines and rings; each single position is a line of one.
    pub lines: Vec<Vec<Spot>>,
    /// True where the lines are rings.
    pub area: bool,
}

impl Feature {
    /// A property in words; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.properties.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.properties.get(name)?.as_u64().and_then(|n| u32::try_from(n).ok())
    }

    /// True where a property says so.
    pub fn is(&self, name: &str) -> bool {
        self.properties.get(name) == Some(&Value::Bool(true))
    }
}

/// The position on the plane.
pub fn spot(at: LonLat) -> Spot {
    let (m, anchor, world) = (Mercator::from(at), Mercator::from(ANCHOR), world_px(ZOOM));
    ((m.x - anchor.x) * world, (m.y - anchor.y) * world)
}

/// The features of a document; what cannot be read is left out.
pub fn read(bytes: &[u8]) -> Vec<Feature> {
    let Ok(Value::Object(mut document)) = serde_json::from_slice(bytes) else { return Vec::new() };
    let Some(Value::Array(features)) = document.remove("features") else { return Vec::new() };
    features.into_iter().filter_map(feature).collect()
}

fn feature(value: Value) -> Option<Feature> {
    let Value::Object(mut value) = value else { return None };
    let properties = match value.remove("properties") {
        Some(Value::Object(p)) => p,
        _ => Map::new(),
    };
    let geometry = value.get("geometry")?;
    let (kind, coordinates) = (geometry.get("type")?.as_str()?, geometry.get("coordinates")?);
    let mut lines = Vec::new();
    collect(coordinates, &mut lines);
    Some(Feature { properties, lines, area: kind.ends_with("Polygon") })
}

/// Every list of positions, however deep it lies.
fn collect(value: &Value, lines: &mut Vec<Vec<Spot>>) {
    let Some(list) = value.as_array() else { return };
    match position(value) {
        Some(single) => lines.push(vec![single]),
        None if list.first().is_some_and(|first| position(first).is_some()) => {
            lines.push(list.iter().filter_map(position).collect());
        }
        None => list.iter().for_each(|inner| collect(inner, lines)),
    }
}

fn position(value: &Value) -> Option<Spot> {
    match value.as_array()?.as_slice() {
        [lon, lat, ..] => Some(spot(LonLat::new(lon.as_f64()?, lat.as_f64()?))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(geometry: &str) -> Feature {
        let text = format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"layer":"sea","rank":2,"over":true}},"geometry":{geometry}}}]}}"#
        );
        read(text.as_bytes()).pop().expect("one feature")
    }

    #[test]
    fn every_kind_of_geometry() {
        let lines = |g: &str| one(g).lines.iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(lines(r#"{"type":"Point","coordinates":[116,31]}"#), [1]);
        assert_eq!(
            lines(r#"{"type":"MultiLineString","coordinates":[[[116,31],[117,31]],[[1,2],[3,4],[5,6]]]}"#),
            [2, 3]
        );
        let area = one(r#"{"type":"MultiPolygon","coordinates":[[[[116,31],[117,31],[117,32],[116,31]]]]}"#);
        assert!(area.area && area.lines.len() == 1 && area.lines[0].len() == 4);
        assert_eq!((area.text("layer"), area.number("rank"), area.is("over")), ("sea", Some(2), true));
    }

    #[test]
    fn the_anchor_is_the_middle() {
        let at = one(r#"{"type":"Point","coordinates":[116,31]}"#).lines[0][0];
        assert!(at.0.abs() < 1e-6 && at.1.abs() < 1e-6);
    }

    #[test]
    fn rubbish_is_no_document() {
        assert!(read(b"<html>").is_empty() && read(br#"{"features":[1,{"geometry":null}]}"#).is_empty());
    }
}
