//! What rows leave unsaid: source, year, range, confidence, capacity. No errors: the product shows what is unknown as unknown.

use super::{
    notice::Notices,
    shelf::{Shelf, cell, headers},
};
use crate::tables::{Row, Table};
use atlas_core::model::Confidence;

/// Lists of the project's own: their rows are no figures.
const OWN: [&str; 4] = ["sources", "excluded", "map_labels", "road_joins"];

/// One kind of gap: heading, columns that it is read from, what a row lacks.
struct Gap {
    topic: &'static str,
    short: &'static str,
    columns: fn(&str) -> bool,
    open: fn(&str) -> bool,
    remedy: &'static str,
}

const GAPS: [Gap; 5] = [
    Gap {
        topic: "no source",
        short: "source",
        columns: |c| c == "source" || c.ends_with("_source"),
        open: |cell| cell.is_empty() || cell == "-",
        remedy: "Name the publication, or write whose judgement it is.",
    },
    Gap {
        topic: "no year",
        short: "year",
        columns: |c| c == "year",
        open: str::is_empty,
        remedy: "Write the year that the figure stands for.",
    },
    Gap {
        topic: "no low or high",
        short: "range",
        columns: |c| c == "low" || c == "high",
        open: str::is_empty,
        remedy: "Give the ends between which the value can lie, or the sweep cannot vary it.",
    },
    Gap {
        topic: "confidence not stated",
        short: "confidence",
        columns: |c| c == "confidence" || c.ends_with("_confidence"),
        open: |cell| Confidence::from_key(cell) == Confidence::Unstated,
        remedy: "Write high, medium or low.",
    },
    Gap {
        topic: "no capacity",
        short: "capacity",
        columns: |c| c == "capacity_kt_per_year" || c == "throughput_kt_per_year",
        open: str::is_empty,
        remedy: "Look for a published figure; a hub without one gets the default, a plant none.",
    },
];

/// Lists the rows of each gap, and the columns that a table lacks altogether.
pub fn check(notices: &mut Notices, shelf: &Shelf) {
    for (name, table) in shelf {
        for gap in GAPS.iter().filter(|gap| columns(table, gap).is_empty() && wanted(name, gap)) {
            let reason = format!("no column for {}: none of its rows can say it", gap.short);
            let file = format!("data/tables/{}", table.file);
            let remedy = "Add the column where rows differ.";
            notices.file_finding("columns that a table does not have", &file, reason, remedy);
        }
    }
    for gap in &GAPS {
        for table in shelf.values() {
            let columns = columns(table, gap);
            for row in table.rows.iter().filter(|r| lacks(r, &columns, gap)) {
                notices.finding(gap.topic, (table, row, &columns.join(", ")), gap.topic.to_owned(), gap.remedy);
            }
        }
    }
}

/// Rows of each table and how many lack what, as lines of text.
pub fn counts(shelf: &Shelf) -> Vec<String> {
    let mut lines = vec![format!("{:<18}{:>6}", "table", "rows")];
    for gap in &GAPS {
        lines[0] += &format!("{:>15}", format!("no {}", gap.short));
    }
    for (name, table) in shelf {
        let mut line = format!("{name:<18}{:>6}", table.rows.len());
        for gap in &GAPS {
            let columns = columns(table, gap);
            let lacking = table.rows.iter().filter(|r| lacks(r, &columns, gap)).count();
            line += &format!("{:>15}", if columns.is_empty() { "-".into() } else { lacking.to_string() });
        }
        lines.push(line);
    }
    lines
}

fn columns(table: &Table, gap: &Gap) -> Vec<String> {
    headers(table).into_iter().filter(|h| (gap.columns)(h)).collect()
}

fn lacks(row: &Row, columns: &[String], gap: &Gap) -> bool {
    columns.iter().any(|c| (gap.open)(cell(row, c)))
}

/// Source, year and confidence belong to every table of figures; ranges and capacities only where there are such columns.
fn wanted(name: &str, gap: &Gap) -> bool {
    ["source", "year", "confidence"].contains(&gap.short) && !OWN.contains(&name)
}
