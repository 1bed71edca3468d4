//! What the commands need, installed once at pinned versions into ignored folders of the project.
//!
//! Each function here looks first and installs only what is absent, so that a second run starts at once.

mod browser;
mod debian;
mod fonts;
pub mod node;
pub mod probe;
pub mod python;
mod rust;

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::process::Run;
use crate::project::Project;

pub use rust::{components, wasm_target};

/// The programs that turn the sources into the page.
pub struct Builder {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
}

/// Makes ready what builds the page.
pub fn builder(project: &Project) -> Result<Builder> {
    // The quick ones first: a missing Node should not show only after minutes of compiling.
    node::packages(project)?;
    wasm_target()?;
    let wasm_bindgen = rust::wasm_bindgen(project)?;
    let trunk = rust::trunk(project)?;
    rust::forget_build_files(project);
    Ok(Builder { trunk, wasm_bindgen })
}

impl Builder {
    /// Trunk, with the pinned wasm-bindgen and wasm-opt foremost on its PATH, so that it downloads nothing.
    pub fn trunk(&self, project: &Project, step: &str) -> Run {
        let bindgen_folder = self.wasm_bindgen.parent().map(Path::to_owned).unwrap_or_default();
        let run = Run::new(project, step, &self.trunk).path_first(&[project.npm_bin(), bindgen_folder]);
        // Trunk reads NO_COLOR as a yes-or-no and refuses the usual value "1".
        if std::env::var_os("NO_COLOR").is_some() { run.env("NO_COLOR", "true") } else { run }
    }
}

/// What drives pages in a browser.
pub struct Driver {
    node: PathBuf,
    chrome: PathBuf,
}

/// Makes ready Node, its packages, a browser, and fonts for Chinese.
pub fn driver(project: &Project) -> Result<Driver> {
    let node = node::packages(project)?;
    let chrome = browser::chrome(project, &node)?;
    fonts::chinese(project);
    Ok(Driver { node, chrome })
}

impl Driver {
    /// Node, told where the browser is.
    pub fn node(&self, project: &Project, step: &str) -> Run {
        Run::new(project, step, &self.node).env(browser::VARIABLE, &self.chrome)
    }
}
