//! A browser of the Chromium family for tests, figures and screenshots.
//!
//! In order: the one that [`VARIABLE`] names, one that is installed, Debian's package when root, Playwright's own build.

use std::env;
use std::path::{Path, PathBuf};

use super::debian;
use crate::error::{Error, Result};
use crate::process::{Run, find_on_path, output_of};
use crate::project::Project;
use crate::report;

/// Names a browser's program, and tells the scripts in tests/browser/ which one was found.
pub const VARIABLE: &str = "LOOP_ATLAS_CHROME";

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const MAC_PLACES: [&str; 3] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/// Below one of the folders that Windows keeps programs in.
const WINDOWS_PLACES: [&str; 3] = [
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
];

/// Finds a browser, or installs one.
pub fn chrome(project: &Project, node: &Path) -> Result<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from) {
        return if named.is_file() { Ok(named) } else { Err(not_there(&named)) };
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    if debian::usable() {
        debian::install(project, &["chromium", "chromium-driver", "fonts-noto-cjk"]);
        if let Some(found) = installed() {
            return Ok(found);
        }
    }
    playwrights_own(project, node)
}

fn installed() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| find_on_path(name)).or_else(in_usual_places)
}

fn in_usual_places() -> Option<PathBuf> {
    let places: Vec<PathBuf> = if cfg!(target_os = "macos") {
        MAC_PLACES.iter().map(PathBuf::from).collect()
    } else if cfg!(windows) {
        let folders = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].into_iter().filter_map(env::var_os);
        folders.flat_map(|folder| WINDOWS_PLACES.map(|place| Path::new(&folder).join(place))).collect()
    } else {
        Vec::new()
    };
    places.into_iter().find(|place| place.is_file())
}

/// Playwright's build, under .tools/browsers.
fn playwrights_own(project: &Project, node: &Path) -> Result<PathBuf> {
    let folder = project.tools().join("browsers");
    if let Some(found) = playwrights_path(project, node, &folder) {
        return Ok(found);
    }
    report::timed("Installing Playwright's Chromium into .tools/browsers (once)", || {
        Run::new(project, "Installing a browser", node)
            .arg(project.path("node_modules/playwright-core/cli.js"))
            .args(["install", "chromium"])
            .env("PLAYWRIGHT_BROWSERS_PATH", &folder)
            .remedy(&format!(
                "Install Chrome or Chromium yourself, or set {VARIABLE} to the program of one, and run it again."
            ))
            .run()
    })?;
    playwrights_path(project, node, &folder).ok_or_else(|| not_there(&folder))
}

fn playwrights_path(project: &Project, node: &Path, folder: &Path) -> Option<PathBuf> {
    // Playwright reads the variable while it loads.
    let script = "process.env.PLAYWRIGHT_BROWSERS_PATH = process.argv[2];\
                  console.log(require(process.argv[1]).chromium.executablePath());";
    let package = project.path("node_modules/playwright-core");
    let said = output_of(node, &["-e", script, &package.to_string_lossy(), &folder.to_string_lossy()])?;
    Some(PathBuf::from(said)).filter(|program| program.is_file())
}

fn not_there(named: &Path) -> Error {
    Error::Missing {
        what: format!("no browser at {}", named.display()),
        remedy: format!("Install Chrome or Chromium, or set {VARIABLE} to the program of one."),
    }
}
