//! `cargo xtask bench`: figures beside their aims. A missed aim is printed, not hidden, and is no failure.

use crate::commands::build;
use crate::error::Result;
use crate::process::Run;
use crate::project::Project;
use crate::{report, tools};

/// Options of `bench`.
#[derive(clap::Args)]
pub struct Args {
    /// Only one half
    #[arg(long, value_enum)]
    only: Option<Half>,
}

/// The two halves of the figures.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Half {
    /// The computations, as native code and as Wasm under Node
    Native,
    /// Loading times and bytes in a browser
    Browser,
}

/// Measures.
pub fn run(project: &Project, args: &Args) -> Result<()> {
    if args.only != Some(Half::Browser) {
        native(project)?;
    }
    if args.only != Some(Half::Native) {
        browser(project)?;
    }
    Ok(())
}

fn native(project: &Project) -> Result<()> {
    report::timed("Measuring the computations", || {
        Run::cargo(project, "Measuring the computations")
            .args(["run", "--quiet", "--release", "--package", "atlas-tests", "--bin", "bench"])
            .run()?;
        let driver = tools::driver(project)?;
        let module = tools::probe::wasm(project)?;
        driver.node(project, "Measuring Wasm").env("PROBE", module).arg("tests/wasm/bench.mjs").run()
    })
}

fn browser(project: &Project) -> Result<()> {
    let driver = tools::driver(project)?;
    build::ensure(project)?;
    report::timed("Measuring the page in a browser", || {
        driver.node(project, "Measuring the page").arg("tests/browser/bench.mjs").run()
    })
}
