//! The scenarios that the browser keeps.

use atlas_core::scenario::Scenario;
use std::rc::Rc;

/// A scenario that the browser keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelved {
    /// Its id in this browser; it stays when the scenario is renamed.
    pub id: String,
    /// The scenario as it was kept last.
    pub scenario: Rc<Scenario>,
    /// When that was, in milliseconds since 1970.
    pub saved_ms: f64,
}

/// All scenarios that the browser keeps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    /// Every one, the newest first. The open one lags behind the screen by the moment that keeping takes.
    pub entries: Rc<Vec<Shelved>>,
    /// The id of the one on the screen; empty before anything is kept.
    pub open: String,
}
