//! `atlas evaluate`.

use crate::{Refusal, scenario};
use atlas_core::{
    evaluate::{Evaluator, Figures},
    format::report,
    model::{Cluster, Region},
};
use clap::Args as ClapArgs;
use std::{fmt::Write, path::PathBuf};

#[derive(ClapArgs)]
pub struct Args {
    /// A scenario file; without it the baseline is evaluated.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let (document, problems) = scenario::open(&region.baseline, args.scenario.as_deref())?;
    let evaluation = Evaluator::default().evaluate(region, document.plan(), document.scenario());
    if args.json {
        return Ok(report::evaluation_json(&region.baseline, document.scenario(), &evaluation, &problems));
    }
    for problem in &problems {
        eprintln!("atlas: {problem}");
    }
    let mut text = format!(
        "{:<12}{:>12}{:>12}{:>12}{:>12}{:>12}{:>14}\n",
        "", "collected", "mean haul", "95 % haul", "cost", "CO2e", "people"
    );
    let _ = writeln!(
        text,
        "{:<12}{:>12}{:>12}{:>12}{:>12}{:>12}{:>14}",
        "", "kt/y", "km", "km", "yuan/t", "kg/t", "in 10 km, %"
    );
    for (name, f) in
        [("all", &evaluation.total)].into_iter().chain(Cluster::ALL.map(|c| (c.key(), &evaluation.by_cluster[c])))
    {
        let _ = writeln!(text, "{}", row(name, f));
    }
    Ok(text.trim_end().to_owned())
}

fn row(name: &str, f: &Figures) -> String {
    let value = |v: Option<f64>| v.map_or_else(|| "-".into(), |v| format!("{v:.1}"));
    format!(
        "{name:<12}{:>12.0}{:>12}{:>12}{:>12}{:>12}{:>14}",
        f.collected_t.total() / 1000.0,
        value(f.mean_haul_km),
        value(f.p95_haul_km),
        value(f.transport_yuan_per_t),
        value(f.transport_kg_co2e_per_t),
        value((f.people > 0.0).then(|| 100.0 * f.people_within[1] / f.people)),
    )
}
