//! Rows that the app itself could not read: it would leave them out without stopping.

use super::{notice::Notices, shelf::Shelf};
use atlas_core::{diagnostics::Diagnostic, format::tables};

/// Reads the tables with the app's own readers.
pub fn check(notices: &mut Notices, shelf: &Shelf) {
    let text = |name: &str| shelf.get(name).map_or("", |t| t.text.as_str());
    let (parameters, mut found): (_, Vec<Diagnostic>) = tables::parameters(text("parameters"));
    found.extend(tables::prefectures(text("prefectures")).1);
    found.extend(tables::smelters(text("smelters")).1);
    found.extend(tables::norms(text("norms")).1);
    found.extend(tables::hubs(text("hubs"), &parameters).1);
    for problem in found {
        let (file, row) = problem.subject.split_once(", ").unwrap_or((&problem.subject, ""));
        let reason = format!("{row}: {}", problem.message);
        let remedy = "The app leaves such a row out: correct it.";
        notices.file_error("rows that the app cannot read", &format!("data/tables/{file}"), reason, remedy);
    }
}
