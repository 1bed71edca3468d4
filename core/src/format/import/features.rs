//! GeoJSON: a row a feature, its properties as columns beside the position. Areas stand for a point inside of them.

use super::{Form, MOST_COLUMNS, Reason, Remark, RemarkKind, RowProblem, Sheet, Table, refuse};
use crate::diagnostics::Diagnostic;
use geo::{Coord, InteriorPoint, LineString, MultiPolygon, Polygon};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Headings of the position, which no property has.
pub const GEOMETRY: [&str; 2] = ["geometry.lon", "geometry.lat"];

#[derive(Deserialize)]
struct Collection {
    #[serde(default)]
    features: Vec<Value>,
    #[serde(default)]
    crs: Value,
}

pub fn read(name: &str, bytes: &[u8]) -> Result<Sheet, Diagnostic> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let collection: Collection = serde_json::from_slice(bytes).map_err(|e| {
        let code = if e.is_eof() { "import-json-cut-short" } else { "import-broken-json" };
        refuse(code, name, format!("line {}: {e}", e.line()), "Export the file again, or mend the JSON at that line.")
    })?;
    let mut remarks = Vec::new();
    let crs = collection.crs.to_string();
    if !collection.crs.is_null() && !crs.contains("CRS84") && !crs.contains("4326") {
        let text = crs.chars().take(80).collect();
        remarks.push(Remark { text, ..Remark::of(RemarkKind::OtherDatum, 0) });
    }
    let (mut table, mut problems, mut areas) = (Table::default(), Vec::new(), 0);
    let mut columns: Vec<String> = GEOMETRY.map(str::to_owned).to_vec();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut properties = 0;
    for (i, feature) in collection.features.iter().enumerate() {
        let empty = Map::new();
        let stated = feature.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let id = feature.get("id").filter(|_| !stated.contains_key("id"));
        let point = match feature.get("geometry").map(place) {
            Some(Some((at, area))) => {
                areas += usize::from(area);
                at
            }
            // No geometry is a row all the same: of prefectures, or of flows.
            None => [String::new(), String::new()],
            Some(None) if feature["geometry"].is_null() => [String::new(), String::new()],
            Some(None) => {
                let kind = feature["geometry"]["type"].as_str().unwrap_or("?").chars().take(40).collect();
                problems.push(RowProblem {
                    row: i as u32 + 1,
                    column: String::new(),
                    reason: Reason::NoPoint,
                    text: kind,
                });
                continue;
            }
        };
        let mut cells = point.to_vec();
        for (key, value) in id.map(|v| ("id", v)).into_iter().chain(stated.iter().map(|(k, v)| (k.as_str(), v))) {
            let next = columns.len();
            let column = match known.get(key) {
                Some(c) => *c,
                None => {
                    properties += 1;
                    if next >= MOST_COLUMNS {
                        continue;
                    }
                    known.insert(key.to_owned(), next);
                    columns.push(key.chars().take(80).collect());
                    next
                }
            };
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = words(value);
        }
        table.push(i + 1, cells.iter().map(String::as_str));
    }
    if columns.len() >= MOST_COLUMNS && properties + 2 > MOST_COLUMNS {
        remarks.push(Remark { of: properties + 2, ..Remark::of(RemarkKind::TooManyColumns, MOST_COLUMNS) });
    }
    if areas > 0 {
        remarks.push(Remark::of(RemarkKind::AreasAsPoints, areas));
    }
    table.columns = columns;
    Ok(Sheet { table, form: Form::Features, remarks, problems })
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        Value::Array(all) => all.iter().map(words).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// Where a geometry is, and whether it is an area; `None` where it is neither point nor area.
fn place(geometry: &Value) -> Option<([String; 2], bool)> {
    let coordinates = geometry.get("coordinates")?;
    match geometry.get("type")?.as_str()? {
        "Point" => point(coordinates).map(|c| (words_of(c), false)),
        "MultiPoint" => match coordinates.as_array()?.as_slice() {
            [one] => point(one).map(|c| (words_of(c), false)),
            _ => None,
        },
        "Polygon" => inside(&MultiPolygon(vec![polygon(coordinates)?])),
        "MultiPolygon" => {
            let parts: Option<Vec<_>> = coordinates.as_array()?.iter().map(polygon).collect();
            inside(&MultiPolygon(parts?))
        }
        _ => None,
    }
}

fn inside(areas: &MultiPolygon) -> Option<([String; 2], bool)> {
    let at = areas.interior_point()?;
    (at.x().is_finite() && at.y().is_finite()).then(|| (words_of(at.0), true))
}

fn words_of(c: Coord) -> [String; 2] {
    [c.x.to_string(), c.y.to_string()]
}

fn polygon(rings: &Value) -> Option<Polygon> {
    let ring = |v: &Value| v.as_array()?.iter().map(point).collect::<Option<Vec<_>>>().map(LineString::new);
    let mut rings = rings.as_array()?.iter().map(ring);
    let outer = rings.next()??;
    Some(Polygon::new(outer, rings.collect::<Option<_>>()?))
}

fn point(v: &Value) -> Option<Coord> {
    let v = v.as_array()?;
    let (x, y) = (v.first()?.as_f64()?, v.get(1)?.as_f64()?);
    // Beyond the globe areas have no inside; a point is told with its row.
    (x.abs() <= 1e6 && y.abs() <= 1e6).then_some(Coord { x, y })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_areas_become_rows_and_lines_are_told() {
        let file = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","id":"A1","geometry":{"type":"Point","coordinates":[117.28,31.86]},"properties":{"名称":"甲","capacity":250}},
            {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[117,31],[118,31],[118,32],[117,32],[117,31]]]},"properties":{"名称":"乙","metals":["Al","Cu"]}},
            {"type":"Feature","geometry":{"type":"LineString","coordinates":[[117,31],[118,31]]},"properties":{"名称":"丙"}},
            {"type":"Feature","geometry":null,"properties":{"名称":"丁"}}]}"#;
        let sheet = read("a.geojson", file.as_bytes()).unwrap();
        let t = &sheet.table;
        assert_eq!(t.columns, ["geometry.lon", "geometry.lat", "id", "capacity", "名称", "metals"]);
        assert_eq!((t.len(), t.cell(0, 0), t.cell(0, 2), t.cell(0, 4)), (3, "117.28", "A1", "甲"));
        assert_eq!((t.cell(1, 0), t.cell(1, 5), t.number(2)), ("117.5", "Al Cu", 4));
        assert_eq!((sheet.problems.len(), sheet.problems[0].row, sheet.problems[0].reason), (1, 3, Reason::NoPoint));
        assert_eq!(sheet.remarks, [Remark::of(RemarkKind::AreasAsPoints, 1)]);
        let cut = read("a.geojson", &file.as_bytes()[..200]).unwrap_err();
        assert_eq!(cut.code, "import-json-cut-short");
    }
}
