//! `atlas allocate`.
//!
//! `--json` prints
//!
//! - `status` (`Optimal`: proved within a relative gap of 1e-6; `Feasible`; `Infeasible`), `objective`, `bound`, `gap`, `seconds`;
//!   the objective is yuan a year (kg CO2e where least CO2 is asked for), without slack, which is minimised first;
//! - `size`: nodes, arcs and shared rows of the problem, pivots, rounds of column generation;
//! - `account`, and by cluster in `by_cluster`: yuan and kg CO2e a year by stage, tonne-kilometres by mode;
//! - `by_cluster`, `by_metal`, `by_province`: balances in tonnes of metal a year: what enters (`collected_t`, `corridor_t`,
//!   `imported_t`) equals `product_t` plus losses plus slack (`unreached_t`, `unallocated_t`);
//! - `cluster_matrix`: gross tonnes of scrap and tonnes of metal from cluster to cluster, by stream;
//! - `flows`: `leg`, `from`, `to`, `stream`, tonnes a year, `km` by mode, hours, yuan and kg CO2e a tonne carried;
//! - `prices`: what one more tonne of capacity of each hub and smelter, and of scrap at each place, would save: yuan, and tonnes
//!   of slack; `slack`: what is left over or unmet, and what is in the way;
//! - `inputs`: the parameters behind it with their origin; `diagnostics`: what was wrong with the scenario file.

use crate::{Refusal, scenario};
use atlas_core::{
    allocation::{Allocator, Answer, check::check},
    evaluate::Evaluator,
    format::{
        allocation::{allocation_json, worth_json},
        export,
    },
    model::{Cluster, Region, Stream},
};
use clap::Args as ClapArgs;
use std::{fmt::Write, path::PathBuf, time::Instant};

#[derive(ClapArgs)]
pub struct Args {
    /// A scenario file; without it the baseline is allocated.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Instead: what more capacity of this hub or smelter would be worth, as JSON.
    #[arg(long, value_name = "ID")]
    worth: Option<String>,
    /// Write all flows to a CSV file.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let (document, problems) = scenario::open(&region.baseline, args.scenario.as_deref())?;
    let (plan, scenario) = (document.plan(), document.scenario());
    let evaluation = Evaluator::default().evaluate(region, plan, scenario);
    let start = Instant::now();
    let mut allocator = Allocator::default();
    let answer = allocator.allocate(region, plan, scenario, &evaluation);
    let seconds = start.elapsed().as_secs_f64();
    // What is printed was confirmed without the solver.
    check(&answer)?;
    if let Some(id) = &args.worth {
        let worth = allocator.worth(id).ok_or_else(|| {
            Refusal(format!("{id} is no open hub or smelter with a capacity; give an id of prices.facilities"))
        })?;
        return Ok(worth_json(&worth));
    }
    if let Some(path) = &args.csv {
        let flows = export::flows(&answer, plan, &region.baseline, str::to_owned);
        std::fs::write(path, flows.csv()).map_err(|e| Refusal(format!("cannot write {}: {e}", path.display())))?;
    }
    if args.json {
        return Ok(allocation_json(&answer, &scenario.parameters(&region.baseline), seconds, &problems));
    }
    for problem in &problems {
        eprintln!("atlas: {problem}");
    }
    Ok(table(&answer, seconds))
}

fn table(answer: &Answer, seconds: f64) -> String {
    let mut text = format!(
        "{}: {:.4e}, bound {:.4e}, gap {:.1e}; {seconds:.2} s for {} nodes, {} arcs, {} shared limits ({} pivots, {} rounds)\n",
        answer.status.key(),
        answer.objective,
        answer.bound,
        answer.gap,
        answer.size.nodes,
        answer.size.arcs,
        answer.size.rows,
        answer.size.pivots,
        answer.size.rounds,
    );
    let _ = writeln!(
        text,
        "{:<8}{:>11}{:>11}{:>11}{:>11}{:>11}{:>11}{:>11}{:>11}{:>11}",
        "kt/y", "collected", "corridor", "imported", "left over", "losses", "made", "used", "exported", "unmet"
    );
    for s in Stream::ALL {
        let b = &answer.balance[s];
        let lost = b.sorting_loss_t + b.smelting_loss_t;
        let row = [
            b.collected_t,
            b.corridor_t,
            b.imported_t,
            b.unallocated_t,
            lost,
            b.product_t,
            b.used_t,
            b.exported_t,
            b.unmet_t,
        ];
        let _ = write!(text, "{:<8}", s.key());
        row.iter().for_each(|t| _ = write!(text, "{:>11.1}", t / 1000.0));
        text.push('\n');
    }
    let _ = writeln!(text, "\nScrap from (row) to (column), gross kt/y");
    for (row, from) in answer.scrap_matrix.iter().zip(Cluster::ALL.map(Cluster::key).into_iter().chain(["inflow"])) {
        let _ = write!(text, "{from:<8}");
        row.iter().for_each(|t| _ = write!(text, "{:>11.1}", t.total() / 1000.0));
        text.push('\n');
    }
    text.trim_end().to_owned()
}
