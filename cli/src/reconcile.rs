//! `atlas reconcile`: values of the tables that must balance, made to agree.
//!
//! `--json` prints
//!
//! - `values`: each with its `parameters`, `value` and `deviation` as the tables have them (`null`: nobody measured it), `balanced` and
//!   `balanced_deviation`, `shift` in deviations, `test` (the measurement test) and `verdict` (`agrees`, `suspect`, `unchecked`, `fixed`,
//!   `worked_out`, `open`);
//! - `balances`: both sides with the tables' values and by how much they are `off`, or the value that a balance `works_out`;
//! - `squares`, `redundant`, `critical`, `agrees`: the global test.

use crate::{Refusal, scenario};
use atlas_core::{
    format::reconcile::reconciled_json,
    model::Region,
    uncertainty::{Ledger, reconcile::Verdict},
};
use clap::Args as ClapArgs;
use std::{fmt::Write, path::PathBuf};

#[derive(ClapArgs)]
pub struct Args {
    /// A scenario file: parameters that it sets are taken as they are; without it the tables' values.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let (document, _) = scenario::open(&region.baseline, args.scenario.as_deref())?;
    let ledger = Ledger::new(&region.baseline, &document.scenario().parameters(&region.baseline));
    let found = ledger.reconciled()?;
    if args.json {
        return Ok(reconciled_json(&ledger, &found));
    }
    let mut text = String::from("balance             left       right     off by  (with the tables' values)\n");
    let stated: Vec<f64> = ledger.entries.iter().map(|e| e.quantity.value).collect();
    for (b, off) in ledger.balances.iter().zip(&found.off) {
        let (left, right) = Ledger::sides(b, &stated);
        let _ = match ledger.works_out(b) {
            None => writeln!(text, "{:<14} {left:>10.1}  {right:>10.1} {off:>10.1}", b.key),
            Some(row) => writeln!(text, "{:<14} works out {}", b.key, ledger.entries[row].quantity.key),
        };
    }
    text.push_str("\nvalue                    stated     balanced  unit    shifted by  verdict\n");
    for (e, a) in ledger.entries.iter().zip(&found.quantities) {
        let verdict = a.verdict(&e.quantity);
        let stated = e.quantity.deviation.map_or_else(|| "-".into(), |_| format!("{:.3}", e.quantity.value));
        let shift = if matches!(verdict, Verdict::Agrees | Verdict::Suspect) {
            format!("{:+.2} sd", a.shift)
        } else {
            "-".into()
        };
        let _ = writeln!(
            text,
            "{:<20} {stated:>10}  {:>11.3}  {:<6} {shift:>11}  {}",
            e.quantity.key,
            a.value,
            e.unit,
            verdict.key()
        );
    }
    let agreed = match found.agrees() {
        Some(true) => "the values agree as well as their confidence says",
        Some(false) => "the values disagree by more than their confidence explains",
        None => "nothing checks them",
    };
    let _ = write!(text, "\n{agreed}: squared shifts {:.1} of {} checks", found.squares, found.redundant);
    Ok(text)
}
