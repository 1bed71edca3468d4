//! Minimum cost flow.

use super::{Args, Clock, Format, Posed, wrong_format};
use crate::Refusal;
use atlas_core::{
    flow::{FlowNetwork, NetworkSimplex, Progress, bound, check},
    format::{dimacs, solved::Solved},
};

/// Pivots between two looks at the clock.
const SLICE: u64 = 2_000;

pub(super) fn read(args: &Args, text: &str) -> Result<Posed, Refusal> {
    if args.format != Format::Dimacs {
        return Err(wrong_format("dimacs"));
    }
    let network = dimacs::read(text)?;
    Ok(Box::new(move |clock| solve(&network, clock)))
}

fn solve(network: &FlowNetwork, clock: &Clock) -> Result<Solved, Refusal> {
    let mut simplex = NetworkSimplex::new(network);
    loop {
        let progress = simplex.run(SLICE);
        let below = || bound(network, simplex.potentials());
        return Ok(match progress {
            Progress::More if !clock.late() => continue,
            Progress::Optimal => {
                // What is printed as optimal was confirmed without the solver.
                check(network, &simplex.flow(), Some(simplex.potentials()))?;
                found("Optimal", Some(simplex.objective()), below())
            }
            Progress::Infeasible => found("Infeasible", None, None),
            Progress::Unbounded => found("Unbounded", None, None),
            Progress::More if simplex.unmet().is_empty() => found("Feasible", Some(simplex.objective()), below()),
            Progress::More => found("Unknown", None, below()),
        });
    }
}

fn found(status: &'static str, objective: Option<i128>, bound: Option<i128>) -> Solved {
    let gap = objective.zip(bound).map(|(objective, bound)| {
        if objective == bound { 0.0 } else { (objective - bound) as f64 / objective.unsigned_abs().max(1) as f64 }
    });
    Solved { status, objective: objective.map(|v| v as f64), bound: bound.map(|v| v as f64), gap, open: None }
}
