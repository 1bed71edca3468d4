//! What a browser keeps of a plan that nobody saved as a file: the scenario file's text, and who kept it when.
//!
//! ```json
//! { "format": "loop-atlas-autosave", "version": 2, "id": "k3f9-1", "saved_ms": 1790000000000,
//!   "stamp": { "tab": "k3f9", "revision": 12 }, "scenario": "{ \"format\": \"loop-atlas-scenario\", … }" }
//! ```
//!
//! The scenario stands in it as text, so that [`super::scenario`] reads and upgrades it like any file. Version 1 knew one plan only,
//! and no `id`.

use super::scenario;
use crate::{diagnostics::Diagnostic, scenario::Scenario};
use serde::{Deserialize, Serialize};

/// What `format` says in every record.
pub const AUTOSAVE_FORMAT: &str = "loop-atlas-autosave";
/// The version this code writes, and the newest it reads.
pub const AUTOSAVE_VERSION: u32 = 2;

/// Who wrote a record: two tabs never write the same stamp, so that a tab knows a record that is not its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The tab, by an id it gave itself when it was opened.
    pub tab: String,
    /// Counts up with every record of one plan.
    pub revision: u64,
}

/// A plan as the browser keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its id in the browser; empty in a record of version 1.
    pub id: String,
    /// When, in milliseconds since 1970 (UTC).
    pub saved_ms: f64,
    /// Who wrote it.
    pub stamp: Stamp,
    /// The plan.
    pub scenario: Scenario,
    /// What could not be read of it and was left out.
    pub problems: Vec<Diagnostic>,
}

#[derive(Serialize, Deserialize)]
struct Record {
    format: String,
    version: u32,
    #[serde(default)]
    id: String,
    saved_ms: f64,
    stamp: Stamp,
    scenario: String,
}

/// Writes a record.
#[must_use]
pub fn write(id: &str, plan: &Scenario, saved_ms: f64, stamp: &Stamp) -> String {
    let record = Record {
        format: AUTOSAVE_FORMAT.into(),
        version: AUTOSAVE_VERSION,
        id: id.into(),
        saved_ms,
        stamp: stamp.clone(),
        scenario: scenario::write(plan),
    };
    serde_json::to_string(&record).expect("a record has only text and numbers")
}

/// Reads a record.
///
/// # Errors
/// Where the text is no record, or holds no scenario that can be read.
pub fn read(text: &str) -> Result<Kept, Diagnostic> {
    let damaged = |why: String| {
        Diagnostic::error(
            "autosave-damaged",
            "",
            why,
            "The map starts without it; the record is kept and can be looked at with the browser's developer tools.",
        )
    };
    let record: Record = serde_json::from_str(text).map_err(|e| damaged(e.to_string()))?;
    if record.format != AUTOSAVE_FORMAT || record.version == 0 {
        return Err(damaged(format!("{} version {}", record.format, record.version)));
    }
    let newer = |why: String| Diagnostic::error("autosave-newer", "", why, "Reload the page to get the newest app.");
    if record.version > AUTOSAVE_VERSION {
        return Err(newer(format!("version {}, this app reads up to {AUTOSAVE_VERSION}", record.version)));
    }
    let (scenario, problems) = scenario::read(&record.scenario)
        .map_err(|e| if e.code == "scenario-newer-version" { newer(e.message) } else { damaged(e.message) })?;
    Ok(Kept { id: record.id, saved_ms: record.saved_ms, stamp: record.stamp, scenario, problems })
}

/// Id and stamp of a record, also where its scenario cannot be read; `None` where the text is no record.
#[must_use]
pub fn label(text: &str) -> Option<(String, Stamp)> {
    serde_json::from_str::<Record>(text).ok().map(|r| (r.id, r.stamp))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Goal;

    fn kept() -> (Scenario, Stamp) {
        let parameters = [("freight.cost.all.rail".to_owned(), 0.12)].into();
        let goal = Goal { max_co2_t: Some(9e6), ..Goal::default() };
        (
            Scenario { name: "苏北".into(), parameters, goal, ..Scenario::default() },
            Stamp { tab: "a".into(), revision: 3 },
        )
    }

    #[test]
    fn what_is_written_is_read() {
        let (scenario, stamp) = kept();
        let text = write("a-1", &scenario, 1.5e12, &stamp);
        assert_eq!(label(&text), Some(("a-1".to_owned(), stamp.clone())));
        assert_eq!(read(&text), Ok(Kept { id: "a-1".into(), saved_ms: 1.5e12, stamp, scenario, problems: vec![] }));
    }

    /// What a browser kept before is read for ever: this text is never changed.
    #[test]
    fn version_1_is_still_read() {
        let text = r#"{"format":"loop-atlas-autosave","version":1,"saved_ms":1790000000000.0,"stamp":{"tab":"k3f9","revision":12},"scenario":"{\"format\":\"loop-atlas-scenario\",\"version\":3,\"name\":\"苏北\",\"edits\":[],\"levers\":{\"recovery_rate\":0.85}}"}"#;
        let kept = read(text).unwrap();
        assert_eq!((kept.id.as_str(), kept.stamp.revision, kept.scenario.name.as_str()), ("", 12, "苏北"));
        assert_eq!(kept.scenario.levers.recovery_rate, Some(0.85));
    }

    #[test]
    fn a_damaged_record_says_so_and_a_newer_one_is_not_called_damaged() {
        let (scenario, stamp) = kept();
        let text = write("a-1", &scenario, 1.0, &stamp);
        for bad in [
            &text[..text.len() / 2],
            "",
            "{}",
            &text.replace("loop-atlas-autosave", "x"),
            &text.replace("loop-atlas-scenario", "x"),
        ] {
            assert_eq!(read(bad).unwrap_err().code, "autosave-damaged", "{bad}");
        }
        for newer in [
            text.replacen("\"version\":2", "\"version\":3", 1),
            text.replace("\\\"version\\\": 4", "\\\"version\\\": 9"),
        ] {
            assert_ne!(newer, text);
            assert_eq!(read(&newer).unwrap_err().code, "autosave-newer", "{newer}");
        }
    }
}
