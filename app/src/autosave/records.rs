//! What the browser's storage holds: the records of all scenarios, those of older versions, and those of pages that were left in a
//! hurry.

use crate::{
    platform::{self, store::Store},
    state::StoreTrouble,
};
use atlas_core::{
    diagnostics::Diagnostic,
    format::autosave::{self, Kept, Stamp},
};

/// Keys of records begin so; the id of the scenario follows.
const RECORDS: &str = "s:";
/// What cannot be read, or not wholly, is kept here as it was.
const DAMAGED: &str = "damaged:";
/// Where the one plan was kept, and the one beside it, before there were many.
const OLD_SLOTS: [&str; 2] = ["current", "aside"];
/// Where the small storage keeps the records of a page that was left in a hurry: this, the tab, and the id. Before there were many
/// plans it was this alone.
const JOURNAL: &str = "loop-atlas-journal";
/// Which scenario was open last: for the tab in its own storage, for the next tab in the common one.
const OPEN: &str = "loop-atlas-open";

/// The key of a record.
pub fn key(id: &str) -> String {
    format!("{RECORDS}{id}")
}

/// Remembers which scenario is open.
pub fn note_open(id: &str) {
    platform::keep_tab_setting(OPEN, id);
    platform::keep_setting(OPEN, id);
}

/// Keeps a record where it is taken at once.
pub fn write_journal(tab: &str, id: &str, text: &str) {
    platform::keep_setting(&format!("{JOURNAL}:{tab}:{id}"), text);
}

/// The record has come to where it belongs.
pub fn forget_journal(tab: &str, id: &str) {
    platform::forget_setting(&format!("{JOURNAL}:{tab}:{id}"));
}

/// The storage, the scenario that was open last, and what was wrong with it.
pub struct Found {
    pub store: Store,
    pub kept: Option<Kept>,
    pub problems: Vec<Diagnostic>,
}

/// Opens the storage and reads what was open last.
pub async fn look() -> Result<Found, StoreTrouble> {
    let store = Store::open().await?;
    for slot in OLD_SLOTS {
        let id = platform::random_word();
        if store.rename(slot, &key(&id)).await? && slot == OLD_SLOTS[0] {
            note_open(&id);
        }
    }
    recover_journals(&store).await?;
    let mut found = Found { store, kept: None, problems: Vec::new() };
    let Some(id) = platform::tab_setting(OPEN).or_else(|| platform::setting(OPEN)) else { return Ok(found) };
    if let Some(text) = found.store.read(&key(&id)).await? {
        found.kept = read(&found.store, &id, &text, &mut found.problems).await?;
    }
    Ok(found)
}

/// Every record that can be read, and what is wrong with the others.
pub async fn all(
    store: &Store,
    known: impl Fn(&str, &Stamp) -> bool,
) -> Result<(Vec<String>, Vec<Kept>, Vec<Diagnostic>), StoreTrouble> {
    let (mut ids, mut read_ones, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (key, text) in store.all(RECORDS).await? {
        let id = key[RECORDS.len()..].to_owned();
        // Most have not changed since they were read last.
        if autosave::label(&text).is_some_and(|(_, stamp)| known(&id, &stamp)) {
            ids.push(id);
        } else if let Some(kept) = read(store, &id, &text, &mut problems).await? {
            ids.push(id);
            read_ones.push(kept);
        }
    }
    Ok((ids, read_ones, problems))
}

/// Reads a record. What cannot be read is kept as it is, and makes room for what comes.
async fn read(
    store: &Store,
    id: &str,
    text: &str,
    problems: &mut Vec<Diagnostic>,
) -> Result<Option<Kept>, StoreTrouble> {
    match autosave::read(text) {
        Ok(kept) => {
            if !kept.problems.is_empty() {
                // The next record will lack what could not be read.
                store.replace(&format!("{DAMAGED}{id}"), Some(text), |_| true).await?;
                problems.extend(kept.problems.iter().cloned());
            }
            // The id is the key's: a record of before had none.
            Ok(Some(Kept { id: id.to_owned(), ..kept }))
        }
        Err(problem) => {
            // One of a newer app is whole, and waits for it.
            if problem.code != "autosave-newer" {
                store.rename(&key(id), &format!("{DAMAGED}{id}")).await?;
            }
            problems.push(problem);
            Ok(None)
        }
    }
}

/// Moves the records of pages that were left in a hurry to where they belong. Where something newer is there, beside it.
async fn recover_journals(store: &Store) -> Result<(), StoreTrouble> {
    for name in platform::settings_with(JOURNAL) {
        let Some(text) = platform::setting(&name) else { continue };
        if let Some((id, stamp)) = autosave::label(&text) {
            let last = || platform::setting(OPEN).unwrap_or_else(platform::random_word);
            let id = if id.is_empty() { last() } else { id };
            let follows = |there: Option<&str>| {
                let there = there.and_then(autosave::label).map(|(_, s)| s).unwrap_or_default();
                let is_later = there.tab == stamp.tab && there.revision < stamp.revision;
                there.revision + 1 == stamp.revision || there == stamp || is_later
            };
            let id = if store.replace(&key(&id), Some(&text), follows).await? {
                id
            } else {
                let beside = platform::random_word();
                store.replace(&key(&beside), Some(&text), |_| true).await?;
                beside
            };
            // What a page of before left is what was open last.
            if name == JOURNAL {
                note_open(&id);
            }
        }
        platform::forget_setting(&name);
    }
    Ok(())
}
