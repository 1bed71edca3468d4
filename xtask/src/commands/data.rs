//! `cargo xtask data`: the data packs, built anew from their sources.

use crate::error::Result;
use crate::process::Run;
use crate::project::Project;
use crate::{report, versions};

/// Options of `data`.
#[derive(clap::Args)]
pub struct Args {
    /// Handed on to the data builder: `cargo xtask data -- --help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Builds the packs.
pub fn run(project: &Project, args: &Args) -> Result<()> {
    report::timed("Building the data packs", || {
        Run::cargo(project, "Building the data packs")
            .args(["run", "--quiet", "--profile", versions::TEST_PROFILE, "--package", "atlas-data", "--"])
            .args(&args.rest)
            .run()
    })
}
