//! Accepts the evaluations of today as golden and writes the small problems of our own, and prints what that changes:
//! `cargo run -p atlas-tests --bin accept`.

use atlas_tests::{
    FOOTPRINTS, difference, evaluate_json, fixtures, footprint_golden, golden, project, region, scenarios,
};

fn main() {
    for (name, text) in fixtures::siting() {
        std::fs::write(project("tests/fixtures/siting").join(name), text).expect("tests/fixtures can be written");
    }
    let region = region();
    for (name, scenario) in scenarios() {
        accept(&name, &golden(&evaluate_json(&region, &scenario)));
        if FOOTPRINTS.contains(&name.as_str()) {
            accept(&format!("footprint-{name}"), &footprint_golden(&region, scenario));
        }
    }
}

fn accept(name: &str, new: &str) {
    let path = project("tests/golden").join(format!("{name}.json"));
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    if old == new {
        println!("{name}: unchanged");
    } else {
        println!("{name}:\n{}", difference(&old, new));
        std::fs::write(&path, new).expect("tests/golden can be written");
    }
}
