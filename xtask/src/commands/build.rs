//! `cargo xtask build`: the static site in dist/.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::error::{Result, at};
use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::tools::{self, Builder};

/// What dist/ is made of.
const INPUTS: [&str; 11] = [
    "app",
    "core",
    "data",
    "public",
    "seeds",
    "xtask/src",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
];

/// Builds dist/.
pub fn run(project: &Project) -> Result<()> {
    let builder = tools::builder(project)?;
    build(project, &builder)?;
    report::note("dist/ is ready: copy it to any static host, under any path");
    Ok(())
}

/// Builds dist/ unless nothing that it is made of has changed since.
pub fn ensure(project: &Project) -> Result<()> {
    if is_fresh(project) {
        report::step("dist/ is up to date");
        return Ok(());
    }
    build(project, &tools::builder(project)?)
}

fn build(project: &Project, builder: &Builder) -> Result<()> {
    let begun = report::timed("Building dist/ (release)", || {
        // Trunk hands its --offline on to cargo, so the crates must be there before.
        Run::cargo(project, "Fetching crates").args(["fetch", "--quiet"]).run()?;
        let begun = SystemTime::now();
        builder
            .trunk(project, "Building dist/")
            .args(["build", "--release", "--offline", "--skip-version-check"])
            .run()?;
        Ok(begun)
    })?;
    // The stamp bears the time at which the build began: what was edited meanwhile may have missed it.
    fs::create_dir_all(project.tools()).map_err(at(project.tools()))?;
    let stamp = stamp(project);
    File::create(&stamp).and_then(|file| file.set_modified(begun)).map_err(at(stamp))
}

fn stamp(project: &Project) -> PathBuf {
    project.tools().join("dist-built")
}

fn is_fresh(project: &Project) -> bool {
    let Some(built) = modified(&stamp(project)) else { return false };
    let newest = INPUTS.iter().filter_map(|input| newest_in(&project.path(input))).max();
    project.dist().join("index.html").is_file() && newest.is_some_and(|newest| newest < built)
}

/// The latest change in a file or a folder. A folder's own time tells of files that were taken away.
fn newest_in(path: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries.filter_map(|entry| newest_in(&entry.path())).chain(modified(path)).max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_file_of_a_folder_decides() {
        let project = Project::locate().expect("the tests run inside the project");
        let this_file = project.path("xtask/src/commands/build.rs");
        let whole = newest_in(&project.path("xtask/src"));
        assert!(whole >= modified(&this_file));
        assert_eq!(newest_in(&project.path("no-such-folder")), None);
    }
}
