//! The scenario file: JSON, versioned, upgraded step by step. Version 1 is the first.
//!
//! ```json
//! { "format": "loop-atlas-scenario", "version": 1, "name": "…",
//!   "edits": [ { "add": { "id": "UC001", "kind": "collection_point", "at": [120.5, 31.2] } },
//!              { "move": { "id": "CP0001", "to": [121.0, 31.0] } }, { "close": { "id": "HB001" } } ],
//!   "levers": { "recovery_rate": 0.8 } }
//! ```

use crate::{
    diagnostics::Diagnostic,
    scenario::{Edit, Levers, Scenario},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What `format` says in every scenario file.
pub const SCENARIO_FORMAT: &str = "loop-atlas-scenario";
/// The version this code writes.
pub const SCENARIO_VERSION: u32 = 1;

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    scenario: &'a Scenario,
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
    #[serde(default)]
    name: String,
    #[serde(default)]
    edits: Vec<Value>,
    #[serde(default)]
    levers: Value,
}

/// Writes a scenario file.
#[must_use]
pub fn write(scenario: &Scenario) -> String {
    let file = File { format: SCENARIO_FORMAT, version: SCENARIO_VERSION, scenario };
    serde_json::to_string_pretty(&file).expect("a scenario has only text, numbers and lists")
}

/// Reads a scenario file. An edit that cannot be read is reported and left out; the rest is kept.
///
/// # Errors
/// Where the text is no scenario file, or one of a newer version.
pub fn read(text: &str) -> Result<(Scenario, Vec<Diagnostic>), Diagnostic> {
    let head: Head = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| {
        Diagnostic::error(
            "scenario-not-readable",
            format!("line {}", e.line()),
            e.to_string(),
            "Choose a scenario file that Loop Atlas wrote, or mend the JSON at that line.",
        )
    })?;
    if head.format != SCENARIO_FORMAT {
        return Err(Diagnostic::error(
            "scenario-other-format",
            "format",
            format!("{:?} is not {SCENARIO_FORMAT:?}", head.format),
            "Choose a scenario file that Loop Atlas wrote.",
        ));
    }
    if head.version == 0 || head.version > SCENARIO_VERSION {
        return Err(Diagnostic::error(
            "scenario-newer-version",
            "version",
            format!("version {}, this app reads up to {SCENARIO_VERSION}", head.version),
            "Reload the page to get the newest app, or save the file with an older one.",
        ));
    }
    let mut problems = Vec::new();
    let mut edits = Vec::new();
    for (i, value) in head.edits.into_iter().enumerate() {
        match serde_json::from_value::<Edit>(value) {
            Ok(edit) => edits.push(edit),
            Err(e) => problems.push(Diagnostic::error(
                "scenario-bad-edit",
                format!("edit {}", i + 1),
                e.to_string(),
                "The edit was left out; correct it in the file and open it again.",
            )),
        }
    }
    let levers = if head.levers.is_null() { Ok(Levers::default()) } else { serde_json::from_value(head.levers) };
    let levers = levers.unwrap_or_else(|e| {
        problems.push(Diagnostic::error(
            "scenario-bad-levers",
            "levers",
            e.to_string(),
            "All levers were left at their defaults; give each as a number.",
        ));
        Levers::default()
    });
    Ok((Scenario { name: head.name, edits, levers }, problems))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{geo::LonLat, model::FacilityKind, scenario::NewFacility};

    #[test]
    fn what_is_written_is_read() {
        let new = NewFacility {
            id: "UC001".into(),
            kind: FacilityKind::CollectionPoint,
            name: Default::default(),
            at: LonLat::new(120.5, 31.25),
            metals: vec![],
            capacity_t: Some(250.0),
        };
        let edits = vec![
            Edit::Add(new),
            Edit::Move { id: "CP0001".into(), to: LonLat::new(121.0, 31.0) },
            Edit::Close { id: "HB001".into() },
        ];
        let scenario =
            Scenario { name: "苏北".into(), edits, levers: Levers { recovery_rate: Some(0.8), freight_price: None } };
        assert_eq!(read(&write(&scenario)), Ok((scenario, vec![])));
    }

    #[test]
    fn a_bad_edit_keeps_the_rest_and_a_newer_file_is_refused() {
        let (scenario, problems) = read(r#"{"format":"loop-atlas-scenario","version":1,"name":"x","edits":[{"fly":{}},{"close":{"id":"HB001"}}],"levers":{"recovery_rate":"high"}}"#).unwrap();
        assert_eq!(scenario.edits, [Edit::Close { id: "HB001".into() }]);
        assert_eq!(
            problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(),
            ["scenario-bad-edit", "scenario-bad-levers"]
        );
        assert_eq!(read(r#"{"format":"loop-atlas-scenario","version":2}"#).unwrap_err().code, "scenario-newer-version");
        assert_eq!(read(r#"{"format":"x","version":1}"#).unwrap_err().code, "scenario-other-format");
        assert_eq!(read("{").unwrap_err().code, "scenario-not-readable");
    }
}
