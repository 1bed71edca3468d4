//! The Rust side: the Wasm target, clippy and rustfmt, trunk and the command line of wasm-bindgen.

use std::fs;
use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::process::{Run, find_in, find_on_path, output_of};
use crate::project::Project;
use crate::{report, versions};

/// Trunk and wasm-bindgen are run a few times and hardly wait for themselves: a quick build of them beats a quick program.
/// With the profiles that they bring, installing both takes three times as long.
const QUICK_BUILD: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

/// Adds the Wasm target to the active toolchain. rustup's own way, by rust-toolchain.toml, may be switched off.
pub fn wasm_target() -> Result<()> {
    let target = versions::WASM_TARGET;
    let sysroot = output_of("rustc", &["--print", "sysroot"]).map(PathBuf::from).unwrap_or_default();
    let library = sysroot.join("lib").join("rustlib").join(target).join("lib");
    if library.is_dir() {
        return Ok(());
    }
    rustup(&["target", "add", target], &format!("Adding the Rust target {target}"))
}

/// Adds clippy and rustfmt to the active toolchain.
pub fn components() -> Result<()> {
    for (program, component) in [("cargo-clippy", "clippy"), ("cargo-fmt", "rustfmt")] {
        if output_of(program, &["--version"]).is_none() {
            rustup(&["component", "add", component], &format!("Adding {component}"))?;
        }
    }
    Ok(())
}

fn rustup(args: &[&str], title: &str) -> Result<()> {
    report::step(title);
    if output_of("rustup", args).is_some() {
        return Ok(());
    }
    Err(Error::Missing {
        what: format!("{title}: `rustup {}` failed, or rustup is not there", args.join(" ")),
        remedy: format!(
            "Run `rustup {}` and read what it says; without rustup, install Rust anew with it.",
            args.join(" ")
        ),
    })
}

/// The bundler.
pub fn trunk(project: &Project) -> Result<PathBuf> {
    cargo_tool(project, "trunk", "trunk", versions::TRUNK)
}

/// The command line of wasm-bindgen, of the very version that the page links.
pub fn wasm_bindgen(project: &Project) -> Result<PathBuf> {
    cargo_tool(project, "wasm-bindgen-cli", "wasm-bindgen", &versions::wasm_bindgen(project)?)
}

/// A program of the crate registry: the project's own, else one on PATH if it is exactly that version, else built now.
fn cargo_tool(project: &Project, package: &str, program: &str, version: &str) -> Result<PathBuf> {
    let folder = project.tools().join("bin");
    let fits =
        |file: &PathBuf| output_of(file, &["--version"]).is_some_and(|said| said.split(' ').nth(1) == Some(version));
    if let Some(found) = find_in(&folder, program).filter(fits).or_else(|| find_on_path(program).filter(fits)) {
        return Ok(found);
    }
    report::timed(&format!("Installing {package} {version} into .tools/ (once; some minutes)"), || {
        let mut run = Run::cargo(project, &format!("Installing {package}"))
            .args(["install", package, "--locked", "--force", "--version", &format!("={version}")])
            .arg("--root")
            .arg(project.tools())
            .arg("--target-dir")
            .arg(build_files(project))
            .remedy(
                "It needs the crate registry and a C compiler. Remove .tools/ if it looks damaged, then run the command again.",
            );
        for (name, value) in QUICK_BUILD {
            run = run.env(name, value);
        }
        run.run()
    })?;
    find_in(&folder, program).ok_or_else(|| Error::Missing {
        what: format!("{package} was installed, but .tools/bin has no {program}"),
        remedy: "Remove .tools/ and run the command again.".to_owned(),
    })
}

fn build_files(project: &Project) -> PathBuf {
    project.tools().join("build")
}

/// The tools' object files take more than a gigabyte and serve nothing once the tools are there.
pub fn forget_build_files(project: &Project) {
    let folder = build_files(project);
    if folder.is_dir() && fs::remove_dir_all(&folder).is_err() {
        report::note("could not remove .tools/build; it may be removed by hand");
    }
}
