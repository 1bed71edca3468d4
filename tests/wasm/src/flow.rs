//! The flow solver under the clock, by the bench's own code.

#[path = "../../src/flow/ours.rs"]
mod ours;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds, by the clock that scripts read.
    #[wasm_bindgen(js_namespace = performance)]
    pub fn now() -> f64;
}

/// Solves a DIMACS text under the clock, as `atlas-tests` does natively; edits are `arc, capacity` one after the other.
#[wasm_bindgen]
pub fn flow(text: &str, runs: usize, seconds: f64, edits: &[f64]) -> Result<String, String> {
    let edits: Vec<(usize, i64)> = edits.as_chunks().0.iter().map(|[arc, to]| (*arc as usize, *to as i64)).collect();
    ours::measure(text, runs, seconds, &edits, now)
}
