//! Bringing a table: the way in (a button, a drop anywhere), and the dialog in which it is understood before it becomes anything.

mod dialog;
mod drop;
mod entry;
mod preview;
mod problems;
mod settings;

pub use dialog::ImportDialog;
pub use drop::DropZone;
pub use entry::ImportEntry;

use crate::{
    app::Shared,
    compute::{Tables, TablesLink},
    panels::plan::open_text,
    platform,
    state::{ImportAction, Notice, ViewAction},
    tables::Said,
};
use atlas_core::{
    diagnostics::Diagnostic,
    format::{import::Reading, scenario::SCENARIO_FORMAT},
};
use web_sys::File;

/// A file that was chosen or dropped: a scenario is opened, anything else is a table.
pub fn bring(shared: &Shared, file: File) {
    let shared = shared.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let name = file.name();
        let unreadable = |why: String| {
            let problem = Diagnostic::error("file-not-readable", name.clone(), why, "");
            shared.act(ViewAction::Notice(Some(Notice { problems: vec![problem] })));
        };
        let is_json = name.to_ascii_lowercase().ends_with(".json");
        if is_json {
            match platform::read_text(&file).await {
                Ok(text) if text.contains(SCENARIO_FORMAT) => return open_text(&shared, &text),
                Ok(_) => {}
                Err(why) => return unreadable(why),
            }
        }
        let size = file.size();
        shared.act(ImportAction::Begin(name.clone(), size as usize));
        if size > atlas_core::format::import::MOST_BYTES as f64 {
            return;
        }
        match platform::read_bytes(&file).await {
            Ok(bytes) => start(&shared, &name, bytes),
            Err(why) => {
                shared.act(ImportAction::Cancel);
                unreadable(why);
            }
        }
    });
}

/// Starts the worker with the file and all that it is read against.
fn start(shared: &Shared, name: &str, bytes: Vec<u8>) {
    let dispatch = shared.state.dispatcher();
    let tables = Tables::start(move |told, _| dispatch.dispatch(ImportAction::Told(Box::new(told)).into()));
    if tables.is_none() {
        shared.act(ImportAction::Told(Box::new(crate::tables::Told::Stopped("Worker".into()))));
        return;
    }
    let link: &TablesLink = &shared.tables;
    link.put(tables);
    let state = &shared.state;
    let scenario = Box::new(state.document.scenario().clone());
    link.say(Said::Ground(Box::new((*state.baseline).clone()), scenario, (*state.places).clone()), vec![]);
    link.say(Said::Read(name.to_owned(), Reading::default()), vec![bytes]);
}
