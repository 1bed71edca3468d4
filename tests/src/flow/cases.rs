//! The problems: published ones where they are at hand, and one of our own making.

use atlas_tests::{fixtures::Dice, project};
use std::fmt::Write;
use std::path::PathBuf;

/// A problem as a DIMACS file, read alike by every solver.
pub struct Case {
    pub name: String,
    pub file: PathBuf,
    pub text: String,
    /// What its source says of it.
    pub optimum: Option<String>,
    /// Large enough for the aims; the others show that all agree.
    pub aimed: bool,
}

/// All cases. Published ones that are not there are told of and left out.
pub fn all() -> Vec<Case> {
    let small = ["netgen_8_08a", "transport_40x30"].map(|name| published(name, false));
    small.into_iter().chain([published("netgen_8_13a", true), Some(generated(1_000, 100))]).flatten().collect()
}

/// A published case from the folder beside the project, with the optimum in its solution's line `s`.
fn published(name: &str, aimed: bool) -> Option<Case> {
    let folder = project("../shared/instances/mcf");
    let file = folder.join(name).with_extension("min");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("\n{name}: not in ../shared/instances/mcf, left out");
        return None;
    };
    let solution = std::fs::read_to_string(file.with_extension("sol")).unwrap_or_default();
    let optimum = solution.lines().find_map(|l| l.strip_prefix("s ")).map(|s| s.trim().to_owned());
    Some(Case { name: name.to_owned(), file, text, optimum, aimed })
}

/// A transportation problem: supplies of 1 to 1,000, demands that balance them, costs of 1 to 10,000, no capacity that binds.
fn generated(sources: u64, sinks: u64) -> Case {
    let mut dice = Dice(2_026);
    let supply: Vec<u64> = (0..sources).map(|_| dice.roll(1_000)).collect();
    let total: u64 = supply.iter().sum();
    let weight: Vec<u64> = (0..sinks).map(|_| dice.roll(1_000)).collect();
    let whole: u64 = weight.iter().sum();
    let mut demand: Vec<u64> = weight.iter().map(|w| total * w / whole).collect();
    demand[0] += total - demand.iter().sum::<u64>();

    let mut text = format!("p min {} {}\n", sources + sinks, sources * sinks);
    let signed = supply.iter().map(u64::to_string).chain(demand.iter().map(|d| format!("-{d}")));
    for (node, amount) in (1u64..).zip(signed) {
        writeln!(text, "n {node} {amount}").expect("a text grows");
    }
    for (from, to) in (1..=sources).flat_map(|from| (1..=sinks).map(move |to| (from, sources + to))) {
        writeln!(text, "a {from} {to} 0 {total} {}", dice.roll(10_000)).expect("a text grows");
    }
    let name = format!("transport_{sources}x{sinks}");
    let file = project("target/bench").join(&name).with_extension("min");
    std::fs::create_dir_all(project("target/bench")).expect("target/bench can be made");
    std::fs::write(&file, &text).expect("target/bench can be written");
    Case { name, file, text, optimum: None, aimed: true }
}
