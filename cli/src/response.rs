//! `atlas sweep`, `atlas tornado` and `atlas find`: what levers do.
//!
//! Levers go by their names (`recovery_rate`, `policy.subsidy.Al.bohai`), measures by their keys (`collected_t`).
//!
//! `sweep` writes a CSV: `value`, then every measure by its key for all clusters and for each (`yrd.collected_t`); the ends are
//! included, so N steps are N + 1 rows. `tornado --json` prints `bars` (each lever at both ends of its range, the widest swing first; `stated`: the
//! table gives the range), `still` (levers that move nothing) and `unset`. `find --json` prints `outcome` (`reached`, `already`,
//! `unreachable`), `value`, the measure there, the value next to it that misses (`short_of`), `shape` and every step.
//!
//! Trials allocate by prefectures; `confirmed` has one number of the answer again by a full solve.

use crate::{Refusal, scenario};
use atlas_core::{
    format::response::{answer_json, sweep_sheet},
    levers,
    model::{Baseline, Cluster, Region},
    profile::{Measure, Normal},
    response::{Aim, Answer, Bench, FoundAnswer, Goal, Job, Outcome, Question, TornadoAnswer},
};
use clap::Args as ClapArgs;
use std::{
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
};

#[derive(ClapArgs)]
pub struct SweepArgs {
    /// A scenario file; without it the baseline is swept.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// The lever, by name.
    #[arg(long, value_name = "NAME")]
    lever: String,
    /// Where it begins, in the lever's unit.
    #[arg(long, value_name = "A", allow_negative_numbers = true)]
    from: f64,
    /// Where it ends.
    #[arg(long, value_name = "B", allow_negative_numbers = true)]
    to: f64,
    /// How many steps from one end to the other; both ends are measured.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    steps: i64,
    /// Allocate every step by points, not by prefectures.
    #[arg(long)]
    exact: bool,
    /// The CSV file to write; without it the table is printed.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct AimArgs {
    /// The measure, by its key.
    #[arg(long, value_name = "KEY")]
    measure: String,
    /// A cluster (yrd, prd, bohai); without it all three together.
    #[arg(long, value_name = "C")]
    cluster: Option<String>,
    /// A scenario file; without it the baseline.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(ClapArgs)]
pub struct FindArgs {
    #[command(flatten)]
    aim: AimArgs,
    /// The lever, by name.
    #[arg(long, value_name = "NAME")]
    lever: String,
    /// What the measure should be: at least this, or with --at-most at most.
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    target: f64,
    /// The target is not to be exceeded.
    #[arg(long)]
    at_most: bool,
    /// How exact the answer is, in the lever's unit; without it a thousandth of what is searched.
    #[arg(long, value_name = "T", allow_negative_numbers = true)]
    tolerance: Option<f64>,
    /// Search from here, not from the lever's low end.
    #[arg(long, value_name = "A", allow_negative_numbers = true)]
    from: Option<f64>,
    /// Search up to here, not to the lever's high end.
    #[arg(long, value_name = "B", allow_negative_numbers = true)]
    to: Option<f64>,
}

pub fn sweep(region: &Region, args: &SweepArgs) -> Result<String, Refusal> {
    let lever = known(&region.baseline, &args.lever)?;
    let steps = u32::try_from(args.steps).unwrap_or(0);
    let question = Question::Sweep { lever, from: args.from, to: args.to, steps, exact: args.exact };
    let job = begin(region, args.scenario.as_deref(), &question)?;
    // Before the work, so that nobody waits for a file that cannot be.
    let refused = |path: &PathBuf, e: std::io::Error| {
        Refusal(format!("cannot write {}: {e}; give a file in a folder that is there", path.display()))
    };
    let file = args.out.as_ref().map(|path| std::fs::File::create(path).map_err(|e| refused(path, e))).transpose()?;
    let Answer::Sweep(sweep) = job.finish(region, &mut Bench::default()) else { unreachable!("as asked") };
    let sheet = sweep_sheet(&sweep);
    // Read by programs, which take a byte order mark for a part of the first heading; keys are plain letters.
    let csv = sheet.csv();
    let csv = csv.trim_start_matches('\u{feff}');
    let (Some(path), Some(mut file)) = (&args.out, file) else { return Ok(csv.trim_end().to_owned()) };
    file.write_all(csv.as_bytes()).map_err(|e| refused(path, e))?;
    Ok(format!("{} rows, {} columns: {}", sheet.rows.len(), sheet.columns.len(), path.display()))
}

pub fn tornado(region: &Region, args: &AimArgs) -> Result<String, Refusal> {
    let aim = args.aim()?;
    let found = answer(region, args.scenario.as_deref(), &Question::Tornado { aim })?;
    if args.json {
        return Ok(answer_json(&found));
    }
    let Answer::Tornado(tornado) = found else { unreachable!("as asked") };
    Ok(bars(&tornado))
}

pub fn find(region: &Region, args: &FindArgs) -> Result<String, Refusal> {
    let aim = args.aim.aim()?;
    let lever = known(&region.baseline, &args.lever)?;
    let info = levers::find(&region.baseline, &lever)?;
    let within = (args.from.is_some() || args.to.is_some())
        .then(|| (args.from.unwrap_or(info.low), args.to.unwrap_or(info.high)));
    let goal = Goal { target: args.target, at_least: !args.at_most };
    let question = Question::Find { lever, aim, goal, within, tolerance: args.tolerance };
    let found = answer(region, args.aim.scenario.as_deref(), &question)?;
    if args.aim.json {
        return Ok(answer_json(&found));
    }
    let Answer::Find(found) = found else { unreachable!("as asked") };
    Ok(words(&found))
}

impl AimArgs {
    fn aim(&self) -> Result<Aim, Refusal> {
        let measure = measure(&self.measure)?;
        let cluster = match &self.cluster {
            None => None,
            Some(key) => Some(Cluster::ALL.into_iter().find(|c| c.key() == key).ok_or_else(|| {
                Refusal(format!("there is no cluster {key}; give yrd, prd or bohai, or none for all three"))
            })?),
        };
        Ok(Aim { measure, cluster, normal: Normal::Absolute })
    }
}

/// The measure of a key; else the nearest keys.
pub fn measure(key: &str) -> Result<Measure, Refusal> {
    let keys = || Measure::all().into_iter().map(Measure::key).collect::<Vec<_>>();
    Measure::from_key(key).ok_or_else(|| Refusal(format!("there is no measure {key}; {}", nearest(key, &keys()))))
}

fn answer(region: &Region, file: Option<&Path>, question: &Question) -> Result<Answer, Refusal> {
    Ok(begin(region, file, question)?.finish(region, &mut Bench::default()))
}

fn begin(region: &Region, file: Option<&Path>, question: &Question) -> Result<Job, Refusal> {
    let (document, problems) = scenario::open(&region.baseline, file)?;
    let job = Job::begin(region, &document, question)?;
    for problem in problems {
        eprintln!("atlas: {problem}");
    }
    Ok(job)
}

/// The name of a lever that is there; else the nearest names.
fn known(baseline: &Baseline, name: &str) -> Result<String, Refusal> {
    if levers::find(baseline, name).is_ok() {
        return Ok(name.to_owned());
    }
    let names: Vec<String> = levers::all(baseline).into_iter().map(|l| l.key).collect();
    Err(Refusal(format!("there is no lever {name}; {}", nearest(name, &names))))
}

/// How many names are offered.
const OFFERED: usize = 5;

pub fn nearest(word: &str, names: &[String]) -> String {
    let word = word.to_lowercase();
    let far = |name: &String| {
        let name = name.to_lowercase();
        let inside = !word.is_empty() && (name.contains(&word) || word.contains(&name));
        (!inside, -(strsim::jaro_winkler(&word, &name) * 1e6) as i64)
    };
    let mut names: Vec<&String> = names.iter().collect();
    names.sort_by_key(|n| far(n));
    let names: Vec<&str> = names.into_iter().take(OFFERED).map(String::as_str).collect();
    format!("the nearest names are {}", names.join(", "))
}

fn bars(tornado: &TornadoAnswer) -> String {
    let number = |v: Option<f64>| v.map_or_else(|| "-".into(), |v| format!("{v:.6e}"));
    let mut text = format!("{}: {} as the levers stand\n", tornado.aim.key(), number(tornado.base));
    let _ =
        writeln!(text, "{:<34}{:>12}{:>12}{:>16}{:>16}{:>16}", "lever", "low", "high", "at low", "at high", "swing");
    for b in &tornado.bars {
        let (low, high) = (number(b.at_low), number(b.at_high));
        let _ = writeln!(
            text,
            "{:<34}{:>12.4}{:>12.4}{low:>16}{high:>16}{:>16.6e}",
            b.lever, b.extent.low, b.extent.high, b.swing
        );
    }
    if !tornado.still.is_empty() {
        let _ = writeln!(text, "moves nothing: {}", tornado.still.join(", "));
    }
    if let Some(c) = tornado.confirmed {
        let _ = writeln!(text, "the widest bar's wider end by a full solve: {:.6e} (quick: {:.6e})", c.full, c.quick);
    }
    text.trim_end().to_owned()
}

fn words(f: &FoundAnswer) -> String {
    let mut text = match f.outcome {
        Outcome::Already { found } => format!("{} is {found} already where {} stands", f.aim.key(), f.lever),
        Outcome::Reached { value, found, short_of, .. } => format!(
            "{} = {value}: {} is {found}; at {short_of} it misses {} (tolerance {})",
            f.lever,
            f.aim.key(),
            f.goal.target,
            f.tolerance
        ),
        Outcome::Unreachable { best: Some((value, found)) } => {
            format!("unreachable: the nearest is {found}, at {} = {value}", f.lever)
        }
        Outcome::Unreachable { best: None } => format!("{} has no value anywhere in the range", f.aim.key()),
    };
    let _ =
        write!(text, "\n{} values tried; the response is {}", f.steps.len(), format!("{:?}", f.shape).to_lowercase());
    if let Some(c) = f.confirmed {
        let reached = if c.reached { "reaches the target" } else { "does not reach the target" };
        let _ = write!(text, "\nby a full solve it is {} and {reached} (quick: {})", c.numbers.full, c.numbers.quick);
    }
    text
}
