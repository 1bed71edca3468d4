//! Workbooks are written by the tables worker, which is started for it and ended with it: its code weighs nothing before.

use crate::{
    compute::Tables,
    platform,
    tables::{Said, Told},
};
use atlas_core::format::export::Sheet;
use std::{cell::RefCell, rc::Rc};

const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Writes sheets as a workbook and hands it to the person; `said` hears the key of what went wrong, or nothing where it went
/// well.
pub fn save_workbook(name: String, sheets: Vec<Sheet>, said: impl Fn(Option<&'static str>) + 'static) {
    let worker: Rc<RefCell<Option<Tables>>> = Rc::default();
    let said = Rc::new(said);
    let (own, heard) = (Rc::clone(&worker), Rc::clone(&said));
    let started = Tables::start(move |told, buffers| {
        let trouble = match told {
            Told::Written => {
                let bytes = buffers.into_iter().next().unwrap_or_default();
                platform::save(&name, KIND, &bytes);
                None
            }
            Told::Refused(_) => Some("diag-export-workbook"),
            Told::Stopped(_) => Some("diag-export-worker"),
            _ => return,
        };
        heard(trouble);
        // Not within its own callback.
        let own = Rc::clone(&own);
        gloo::timers::callback::Timeout::new(0, move || {
            if let Some(worker) = own.take() {
                worker.end();
            }
        })
        .forget();
    });
    match started {
        Some(tables) => {
            tables.say(Said::Write(sheets), vec![]);
            *worker.borrow_mut() = Some(tables);
        }
        None => said(Some("diag-export-worker")),
    }
}
