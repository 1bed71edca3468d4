//! `cargo xtask bench`: figures beside their aims. A missed aim is printed, not hidden, and is no failure.

use crate::commands::build;
use crate::error::Result;
use crate::process::Run;
use crate::project::Project;
use crate::{report, tools};

/// Options of `bench`.
#[derive(clap::Args)]
pub struct Args {
    /// Only one part
    #[arg(long, value_enum)]
    only: Option<Part>,
}

/// The parts of the figures.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The computations, as native code and as Wasm under Node
    Native,
    /// Minimum cost flow beside OR-tools, networkx and HiGHS
    Flow,
    /// Location problems beside HiGHS and spopt
    Siting,
    /// Loading times and bytes in a browser
    Browser,
}

/// Measures.
pub fn run(project: &Project, args: &Args) -> Result<()> {
    let wanted = |part| args.only.is_none_or(|only| only == part);
    if wanted(Part::Native) {
        native(project)?;
    }
    if wanted(Part::Flow) {
        beside(project, "minimum cost flow", "flow")?;
    }
    if wanted(Part::Siting) {
        beside(project, "location problems", "siting")?;
    }
    if wanted(Part::Browser) {
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

/// Our solvers, natively and as Wasm, beside others'.
fn beside(project: &Project, what: &str, program: &str) -> Result<()> {
    let node = tools::node::packages(project)?;
    let python = tools::python::reference(project).unwrap_or_default();
    let step = format!("Measuring {what}");
    report::timed(&step, || {
        let module = tools::probe::wasm(project)?;
        Run::cargo(project, &step)
            .args(["run", "--quiet", "--release", "--package", "atlas-tests", "--bin", program])
            .env("NODE", node)
            .env("PROBE", module)
            .env("REFERENCE_PYTHON", python)
            .remedy("Where solvers differ, one of them is wrong: each line above names the case and what it found.")
            .run()
    })
}

fn browser(project: &Project) -> Result<()> {
    let driver = tools::driver(project)?;
    build::ensure(project)?;
    report::timed("Measuring the page in a browser", || {
        driver.node(project, "Measuring the page").arg("tests/browser/bench.mjs").run()
    })
}
