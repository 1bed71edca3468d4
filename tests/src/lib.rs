//! What the tests and benchmarks share: the committed region and the built-in scenarios, and solvers beside ours.

pub mod fixtures;
pub mod peers;

use atlas_core::{
    allocation::Allocator,
    catchment::Question,
    comparison::{Measured, Measuring},
    evaluate::Evaluator,
    format::{
        region::{FIRST_PACK, NETWORK_PACK, read_first, read_second},
        report, scenario,
    },
    model::{Cluster, FacilityKind, Region},
    profile::{Measure, Normal, Profile, Profiles},
    scenario::{Document, Scenario},
};
use std::{
    collections::BTreeMap,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A path inside the project.
#[must_use]
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the project's root").join(path)
}

/// Runs the command, built by the same cargo run as the test that asks.
///
/// # Panics
/// Where it was not built.
pub fn atlas(args: &[impl AsRef<OsStr>]) -> Output {
    let mut folder = std::env::current_exe().expect("this test").parent().expect("its folder").to_owned();
    if folder.ends_with("deps") {
        folder.pop();
    }
    let program = folder.join(format!("atlas{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "build it first: cargo build -p atlas (cargo xtask test does)");
    Command::new(program).args(args).output().expect("atlas runs")
}

/// The bytes of the two committed packs.
#[must_use]
pub fn packs() -> [Vec<u8>; 2] {
    [FIRST_PACK, NETWORK_PACK].map(|name| std::fs::read(project("data/pack").join(name)).expect("the committed pack"))
}

/// The committed region. Every row of it must be usable.
#[must_use]
pub fn region() -> Region {
    let [first, second] = packs();
    let first = read_first(&first).expect("the committed first pack");
    let second = read_second(&second, &first.baseline.prefectures).expect("the committed network pack");
    let problems: Vec<_> = first.problems.iter().chain(&second.problems).map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    Region { baseline: first.baseline, ground: second.ground }
}

/// The built-in scenarios by name, the empty baseline first.
#[must_use]
pub fn scenarios() -> Vec<(String, Scenario)> {
    let mut all = vec![("baseline".to_owned(), Scenario::default())];
    let folder = project("seeds/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(&folder).expect("seeds/scenarios").flatten().map(|e| e.path()).collect();
    files.sort();
    for path in files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "json")) {
        let text = std::fs::read_to_string(&path).expect("a scenario file");
        let (scenario, problems) = scenario::read(&text).expect("a built-in scenario");
        assert!(problems.is_empty(), "{}: {problems:#?}", path.display());
        all.push((path.file_stem().expect("a name").to_string_lossy().into_owned(), scenario));
    }
    all
}

/// What `atlas evaluate --json` says of a scenario.
#[must_use]
pub fn evaluate_json(region: &Region, scenario: &Scenario) -> String {
    let (document, problems) = Document::open(&region.baseline, scenario.clone());
    let evaluation = Evaluator::default().evaluate(region, document.plan(), document.scenario());
    report::evaluation_json(&region.baseline, document.scenario(), &evaluation, &problems)
}

/// The profiles of the clusters under a scenario, measured from scratch.
#[must_use]
pub fn measure(region: &Region, scenario: &Scenario) -> Measured {
    let (document, _) = Document::open(&region.baseline, scenario.clone());
    let (mut evaluator, mut allocator) = (Evaluator::default(), Allocator::default());
    let question = Question::usual(FacilityKind::CollectionPoint);
    let (plan, scenario) = (document.plan(), document.scenario());
    Measuring::begin(region, plan, scenario, &question, &mut evaluator, &mut allocator).finish(region, &mut allocator)
}

/// Every measure of every cluster, as it is kept as golden: value, or the reason why there is none.
#[must_use]
pub fn clusters_golden(profiles: &Profiles) -> String {
    let of = |p: &Profile| -> BTreeMap<String, serde_json::Value> {
        let told = |m: Measure| m.value(p, Normal::Absolute).map_or_else(|e| e.code().into(), serde_json::Value::from);
        Measure::all().into_iter().map(|m| (m.key(), told(m))).collect()
    };
    let all: BTreeMap<&str, _> = Cluster::ALL
        .map(|c| (c.key(), of(&profiles.by_cluster[c])))
        .into_iter()
        .chain([("all", of(&profiles.all))])
        .collect();
    format!("{}\n", serde_json::to_string_pretty(&all).expect("JSON"))
}

/// The part of an evaluation that is kept as golden: figures and how many facilities handle something, not thousands of rows.
#[must_use]
pub fn golden(json: &str) -> String {
    let all: serde_json::Value = serde_json::from_str(json).expect("JSON of ours");
    let handled = all["facilities"].as_array().expect("a list");
    let busy = handled.iter().filter(|f| f["gross_t"]["al"].as_f64() > Some(0.0)).count();
    let kept = serde_json::json!({
        "total": all["total"], "by_cluster": all["by_cluster"], "diagnostics": all["diagnostics"],
        "open_facilities": handled.len(), "facilities_with_aluminium": busy,
    });
    format!("{}\n", serde_json::to_string_pretty(&kept).expect("JSON"))
}

/// The lines that differ, as `- old` and `+ new`.
#[must_use]
pub fn difference(old: &str, new: &str) -> String {
    let (a, b): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let mut out = String::new();
    for i in 0..a.len().max(b.len()) {
        if a.get(i) != b.get(i) {
            for (sign, line) in [("-", a.get(i)), ("+", b.get(i))] {
                if let Some(line) = line {
                    out.push_str(&format!("{sign} {}\n", line.trim()));
                }
            }
        }
    }
    out
}

/// Prints a figure of a benchmark beside its aim.
pub fn row(what: &str, value: &str, aim: &str, good: Option<bool>) {
    let word = good.map_or("", |g| if g { "reached" } else { "MISSED" });
    println!("{what:<58}{value:>12}   {aim:<16}{word}");
}
