//! `atlas stress`: what breaks a plan.
//!
//! Each open hub and smelter stands still in turn, then what strikes all of the plan happens (a metal's imports cut, demand as the
//! sector report claims, dear freight, a cheap metal, little collected), then each port and rail hub. `--json` prints
//!
//! - `base` (the plan as it is, by prefectures: `unallocated_t`, `unmet_t`, `yuan`, `kg_co2e`, `value_yuan`, `made_t` a year),
//!   `base_full` (the same by points), `seconds`;
//! - `shocks`, the worst first, each with `shock`, `kind`, `name`, `rank`, the same six as differences to `base`, `idle` (nothing
//!   uses what is struck), `handled_t`, `instead` (who takes over) and `full` (the six again by points, for the worst);
//! - `refused` (shocks that the plan cannot suffer), `detours`, `regret`, `problems`.

use crate::{Refusal, response::nearest, scenario};
use atlas_core::{
    format::stress::{StressReport, case_key, stress_json},
    model::Region,
    profile::Measure,
    response::{Aim, Bench},
    scenario::Document,
    uncertainty::{CONFIRMED, Detour, Detours, PayoffJob, Payoffs, Shock, ShockKind, Stress, general, shocks},
};
use clap::Args as ClapArgs;
use std::{fmt::Write as _, path::PathBuf, time::Instant};

#[derive(ClapArgs)]
pub struct Args {
    /// A scenario file; without it the baseline.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Only these kinds of shock, with commas between: smelter, hub, port, rail_hub, imports, demand, freight, price, recovery.
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    only: Vec<String>,
    /// Only these shocks, with commas between: a facility's id, or a key as in `shocks`.
    #[arg(long, value_name = "SHOCKS", value_delimiter = ',', conflicts_with = "only")]
    shock: Vec<String>,
    /// So many of the worst are solved again by points.
    #[arg(long, value_name = "N", default_value_t = CONFIRMED)]
    confirm: usize,
    /// The detour around these shocks, with commas between: what is carried no more, what instead, and what is left.
    #[arg(long, value_name = "SHOCKS", value_delimiter = ',')]
    detour: Vec<String>,
    /// Other plans, as scenario files: which of them and of --scenario loses least across what may happen.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    plans: Vec<PathBuf>,
    /// What plans are compared by: a measure of which less or more is better.
    #[arg(long, value_name = "KEY", default_value = "made_t")]
    measure: String,
    /// So many of the worst single facilities are among what may happen to the plans.
    #[arg(long, value_name = "N", default_value_t = 5)]
    worst: usize,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let clock = Instant::now();
    let (document, mut problems) = scenario::open(&region.baseline, args.scenario.as_deref())?;
    let wanted = wanted(region, &document, args)?;
    let around = args.detour.iter().map(|key| known(region, &document, key)).collect::<Result<Vec<_>, _>>()?;
    let aim = measure(&args.measure)?;
    let mut plans = vec![document.clone()];
    for file in &args.plans {
        let (plan, found) = scenario::open(&region.baseline, Some(file))?;
        plans.push(plan);
        problems.extend(found);
    }
    let mut bench = Bench::default();
    let ranking = Stress::new(&region.baseline, &document, wanted, args.confirm).finish(region, &mut bench);
    let mut solver = Detours::default();
    let detours: Vec<Detour> = around
        .into_iter()
        .filter_map(|shock| {
            solver.begin(region, &document, shock);
            solver.finish(region, &mut bench)
        })
        .collect();
    let names: Vec<String> = std::iter::once(args.scenario.as_ref())
        .chain(args.plans.iter().map(Some))
        .map(|file| file.map_or_else(|| "baseline".into(), |f| f.display().to_string()))
        .collect();
    let payoffs = (plans.len() > 1).then(|| {
        let single = ranking.shocks.iter().filter(|s| matches!(s.shock, Shock::Out(_)) && !s.idle);
        let mut cases = general(&region.baseline);
        cases.extend(single.take(args.worst).map(|s| s.shock.clone()));
        PayoffJob::new(plans, &cases, vec![aim]).finish(region, &mut bench)
    });
    let report = StressReport {
        document: &document,
        ranking: &ranking,
        detours: &detours,
        payoffs: payoffs.as_ref().map(|p| (p, names.as_slice(), aim)),
        seconds: clock.elapsed().as_secs_f64(),
        problems: &problems,
    };
    if args.json {
        return Ok(stress_json(&report));
    }
    for problem in &problems {
        eprintln!("atlas: {problem}");
    }
    let mut text = ranked(&report);
    detours.iter().for_each(|d| text += &around_words(d));
    if let Some(payoffs) = &payoffs {
        text += &lost_least(payoffs, &names, aim)?;
    }
    Ok(text.trim_end().to_owned())
}

/// The shocks that are asked for.
fn wanted(region: &Region, document: &Document, args: &Args) -> Result<Vec<Shock>, Refusal> {
    if !args.shock.is_empty() {
        return args.shock.iter().map(|key| known(region, document, key)).collect();
    }
    let mut kinds = Vec::new();
    for key in &args.only {
        let all = ShockKind::ALL;
        kinds.push(all.into_iter().find(|k| k.key() == key).ok_or_else(|| {
            let keys: Vec<&str> = all.iter().map(|k| k.key()).collect();
            Refusal(format!("there is no kind of shock {key}; give one of {}", keys.join(", ")))
        })?);
    }
    let chosen = |s: &Shock| kinds.is_empty() || s.kind(document).is_some_and(|k| kinds.contains(&k));
    Ok(shocks(&region.baseline, document).into_iter().filter(chosen).collect())
}

/// A shock that the plan can suffer.
fn known(region: &Region, document: &Document, key: &str) -> Result<Shock, Refusal> {
    let is_there = |s: &Shock| matches!(s, Shock::Out(_)) || general(&region.baseline).contains(s);
    let shock = Shock::from_key(key).filter(|s| s.kind(document).is_some() && is_there(s));
    let Some(shock) = shock else {
        let names: Vec<String> = shocks(&region.baseline, document).iter().map(Shock::key).collect();
        return Err(Refusal(format!("there is no shock {key}; {}", nearest(key, &names))));
    };
    if shock.strike(&region.baseline, document).is_none() {
        return Err(Refusal(format!("{key} is closed in this plan already, so it cannot stand still; give another")));
    }
    Ok(shock)
}

fn measure(key: &str) -> Result<Aim, Refusal> {
    let good = |m: &Measure| m.less_is_better().is_some();
    let keys = || Measure::all().into_iter().filter(good).map(Measure::key).collect::<Vec<_>>();
    let found = Measure::from_key(key)
        .ok_or_else(|| Refusal(format!("there is no measure {key}; {}", nearest(key, &keys()))))?;
    if !good(&found) {
        let why = "neither less nor more of it is better, so no plan can lose by it";
        return Err(Refusal(format!("{key}: {why}; {}", nearest(key, &keys()))));
    }
    Ok(Aim::of(found, None))
}

fn ranked(of: &StressReport) -> String {
    let base = &of.ranking.base;
    let mut text = format!(
        "as it is: {:.0} t of scrap left over, {:.0} t of demand unmet, {:.4e} yuan, {:.4e} kg CO2e a year ({:.1} s)\n",
        base.unallocated_t, base.unmet_t, base.yuan, base.kg_co2e, of.seconds
    );
    let _ = writeln!(
        text,
        "{:>4} {:<20}{:<10}{:>12}{:>12}{:>14}{:>14}{:>14}  name",
        "rank", "shock", "kind", "left t", "unmet t", "yuan", "kg CO2e", "in full t"
    );
    for (i, s) in of.ranking.shocks.iter().enumerate() {
        let h = &s.harm;
        let full = s.full.map_or_else(String::new, |f| format!("{:.0}", f.unallocated_t + f.unmet_t));
        let name = match &s.shock {
            Shock::Out(id) => of.document.plan().get(id).map_or("", |p| p.facility.name.en.as_str()),
            _ => "",
        };
        let _ = writeln!(
            text,
            "{:>4} {:<20}{:<10}{:>12.0}{:>12.0}{:>14.3e}{:>14.3e}{full:>14}  {name}{}",
            i + 1,
            s.shock.key(),
            s.shock.kind(of.document).map_or("", ShockKind::key),
            h.unallocated_t,
            h.unmet_t,
            h.yuan,
            h.kg_co2e,
            if s.idle { " (unused: no harm)" } else { "" }
        );
    }
    if !of.ranking.refused.is_empty() {
        let keys: Vec<String> = of.ranking.refused.iter().map(Shock::key).collect();
        let _ = writeln!(text, "cannot happen to this plan: {}", keys.join(", "));
    }
    text
}

/// So many flows of a detour are printed, each way.
const TOLD: usize = 12;

fn around_words(d: &Detour) -> String {
    let h = &d.harm;
    let mut text = format!(
        "\naround {} in full: {:.0} t left over, {:.0} t unmet, {:+.4e} yuan, {:+.4e} kg CO2e\n",
        d.shock.key(),
        h.unallocated_t,
        h.unmet_t,
        h.yuan,
        h.kg_co2e
    );
    for (word, list) in [("no more", &d.lost), ("instead", &d.gained)] {
        for t in list.iter().take(TOLD) {
            let key = |row: u32| &d.stops[row as usize].key;
            let _ = writeln!(
                text,
                "  {word:<8} {:>10.0} t {:<3} {:<18} -> {:<18} {:>6.0} km by {}",
                t.gross_t,
                t.stream.key(),
                key(t.from),
                key(t.to),
                t.km,
                t.mode.key()
            );
        }
        if list.len() > TOLD {
            let _ = writeln!(text, "  and {} more ({word}); --json tells all", list.len() - TOLD);
        }
    }
    text
}

fn lost_least(payoffs: &Payoffs, names: &[String], aim: Aim) -> Result<String, Refusal> {
    let Some(found) = payoffs.regret(&aim) else {
        return Err(Refusal(format!("{}: neither less nor more of it is better", aim.key())));
    };
    let mut text = format!("\nregret by {} (how much worse than the best plan of the case)\n", aim.key());
    for (p, name) in names.iter().enumerate() {
        let _ = writeln!(text, "  {} {name}", p + 1);
    }
    for (c, case) in payoffs.cases.iter().enumerate() {
        let _ = write!(text, "  {:<20}", case_key(case.as_ref()));
        for (p, row) in found.regret.iter().enumerate() {
            let mark = if found.best[c].contains(&(p as u32)) { "*" } else { " " };
            let value = row[c].map_or_else(|| "-".into(), |v| format!("{v:.3e}"));
            let _ = write!(text, "{value:>14}{mark}");
        }
        text.push('\n');
    }
    let _ = write!(text, "  {:<20}", "at most");
    for p in &found.plans {
        let _ = write!(text, "{:>14} ", p.most.map_or_else(|| "-".into(), |m| format!("{:.3e}", m.0)));
    }
    let of = |rows: &[u32]| rows.iter().map(|r| names[*r as usize].as_str()).collect::<Vec<_>>().join(" and ");
    let _ = write!(text, "\n  loses least: {}; safest by the worst case: {}", of(&found.least), of(&found.safest));
    if !found.unknown.is_empty() {
        let _ = write!(text, "; without a number in some case: {}", of(&found.unknown));
    }
    Ok(text)
}
