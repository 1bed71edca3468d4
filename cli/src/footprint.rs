//! `atlas footprint`.
//!
//! `--json` prints
//!
//! - `family` of transport factors, `transport_boundary`, `primary_boundary`, and in `not_covered` what no table states and the account
//!   therefore leaves out;
//! - `total`, `by_cluster`, `by_metal`, `by_prefecture`: kg CO2e a year of collection rounds, hauls, delivery, transfers, sorting,
//!   smelting (fuel and electricity), `avoided_kg` and `net_kg`; kWh and kg of coal equivalent; a tonne of product in `..._per_t`;
//! - `elements`: the transport chain elements of ISO 14083 with activity, intensity and its parameter;
//! - `processing` by metal and province, `primary`: what primary metal emits in the boundary; `lanes` from province to province:
//!   smelting and what it avoids stand at the flow into the smelter;
//! - `loops`: by cluster and metal where scrap ends (stages add up to what arises), the loop rate, what demand is met by, and the
//!   matrices from cluster to cluster;
//! - `inputs`: the parameters behind it with their origin; `diagnostics`: what was wrong with the scenario file.

use crate::{Refusal, scenario};
use atlas_core::{
    account::EmissionFamily,
    allocation::{Allocator, check::check},
    circularity::{Loops, loops},
    evaluate::{Evaluator, rounds},
    footprint::{Boundary, Choice, Footprint, Given, Sums, flow_carbon, footprint},
    format::{export, footprint::footprint_json},
    model::{Cluster, Region, Stream},
};
use clap::{Args as ClapArgs, ValueEnum};
use std::{fmt::Write, path::PathBuf};

#[derive(ClapArgs)]
pub struct Args {
    /// A scenario file; without it the baseline is accounted.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// The family of transport factors; without it the scenario's.
    #[arg(long)]
    family: Option<FamilyArg>,
    /// Which end of the table's range stands for primary metal.
    #[arg(long, default_value = "working")]
    boundary: BoundaryArg,
    /// Write every flow with what it gives off and avoids to a CSV file.
    #[arg(long, value_name = "FILE")]
    flows: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FamilyArg {
    Glec,
    Gbt,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BoundaryArg {
    Working,
    Narrow,
    Wide,
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let (document, problems) = scenario::open(&region.baseline, args.scenario.as_deref())?;
    let (plan, scenario) = (document.plan(), document.scenario());
    let parameters = scenario.parameters(&region.baseline);
    let choice = Choice {
        family: match args.family {
            Some(FamilyArg::Glec) => EmissionFamily::Glec,
            Some(FamilyArg::Gbt) => EmissionFamily::Gbt51366,
            None => EmissionFamily::of(&parameters),
        },
        boundary: match args.boundary {
            BoundaryArg::Working => Boundary::Working,
            BoundaryArg::Narrow => Boundary::Narrow,
            BoundaryArg::Wide => Boundary::Wide,
        },
    };
    let mut evaluator = Evaluator::default();
    let evaluation = evaluator.evaluate(region, plan, scenario);
    let rounds = rounds(region, plan, scenario, evaluator.owners());
    let answer = Allocator::default().allocate(region, plan, scenario, &evaluation);
    // What is printed was confirmed without the solver.
    check(&answer)?;
    let given = Given { baseline: &region.baseline, scenario, plan, rounds: &rounds, answer: &answer };
    let account = footprint(given, choice);
    let closed = loops(&evaluation, &rounds, &answer);
    if let Some(path) = &args.flows {
        let sheet = export::carbon_flows(&answer, &flow_carbon(given, choice));
        std::fs::write(path, sheet.csv()).map_err(|e| Refusal(format!("cannot write {}: {e}", path.display())))?;
    }
    if args.json {
        return Ok(footprint_json(&account, &closed, &parameters, &problems));
    }
    for problem in &problems {
        eprintln!("atlas: {problem}");
    }
    Ok(table(&account, &closed))
}

fn table(of: &Footprint, loops: &Loops) -> String {
    let (family, boundary) = (of.choice.family.key(), of.choice.boundary.key());
    let mut text = format!("Transport factors: {family}, well to wheel; primary metal: {boundary} boundary\n");
    let _ = writeln!(
        text,
        "{:<8}{:>12}{:>12}{:>12}{:>12}{:>12}{:>12}{:>14}",
        "kt CO2e", "rounds", "hauls", "transfers", "smelting", "avoided", "net", "transport/av."
    );
    let mut row = |name: &str, s: &Sums| {
        let _ = write!(text, "{name:<8}");
        let hauls = s.scrap_kg + s.delivery_kg;
        for kg in [s.rounds_kg, hauls, s.transfers_kg, s.smelting_kg(), s.avoided_kg, s.net_kg()] {
            let _ = write!(text, "{:>12.1}", kg / 1e6);
        }
        let share = s.transport_share().map_or_else(|| "-".into(), |x| format!("{:.3} %", 100.0 * x));
        let _ = writeln!(text, "{share:>14}");
    };
    row("all", &of.total);
    Cluster::ALL.into_iter().for_each(|c| row(c.key(), &of.by_cluster[c]));
    Stream::ALL.into_iter().for_each(|s| row(s.key(), &of.by_stream[s]));
    for what in of.not_covered() {
        let _ = writeln!(text, "not covered: {}", what.code());
    }
    let _ = write!(text, "\n{:<8}", "loop %");
    Stream::ALL.into_iter().for_each(|s| _ = write!(text, "{:>10}", s.key()));
    let _ = writeln!(text, "{:>10}", "all");
    for c in Cluster::ALL {
        let _ = write!(text, "{:<8}", c.key());
        let (all, _) = loops.of_cluster(c);
        for rate in Stream::ALL.map(|s| loops.paths[c][s].rate()).into_iter().chain([all.rate()]) {
            let _ = write!(text, "{:>10}", rate.map_or_else(|| "-".into(), |x| format!("{:.1}", 100.0 * x)));
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}
