//! Meridians and parallels over the map's window: every fifth degree from afar, every degree from near.

use std::fmt::Write;

/// West, south, east, north of the window, in degrees.
pub const WINDOW: [i32; 4] = [95, 14, 137, 47];
/// Degrees between the lines that are drawn at every zoom.
const COARSE: i32 = 5;

/// GeoJSON with one feature for the lines of every fifth degree (`step` 5) and one for the others (`step` 1).
#[must_use]
pub fn geojson() -> String {
    let [west, south, east, north] = WINDOW;
    let lines = |wanted: fn(i32) -> bool| {
        let meridians = (west..=east).filter(|d| wanted(*d)).map(|x| format!("[[{x},{south}],[{x},{north}]]"));
        let parallels = (south..=north).filter(|d| wanted(*d)).map(|y| format!("[[{west},{y}],[{east},{y}]]"));
        meridians.chain(parallels).collect::<Vec<_>>().join(",")
    };
    let mut out = String::from(r#"{"type":"FeatureCollection","features":["#);
    for (i, (step, coordinates)) in
        [(COARSE, lines(|d| d % COARSE == 0)), (1, lines(|d| d % COARSE != 0))].into_iter().enumerate()
    {
        let comma = if i == 0 { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            r#"{comma}{{"type":"Feature","properties":{{"step":{step}}},"geometry":{{"type":"MultiLineString","coordinates":[{coordinates}]}}}}"#
        );
    }
    out.push_str("]}");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_degree_once() {
        let document: serde_json::Value = serde_json::from_str(&geojson()).expect("JSON");
        let count = |i: usize| document["features"][i]["geometry"]["coordinates"].as_array().map_or(0, Vec::len);
        // 95 to 135 and 15 to 45 by fives; all degrees together.
        assert_eq!(count(0), 9 + 7);
        assert_eq!(count(0) + count(1), 43 + 34);
    }
}
