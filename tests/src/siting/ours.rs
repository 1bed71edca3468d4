//! Our solvers of location problems under the clock. The bench and the Wasm probe include this very file, so that both time
//! the same code.

use atlas_core::format::location::{Case, Question};

/// When the gap is looked at, in milliseconds of building and solving.
pub const MARKS: [f64; 2] = [300.0, 1_000.0];

/// Solves a file at most `runs` times, beginning none after two seconds and working at most so many seconds in each. Gives one
/// line of JSON; `now` is a clock in milliseconds. Looking at answers and checking them is not timed. Gaps at the marks are
/// those of the first run: a page runs code that was not compiled for good yet, too.
pub fn measure(text: &str, question: &Question, runs: usize, seconds: f64, now: fn() -> f64) -> Result<String, String> {
    let begun = now();
    let case = Case::read(text, question)?;
    let read = now() - begun;
    let (mut build, mut solve, mut best) = (Vec::new(), Vec::new(), Vec::new());
    let mut slowest: f64 = 0.0;
    let mut marks: Option<Vec<Option<f64>>> = None;
    let (slices, solved) = loop {
        let copy = case.clone();
        let start = now();
        let mut work = copy.begin(1).map_err(|e| e.to_string())?;
        let built = now() - start;
        let (mut spent, mut met, mut gaps) = (0.0, 0.0, Vec::new());
        let (mut slices, mut solved) = (0u32, work.solved()?);
        loop {
            let start = now();
            let more = work.step();
            let slice = now() - start;
            // What is known at a mark was known before the slice that goes over it.
            while MARKS.get(gaps.len()).is_some_and(|m| built + spent + slice > *m) {
                gaps.push(solved.gap);
            }
            spent += slice;
            slowest = slowest.max(slice);
            slices += 1;
            let next = work.solved()?;
            if next.objective != solved.objective {
                met = spent;
            }
            solved = next;
            if !more || spent > seconds * 1e3 {
                break;
            }
        }
        gaps.resize(MARKS.len(), solved.gap);
        marks.get_or_insert(gaps);
        build.push(built);
        solve.push(spent);
        best.push(met);
        if solve.len() >= runs || now() - begun > 2e3 {
            break (slices, solved);
        }
    };
    let json = |value: Option<f64>| value.map_or("null".to_owned(), |v| format!("{v}"));
    let gaps = marks.iter().flatten().map(|g| json(*g)).collect::<Vec<_>>().join(",");
    let (objective, bound, gap, status) = (json(solved.objective), json(solved.bound), json(solved.gap), solved.status);
    Ok(format!(
        r#"{{"read_ms":{read},"build_ms":{build:?},"solve_ms":{solve:?},"best_ms":{best:?},"slowest_ms":{slowest},"slices":{slices},"gaps":[{gaps}],"status":"{status}","objective":{objective},"bound":{bound},"gap":{gap}}}"#
    ))
}
