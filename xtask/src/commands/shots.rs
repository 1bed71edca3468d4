//! `cargo xtask shots`: screenshots of the built page, to be looked at.

use crate::commands::build;
use crate::error::Result;
use crate::project::Project;
use crate::{report, tools};

/// Options of `shots`.
#[derive(clap::Args)]
pub struct Args {
    /// Only the pictures whose name holds all of these: a size, a language, a theme (`390x844 zh dark`)
    names: Vec<String>,
}

/// Takes the screenshots.
pub fn run(project: &Project, args: &Args) -> Result<()> {
    let driver = tools::driver(project)?;
    build::ensure(project)?;
    report::timed("Taking screenshots into tests/browser/out/", || {
        driver.node(project, "Taking screenshots").arg("tests/browser/shots.mjs").args(&args.names).run()
    })
}
