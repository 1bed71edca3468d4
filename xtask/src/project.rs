//! Where things lie in the project.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The project's folders.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the project: cargo says where this package lies; started by hand, the current folder or one above it is taken.
    pub fn locate() -> Result<Self> {
        let start = match std::env::var_os("CARGO_MANIFEST_DIR") {
            Some(package) => PathBuf::from(package),
            None => std::env::current_dir().map_err(crate::error::at("."))?,
        };
        let root =
            start.ancestors().find(|folder| folder.join("Trunk.toml").is_file() && folder.join("xtask").is_dir());
        root.map(|root| Self { root: root.to_owned() }).ok_or_else(|| Error::Missing {
            what: format!("no Loop Atlas project at {} or above it", start.display()),
            remedy: "Run `cargo xtask` inside the project's folder.".to_owned(),
        })
    }

    /// The folder of Cargo.toml, index.html and package.json.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the project.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Programs and browsers installed by xtask; ignored by git.
    pub fn tools(&self) -> PathBuf {
        self.path(".tools")
    }

    /// Programs of the npm packages.
    pub fn npm_bin(&self) -> PathBuf {
        self.path("node_modules").join(".bin")
    }

    /// The static site.
    pub fn dist(&self) -> PathBuf {
        self.path("dist")
    }
}
