//! Location problems in one run: our solvers natively and as Wasm, beside the same model in HiGHS (highspy) and in spopt.
//! Building the model is timed apart from solving it. A wrong optimum fails the bench. `cargo xtask bench` runs this.

mod cases;
mod ours;
mod scale;

use atlas_core::format::location::{Kind, Layout, Question};
use atlas_tests::{
    peers::{Silence, ask, median, ms, now, times},
    row,
};
use cases::Case;
use serde::{Deserialize, de::DeserializeOwned};
use std::process::ExitCode;

/// Of each case, as long as two seconds are not over.
const RUNS: usize = 7;
/// The most of a run of ours, and of another's.
const SECONDS: f64 = 20.0;
const THEIR_SECONDS: f64 = 30.0;
/// A case without a known optimum is worked on for a little longer than its gap is looked at.
const SHORT: f64 = 1.5;

/// What one of our solvers says.
#[derive(Debug, Deserialize)]
struct Ours {
    read_ms: f64,
    build_ms: Vec<f64>,
    solve_ms: Vec<f64>,
    best_ms: Vec<f64>,
    slowest_ms: f64,
    slices: u32,
    gaps: [Option<f64>; ours::MARKS.len()],
    status: String,
    objective: Option<f64>,
    bound: Option<f64>,
}

impl Ours {
    fn solve(&self) -> f64 {
        median(&self.solve_ms)
    }

    fn proved(&self) -> bool {
        self.status == "Optimal"
    }
}

/// What another's says; without a proved optimum there is no objective.
#[derive(Debug, Deserialize)]
struct Theirs {
    build_ms: f64,
    solve_ms: f64,
    objective: Option<f64>,
}

/// What is wrong so far.
#[derive(Default)]
struct Faults(Vec<String>);

fn main() -> ExitCode {
    let mut faults = Faults::default();
    medians(&mut faults);
    covering(&mut faults);
    fixed_charge(&mut faults);
    println!("\np-center");
    for case in cases::p_center() {
        both(&case, SECONDS, &mut faults);
    }
    faults.0.extend(scale::run());
    if faults.0.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("\nThe solvers are not at one:\n{}", faults.0.join("\n"));
    ExitCode::FAILURE
}

fn medians(faults: &mut Faults) {
    println!("\np-median (OR-Library)");
    let found: Vec<(Case, Option<Ours>)> = cases::p_median()
        .into_iter()
        .map(|case| {
            let wasm = both(&case, SECONDS, faults);
            (case, wasm)
        })
        .collect();
    let wasm: Vec<&Ours> = found.iter().filter_map(|f| f.1.as_ref()).collect();
    if !wasm.is_empty() {
        let total: f64 = wasm.iter().map(|w| w.solve() + median(&w.build_ms)).sum();
        let proved = wasm.iter().filter(|w| w.proved()).count();
        let what = format!("{proved} of {} proved, models and solving, Wasm", wasm.len());
        row(&what, &seconds(total), "at most 20 s", Some(total <= 20e3 && proved == wasm.len()));
        let first: f64 = wasm.iter().filter_map(|w| Some(w.solve_ms.first()? + w.build_ms.first()?)).sum();
        row("the same, first run of each in a new process", &seconds(first), "at most 20 s", Some(first <= 20e3));
        row("reading the files and all shortest ways, Wasm", &seconds(wasm.iter().map(|w| w.read_ms).sum()), "", None);
        let close = wasm.iter().filter(|w| w.gaps[0].is_some_and(|g| g <= 1e-3)).count();
        let nine = close * 10 >= wasm.len() * 9;
        row(
            "gap at most 0.1 % within 300 ms of the first run, Wasm",
            &format!("{close} of {}", wasm.len()),
            "9 of 10",
            Some(nine),
        );
        let slowest = wasm.iter().map(|w| w.slowest_ms).fold(0.0, f64::max);
        row("longest slice, Wasm", &ms(slowest), "", None);
    }
    for (case, wasm) in &found {
        // The larger ones take HiGHS minutes to hours.
        if ["pmed1", "pmed3", "pmed5", "pmed7"].contains(&case.name.as_str()) {
            beside(case, wasm.as_ref(), &["highs", "spopt"], Some(100.0), faults);
        }
    }
}

fn covering(faults: &mut Faults) {
    println!("\nMaximal covering (SJC), radius 800");
    for case in cases::covering() {
        let wasm = both(&case, SECONDS, faults);
        beside(&case, wasm.as_ref(), &["highs", "spopt"], Some(50.0), faults);
    }
}

fn fixed_charge(faults: &mut Faults) {
    let mut gaps = Vec::new();
    for (title, cases, compared) in [
        ("Fixed charge without capacities (cap)", cases::uncapacitated(), false),
        ("Fixed charge with capacities, several sources (cap, Holmberg)", cases::several_sources(), true),
        ("Fixed charge with capacities, single sources (Holmberg)", cases::single_source(), false),
    ] {
        println!("\n{title}");
        let mut own = Vec::new();
        for case in cases {
            let limit = if case.optimum.is_some() || compared { SECONDS } else { SHORT };
            let wasm = both(&case, limit, faults);
            if compared {
                beside(&case, wasm.as_ref(), &["highs"], None, faults);
            }
            own.extend(wasm.map(|w| w.gaps[1].unwrap_or(f64::INFINITY)));
        }
        if !own.is_empty() {
            gap_row("proved gap after one second, median, Wasm", &own);
        }
        gaps.extend(own);
    }
    if !gaps.is_empty() {
        gap_row("the same of all cap and Holmberg cases", &gaps);
    }
}

fn gap_row(what: &str, gaps: &[f64]) {
    let middle = median(gaps);
    let what = format!("{what} (proved: {} of {})", gaps.iter().filter(|g| **g == 0.0).count(), gaps.len());
    row(&what, &format!("{:.3} %", middle * 100.0), "at most 0.5 %", Some(middle <= 5e-3));
}

/// Our solver natively and as Wasm; gives the latter.
fn both(case: &Case, limit: f64, faults: &mut Faults) -> Option<Ours> {
    let native = native(case, limit);
    let mut script = vec!["tests/wasm/siting.mjs".to_owned()];
    script.extend(case.words());
    script.extend([RUNS.to_string(), limit.to_string()]);
    let wasm = ask("NODE", &script).and_then(|t| said::<Ours>(&t));
    let mut answers = Vec::new();
    for (how, answer) in [("native", native), ("Wasm", wasm)] {
        match answer {
            Ok(answer) => {
                faults.of_ours(case, how, &answer, limit);
                answers.push(Some(answer));
            }
            Err(silence) => {
                let why = why(&silence);
                println!("{}, {how}: {why}", case.name);
                if matches!(silence, Silence::Failed(_)) {
                    faults.0.push(format!("{} {}: {how} fails: {why}", case.kind, case.name));
                }
                answers.push(None);
            }
        }
    }
    let wasm = answers.pop().flatten();
    let native = answers.pop().flatten();
    if let (Some(n), Some(w)) = (&native, &wasm)
        && n.proved()
        && w.proved()
        && (n.objective, n.bound, n.slices) != (w.objective, w.bound, w.slices)
    {
        faults.0.push(format!("{} {}: native code and Wasm take different courses", case.kind, case.name));
    }
    let shown = wasm.as_ref().or(native.as_ref())?;
    let first = native.as_ref().map_or_else(|| "absent".to_owned(), |n| ms(n.solve()));
    let what = format!(
        "{} (model {}, best at {}, native {first})",
        case.name,
        ms(median(&shown.build_ms)),
        ms(median(&shown.best_ms))
    );
    let note = match (shown.proved(), shown.objective.zip(shown.bound)) {
        (true, _) => "proved".to_owned(),
        (false, Some((o, b))) => format!("gap {:.3} %", 100.0 * (o - b).abs() / o.abs()),
        (false, None) => "no answer".to_owned(),
    };
    row(&what, &ms(shown.solve()), &note, None);
    wasm
}

fn native(case: &Case, limit: f64) -> Result<Ours, Silence> {
    let failed = |e: String| Silence::Failed(e);
    let text = std::fs::read_to_string(&case.file).map_err(|e| failed(e.to_string()))?;
    let kind = Kind::from_key(case.kind).ok_or_else(|| failed("no such kind".into()))?;
    let layout = Layout::from_key(case.layout).ok_or_else(|| failed("no such layout".into()))?;
    let question = Question { kind, layout, p: case.p, radius: case.radius, capacity: None };
    said(&ours::measure(&text, &question, RUNS, limit, now).map_err(failed)?)
}

/// Others' solvers on the same case, and how many times as long they take as ours in Wasm.
fn beside(case: &Case, wasm: Option<&Ours>, names: &[&str], aim: Option<f64>, faults: &mut Faults) {
    for name in names {
        let full = if *name == "highs" { "HiGHS (highspy)" } else { "spopt with CBC" };
        let mut script = vec!["tests/bench/siting_reference.py".to_owned(), (*name).to_owned()];
        script.extend(case.words());
        script.push(THEIR_SECONDS.to_string());
        let theirs: Theirs = match ask("REFERENCE_PYTHON", &script).and_then(|t| said(&t)) {
            Ok(theirs) => theirs,
            Err(silence) => {
                println!("{}, {full}: {}", case.name, why(&silence));
                continue;
            }
        };
        let ratio = wasm.map(|w| theirs.solve_ms / w.solve());
        let what = format!("{}, {full} (model {})", case.name, ms(theirs.build_ms));
        let Some(objective) = theirs.objective else {
            println!("{what}: not finished in {THEIR_SECONDS} s");
            if let Some(ratio) = ratio {
                row(&format!("{}, {full} / Wasm, or more", case.name), &times(ratio), "", None);
            }
            continue;
        };
        row(&what, &ms(theirs.solve_ms), "", None);
        if let Some(ratio) = ratio {
            let text = aim.map_or(String::new(), |a| format!("at least {a} x"));
            row(&format!("{}, {full} / Wasm", case.name), &times(ratio), &text, aim.map(|a| ratio >= a));
        }
        let ours = wasm.filter(|w| w.proved()).and_then(|w| w.objective);
        if ours.is_some_and(|o| !near(o, objective)) {
            faults.0.push(format!("{} {}: {full} finds {objective}, ours {ours:?}", case.kind, case.name));
        }
    }
}

impl Faults {
    /// An optimum that is not the published one, or a bound that is beyond it.
    fn of_ours(&mut self, case: &Case, how: &str, answer: &Ours, limit: f64) {
        let Some(optimum) = case.optimum else { return };
        let name = format!("{} {}, {how}", case.kind, case.name);
        let sign = if case.kind == "mclp" { -1.0 } else { 1.0 };
        if answer.bound.is_some_and(|b| sign * (b - optimum) > 1e-6 * optimum.abs()) {
            self.0.push(format!("{name}: a bound of {:?} beyond the optimum {optimum}", answer.bound));
        }
        if answer.objective.is_none_or(|o| !near(o, optimum)) {
            let text = format!("{name}: finds {:?} in {limit} s, not {optimum}", answer.objective);
            // Not found in time is a finding; called optimal it is a fault.
            if answer.proved() { self.0.push(text) } else { row(&text, "", "", Some(false)) }
        }
    }
}

/// Equal but for the sixth figure or so: others reckon with tolerances, and published values are rounded.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 2e-6 * b.abs().max(1.0)
}

/// The last line as JSON: libraries may speak before.
fn said<T: DeserializeOwned>(text: &str) -> Result<T, Silence> {
    let last = text.trim_end().lines().last().unwrap_or_default();
    serde_json::from_str(last).map_err(|e| Silence::Failed(format!("{e} in {last}")))
}

fn why(silence: &Silence) -> String {
    match silence {
        Silence::Absent => "not there, left out".to_owned(),
        Silence::Slow => "no answer in time, stopped".to_owned(),
        Silence::Failed(why) => format!("failed, left out: {why}"),
    }
}

fn seconds(time: f64) -> String {
    format!("{:.2} s", time / 1e3)
}
