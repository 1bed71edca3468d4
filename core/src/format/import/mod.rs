//! Tables that people bring: from bytes to rows, from rows to edits of a plan, and what was wrong with which row.
//!
//! 1. [`read`] makes a [`Table`] of a CSV, XLSX or GeoJSON file, whatever its encoding and separator, and says what it noticed.
//! 2. [`guess`] says what its columns hold, by their headings; a person may say otherwise.
//! 3. [`convert`] makes of every good row what it says, in the one unit and on the one datum of the app, and lists every bad one.
//!
//! Nothing here trusts the file: sizes are bounded before anything is laid out in memory, and text is text.

mod convert;
mod delimited;
mod features;
mod field;
mod guess;
mod number;
mod preview;
mod remark;
mod settings;
mod suspicion;
mod table;
mod text;
mod unit;
mod workbook;

pub use convert::{Cargo, Ground, Outcome, Sums, convert};
pub use field::{Field, Kind};
pub use guess::guess;
pub use number::{Quantity, parse_degrees, parse_quantity};
pub use preview::Preview;
pub use remark::{Reason, Remark, RemarkKind, RowProblem};
pub use settings::{Mode, Settings};
pub use table::Table;
pub use text::Encoding;
pub use unit::MassUnit;

use crate::diagnostics::Diagnostic;
use serde::{Deserialize, Serialize};

/// A file of more bytes is not read.
pub const MOST_BYTES: usize = 128 << 20;
/// So many rows of a file are read; the rest is counted.
pub const MOST_ROWS: usize = 200_000;
/// So many columns.
pub const MOST_COLUMNS: usize = 128;
/// A longer cell is cut.
pub const MOST_CHARS: usize = 500;

/// How a file is to be read; what is `None` is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The encoding of a text file.
    pub encoding: Option<Encoding>,
    /// The sheet of a workbook, counted from 0.
    pub sheet: Option<usize>,
}

/// What kind of file it was, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// Comma-separated values and their kin.
    Delimited {
        /// How its letters are written.
        encoding: Encoding,
        /// What stands between cells.
        separator: char,
    },
    /// An Excel workbook.
    Workbook {
        /// Names of its sheets.
        sheets: Vec<String>,
        /// The one that was read.
        sheet: usize,
    },
    /// GeoJSON.
    Features,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its rows.
    pub table: Table,
    /// What it was.
    pub form: Form,
    /// What was noticed about the file as a whole.
    pub remarks: Vec<Remark>,
    /// Rows that were noticed already while reading.
    pub problems: Vec<RowProblem>,
}

/// Reads a file. What kind it is, its first bytes say; where they do not, its name does.
///
/// # Errors
/// Where nothing can be read of it.
pub fn read(name: &str, bytes: &[u8], how: &Reading) -> Result<Sheet, Diagnostic> {
    if bytes.len() > MOST_BYTES {
        let (has, may) = (bytes.len() >> 20, MOST_BYTES >> 20);
        return Err(refuse("import-too-big", name, format!("{has} MB, at most {may} MB"), "Split the file."));
    }
    let mut sheet = if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        workbook::read(name, bytes, how.sheet)?
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(refuse("import-old-excel", name, "", "Save it in Excel as .xlsx or as CSV."));
    } else if is_json(name, bytes) {
        features::read(name, bytes)?
    } else {
        delimited::read(name, bytes, how.encoding)?
    };
    if sheet.table.is_empty() {
        return Err(refuse("import-empty", name, "", "Choose a file that has a row of headings and rows below it."));
    }
    if sheet.table.seen() > sheet.table.len() {
        let (read, of) = (sheet.table.len(), sheet.table.seen());
        sheet.remarks.push(Remark { what: RemarkKind::TooManyRows, n: read, of, text: String::new() });
    }
    Ok(sheet)
}

fn is_json(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = start.iter().find(|b| !b.is_ascii_whitespace());
    name.ends_with(".geojson") || name.ends_with(".json") || first == Some(&b'{')
}

fn refuse(code: &str, name: &str, message: impl Into<String>, remedy: &str) -> Diagnostic {
    Diagnostic::error(code, name, message, remedy)
}

#[cfg(test)]
mod tests;
