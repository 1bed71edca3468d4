//! `cargo xtask check`: data, format and lints; what can be told without running anything.

use crate::error::Result;
use crate::process::Run;
use crate::project::Project;
use crate::{report, tools, versions};

/// Options of `check`.
#[derive(clap::Args)]
pub struct Args {
    /// Only the data
    #[arg(long)]
    data: bool,
    /// List every row of the data that is told about, not the first of each kind
    #[arg(long)]
    all: bool,
}

/// Checks data, format and lints.
pub fn run(project: &Project, args: &Args) -> Result<()> {
    data(project, args.all)?;
    if args.data {
        return Ok(());
    }
    format(project)?;
    lints(project)?;
    page_lints(project)
}

/// Whether the tables of `data/` hold together; what they leave open is told on the way.
pub fn data(project: &Project, all: bool) -> Result<()> {
    report::timed("Checking the data", || {
        Run::cargo(project, "Checking the data")
            .args(["run", "--quiet", "--profile", versions::TEST_PROFILE, "--package", "atlas-data", "--", "check"])
            .args(all.then_some("--all"))
            .remedy("Correct the rows named above in data/tables.")
            .run()
    })
}

/// Whether every Rust file stands as rustfmt writes it.
pub fn format(project: &Project) -> Result<()> {
    tools::components()?;
    report::timed("Checking the format", || {
        Run::cargo(project, "Checking the format")
            .args(["fmt", "--all", "--check"])
            .remedy("Run `cargo fmt --all`.")
            .run()
    })
}

/// Lints of what runs on this computer.
pub fn lints(project: &Project) -> Result<()> {
    tools::components()?;
    report::timed("Checking the lints", || {
        clippy(project, &["--workspace", "--exclude", "atlas-app", "--exclude", "atlas-probe", "--all-targets"])
    })
}

/// Lints of the page, which exists only as Wasm.
pub fn page_lints(project: &Project) -> Result<()> {
    tools::components()?;
    tools::wasm_target()?;
    report::timed("Checking the lints of the page", || {
        clippy(project, &["--package", "atlas-app", "--target", versions::WASM_TARGET])
    })
}

fn clippy(project: &Project, selection: &[&str]) -> Result<()> {
    Run::cargo(project, "Checking the lints")
        .args(["clippy", "--profile", versions::TEST_PROFILE])
        .args(selection)
        .args(["--", "--deny", "warnings"])
        .remedy("Mend each lint above, or allow it at its place with a reason.")
        .run()
}
