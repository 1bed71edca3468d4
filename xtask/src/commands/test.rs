//! `cargo xtask test`: everything that a change must pass, cheap failures first.

use std::fs;
use std::path::PathBuf;

use crate::commands::{build, check};
use crate::error::{Result, at};
use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::tools::{self, Driver, probe};
use crate::versions;

/// Options of `test`.
#[derive(clap::Args)]
pub struct Args {
    /// Leave out the release build and the journeys in a browser
    #[arg(long, conflicts_with = "journeys")]
    quick: bool,
    /// Only the journeys in a browser, on dist/ brought up to date
    #[arg(long)]
    journeys: bool,
    /// Only the journeys whose file name holds one of these
    #[arg(requires = "journeys")]
    names: Vec<String>,
}

/// Runs the tests.
pub fn run(project: &Project, args: &Args) -> Result<()> {
    if args.journeys {
        let driver = tools::driver(project)?;
        build::ensure(project)?;
        return journeys(project, &driver, &args.names);
    }
    check::format(project)?;
    // A missing Node or browser should show now, not after the compiler's minutes.
    let driver = if args.quick { None } else { Some(tools::driver(project)?) };
    check::data(project, false)?;
    check::lints(project)?;
    rust_tests(project)?;
    check::page_lints(project)?;
    if let Some(driver) = driver {
        parity(project, &driver)?;
        build::ensure(project)?;
        journeys(project, &driver, &[])?;
    }
    report::step("All passed");
    Ok(())
}

fn rust_tests(project: &Project) -> Result<()> {
    report::timed("Running the Rust tests", || {
        // The tests of the command line run the command itself.
        probe::native(project)?;
        Run::cargo(project, "Running the Rust tests")
            // The probe exists only as Wasm; of the page, what is pure is tested here and the rest in a browser.
            .args(["test", "--profile", versions::TEST_PROFILE, "--workspace", "--exclude", "atlas-probe"])
            .run()
    })
}

/// Native code and Wasm must agree to the byte.
fn parity(project: &Project, driver: &Driver) -> Result<()> {
    report::timed("Holding Wasm against native code", || {
        let (atlas, module) = (probe::native(project)?, probe::wasm(project)?);
        driver
            .node(project, "Holding Wasm against native code")
            .env("ATLAS", atlas)
            .env("PROBE", module)
            .args(["--test", "tests/wasm/parity.test.mjs"])
            .run()
    })
}

/// Runs tests/browser/*.test.mjs with Node's own test runner.
fn journeys(project: &Project, driver: &Driver, names: &[String]) -> Result<()> {
    let files = journey_files(project, names)?;
    if files.is_empty() {
        report::step("No journey in tests/browser/ to run");
        return Ok(());
    }
    report::timed("Running the journeys in a browser", || {
        driver
            .node(project, "Running the journeys in a browser")
            // A journey waits for the worker, then for the software that draws: two files at once fill the gaps.
            .args(["--test", "--test-concurrency=2", "--test-reporter=spec"])
            .args(files)
            .remedy("See the failures above; pages of failed journeys are pictured in tests/browser/out/.")
            .run()
    })
}

fn journey_files(project: &Project, names: &[String]) -> Result<Vec<PathBuf>> {
    let folder = project.path("tests/browser");
    let entries = fs::read_dir(&folder).map_err(at(&folder))?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.ends_with(".test.mjs") && (names.is_empty() || names.iter().any(|part| name.contains(part)))
        })
        .map(|entry| entry.path())
        .collect();
    files.sort();
    Ok(files)
}
