//! Reads the scenario that a command works on.

use crate::Refusal;
use atlas_core::{
    diagnostics::Diagnostic,
    format::scenario,
    model::Baseline,
    scenario::{Document, Scenario},
};
use std::path::Path;

/// The document of a scenario file, or of the baseline, with what was wrong with the file.
pub fn open(baseline: &Baseline, file: Option<&Path>) -> Result<(Document, Vec<Diagnostic>), Refusal> {
    let mut problems = Vec::new();
    let scenario = match file {
        None => Scenario::default(),
        Some(path) => {
            let text =
                std::fs::read_to_string(path).map_err(|e| Refusal(format!("cannot read {}: {e}", path.display())))?;
            let (scenario, found) = scenario::read(&text)?;
            problems.extend(found);
            scenario
        }
    };
    let (document, found) = Document::open(baseline, scenario);
    problems.extend(found);
    Ok((document, problems))
}
