//! Location problems from files: answers to hold against the command line's, and times by the bench's own code.

#[path = "../../src/siting/ours.rs"]
mod ours;

use crate::flow::now;
use atlas_core::format::location::{Case, Kind, Layout, Question};
use wasm_bindgen::prelude::*;

fn question(kind: &str, format: &str, p: Option<usize>, radius: Option<f64>) -> Result<Question, String> {
    let kind = Kind::from_key(kind).ok_or("no such problem")?;
    let layout = Layout::from_key(format).ok_or("no such format")?;
    Ok(Question { kind, layout, p, radius, capacity: None })
}

/// Solves a file under the clock, as `atlas-tests` does natively.
#[wasm_bindgen]
pub fn siting(
    text: &str,
    kind: &str,
    format: &str,
    p: Option<usize>,
    radius: Option<f64>,
    runs: usize,
    seconds: f64,
) -> Result<String, String> {
    ours::measure(text, &question(kind, format, p, radius)?, runs, seconds, now)
}

/// What `atlas solve --json` prints after so many slices, in 0 seconds.
#[wasm_bindgen]
pub fn solve(
    text: &str,
    kind: &str,
    format: &str,
    p: Option<usize>,
    radius: Option<f64>,
    capacity: Option<f64>,
    slices: u32,
) -> Result<String, String> {
    let question = Question { capacity, ..question(kind, format, p, radius)? };
    let mut work = Case::read(text, &question)?.begin(1).map_err(|e| e.to_string())?;
    let mut left = slices;
    while work.step() && left > 1 {
        left -= 1;
    }
    Ok(work.solved()?.json(0.0))
}
