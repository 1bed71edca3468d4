//! Evaluations of the baseline and of every built-in scenario stay what they are until somebody accepts a change.

use atlas_tests::{difference, evaluate_json, golden, project, region, scenarios};

#[test]
fn evaluations_are_as_accepted() {
    let region = region();
    for (name, scenario) in scenarios() {
        let path = project("tests/golden").join(format!("{name}.json"));
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        let new = golden(&evaluate_json(&region, &scenario));
        assert!(
            old == new,
            "{name} has changed:\n{}If that is right: cargo run -p atlas-tests --bin accept",
            difference(&old, &new)
        );
    }
}
