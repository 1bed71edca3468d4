//! `cargo xtask serve`: the page on this computer, rebuilt on every change.

use crate::error::Result;
use crate::project::Project;
use crate::{report, tools};

/// What is watched. Not the whole folder: target/ and node_modules/ hold more folders than some systems let one watch.
const WATCHED: [&str; 7] = ["index.html", "app", "core", "data", "public", "seeds", "Cargo.toml"];

/// Options of `serve`.
#[derive(clap::Args)]
pub struct Args {
    /// The port on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Build as for publishing: the page is faster, each rebuild slower
    #[arg(long)]
    release: bool,
}

/// Serves until it is interrupted.
pub fn run(project: &Project, args: &Args) -> Result<()> {
    let builder = tools::builder(project)?;
    report::step(&format!("Building, then serving at http://127.0.0.1:{}/ (Ctrl-C ends it)", args.port));
    let mut run = builder
        .trunk(project, "Serving the page")
        .args(["serve", "--skip-version-check", "--address", "127.0.0.1", "--port", &args.port.to_string()])
        .remedy(&format!(
            "If port {} is taken, choose another with --port; else mend what the messages name.",
            args.port
        ))
        // dist/ is always a release build: bench, test and publishing rely on it.
        .arg("--dist")
        .arg(project.path("target/serve"));
    if args.release {
        run = run.arg("--release");
    }
    for path in WATCHED.iter().map(|name| project.path(name)).filter(|path| path.exists()) {
        run = run.arg("--watch").arg(path);
    }
    run.run()
}
