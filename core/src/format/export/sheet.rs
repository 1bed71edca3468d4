//! One table, and how it is written: every file for a spreadsheet goes through here.

use crate::format::geojson::{GeoJson, geometry, number, text};
use serde::{Deserialize, Serialize};

/// One field of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing is known.
    Empty,
}

impl Cell {
    /// Words; nothing where there are none.
    #[must_use]
    pub fn words(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Text(words) }
    }

    /// A number with all its digits; nothing where there is none, or it is not finite.
    #[must_use]
    pub fn exact(value: impl Into<Option<f64>>) -> Self {
        value.into().filter(|v| v.is_finite()).map_or(Self::Empty, |v| Self::Number(if v == 0.0 { 0.0 } else { v }))
    }

    /// A number with so many decimals: what lies below is no knowledge.
    #[must_use]
    pub fn rounded(value: impl Into<Option<f64>>, places: usize) -> Self {
        // As it is printed: a power of ten has its own error.
        Self::exact(value.into().map(|v| format!("{v:.places$}").parse().unwrap_or(v)))
    }

    fn json(&self) -> String {
        match self {
            Self::Text(words) => text(words),
            Self::Number(v) => number(Some(*v)),
            Self::Empty => "null".into(),
        }
    }
}

/// A table: as many cells in every row as there are columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its key: part of file names, and the name of its page in a workbook.
    pub name: String,
    /// Headings.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// A table of these columns, without rows.
    #[must_use]
    pub fn new(name: &str, columns: &[&str]) -> Self {
        Self { name: name.into(), columns: columns.iter().map(|c| (*c).to_owned()).collect(), rows: Vec::new() }
    }

    /// As CSV (RFC 4180) in UTF-8, with a mark at its beginning that tells spreadsheets so. Words that a spreadsheet would take
    /// for a formula are made harmless ([`guarded`]); numbers stay numbers.
    ///
    /// # Panics
    /// Never: memory takes every row.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
        let mut write = |row: Vec<String>| writer.write_record(row).expect("writing to memory");
        write(self.columns.iter().map(|c| guarded(c)).collect());
        for row in &self.rows {
            let field = |cell: &Cell| match cell {
                Cell::Text(words) => guarded(words),
                Cell::Number(v) => v.to_string(),
                Cell::Empty => String::new(),
            };
            write(row.iter().map(field).collect());
        }
        let bytes = writer.into_inner().expect("writing to memory");
        format!("\u{feff}{}", String::from_utf8(bytes).expect("text"))
    }

    /// As GeoJSON (RFC 7946): a point a row where there are columns `lon` and `lat`, a line where there are `from_lon`,
    /// `from_lat`, `to_lon` and `to_lat`; a row without a position has no geometry. Every column is a property.
    #[must_use]
    pub fn geojson(&self) -> Vec<u8> {
        let column = |name: &str| self.columns.iter().position(|c| c == name);
        let pair = |prefix: &str| Some((column(&format!("{prefix}lon"))?, column(&format!("{prefix}lat"))?));
        let (point, line) = (pair(""), pair("from_").zip(pair("to_")));
        let position = |row: &[Cell], (lon, lat): (usize, usize)| match (row.get(lon), row.get(lat)) {
            (Some(Cell::Number(x)), Some(Cell::Number(y))) => Some(format!("[{x},{y}]")),
            _ => None,
        };
        let mut out = GeoJson::default();
        for row in &self.rows {
            let members = self.columns.iter().zip(row).map(|(c, cell)| format!("{}:{}", text(c), cell.json()));
            let place = point.and_then(|p| position(row, p)).map(|p| geometry("Point", &p));
            let way = || {
                let (from, to) = line?;
                let ends = format!("[{},{}]", position(row, from)?, position(row, to)?);
                Some(geometry("LineString", &ends))
            };
            let members = members.collect::<Vec<_>>().join(",");
            out.feature(&members, &place.or_else(way).unwrap_or_else(|| "null".into()));
        }
        out.finish()
    }
}

/// With what a spreadsheet takes words for a formula.
const RISKY: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn is_risky(words: &str) -> bool {
    words.trim_start_matches('\'').starts_with(RISKY)
}

/// Words as a cell that no spreadsheet runs: what begins with = + - @, a tab or a line end gets an apostrophe before it. So does
/// what has such apostrophes already, that taking one away gives the same words back.
#[must_use]
pub fn guarded(words: &str) -> String {
    if is_risky(words) { format!("'{words}") } else { words.to_owned() }
}

/// The words that [`guarded`] was given.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_risky(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new("things", &["id", "lon", "lat", "note"]);
        sheet.rows.push(vec![
            Cell::words("=1+1"),
            Cell::exact(121.5),
            Cell::exact(-0.0),
            Cell::words("a, \"b\"\r\n<b>甲</b>"),
        ]);
        sheet.rows.push(vec![Cell::words("X2"), Cell::exact(f64::NAN), Cell::Empty, Cell::words("")]);
        sheet
    }

    #[test]
    fn a_spreadsheet_reads_words_as_words_and_numbers_as_numbers() {
        let csv = sheet().csv();
        assert_eq!(csv, "\u{feff}id,lon,lat,note\r\n'=1+1,121.5,0,\"a, \"\"b\"\"\r\n<b>甲</b>\"\r\nX2,,,\r\n");
        assert_eq!(Cell::rounded(2.0 / 3.0, 3), Cell::Number(0.667));
        assert_eq!(Cell::rounded(-0.000_1, 3), Cell::Number(0.0));
    }

    #[test]
    fn a_map_reads_places_and_every_column() {
        let all: serde_json::Value = serde_json::from_slice(&sheet().geojson()).unwrap();
        let features = all["features"].as_array().unwrap();
        assert_eq!(features[0]["geometry"], serde_json::json!({ "type": "Point", "coordinates": [121.5, 0] }));
        assert_eq!(features[0]["properties"]["id"], "=1+1");
        assert_eq!(features[1]["geometry"], serde_json::Value::Null);
        let mut ways = Sheet::new("ways", &["from_lon", "from_lat", "to_lon", "to_lat"]);
        ways.rows.push([1.0, 2.0, 3.0, 4.0].map(Cell::exact).to_vec());
        let all: serde_json::Value = serde_json::from_slice(&ways.geojson()).unwrap();
        assert_eq!(all["features"][0]["geometry"]["coordinates"], serde_json::json!([[1, 2], [3, 4]]));
    }

    #[test]
    fn what_is_made_harmless_comes_back() {
        for risky in ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''+"] {
            assert!(guarded(risky).starts_with('\''), "{risky:?}");
            assert_eq!(unguarded(&guarded(risky)), risky);
        }
        for plain in ["", "'", "'tis", "a=b", "李'=", "0.5"] {
            assert_eq!((guarded(plain).as_str(), unguarded(plain)), (plain, plain));
        }
    }

    proptest! {
        #[test]
        fn any_words_come_back_from_csv(words in "[-=+@'\"\t\r\n,;a甲 ]{0,8}", value in proptest::num::f64::NORMAL) {
            let mut sheet = Sheet::new("t", &["words", "value"]);
            sheet.rows.push(vec![Cell::Text(words.clone()), Cell::Number(value)]);
            let csv = sheet.csv();
            let mut reader = csv::ReaderBuilder::new().from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
            let row = reader.records().next().unwrap().unwrap();
            prop_assert!(!row[0].starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(unguarded(&row[0]), words);
            prop_assert_eq!(row[1].parse::<f64>().unwrap(), value);
        }
    }
}
