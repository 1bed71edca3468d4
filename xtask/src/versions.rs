//! The versions that the project is built with. npm packages are pinned in package.json.

use std::fs;

use crate::error::{Error, Result, at};
use crate::project::Project;

/// The bundler. Trunk.toml names it too, for those who run it by hand.
pub const TRUNK: &str = "0.21.14";

/// The oldest Node that the npm packages run on.
pub const NODE_MAJOR: u32 = 20;

/// The Rust target of the page.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The profile of Cargo.toml that whatever runs natively is checked, tested and run with: crates are compiled once for all.
pub const TEST_PROFILE: &str = "fast";

/// The version of wasm-bindgen that the page links: its command line must be the very same.
pub fn wasm_bindgen(project: &Project) -> Result<String> {
    let lock = project.path("Cargo.lock");
    let text = fs::read_to_string(&lock).map_err(at(&lock))?;
    locked_version(&text, "wasm-bindgen").ok_or_else(|| Error::Missing {
        what: "Cargo.lock names no wasm-bindgen".to_owned(),
        remedy: "Restore Cargo.lock from git, or run `cargo generate-lockfile`.".to_owned(),
    })
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines();
    lines.find(|line| *line == format!("name = \"{package}\""))?;
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_gives_the_version_of_the_package_itself() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.9\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.9"));
        assert_eq!(locked_version(lock, "yew"), None);
    }

    #[test]
    fn trunk_toml_names_the_same_trunk() {
        let project = Project::locate().expect("the tests run inside the project");
        let text = fs::read_to_string(project.path("Trunk.toml")).expect("Trunk.toml is there");
        assert!(text.contains(&format!("trunk-version = \"={TRUNK}\"")));
    }
}
