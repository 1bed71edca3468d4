//! Accepts the evaluations of today as golden and writes the small problems of our own, and prints what that changes:
//! `cargo run -p atlas-tests --bin accept`.

use atlas_core::profile::Profiles;
use atlas_tests::{clusters_golden, difference, evaluate_json, fixtures, golden, measure, project, region, scenarios};

fn main() {
    for (name, text) in fixtures::siting() {
        std::fs::write(project("tests/fixtures/siting").join(name), text).expect("tests/fixtures can be written");
    }
    let region = region();
    for (name, scenario) in scenarios() {
        let new = clusters_golden(&Profiles::new(&region, &measure(&region, &scenario)));
        keep(&format!("clusters/{name}"), &new);
        keep(&name, &golden(&evaluate_json(&region, &scenario)));
    }
}

/// Writes a golden file, and prints what that changes.
fn keep(name: &str, new: &str) {
    let path = project("tests/golden").join(format!("{name}.json"));
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    if old == new {
        println!("{name}: unchanged");
    } else {
        println!("{name}:\n{}", difference(&old, new));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("tests/golden can be written");
        std::fs::write(&path, new).expect("tests/golden can be written");
    }
}
