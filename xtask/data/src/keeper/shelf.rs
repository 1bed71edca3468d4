//! The tables as the keeper sees them: every file of the folder, known to the builder or not.

use crate::{
    error::{Explain, Result},
    tables::{Row, Table},
};
use std::{collections::BTreeMap, fs, path::Path};

/// Tables by name without `.csv`.
pub type Shelf<'a> = BTreeMap<&'a str, &'a Table>;

/// Reads every table of the folder.
pub fn read_all(folder: &Path) -> Result<BTreeMap<String, Table>> {
    let what = || format!("cannot read {}", folder.display());
    let remedy = "Take the folder from version control.";
    let mut tables = BTreeMap::new();
    for entry in fs::read_dir(folder).explain(what, remedy)? {
        let file = entry.explain(what, remedy)?.file_name().to_string_lossy().into_owned();
        let Some(name) = file.strip_suffix(".csv") else { continue };
        let text = fs::read_to_string(folder.join(&file)).explain(|| format!("cannot read {file}"), remedy)?;
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        tables.insert(name.to_owned(), Table::parse(file.clone(), text)?);
    }
    Ok(tables)
}

/// Line and name of a row.
pub fn place(row: &Row) -> String {
    match label(row) {
        id if id.is_empty() => format!("line {}", row.line),
        id => format!("line {} ({id})", row.line),
    }
}

/// A cell; empty where the column is missing, which is told once for the table.
pub fn cell<'r>(row: &'r Row, column: &str) -> &'r str {
    row.cells.get(column).map_or("", String::as_str)
}

/// A cell as a number.
pub fn number(row: &Row, column: &str) -> Option<f64> {
    cell(row, column).parse().ok().filter(|n: &f64| n.is_finite())
}

/// The names of the columns, in order.
pub fn headers(table: &Table) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.text.as_bytes());
    reader.headers().map(|h| h.iter().map(str::to_owned).collect()).unwrap_or_default()
}

/// What a row is called: its id, or the key of a parameter.
pub fn label(row: &Row) -> String {
    if row.cells.contains_key("group") {
        let parts = ["group", "key", "metal", "mode", "year"].map(|c| cell(row, c));
        return parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(".");
    }
    let names = ["id", "adcode", "key", "mode", "name_en", "name", "province"];
    names.iter().map(|c| cell(row, c)).find(|c| !c.is_empty()).unwrap_or_default().to_owned()
}
