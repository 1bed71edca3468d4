//! Accepts the evaluations of today as golden, and prints what that changes:
//! `cargo run -p atlas-tests --bin accept`.

use atlas_tests::{difference, evaluate_json, golden, project, region, scenarios};

fn main() {
    let region = region();
    for (name, scenario) in scenarios() {
        let path = project("tests/golden").join(format!("{name}.json"));
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        let new = golden(&evaluate_json(&region, &scenario));
        if old == new {
            println!("{name}: unchanged");
        } else {
            println!("{name}:\n{}", difference(&old, &new));
            std::fs::write(&path, new).expect("tests/golden can be written");
        }
    }
}
