//! Who solves: each is asked for one line of JSON a case.

use crate::cases::Case;
use crate::ours;
use atlas_tests::{
    peers::{self, Silence, now},
    project,
};
use serde::Deserialize;
use std::{
    env,
    ffi::OsStr,
    process::{Command, Stdio},
};

/// A solver of one round runs at most so often, and begins none after so many seconds.
const RUNS: usize = 7;
const SECONDS: f64 = 5.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solver {
    Native,
    Wasm,
    OrTools,
    Networkx,
    Highs,
}

/// What a solver says of a case. Without an optimum there is no objective.
#[derive(Debug, Default, Deserialize)]
pub struct Answer {
    pub objective: Option<String>,
    pub build_ms: Vec<f64>,
    pub solve_ms: Vec<f64>,
    #[serde(default)]
    pub edits: Vec<Edited>,
}

/// One capacity edited: solved anew and from the basis before, the model built in both.
#[derive(Debug, Deserialize)]
pub struct Edited {
    pub cold: Option<String>,
    pub warm: Option<String>,
    pub cold_ms: f64,
    pub warm_ms: f64,
}

impl Answer {
    /// Takes in the next round's.
    pub fn join(&mut self, next: Self) {
        if self.solve_ms.is_empty() {
            *self = next;
        } else {
            assert_eq!(self.objective, next.objective, "every round finds the same");
            self.build_ms.extend(next.build_ms);
            self.solve_ms.extend(next.solve_ms);
        }
    }
}

impl Solver {
    pub const ALL: [Self; 5] = [Self::Native, Self::Wasm, Self::OrTools, Self::Networkx, Self::Highs];
    pub const ROUNDS: usize = 3;

    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "ours, native",
            Self::Wasm => "ours, Wasm under Node",
            Self::OrTools => "OR-tools from Python",
            Self::Networkx => "networkx",
            Self::Highs => "HiGHS from npm",
        }
    }

    /// The quick ones take turns, so that all meet the same noise.
    pub fn rounds(self) -> usize {
        if matches!(self, Self::Networkx | Self::Highs) { 1 } else { Self::ROUNDS }
    }

    pub fn solve(self, case: &Case, edits: &[(usize, i64)]) -> Result<Answer, Silence> {
        let said = match self {
            Self::Native => ours::measure(&case.text, RUNS, SECONDS, edits, now).map_err(Silence::Failed)?,
            Self::Wasm => {
                let edits = edits.iter().map(|(arc, to)| format!("{arc},{to}")).collect::<Vec<_>>().join(",");
                ask("NODE", &["tests/wasm/flow.mjs"], case, &[&edits])?
            }
            Self::OrTools => ask("REFERENCE_PYTHON", &["tests/bench/flow_reference.py", "ortools"], case, &[])?,
            Self::Networkx => ask("REFERENCE_PYTHON", &["tests/bench/flow_reference.py", "networkx"], case, &[])?,
            Self::Highs => ask("NODE", &["tests/bench/flow_highs.mjs"], case, &[])?,
        };
        serde_json::from_str(&said).map_err(|e| Silence::Failed(format!("{e} in {said}")))
    }
}

/// Runs a script with the program that a variable names.
fn ask(program: &str, script: &[&str], case: &Case, more: &[&str]) -> Result<String, Silence> {
    let limits = [RUNS.to_string(), SECONDS.to_string()];
    let words = script.iter().map(OsStr::new).chain([case.file.as_os_str()]);
    let words = words.chain(limits.iter().map(OsStr::new)).chain(more.iter().map(OsStr::new));
    peers::ask(program, &words.collect::<Vec<_>>())
}

/// What a script of ours prints under Node with the Wasm probe; `None` where Node or the probe is absent, or it fails.
pub fn node(script: &str) -> Option<String> {
    let program = env::var_os("NODE").filter(|p| !p.is_empty())?;
    env::var_os("PROBE").filter(|p| !p.is_empty())?;
    let out = Command::new(program).current_dir(project("")).arg(script).stderr(Stdio::inherit()).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}
