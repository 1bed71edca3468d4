//! `atlas solve`: a published problem from a file, without the map.
//!
//! `--json` prints `status` (`Optimal`, `Feasible`, `Infeasible`, `Unbounded`, or `Unknown` where time ran out before any
//! answer), `objective`, `bound` and `gap` (relative; each null where there is none), `seconds` (solving, without reading the
//! file) and, for location problems, `open`: the open sites, numbered from 1 as in the file. Numbers are in the file's units.

mod flow;
mod location;

use crate::Refusal;
use atlas_core::format::solved::Solved;
use clap::{Args as ClapArgs, ValueEnum};
use std::{
    cell::Cell,
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
    /// How many sites to open, where the file does not say or another number is wanted.
    #[arg(long, value_name = "K")]
    p: Option<usize>,
    /// What a site covers: the most distance.
    #[arg(long, value_name = "R")]
    radius: Option<f64>,
    /// Capacity of the sites for which the file leaves it open.
    #[arg(long, value_name = "C")]
    capacity: Option<f64>,
    /// Stop after so many seconds, with what is known by then.
    #[arg(long, value_name = "S")]
    seconds: Option<f64>,
    /// Stop after so many slices of work: unlike seconds, they end at the same answer everywhere.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    slices: Option<u64>,
    /// Starts the random choices of a search.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Problem {
    /// Minimum cost flow.
    MinCostFlow,
    /// Least sum of ways with p sites.
    PMedian,
    /// Least longest way with p sites.
    PCenter,
    /// Most demand within a radius of p sites.
    Mclp,
    /// Fewest sites that cover everything within a radius.
    Lscp,
    /// Least cost of sites and service, without capacities.
    Uflp,
    /// The same with capacities; a customer may have several sources.
    Cflp,
    /// The same where each customer has one source.
    Sscflp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// DIMACS .min.
    Dimacs,
    /// OR-Library pmed.
    OrlibPmed,
    /// OR-Library cap.
    OrlibCap,
    /// Holmberg, Rönnqvist and Yuan.
    Holmberg,
    /// Lorena's São José dos Campos.
    Sjc,
}

/// Since when, and how long.
struct Clock {
    start: Instant,
    limit: Option<Duration>,
    /// Slices that are left.
    slices: Cell<Option<u64>>,
}

impl Clock {
    /// Asked after every slice.
    fn late(&self) -> bool {
        let left = self.slices.get().map(|left| left.saturating_sub(1));
        self.slices.set(left);
        left == Some(0) || self.limit.is_some_and(|l| self.start.elapsed() >= l)
    }
}

pub fn run(args: &Args) -> Result<String, Refusal> {
    if args.seconds.is_some_and(|s| !(s.is_finite() && s > 0.0)) {
        return Err(Refusal("--seconds must be more than 0".into()));
    }
    if args.radius.is_some_and(|r| !(r.is_finite() && r >= 0.0)) {
        return Err(Refusal("--radius must be a distance of at least 0".into()));
    }
    let text = std::fs::read_to_string(&args.file)
        .map_err(|e| Refusal(format!("{}: {e}; give the path of a problem file", args.file.display())))?;
    let text = text.trim_start_matches('\u{feff}');
    // Problems of the file name it.
    let of_file = |e: Refusal| Refusal(format!("{}: {}", args.file.display(), e.0));
    let posed = match args.problem {
        Problem::MinCostFlow => flow::read(args, text).map_err(of_file)?,
        _ => location::read(args, text).map_err(of_file)?,
    };
    let clock = Clock {
        start: Instant::now(),
        limit: args.seconds.map(|s| Duration::try_from_secs_f64(s).unwrap_or(Duration::MAX)),
        slices: Cell::new(args.slices),
    };
    let solved = posed(&clock).map_err(of_file)?;
    let seconds = clock.start.elapsed().as_secs_f64();
    if args.json {
        return Ok(solved.json(seconds));
    }
    let Solved { status, objective, bound, gap, open } = solved;
    // Nothing is nothing, whatever its sign.
    let words = |value: Option<f64>| value.map_or_else(|| "none".into(), |v| (v + 0.0).to_string());
    let gap = gap.map_or_else(|| "unknown".into(), |g| format!("{g:.2e}"));
    let mut line =
        format!("{status}: objective {}, bound {}, gap {gap}, {seconds:.3} s", words(objective), words(bound));
    if let Some(open) = open {
        let sites: Vec<String> = open.iter().map(u32::to_string).collect();
        line += &format!("\n{} open: {}", open.len(), sites.join(" "));
    }
    Ok(line)
}

/// A problem that has been read, ready to be solved against the clock.
type Posed = Box<dyn FnOnce(&Clock) -> Result<Solved, Refusal>>;

/// The refusal of a pair of problem and format that do not belong together.
fn wrong_format(wanted: &str) -> Refusal {
    Refusal(format!("this problem is read from --format {wanted}"))
}
