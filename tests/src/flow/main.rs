//! Minimum cost flow in one run: our solver natively and as Wasm, beside what one would take instead. Building the model is
//! timed apart from solving it. All must find the same optimum: if not, the bench fails. `cargo xtask bench` runs this.

mod allocation;
mod cases;
mod ours;
mod solvers;

use atlas_tests::{
    peers::{PATIENCE, Silence, median, ms, times},
    region, row,
};
use cases::Case;
use solvers::{Answer, Edited, Solver};
use std::{process::ExitCode, time::Instant};

/// Capacities edited, one at a time.
const EDITS: usize = 20;

fn main() -> ExitCode {
    let mut wrong: Vec<String> = cases::all().iter().flat_map(measure).collect();
    wrong.extend(whole_baseline());
    if wrong.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("\nThe solvers are not at one:\n{}", wrong.join("\n"));
    ExitCode::FAILURE
}

/// The allocation of the whole baseline, natively and as Wasm; what was wrong with it.
fn whole_baseline() -> Option<String> {
    let clock = Instant::now();
    let native = match allocation::times(&region(), || clock.elapsed().as_secs_f64() * 1e3) {
        Ok(found) => found,
        Err(why) => return Some(format!("the baseline's allocation: {why}")),
    };
    let wasm: Option<Vec<f64>> = solvers::node("tests/wasm/allocation.mjs").and_then(|t| serde_json::from_str(&t).ok());
    let sizes = native[allocation::NAMES.len()..].iter().map(f64::to_string).collect::<Vec<_>>();
    println!(
        "\nWho sends what where, the whole baseline: {} nodes, {} arcs, {} shared limits",
        sizes[0], sizes[1], sizes[2]
    );
    for (i, what) in allocation::NAMES.iter().enumerate() {
        let again = i > 1;
        let page = wasm.as_ref().map(|w| w[i]);
        let aim = if again { "Wasm < 150 ms" } else { "" };
        let value = page.map_or_else(|| "Wasm not there".to_owned(), ms);
        row(&format!("{what} (native {})", ms(native[i])), &value, aim, page.filter(|_| again).map(|p| p < 150.0));
    }
    if let Some(w) = wasm {
        row("a first allocation in all, Wasm", &ms(w[0] + w[1]), "about 1 s", Some(w[0] + w[1] < 1_200.0));
    }
    None
}

/// What each solver says, in the order of [`Solver::ALL`].
type Answers = [Result<Answer, Silence>; 5];

/// Measures one case and returns what is wrong with the answers.
fn measure(case: &Case) -> Vec<String> {
    let size = case.text.lines().find_map(|l| l.strip_prefix("p min ")).unwrap_or_default();
    let (nodes, arcs) = size.split_once(' ').unwrap_or_default();
    println!("\nMinimum cost flow, {}: {nodes} nodes, {arcs} arcs", case.name);

    let edits = ours::edits(&case.text, EDITS).unwrap_or_default();
    let mut answers: Answers = Solver::ALL.map(|_| Ok(Answer::default()));
    for round in 0..Solver::ROUNDS {
        for (solver, answer) in Solver::ALL.into_iter().zip(&mut answers).filter(|(s, _)| round < s.rounds()) {
            let Ok(so_far) = answer else { continue };
            match solver.solve(case, if round == 0 { &edits } else { &[] }) {
                Ok(more) => so_far.join(more),
                Err(silence) => *answer = Err(silence),
            }
        }
    }
    for (solver, answer) in Solver::ALL.into_iter().zip(&answers) {
        figures(solver.name(), answer);
    }
    ratios(case, &answers);
    let faults = faults(case, &answers);
    if let (true, [Ok(Answer { objective: Some(optimum), .. }), ..]) = (faults.is_empty(), &answers) {
        let solvers = answers.iter().filter(|a| a.is_ok()).count();
        row(&format!("optimum, found alike by {solvers} of {}", answers.len()), optimum, "", None);
    }
    faults
}

/// A solver's times, or why there are none.
fn figures(name: &str, answer: &Result<Answer, Silence>) {
    let aside = |why: &str| println!("{name}: {why}");
    match answer {
        Ok(answer) => {
            let least = answer.solve_ms.iter().copied().fold(f64::INFINITY, f64::min);
            let what = format!("{name} (model {}, least {})", ms(median(&answer.build_ms)), ms(least));
            row(&what, &ms(median(&answer.solve_ms)), "", None);
        }
        Err(Silence::Absent) => aside("not there, left out"),
        Err(Silence::Slow) => aside(&format!("no answer within {} s, stopped", PATIENCE.as_secs())),
        Err(Silence::Failed(why)) => aside(&format!("failed, left out: {why}")),
    }
}

/// Times of solving beside each other, and of solving once more after an edit.
fn ratios(case: &Case, answers: &Answers) {
    let [native, wasm, ortools, networkx, highs] = answers;
    let Ok(native) = native else { return };
    let ours = median(&native.solve_ms);
    if let Ok(wasm) = wasm {
        aimed(case, "Wasm / native", median(&wasm.solve_ms) / ours, Aim::AtMost(1.5));
    }
    if let Ok(ortools) = ortools {
        aimed(case, "native / OR-tools", ours / median(&ortools.solve_ms), Aim::AtMost(3.0));
    }
    for (what, other, aim) in [("networkx / native", networkx, 5.0), ("HiGHS / native", highs, 50.0)] {
        match other {
            Ok(other) => aimed(case, what, median(&other.solve_ms) / ours, Aim::AtLeast(aim)),
            Err(Silence::Slow) => {
                aimed(case, &format!("{what}, or more"), PATIENCE.as_secs_f64() * 1e3 / ours, Aim::AtLeast(aim));
            }
            Err(_) => {}
        }
    }
    for (name, answer) in [("native", native)].into_iter().chain(wasm.as_ref().ok().map(|w| ("Wasm", w))) {
        let [cold, warm] = [|e: &Edited| e.cold_ms, |e: &Edited| e.warm_ms]
            .map(|of| median(&answer.edits.iter().map(of).collect::<Vec<_>>()));
        row(&format!("one capacity edited, {name}: model and solution anew"), &ms(cold), "", None);
        row(&format!("the same from the basis before, {name}"), &ms(warm), "", None);
        aimed(case, &format!("from the basis / anew, {name}"), warm / cold, Aim::AtMost(0.1));
    }
}

/// Whatever is not the one optimum.
fn faults(case: &Case, answers: &Answers) -> Vec<String> {
    let [native, wasm, ..] = answers;
    let optimum = case.optimum.as_ref().or(native.as_ref().ok().and_then(|n| n.objective.as_ref()));
    let mut faults = Vec::new();
    for (solver, answer) in Solver::ALL.into_iter().zip(answers) {
        match answer {
            Ok(answer) if answer.objective.as_ref() != optimum => {
                faults.push(format!("{}: {} finds {:?}, not {optimum:?}", case.name, solver.name(), answer.objective));
            }
            Err(Silence::Failed(why)) if matches!(solver, Solver::Native | Solver::Wasm) => {
                faults.push(format!("{}: {} fails: {why}", case.name, solver.name()));
            }
            _ => {}
        }
    }
    // Every edit has one optimum too: found anew natively, and from there by all.
    let Ok(native) = native else { return faults };
    for answer in [Some(native), wasm.as_ref().ok()].into_iter().flatten() {
        for (i, (edit, truth)) in answer.edits.iter().zip(&native.edits).enumerate() {
            if edit.cold != truth.cold || edit.warm != truth.cold {
                faults.push(format!("{}: edit {i} gives {edit:?}, not {:?}", case.name, truth.cold));
            }
        }
    }
    faults
}

enum Aim {
    AtLeast(f64),
    AtMost(f64),
}

/// A ratio beside its aim; small cases have none, their times are mostly overhead.
fn aimed(case: &Case, what: &str, ratio: f64, aim: Aim) {
    let (text, good) = match aim {
        Aim::AtLeast(least) => (format!("at least {least} x"), ratio >= least),
        Aim::AtMost(most) => (format!("at most {most} x"), ratio <= most),
    };
    row(what, &times(ratio), if case.aimed { &text } else { "" }, case.aimed.then_some(good));
}
