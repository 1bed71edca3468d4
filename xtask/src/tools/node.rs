//! Node and the npm packages of package-lock.json.

use std::fs;
use std::path::PathBuf;

use crate::error::{Error, Result, at};
use crate::process::{Run, find_on_path, output_of};
use crate::project::Project;
use crate::{report, versions};

/// A copy of the lock file that node_modules/ was installed from.
const STAMP: &str = ".installed-from.json";

/// Installs the npm packages unless they are those of the lock file already, and gives Node's own path.
pub fn packages(project: &Project) -> Result<PathBuf> {
    let node = node()?;
    let lock_file = project.path("package-lock.json");
    let lock = fs::read(&lock_file).map_err(at(&lock_file))?;
    let stamp = project.path("node_modules").join(STAMP);
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(node);
    }
    report::timed("Installing the npm packages into node_modules/", || {
        Run::new(project, "Installing the npm packages", npm()?)
            .args(["ci", "--no-audit", "--no-fund"])
            .remedy("It needs the npm registry. Remove node_modules/ and run the command again.")
            .run()
    })?;
    fs::write(&stamp, lock).map_err(at(stamp))?;
    Ok(node)
}

fn node() -> Result<PathBuf> {
    let remedy =
        format!("Install Node {} or newer with npm (nodejs.org or your system's packages).", versions::NODE_MAJOR);
    let Some(node) = find_on_path("node") else {
        return Err(Error::Missing { what: "Node is not on PATH".to_owned(), remedy });
    };
    let said = output_of(&node, &["--version"]).unwrap_or_default();
    match major(&said) {
        Some(found) if found >= versions::NODE_MAJOR => Ok(node),
        _ => Err(Error::Missing { what: format!("Node is too old: {said}"), remedy }),
    }
}

fn npm() -> Result<PathBuf> {
    find_on_path("npm").ok_or_else(|| Error::Missing {
        what: "npm is not on PATH, though Node is".to_owned(),
        remedy: "Install npm; it usually comes with Node.".to_owned(),
    })
}

/// The first number of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("node"), None);
    }

    #[test]
    fn the_lock_file_names_no_address_to_download_from() {
        let project = Project::locate().expect("the tests run inside the project");
        let lock = fs::read_to_string(project.path("package-lock.json")).expect("package-lock.json is there");
        assert!(!lock.contains("\"resolved\""), "run `npm install --package-lock-only` with the project's .npmrc");
    }
}
