//! `atlas montecarlo`: many futures, and what they say of plans.
//!
//! `--json` prints `runs`, `seed`, `drawn` (each parameter that was drawn, with `low`, `mode`, `high`; `stated`: the table gives both
//! ends), `chance` (a share of the variance below which `value_of_data` says nothing) and `plans`: the baseline first, then each
//! scenario. A plan has
//!
//! - `bands`: by measure (`cost_yuan`, of a cluster `yrd.cost_yuan`) `mean`, `error` (its standard error), `p5` to `p95`, `dots` (twenty
//!   values that stand for a twentieth of the runs each), `runs` that gave a value, `quick` and `full` (at the table's values, by
//!   prefectures and by points) and `off`, the worst relative error of the one against the other;
//! - `odds`: by each plan before it and measure, in how many runs it is `below`, with the `share` and its 95 % interval;
//! - `regret`: how much worse than the best of the plans it is, on the `mean`, at `most`, and its own number in its `worst` run;
//! - `value_of_data`: by measure the parameters whose uncertainty moves it most (`first_order`: the first-order Sobol index, by
//!   correlation ratios), and what they explain together.
//!
//! The same seed prints the same bytes but for `seconds`, with however many threads.

use crate::{Refusal, scenario};
use atlas_core::{
    format::futures::outlook_json,
    model::Region,
    profile::Measure,
    response::{Aim, Bench},
    scenario::Document,
    uncertainty::{MonteCarlo, Outlook, Progress, Sample, every_aim},
};
use clap::Args as ClapArgs;
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Instant,
};

#[derive(ClapArgs)]
pub struct Args {
    /// How many runs.
    #[arg(long, value_name = "N", default_value_t = 200, allow_negative_numbers = true)]
    runs: i64,
    /// Seed of the draws: the same gives the same futures.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// A scenario file; more than one may be given. The baseline is always there, and comes first.
    #[arg(long, value_name = "FILE")]
    scenario: Vec<PathBuf>,
    /// Only this measure, by its key, of all clusters and of each; more than one may be given.
    #[arg(long, value_name = "KEY")]
    measure: Vec<String>,
    /// So many of the runs are also solved in full: it takes some seconds each.
    #[arg(long, value_name = "N", default_value_t = 0)]
    full: u64,
    /// So many threads; without it one a core.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    threads: Option<i64>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(region: &Region, args: &Args) -> Result<String, Refusal> {
    let start = Instant::now();
    let baseline = &region.baseline;
    // What is below 0 is no number of runs: the refusal says so.
    let runs = u64::try_from(args.runs).unwrap_or(0);
    let threads = match args.threads {
        None => thread::available_parallelism().map_or(1, |n| n.get() as u64),
        Some(n) if n >= 1 => n as u64,
        Some(n) => {
            return Err(Refusal(format!("{n} threads make no runs; give a number from 1, or none for one a core")));
        }
    };
    let aims = aims(&args.measure)?;
    let mut names = vec!["baseline".to_owned()];
    let mut plans = vec![Document::new(baseline)];
    let mut problems = Vec::new();
    for path in &args.scenario {
        let (document, found) = scenario::open(baseline, Some(path))?;
        problems.extend(found.iter().map(ToString::to_string));
        let own = &document.scenario().name;
        names.push(unique(if own.is_empty() { path.display().to_string() } else { own.clone() }, &names));
        plans.push(document);
    }
    let outlook = outlook(region, &plans, &aims, args, runs, threads)?;
    if args.json {
        return Ok(outlook_json(&outlook, &names, &problems, start.elapsed().as_secs_f64()));
    }
    for problem in problems {
        eprintln!("atlas: {problem}");
    }
    Ok(words(&outlook, &names, &args.measure, start.elapsed().as_secs_f64()))
}

/// Every measure, or those that are named.
fn aims(keys: &[String]) -> Result<Vec<Aim>, Refusal> {
    if keys.is_empty() {
        return Ok(every_aim());
    }
    let wanted: BTreeSet<Measure> = keys.iter().map(|k| crate::response::measure(k)).collect::<Result<_, Refusal>>()?;
    Ok(every_aim().into_iter().filter(|a| wanted.contains(&a.measure)).collect())
}

fn unique(name: String, known: &[String]) -> String {
    let mut all = (2..).map(|n| format!("{name} ({n})"));
    if known.contains(&name) { all.find(|n| !known.contains(n)).unwrap_or(name) } else { name }
}

/// Threads share the runs; the first also solves the plans in full.
fn outlook(
    region: &Region,
    plans: &[Document],
    aims: &[Aim],
    args: &Args,
    runs: u64,
    threads: u64,
) -> Result<Outlook, Refusal> {
    let baseline = &region.baseline;
    let mut first = MonteCarlo::new(baseline, plans.to_vec(), aims.to_vec(), args.seed, 0..runs, true)?;
    first.check(args.full);
    let helpers = threads.min(runs).saturating_sub(1);
    if helpers == 0 {
        return Ok(first.finish(region, &mut Bench::default()));
    }
    // The first makes those that are to be solved in full, too.
    let next = AtomicU64::new(args.full.min(runs));
    let parts: Mutex<Vec<Sample>> = Mutex::default();
    let share = |runs_of: &mut MonteCarlo, bench: &mut Bench| {
        loop {
            while runs_of.step(region, bench) != Progress::Done {}
            let run = next.fetch_add(1, Ordering::Relaxed);
            if run >= runs {
                break;
            }
            runs_of.more(run..run + 1);
        }
    };
    first.more(0..args.full.min(runs));
    thread::scope(|scope| {
        for _ in 0..helpers {
            scope.spawn(|| {
                // Refused above, where it is refused at all.
                let Ok(mut own) = MonteCarlo::helper(baseline, plans.to_vec(), aims.to_vec(), args.seed) else {
                    return;
                };
                share(&mut own, &mut Bench::default());
                if let Ok(mut parts) = parts.lock() {
                    parts.push(own.take());
                }
            });
        }
        share(&mut first, &mut Bench::default());
    });
    for part in parts.into_inner().unwrap_or_default() {
        first.join(&part);
    }
    Ok(first.outlook())
}

/// What is told without `--json` where no measure is named.
const MAIN: [Measure; 5] =
    [Measure::Cost, Measure::Emitted, Measure::Collected(None), Measure::Made(None), Measure::CoveredPeople];
/// So many parameters are told of each.
const TOLD: usize = 3;

fn words(outlook: &Outlook, names: &[String], keys: &[String], seconds: f64) -> String {
    let stated = outlook.drawn.iter().filter(|(_, s)| s.stated).count();
    let mut text = format!(
        "{} runs, seed {}, {seconds:.1} s; {} parameters drawn, {stated} between the ends of their table, the others by the default range\n",
        outlook.runs,
        outlook.seed,
        outlook.drawn.len()
    );
    let told = |aim: &Aim| aim.cluster.is_none() && (!keys.is_empty() || MAIN.contains(&aim.measure));
    for (a, aim) in outlook.aims.iter().enumerate().filter(|(_, aim)| told(aim)) {
        let _ = writeln!(text, "\n{} ({})", aim.key(), aim.measure.unit().symbol());
        for (p, (plan, name)) in outlook.plans.iter().zip(names).enumerate() {
            let Some(band) = &plan.bands[a] else {
                let why: Vec<String> =
                    plan.lacking[a].iter().map(|(why, n)| format!("{} in {n} runs", why.code())).collect();
                let _ = writeln!(text, "  {name}: no value ({})", why.join(", "));
                continue;
            };
            let [low, .., high] = band.quantiles;
            let _ = writeln!(
                text,
                "  {name}: between {low:.4e} and {high:.4e} in nine of ten futures, mean {:.4e} (+- {:.1e})",
                band.mean, band.error
            );
            if let (Some(c), Some(off)) = (plan.central[a], plan.off[a]) {
                let _ = writeln!(
                    text,
                    "    at the table's values {:.4e}, in full {:.4e}; off by {:.3} % at most in {} full solves",
                    c.quick,
                    c.full,
                    100.0 * off,
                    plan.full_solves
                );
            }
            let shares = plan.shares[a].iter().filter(|s| s.first_order > outlook.chance).take(TOLD);
            let shares: Vec<String> = shares
                .map(|s| format!("{} ({:.0} %)", outlook.drawn[s.parameter as usize].0, 100.0 * s.first_order))
                .collect();
            if !shares.is_empty() {
                let _ = writeln!(text, "    what matters most: {}", shares.join(", "));
            }
            for pair in outlook.pairs.iter().filter(|pair| pair.plan as usize == p) {
                if let Some(odds) = &pair.below[a] {
                    let _ = writeln!(
                        text,
                        "    below {} in {} of {} futures, alike in {}",
                        names[pair.other as usize], odds.below, odds.runs, odds.alike
                    );
                }
            }
        }
    }
    for (plan, name) in outlook.plans.iter().zip(names).filter(|(p, _)| p.infeasible > 0) {
        let _ = writeln!(
            text,
            "\n{name}: in {} futures a contract or cap cannot be kept; loosen it, or read its numbers as those of the nearest plan",
            plan.infeasible
        );
    }
    text.trim_end().to_owned()
}
