//! Developer commands of Loop Atlas.
//!
//! `cargo xtask serve` needs nothing but Rust and Node: every command installs what it uses, at the versions of
//! [`versions`], into folders of the project that git ignores. The second run installs nothing.

mod commands;
mod error;
mod process;
mod project;
mod report;
mod tools;
mod versions;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::{bench, build, check, data, finish, serve, shots, test};
use crate::project::Project;

/// Developer commands of Loop Atlas.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page, serve it on this computer and rebuild on every change
    Serve(serve::Args),
    /// Write the static site to dist/
    Build,
    /// Run every test: format, data, lints, Rust tests, then journeys in a browser
    Test(test::Args),
    /// Measure, and print each figure beside its aim
    Bench(bench::Args),
    /// Rebuild the data packs in data/
    Data(data::Args),
    /// Data, format and lints, without tests
    Check(check::Args),
    /// Take screenshots of the built page into tests/browser/out/
    Shots(shots::Args),
    /// The last step of a build, which trunk asks for
    #[command(hide = true)]
    Finish,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = Project::locate().and_then(|project| match cli.command {
        Command::Serve(args) => serve::run(&project, &args),
        Command::Build => build::run(&project),
        Command::Test(args) => test::run(&project, &args),
        Command::Bench(args) => bench::run(&project, &args),
        Command::Data(args) => data::run(&project, &args),
        Command::Check(args) => check::run(&project, &args),
        Command::Shots(args) => shots::run(&project, &args),
        Command::Finish => finish::run(&project),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::failure(&error);
            ExitCode::FAILURE
        }
    }
}
