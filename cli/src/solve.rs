//! `atlas solve`: a published problem from a file, without the map.
//!
//! `--json` prints `status` (`Optimal`, `Feasible`, `Infeasible`, `Unbounded`, or `Unknown` where time ran out before any
//! answer), `objective`, `bound` and `gap` (relative; each null where there is none) and `seconds` (solving, without reading
//! the file).

use crate::Refusal;
use atlas_core::{
    flow::{FlowNetwork, NetworkSimplex, Progress, bound, check},
    format::dimacs,
};
use clap::{Args as ClapArgs, ValueEnum};
use serde_json::json;
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

#[derive(ClapArgs)]
pub struct Args {
    /// What kind of problem it is.
    #[arg(long, value_name = "PROBLEM")]
    problem: Problem,
    /// How the file is written.
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// The problem.
    file: PathBuf,
    /// Stop after so many seconds, with what is known by then.
    #[arg(long, value_name = "S")]
    seconds: Option<f64>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Problem {
    /// Minimum cost flow.
    MinCostFlow,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// DIMACS .min.
    Dimacs,
}

/// Pivots between two looks at the clock.
const SLICE: u64 = 2_000;

pub fn run(args: &Args) -> Result<String, Refusal> {
    if args.seconds.is_some_and(|s| !(s.is_finite() && s > 0.0)) {
        return Err(Refusal("--seconds must be more than 0".into()));
    }
    let text = std::fs::read_to_string(&args.file)
        .map_err(|e| Refusal(format!("{}: {e}; give the path of a problem file", args.file.display())))?;
    let (Problem::MinCostFlow, Format::Dimacs) = (args.problem, args.format);
    let network = dimacs::read(&text).map_err(|e| Refusal(format!("{}: {e}", args.file.display())))?;
    let limit = args.seconds.map(Duration::from_secs_f64);
    let start = Instant::now();
    let answer = solve(&network, || limit.is_some_and(|l| start.elapsed() >= l))?;
    let seconds = start.elapsed().as_secs_f64();
    let Answer { status, objective, bound } = answer;
    let gap = gap(objective, bound);
    if args.json {
        return Ok(json!({
            "status": status,
            "objective": objective.map(number),
            "bound": bound.map(number),
            "gap": gap,
            "seconds": seconds,
        })
        .to_string());
    }
    let words = |value: Option<i128>| value.map_or_else(|| "none".into(), |v| v.to_string());
    Ok(format!(
        "{status}: objective {}, bound {}, gap {}, {seconds:.3} s",
        words(objective),
        words(bound),
        gap.map_or_else(|| "unknown".into(), |g| format!("{g:.2e}"))
    ))
}

struct Answer {
    status: &'static str,
    objective: Option<i128>,
    bound: Option<i128>,
}

fn solve(network: &FlowNetwork, mut late: impl FnMut() -> bool) -> Result<Answer, Refusal> {
    let mut simplex = NetworkSimplex::new(network);
    loop {
        let progress = simplex.run(SLICE);
        let below = || bound(network, simplex.potentials());
        return Ok(match progress {
            Progress::More if !late() => continue,
            Progress::Optimal => {
                // What is printed as optimal was confirmed without the solver.
                check(network, &simplex.flow(), Some(simplex.potentials()))?;
                Answer { status: "Optimal", objective: Some(simplex.objective()), bound: below() }
            }
            Progress::Infeasible => Answer { status: "Infeasible", objective: None, bound: None },
            Progress::Unbounded => Answer { status: "Unbounded", objective: None, bound: None },
            Progress::More if simplex.unmet().is_empty() => {
                Answer { status: "Feasible", objective: Some(simplex.objective()), bound: below() }
            }
            Progress::More => Answer { status: "Unknown", objective: None, bound: below() },
        });
    }
}

fn gap(objective: Option<i128>, bound: Option<i128>) -> Option<f64> {
    let (objective, bound) = (objective?, bound?);
    if objective == bound {
        return Some(0.0);
    }
    Some((objective - bound) as f64 / objective.unsigned_abs().max(1) as f64)
}

/// A JSON number: whole where it fits, else the nearest that does.
fn number(value: i128) -> serde_json::Value {
    i64::try_from(value).map_or_else(|_| json!(value as f64), |v| json!(v))
}
