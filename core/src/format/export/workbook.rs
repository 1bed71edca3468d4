//! Sheets as an Excel workbook: one page each, words as words whatever they begin with.

use super::{Cell, Sheet};
use crate::diagnostics::Diagnostic;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// Excel takes no longer text in a cell.
const MOST_CHARS: usize = 32_000;
/// No wider than this, in characters, however long the words are.
const WIDEST: usize = 48;
/// So many rows say how wide a column is.
const LOOKED_AT: usize = 200;

/// A workbook with a page a sheet. The same sheets give the same bytes.
///
/// # Errors
/// Where a sheet is too large for Excel.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, Diagnostic> {
    write(sheets).map_err(|why| {
        let remedy = "Export the table as CSV, which has no limit.";
        Diagnostic::error("export-workbook", "", why.to_string(), remedy)
    })
}

fn write(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Not the clock's: what is written depends on what is given alone.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2025, 1, 1)?));
    let bold = Format::new().set_bold();
    for sheet in sheets {
        let page = book.add_worksheet().set_name(&sheet.name)?;
        for (heading, column) in sheet.columns.iter().zip(0u16..) {
            page.write_string_with_format(0, column, heading, &bold)?;
            let rows = sheet.rows.iter().take(LOOKED_AT).filter_map(|r| r.get(usize::from(column)));
            let longest = rows.map(width).max().unwrap_or(0).max(heading.chars().count());
            page.set_column_width(column, (longest.min(WIDEST) + 2) as f64)?;
        }
        page.set_freeze_panes(1, 0)?;
        for (cells, row) in sheet.rows.iter().zip(1u32..) {
            for (cell, column) in cells.iter().zip(0u16..) {
                match cell {
                    Cell::Text(words) => {
                        page.write_string(row, column, words.chars().take(MOST_CHARS).collect::<String>())?;
                    }
                    Cell::Number(value) => {
                        page.write_number(row, column, *value)?;
                    }
                    Cell::Empty => {}
                }
            }
        }
    }
    book.save_to_buffer()
}

/// How wide a cell is, in digits: Chinese letters are two.
fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Text(words) => words.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum(),
        Cell::Number(value) => value.to_string().len(),
        Cell::Empty => 0,
    }
}
