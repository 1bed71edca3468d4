//! `atlas compare`.
//!
//! `--json` prints
//!
//! - `reference`: row of the scenario that the others are compared with; `question`: what was asked about catchments; `rule`:
//!   how the most changed indicator is found;
//! - `scenarios`: each with `indicators` (all clusters together) and `by_cluster`, in the units of their keys; shares from 0 to 1;
//! - and, but for the reference, `changed`: the indicators that differ, the most changed first, `better` where a direction is;
//!   `facilities`: opened, closed, moved, resized; `flows`: scrap from prefectures to plants, before and after, gross tonnes a
//!   year; `coverage`: demand within the limit that was gained and lost.
//!
//! With `--clusters` it is the clusters that are compared, under one plan: see [`crate::clusters`].

use crate::{Refusal, scenario};
use atlas_core::{
    allocation::{Allocator, check::check},
    catchment::Question,
    comparison::{Differences, Indicator, Measured, Measuring, between},
    diagnostics::Diagnostic,
    evaluate::Evaluator,
    format::comparison::{Compared, comparison_json},
    model::{FacilityKind, Region},
};
use clap::Args as ClapArgs;
use std::{fmt::Write, path::PathBuf};

/// Stands for the plan without changes, in place of a file.
const BASELINE: &str = "baseline";
/// More are not told apart side by side.
const MOST: usize = 4;

#[derive(ClapArgs)]
pub struct Args {
    /// Two to four scenario files; the word `baseline` stands for the plan without changes.
    #[arg(required_unless_present = "clusters", conflicts_with = "clusters", num_args = 2..=MOST, value_name = "FILE")]
    scenarios: Vec<PathBuf>,
    #[command(flatten)]
    clusters: crate::clusters::Args,
    /// Which of them the others are compared with, counted from 1.
    #[arg(long, value_name = "N", default_value_t = 1)]
    reference: usize,
    /// Road kilometres within which somebody is covered.
    #[arg(long, value_name = "KM")]
    limit: Option<f64>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

fn question(limit: Option<f64>) -> Result<Question, Refusal> {
    let mut question = Question::usual(FacilityKind::CollectionPoint);
    if let Some(limit) = limit {
        if !(limit.is_finite() && limit > 0.0) {
            return Err(Refusal("the limit is no length; give kilometres above 0".into()));
        }
        question.limit = limit;
    }
    Ok(question)
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let question = question(args.limit)?;
    if args.clusters.clusters {
        return crate::clusters::run(region, &args.clusters, &question, args.json);
    }
    let count = args.scenarios.len();
    if !(1..=count).contains(&args.reference) {
        return Err(Refusal(format!("there is no scenario {}; give a number from 1 to {count}", args.reference)));
    }
    let (mut evaluator, mut allocator) = (Evaluator::default(), Allocator::default());
    let mut all: Vec<(String, Measured, Vec<Diagnostic>)> = Vec::new();
    for path in &args.scenarios {
        let file = Some(path.as_path()).filter(|p| p.as_os_str() != BASELINE);
        let (document, problems) = scenario::open(&region.baseline, file)?;
        let (plan, scenario) = (document.plan(), document.scenario());
        let begun = Measuring::begin(region, plan, scenario, &question, &mut evaluator, &mut allocator);
        let measured = begun.finish(region, &mut allocator);
        // What is printed was confirmed without the solver.
        check(&measured.allocation)?;
        let name = if scenario.name.is_empty() { path.display().to_string() } else { scenario.name.clone() };
        all.push((name, measured, problems));
    }
    let reference = args.reference - 1;
    let differences: Vec<Option<Differences>> = (0..count)
        .map(|i| (i != reference).then(|| between(region, &all[reference].1, &all[i].1, |_, _| {})))
        .collect();
    if args.json {
        let rows: Vec<Compared> = all
            .iter()
            .zip(&differences)
            .map(|((name, measured, problems), differences)| Compared {
                name,
                measured,
                differences: differences.as_ref(),
                problems,
            })
            .collect();
        return Ok(comparison_json(&rows, reference));
    }
    for problem in all.iter().flat_map(|a| &a.2) {
        eprintln!("atlas: {problem}");
    }
    Ok(table(&all, reference))
}

fn table(all: &[(String, Measured, Vec<Diagnostic>)], reference: usize) -> String {
    let mut text = format!("{:<26}", "");
    for (i, (name, ..)) in all.iter().enumerate() {
        let mark = if i == reference { "*" } else { "" };
        let short: String = name.chars().take(20).collect();
        let _ = write!(text, "{:>32}", format!("{short}{mark}"));
    }
    text.push('\n');
    for indicator in Indicator::ALL {
        let _ = write!(text, "{:<26}", indicator.key());
        let base = indicator.value(&all[reference].1.outcome, None);
        for (i, (_, measured, _)) in all.iter().enumerate() {
            let value = indicator.value(&measured.outcome, None);
            let mut cell = value.map_or_else(|| "-".into(), |v| format!("{v:.4}"));
            if let (Some(v), Some(b)) = (value, base)
                && i != reference
            {
                let _ = write!(cell, " ({:+.4})", v - b);
            }
            let _ = write!(text, "{cell:>32}");
        }
        text.push('\n');
    }
    text.push_str("* compared with");
    text
}
