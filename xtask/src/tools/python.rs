//! Python with the solvers that the bench holds ours against. What builds, tests and serves the page needs none of it.

use std::fs;
use std::path::{Path, PathBuf};

use super::debian;
use crate::error::{Error, Result, at};
use crate::process::{Run, find_on_path, output_of};
use crate::project::Project;
use crate::report;

/// The pinned packages.
const REQUIREMENTS: &str = "tests/bench/requirements.txt";

/// A copy of the requirements that .tools/python was installed from.
const STAMP: &str = "installed-from.txt";

/// The Python of .tools/python with the pinned packages. Without it the bench leaves their figures out: no reason to stop.
pub fn reference(project: &Project) -> Option<PathBuf> {
    let installed = packages(project);
    if let Err(error) = &installed {
        report::note(&format!("{error}; going on without the solvers that Python has. {}", error.remedy()));
    }
    installed.ok()
}

fn packages(project: &Project) -> Result<PathBuf> {
    let requirements = project.path(REQUIREMENTS);
    let wanted = fs::read(&requirements).map_err(at(&requirements))?;
    let folder = project.tools().join("python");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = folder.join(STAMP);
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) && output_of(&python, &["--version"]).is_some() {
        return Ok(python);
    }
    let system = system(project)?;
    report::timed("Installing the solvers that the bench compares with into .tools/python (once)", || {
        let step = |program: &Path| Run::new(project, "Installing solvers for Python", program);
        step(&system).args(["-m", "venv", "--clear"]).arg(&folder).run()?;
        step(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", "-r"])
            .arg(&requirements)
            .remedy("It needs the Python package registry and a Python that these versions run on.")
            .run()
    })?;
    fs::write(&stamp, wanted).map_err(at(stamp))?;
    Ok(python)
}

/// A Python that can make environments: Debian keeps that in a package of its own.
fn system(project: &Project) -> Result<PathBuf> {
    let able = || {
        let found = ["python3", "python"].iter().find_map(|name| find_on_path(name))?;
        output_of(&found, &["-c", "import ensurepip, venv"]).map(|_| found)
    };
    if able().is_none() && debian::usable() {
        debian::install(project, &["python3-venv"]);
    }
    able().ok_or_else(|| Error::Missing {
        what: "no Python that can make environments".to_owned(),
        remedy: "Install Python 3 with its venv module.".to_owned(),
    })
}
