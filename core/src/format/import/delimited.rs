//! CSV and its kin: the separator is guessed, quotes are understood, and a file that was cut short is told.

use super::{Encoding, Form, MOST_COLUMNS, Reason, Remark, RemarkKind, RowProblem, Sheet, Table, guess, text::decode};
use crate::diagnostics::Diagnostic;

/// So many rows with unreadable letters are told one by one.
const MOST_TOLD: usize = 50;

pub fn read(_name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Result<Sheet, Diagnostic> {
    let (text, encoding, lost) = decode(bytes, encoding);
    let (separator, rest) = separator(&text);
    let mut table = Table::default();
    let (mut problems, mut remarks) = (Vec::new(), Vec::new());
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(rest.as_bytes());
    let mut record = csv::StringRecord::new();
    let (mut widest, mut last_line, mut before) = (0, 0, 0);
    let skipped = text[..text.len() - rest.len()].lines().count();
    // The text is letters already, so that nothing but the end stops it.
    while let Ok(true) = reader.read_record(&mut record) {
        // A record begins where the one before ended: empty lines in between are lines, too.
        let (line, byte) = record.position().map_or((0, 0), |p| (p.line() as usize, p.byte() as usize));
        let empty = rest.as_bytes()[byte.min(rest.len())..].iter().take_while(|b| matches!(b, b'\r' | b'\n'));
        let line = line + skipped + empty.filter(|b| **b == b'\n').count();
        (last_line, before) = (line, widest);
        widest = widest.max(record.len());
        if lost > 0 && problems.len() < MOST_TOLD && record.iter().any(|c| c.contains('\u{fffd}')) {
            let cell = record.iter().find(|c| c.contains('\u{fffd}')).unwrap_or_default();
            problems.push(RowProblem {
                row: line as u32,
                column: String::new(),
                reason: Reason::Unreadable,
                text: cell.chars().take(60).collect(),
            });
        }
        table.push(line, &record);
    }
    if lost > 0 {
        remarks.push(Remark { text: encoding.key().into(), ..Remark::of(RemarkKind::LostLetters, lost) });
    }
    // An odd number of quotation marks: one of them swallowed the rest of the file.
    if rest.bytes().filter(|b| *b == b'"').count() % 2 == 1 {
        remarks.push(Remark::of(RemarkKind::OpenQuote, last_line));
    } else if !text.ends_with(['\n', '\r']) && record_is_short(&table, before) {
        remarks.push(Remark::of(RemarkKind::CutShort, last_line));
    }
    if widest > MOST_COLUMNS {
        remarks.push(Remark { of: widest, ..Remark::of(RemarkKind::TooManyColumns, MOST_COLUMNS) });
    }
    table.settle_headings(guess::is_known);
    Ok(Sheet { table, form: Form::Delimited { encoding, separator: char::from(separator) }, remarks, problems })
}

/// True where the last row has fewer cells than all that came before had.
fn record_is_short(table: &Table, before: usize) -> bool {
    table.len() > 2 && table.width_of(table.len() - 1) < before.min(table.width_of(table.len() - 2))
}

/// What stands between cells: Excel may say so in a first line `sep=;`, else whatever the first lines have most evenly.
fn separator(text: &str) -> (u8, &str) {
    const CHOICE: [u8; 4] = [b'\t', b',', b';', b'|'];
    let (first, after) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(&[said]) = first.trim().strip_prefix("sep=").map(str::as_bytes)
        && CHOICE.contains(&said)
    {
        return (said, after);
    }
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(20).collect();
    let count = |line: &str, of: u8| {
        let mut quoted = false;
        line.bytes()
            .filter(|b| {
                quoted ^= *b == b'"';
                !quoted && *b == of
            })
            .count()
    };
    let evenness = |of: u8| {
        let counts: Vec<usize> = lines.iter().map(|l| count(l, of)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let same = counts.iter().filter(|c| **c == most).count();
        if most == 0 { 0 } else { same * 1000 + most.min(999) }
    };
    let best = CHOICE.into_iter().rev().max_by_key(|s| evenness(*s)).filter(|s| evenness(*s) > 0);
    (best.unwrap_or(b','), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        read("a.csv", text.as_bytes(), None).unwrap()
    }

    #[test]
    fn separators_and_quotes_are_understood() {
        for s in [",", "\t", ";", "|"] {
            let t = sheet(&format!("名称{s}lon{s}lat\n\"甲{s}乙\"{s}117{s}31\n\n丙{s}118{s}32")).table;
            assert_eq!((t.len(), t.cell(0, 0), t.cell(1, 2)), (2, &*format!("甲{s}乙"), "32"));
            assert_eq!((t.number(0), t.number(1)), (2, 4));
        }
        let t = sheet("sep=;\nname;lon;lat\na, b;1;2\n").table;
        assert_eq!((t.columns.len(), t.cell(0, 0), t.number(0)), (3, "a, b", 3));
    }

    #[test]
    fn a_file_that_was_cut_short_is_told() {
        let kinds = |text: &str| sheet(text).remarks.iter().map(|r| r.what).collect::<Vec<_>>();
        assert_eq!(kinds("name,lon,lat\na,1,2\nb,1,2\nc,1,2\nd,1"), [RemarkKind::CutShort]);
        assert_eq!(kinds("name,lon,lat\na,1,2\n\"b,1,2\nc,1,2\n"), [RemarkKind::OpenQuote]);
        assert!(kinds("name,lon,lat\na,1,2\nb,1,2\nc,1,2").is_empty());
    }
}
