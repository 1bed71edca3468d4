//! What a keeper of the tables must know: `atlas-data check`, run by `cargo xtask check`. One concern a file.
//!
//! *Errors* are what the model must not be built on: the command fails, and `cargo xtask data` stops. *Findings* are
//! what a reader of a figure should know: missing years, ranges and sources, plants drawn at one spot, balances that do
//! not close. Nothing here needs a downloaded package: where the builder knows province borders, the keeper knows only
//! the seats of prefectures.

mod balance;
mod columns;
mod gaps;
mod norms;
mod notice;
mod packs;
mod positions;
mod print;
mod ranges;
mod readers;
mod references;
mod scrap;
mod shelf;
mod sites;
mod units;

use crate::{
    claims,
    error::{DataError, Result},
    tables::{self, TableSet},
    validate::{self, Problem},
};
use atlas_core::format::tables as core_tables;
use notice::{Notices, Severity};
use shelf::Shelf;
pub use shelf::place;
use std::path::Path;

/// Checks the tables and tells everything. `all` lists every row.
pub fn check(root: &Path, all: bool) -> Result<()> {
    let folder = root.join("data/tables");
    let set = tables::read_all(&folder)?;
    let owned = shelf::read_all(&folder)?;
    let shelf: Shelf = owned.iter().map(|(name, table)| (name.as_str(), table)).collect();
    let mut notices = survey(&set, &shelf);
    readers::check(&mut notices, &shelf);
    packs::check(&mut notices, root, &shelf);
    seeds(&mut notices, root, &shelf);
    gaps::check(&mut notices, &shelf);
    sites::check(&mut notices, &shelf);
    let balance = balance::draw(&mut notices, &shelf);
    print!("{}", print::text(&notices, &gaps::counts(&shelf), &balance, all));
    match notices.count(Severity::Error) {
        0 => Ok(()),
        n => Err(DataError::new(
            "the data is not in order",
            format!("{n} errors, listed above"),
            "Correct the rows and run again.",
        )),
    }
}

/// All errors that need no polygon, for the builder, which knows borders and reports what lies outside them itself.
pub fn problems(set: &TableSet, admin: Option<&crate::provinces::Admin>) -> Vec<Problem> {
    let shelf: Shelf = set.iter().map(|(name, table)| (*name, table)).collect();
    let mut notices = Notices::default();
    rules(&mut notices, &shelf);
    let mut found = validate::problems(set, admin);
    found.extend(notices.errors().map(notice::Notice::problem));
    found
}

/// Rules of the builder and of the keeper, and what can be told from seats alone.
fn survey(set: &TableSet, shelf: &Shelf) -> Notices {
    let mut notices = Notices::default();
    for problem in validate::problems(set, None) {
        notices.rule(problem);
    }
    rules(&mut notices, shelf);
    positions::provinces(&mut notices, shelf);
    positions::cities(&mut notices, shelf);
    positions::shared(&mut notices, shelf);
    notices
}

/// The rules that hold for the builder as well.
fn rules(notices: &mut Notices, shelf: &Shelf) {
    columns::check(notices, shelf);
    references::check(notices, shelf);
    units::check(notices, shelf);
    norms::check(notices, shelf);
    ranges::check(notices, shelf);
    scrap::check(notices, shelf);
}

fn seeds(notices: &mut Notices, root: &Path, shelf: &Shelf) {
    let remedy = "Correct the entry; the keys are group.key.metal[.mode][.year].";
    match claims::read(root) {
        Err(e) => notices.file_error("claims of the report", claims::FILE, e.to_string(), remedy),
        Ok(read) => {
            let text = shelf.get("parameters").map_or("", |t| t.text.as_str());
            for (id, reason) in claims::faults(&read, &core_tables::parameters(text).0) {
                notices.file_error("claims of the report", claims::FILE, format!("{id}: {reason}"), remedy);
            }
        }
    }
}

#[cfg(test)]
mod tests;
