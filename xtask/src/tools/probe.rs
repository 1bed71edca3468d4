//! The core as a Wasm module for Node, and the native command to hold it against.

use std::path::PathBuf;

use crate::error::{Result, at};
use crate::process::Run;
use crate::project::Project;
use crate::tools::{rust, wasm_target};
use crate::versions;

/// Builds the Wasm module with the release profile, as the page has it, and returns the script to require.
pub fn wasm(project: &Project) -> Result<PathBuf> {
    wasm_target()?;
    let bindgen = rust::wasm_bindgen(project)?;
    Run::cargo(project, "Building the Wasm probe")
        .args(["build", "--quiet", "--release", "--package", "atlas-probe", "--target", "wasm32-unknown-unknown"])
        .run()?;
    let built = project.path("target/wasm32-unknown-unknown/release/atlas_probe.wasm");
    let folder = project.path("target/probe");
    Run::new(project, "Binding the Wasm probe", bindgen)
        .args(["--target", "nodejs", "--out-dir"])
        .arg(&folder)
        .arg(built)
        .run()?;
    // The project's own package.json makes every script a module; what wasm-bindgen writes for Node is not one.
    let manifest = folder.join("package.json");
    std::fs::write(&manifest, "{ \"type\": \"commonjs\" }\n").map_err(at(&manifest))?;
    Ok(folder.join("atlas_probe.js"))
}

/// Builds the native command and returns its path.
pub fn native(project: &Project) -> Result<PathBuf> {
    Run::cargo(project, "Building the command line")
        .args(["build", "--quiet", "--profile", versions::TEST_PROFILE, "--package", "atlas"])
        .run()?;
    Ok(project.path("target").join(versions::TEST_PROFILE).join(format!("atlas{}", std::env::consts::EXE_SUFFIX)))
}
