//! The CSV tables of `data/tables`: rows with a source each. A bad row is reported and left out; the others are kept.

mod facilities;
mod grid;
mod norms;
mod parameters;
mod places;

pub use facilities::{hubs, operators, points, smelters, terminals};
pub use grid::grid;
pub use norms::norms;
pub use parameters::parameters;
pub use places::{CityLabel, labels, places, prefectures};

use crate::{
    diagnostics::Diagnostic,
    geo::LonLat,
    model::{Basis, Confidence, Origin},
};
use serde::de::DeserializeOwned;

/// Rows read from one table and what was wrong with the others.
type Read<T> = (Vec<T>, Vec<Diagnostic>);

/// Reads typed rows, then turns each into a thing of the model. The row's number is its line in the file.
fn read<R: DeserializeOwned, T>(
    table: &str,
    text: &str,
    mut make: impl FnMut(R, usize) -> Result<T, String>,
) -> Read<T> {
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = match reader.headers() {
        Ok(h) => h.clone(),
        Err(e) => return (rows, vec![bad_row(table, 1, &e.to_string())]),
    };
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let made =
                    record.deserialize::<R>(Some(&headers)).map_err(|e| e.to_string()).and_then(|r| make(r, line));
                match made {
                    Ok(row) => rows.push(row),
                    Err(reason) => problems.push(bad_row(table, line, &reason)),
                }
            }
            Err(e) => problems.push(bad_row(table, line, &e.to_string())),
        }
    }
    (rows, problems)
}

fn bad_row(table: &str, line: usize, reason: &str) -> Diagnostic {
    Diagnostic::error(
        "table-bad-row",
        format!("{table}.csv, line {line}"),
        reason,
        "The row was left out; correct it in the table and load again.",
    )
}

fn position(lon: f64, lat: f64) -> Result<LonLat, String> {
    let at = LonLat::new(lon, lat);
    if at.is_valid() { Ok(at) } else { Err(format!("{lon}, {lat} is not a position")) }
}

fn origin(
    table: &str,
    row: &str,
    basis: &str,
    source: String,
    year: String,
    confidence: &str,
    note: String,
) -> Result<Origin, String> {
    let basis = Basis::from_key(basis).ok_or_else(|| format!("unknown basis {basis:?}"))?;
    Ok(Origin {
        table: table.into(),
        row: row.into(),
        basis,
        source,
        year,
        confidence: Confidence::from_key(confidence),
        note,
    })
}
