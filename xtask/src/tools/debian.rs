//! Packages of Debian and its kin, where xtask runs as root: a test machine, a container.

use crate::process::{Run, find_on_path, is_root};
use crate::project::Project;
use crate::report;

/// Whether system packages can be installed here without asking anybody.
pub fn usable() -> bool {
    cfg!(target_os = "linux") && find_on_path("apt-get").is_some() && is_root()
}

/// Tries to install packages. Whether it worked is asked of the packages themselves: there may be another way to have them.
pub fn install(project: &Project, packages: &[&str]) {
    let outcome = report::timed(&format!("Installing {} with apt-get", packages.join(", ")), || {
        let apt = |args: &[&str]| {
            Run::new(project, "Installing system packages", "apt-get")
                .args(args)
                .env("DEBIAN_FRONTEND", "noninteractive")
                .run()
        };
        apt(&["update", "-q"])?;
        apt(&[&["install", "-q", "-y", "--no-install-recommends"], packages].concat())
    });
    if let Err(error) = outcome {
        report::note(&format!("{error}; going on without"));
    }
}
