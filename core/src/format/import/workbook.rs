//! Excel workbooks. Cells are read one by one as they stand in the file: a cell in the last corner of a sheet, or a small archive
//! that unpacks into gigabytes, costs nothing. A formula counts by the value that Excel kept of it.

use super::{Form, MOST_COLUMNS, Remark, RemarkKind, Sheet, Table, guess, refuse};
use crate::diagnostics::Diagnostic;
use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use std::io::{Cursor, Read};

/// A workbook that unpacks into more bytes is not read.
const MOST_UNPACKED: u64 = 400 << 20;
/// So many parts.
const MOST_PARTS: usize = 4096;

pub fn read(name: &str, bytes: &[u8], asked: Option<usize>) -> Result<Sheet, Diagnostic> {
    bound(name, bytes)?;
    let broken = |e: calamine::XlsxError| broken(name, &e.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let visible = |s: &calamine::Sheet| s.visible == SheetVisible::Visible;
    let mut shown: Vec<String> = book.sheets_metadata().iter().filter(|s| visible(s)).map(|s| s.name.clone()).collect();
    if shown.is_empty() {
        shown = book.sheet_names();
    }
    if shown.is_empty() {
        return Err(refuse("import-empty", name, "", "Choose a workbook that has a sheet with rows."));
    }
    let chosen = asked.filter(|s| *s < shown.len());
    let mut first = None;
    // Unasked it is the first sheet that has rows.
    for sheet in chosen.map_or(0..shown.len(), |s| s..s + 1) {
        let (table, remarks) = rows(&mut book, &shown[sheet]).map_err(broken)?;
        let is_empty = table.is_empty();
        let found = (sheet, table, remarks);
        if !is_empty {
            first = Some(found);
            break;
        }
        first.get_or_insert(found);
    }
    let (sheet, table, remarks) = first.expect("a workbook has a sheet");
    Ok(Sheet { table, form: Form::Workbook { sheets: shown, sheet }, remarks, problems: Vec::new() })
}

fn broken(name: &str, why: &str) -> Diagnostic {
    refuse("import-broken-workbook", name, why, "Open it in Excel and save it again, or save it as CSV.")
}

/// Unpacks every part once and throws it away: the sizes that an archive states may lie.
fn bound(name: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(name, &e.to_string()))?;
    let mut left = MOST_UNPACKED;
    let too_big = || {
        let most = MOST_UNPACKED >> 20;
        refuse(
            "import-too-big-unpacked",
            name,
            format!("more than {most} MB"),
            "Save the one sheet that is needed as CSV.",
        )
    };
    if archive.len() > MOST_PARTS {
        return Err(too_big());
    }
    for i in 0..archive.len() {
        // A part that cannot be unpacked is told where it is needed.
        let Ok(part) = archive.by_index(i) else { continue };
        let went = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).unwrap_or(0);
        left = left.checked_sub(went).ok_or_else(too_big)?;
    }
    Ok(())
}

fn rows<R: Read + std::io::Seek>(book: &mut Xlsx<R>, sheet: &str) -> Result<(Table, Vec<Remark>), calamine::XlsxError> {
    let mut table = Table::default();
    let (mut row, mut cells): (u32, Vec<String>) = (0, Vec::new());
    let (mut widest, mut remarks) = (0, Vec::new());
    {
        let mut reader = book.worksheet_cells_reader(sheet)?;
        loop {
            let cell = match reader.next_cell() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                // What came before is good.
                Err(_) if !table.is_empty() => {
                    remarks.push(Remark::of(RemarkKind::CutShort, row as usize + 1));
                    break;
                }
                Err(e) => return Err(e),
            };
            let (at, column) = cell.get_position();
            let text = words(cell.get_value());
            if text.is_empty() {
                continue;
            }
            if at != row {
                flush(&mut table, row, &mut cells);
                row = at;
            }
            let column = column as usize;
            widest = widest.max(column + 1);
            if column < MOST_COLUMNS {
                if cells.len() <= column {
                    cells.resize(column + 1, String::new());
                }
                cells[column] = text;
            }
        }
    }
    flush(&mut table, row, &mut cells);
    if widest > MOST_COLUMNS {
        remarks.push(Remark { of: widest, ..Remark::of(RemarkKind::TooManyColumns, MOST_COLUMNS) });
    }
    table.settle_headings(guess::is_known);
    Ok((table, remarks))
}

fn flush(table: &mut Table, row: u32, cells: &mut Vec<String>) {
    table.push(row as usize + 1, cells.iter().map(String::as_str));
    cells.clear();
}

fn words(value: &DataRef) -> String {
    match value {
        DataRef::Int(i) => i.to_string(),
        DataRef::Float(f) => f.to_string(),
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::DateTime(d) => d.as_f64().to_string(),
        DataRef::Error(e) => e.to_string(),
        DataRef::Empty => String::new(),
    }
}
