//! Our solver under the clock. The bench and the Wasm probe include this very file, so that both time the same code.

use atlas_core::flow::{NetworkSimplex, Progress};
use atlas_core::format::dimacs;

/// Solves a DIMACS text at most `runs` times, beginning none after so many seconds, then once for every `(arc, capacity)`:
/// anew, and going on from the solution of the text as it is. Gives one line of JSON; `now` is a clock in milliseconds.
pub fn measure(
    text: &str,
    runs: usize,
    seconds: f64,
    edits: &[(usize, i64)],
    now: fn() -> f64,
) -> Result<String, String> {
    let network = dimacs::read(text).map_err(|e| e.to_string())?;
    let (mut build, mut solve) = (Vec::new(), Vec::new());
    let begun = now();
    let (value, mut solved) = loop {
        let start = now();
        let mut simplex = NetworkSimplex::new(&network);
        let built = now();
        let value = run(&mut simplex);
        solve.push(now() - built);
        build.push(built - start);
        if solve.len() >= runs || now() - begun > seconds * 1e3 {
            break (value, simplex);
        }
    };
    let mut edited = Vec::new();
    for (arc, capacity) in edits {
        let mut changed = network.clone();
        changed.set_capacity(*arc, *capacity);
        let start = now();
        let anew = run(&mut NetworkSimplex::new(&changed));
        let between = now();
        solved.set_capacities([(*arc, *capacity)]);
        let again = run(&mut solved);
        let (cold, warm) = (between - start, now() - between);
        solved.set_capacities([(*arc, network.arcs()[*arc].capacity)]);
        run(&mut solved);
        edited.push(format!(r#"{{"cold_ms":{cold},"warm_ms":{warm},"cold":{},"warm":{}}}"#, json(anew), json(again)));
    }
    let edited = edited.join(",");
    let value = json(value);
    Ok(format!(r#"{{"build_ms":{build:?},"solve_ms":{solve:?},"objective":{value},"edits":[{edited}]}}"#))
}

/// Capacities to try, one at a time: arcs from the middle third by flow, each halved below what it carries.
#[allow(dead_code, reason = "the probe is told the bench's edits")]
pub fn edits(text: &str, count: usize) -> Result<Vec<(usize, i64)>, String> {
    let network = dimacs::read(text).map_err(|e| e.to_string())?;
    let mut simplex = NetworkSimplex::new(&network);
    run(&mut simplex);
    let mut used: Vec<(i64, usize)> = simplex.flow().into_iter().zip(0..).filter(|(flow, _)| *flow > 0).collect();
    used.sort_unstable();
    let middle = &used[used.len() / 3..used.len() * 2 / 3];
    let step = (middle.len() / count).max(1);
    Ok(middle.iter().step_by(step).take(count).map(|(flow, arc)| (*arc, flow / 2)).collect())
}

/// The optimum, where there is one.
fn run(simplex: &mut NetworkSimplex) -> Option<i128> {
    matches!(simplex.run(u64::MAX), Progress::Optimal).then(|| simplex.objective())
}

/// As text: it may be larger than what other languages read as a number.
fn json(value: Option<i128>) -> String {
    value.map_or("null".to_owned(), |v| format!("\"{v}\""))
}
