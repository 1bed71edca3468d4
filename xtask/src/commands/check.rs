//! `cargo xtask check`: what can be told without running anything.

use crate::error::Result;
use crate::process::Run;
use crate::project::Project;
use crate::{report, tools, versions};

/// Checks format and lints.
pub fn run(project: &Project) -> Result<()> {
    format(project)?;
    lints(project)?;
    page_lints(project)
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
        .arg("clippy")
        .args(selection)
        .args(["--", "--deny", "warnings"])
        .remedy("Mend each lint above, or allow it at its place with a reason.")
        .run()
}
