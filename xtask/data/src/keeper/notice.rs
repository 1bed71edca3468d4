//! What is told: an error or a finding, with its place, its reason and its remedy.

use super::shelf::place;
use crate::{
    tables::{Row, Table},
    validate::Problem,
};

/// How grave a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing may be built on it.
    Error,
    /// Worth knowing.
    Finding,
}

/// One thing told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How grave it is.
    pub severity: Severity,
    /// Heading that it is listed under.
    pub topic: &'static str,
    /// File inside the project.
    pub file: String,
    /// Line and id of the row, or empty.
    pub row: String,
    /// Column or columns, or empty.
    pub column: String,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub remedy: String,
}

impl Notice {
    /// Row and column in words.
    pub fn place(&self) -> String {
        match (self.row.is_empty(), self.column.is_empty()) {
            (true, true) => String::new(),
            (true, false) => format!("column {}", self.column),
            (false, true) => self.row.clone(),
            (false, false) => format!("{}, column {}", self.row, self.column),
        }
    }

    /// The same for the builder.
    pub fn problem(&self) -> Problem {
        let place = [self.file.clone(), self.place()].into_iter().filter(|p| !p.is_empty());
        let place = place.collect::<Vec<_>>().join(", ");
        Problem { place, reason: self.reason.clone(), remedy: self.remedy.clone() }
    }
}

/// Everything told, in the order found.
#[derive(Debug, Default)]
pub struct Notices(Vec<Notice>);

impl Notices {
    /// An error in a cell.
    pub fn error(&mut self, topic: &'static str, at: (&Table, &Row, &str), reason: String, remedy: impl Into<String>) {
        self.add(Severity::Error, topic, at, reason, remedy.into());
    }

    /// A finding in a cell.
    pub fn finding(
        &mut self,
        topic: &'static str,
        at: (&Table, &Row, &str),
        reason: String,
        remedy: impl Into<String>,
    ) {
        self.add(Severity::Finding, topic, at, reason, remedy.into());
    }

    /// A column that a table lacks: an error in its first line.
    pub fn column_error(&mut self, topic: &'static str, table: &Table, column: &str, reason: &str, remedy: &str) {
        self.0.push(Notice {
            severity: Severity::Error,
            topic,
            file: file(table),
            row: "line 1".into(),
            column: column.into(),
            reason: reason.into(),
            remedy: remedy.into(),
        });
    }

    /// An error of a whole file.
    pub fn file_error(&mut self, topic: &'static str, file: &str, reason: String, remedy: &str) {
        self.whole(Severity::Error, topic, file, reason, remedy);
    }

    /// A finding of a whole file.
    pub fn file_finding(&mut self, topic: &'static str, file: &str, reason: String, remedy: &str) {
        self.whole(Severity::Finding, topic, file, reason, remedy);
    }

    /// A problem of the builder's own rules.
    pub fn rule(&mut self, problem: Problem) {
        let (file, row) = problem.place.split_once(", ").unwrap_or((&problem.place, ""));
        let (row, column) = match row.split_once("column ") {
            Some((row, column)) => (row.trim_end_matches(", "), column),
            None => (row, ""),
        };
        self.0.push(Notice {
            severity: Severity::Error,
            topic: "rules of the builder",
            file: file.into(),
            row: row.into(),
            column: column.into(),
            reason: problem.reason,
            remedy: problem.remedy,
        });
    }

    /// All, in the order found.
    pub fn all(&self) -> &[Notice] {
        &self.0
    }

    /// The errors.
    pub fn errors(&self) -> impl Iterator<Item = &Notice> {
        self.0.iter().filter(|n| n.severity == Severity::Error)
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|n| n.severity == severity).count()
    }

    fn add(
        &mut self,
        severity: Severity,
        topic: &'static str,
        at: (&Table, &Row, &str),
        reason: String,
        remedy: String,
    ) {
        let (table, row, column) = at;
        // A missing column is told once for the table, not again for each of its rows.
        if column.split(", ").any(|c| !row.cells.contains_key(c)) {
            return;
        }
        let row = place(row);
        let file = file(table);
        self.0.push(Notice { severity, topic, file, row, column: column.into(), reason, remedy });
    }

    fn whole(&mut self, severity: Severity, topic: &'static str, file: &str, reason: String, remedy: &str) {
        let (row, column) = (String::new(), String::new());
        self.0.push(Notice { severity, topic, file: file.into(), row, column, reason, remedy: remedy.into() });
    }
}

/// The file inside the project; what the builder wrote lies beside the tables.
fn file(table: &Table) -> String {
    match table.file.strip_prefix("../") {
        Some(built) => format!("data/{built}"),
        None => format!("data/tables/{}", table.file),
    }
}
