//! `atlas`: the planning model on the command line.
//!
//! Results go to standard output, problems to standard error. Exit code 0: an answer; 2: the question cannot be answered as
//! asked, with the reason and what to do.

mod allocate;
mod catchment;
mod clusters;
mod compare;
mod evaluate;
mod footprint;
mod measure;
mod montecarlo;
mod norms;
mod reconcile;
mod region;
mod response;
mod route;
mod scenario;
mod site;
mod solve;
mod stream;
mod stress;

use atlas_core::model::Region;
use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// Loop Atlas: the planning map for metal recycling, on the command line.
#[derive(Parser)]
#[command(name = "atlas", version, arg_required_else_help = true)]
struct Cli {
    /// Folder with another region pack (first.pack and network.pack); without it the built-in one is used.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The main figures of the baseline or of a scenario, in all and by cluster.
    Evaluate(evaluate::Args),
    /// Whether the points and hubs keep the siting norms, where not, by how much, and what would mend it.
    Norms(norms::Args),
    /// Who is nearest to which facility, how far, who is covered and what would be lost if one closed.
    Catchment(catchment::Args),
    /// Who sends what where: scrap to hubs to smelters to users, at least cost, with prices and proof.
    Allocate(allocate::Args),
    /// Values of the tables that must balance (scrap, output, yields, capacity), made to agree; the tables stay as they are.
    Reconcile(reconcile::Args),
    /// Carbon and energy of a plan in the structure of ISO 14083, what it avoids, and how closed its loops are.
    Footprint(footprint::Args),
    /// Two to four scenarios side by side, or with --clusters the clusters under one plan.
    Compare(compare::Args),
    /// Every measure while a lever goes from one end to the other, as a CSV.
    Sweep(response::SweepArgs),
    /// What each lever does to a measure, the widest swing first.
    Tornado(response::AimArgs),
    /// The smallest change of a lever by which a measure reaches a target.
    Find(response::FindArgs),
    /// Many futures: where every measure lies, the odds of each plan, and which datum is worth finding out.
    Montecarlo(montecarlo::Args),
    /// What breaks a plan, ranked by harm; the detour around it; and which of several plans loses least.
    Stress(stress::Args),
    /// The way between two places.
    Route(route::Args),
    /// Where the next sites should go: the best plan there is, with its proof, the trade-off and the alternatives.
    Site(Box<site::Args>),
    /// A published problem from a file, to see that the solvers solve it.
    Solve(solve::Args),
}

/// A question that cannot be answered as asked: why, and what to do.
pub struct Refusal(pub String);

impl<E: std::fmt::Display> From<E> for Refusal {
    fn from(e: E) -> Self {
        Self(e.to_string())
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let of_region = |run: &dyn Fn(&Region) -> Result<String, Refusal>| run(&region::load(cli.data.as_deref())?);
    let answer = match &cli.command {
        Command::Evaluate(args) => of_region(&|r| evaluate::run(r, args)),
        Command::Montecarlo(args) => of_region(&|r| montecarlo::run(r, args)),
        Command::Norms(args) => of_region(&|r| norms::run(r, args)),
        Command::Catchment(args) => of_region(&|r| catchment::run(r, args)),
        Command::Allocate(args) => of_region(&|r| allocate::run(r, args)),
        Command::Reconcile(args) => of_region(&|r| reconcile::run(r, args)),
        Command::Footprint(args) => of_region(&|r| footprint::run(r, args)),
        Command::Compare(args) => of_region(&|r| compare::run(r, args)),
        Command::Sweep(args) => of_region(&|r| response::sweep(r, args)),
        Command::Tornado(args) => of_region(&|r| response::tornado(r, args)),
        Command::Find(args) => of_region(&|r| response::find(r, args)),
        Command::Stress(args) => of_region(&|r| stress::run(r, args)),
        Command::Route(args) => of_region(&|r| route::run(r, args)),
        Command::Site(args) => of_region(&|r| site::run(r, args)),
        Command::Solve(args) => solve::run(args),
    };
    match answer {
        Ok(text) => {
            use std::io::Write;
            // A closed pipe (`atlas … | head`) is the reader's choice, not a failure.
            let _ = writeln!(std::io::stdout(), "{text}");
            ExitCode::SUCCESS
        }
        Err(Refusal(why)) => {
            eprintln!("atlas: {why}");
            ExitCode::from(2)
        }
    }
}
