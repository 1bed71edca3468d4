//! The house rules that a compiler does not check: core's modules use only modules above them, and core stays pure.

use atlas_tests::project;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a source folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The code of a file without its tests and comments.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a source file");
    let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn core_modules_use_only_modules_above_them() {
    let src = project("core/src");
    let order: Vec<String> = code(&src.join("lib.rs"))
        .lines()
        .filter_map(|l| l.strip_prefix("pub mod ").and_then(|m| m.strip_suffix(';')).map(str::to_owned))
        .collect();
    assert!(order.len() > 5, "lib.rs lists the modules in order");
    for (i, module) in order.iter().enumerate() {
        let folder = src.join(module);
        let files = if folder.is_dir() { sources(&folder) } else { vec![src.join(format!("{module}.rs"))] };
        for file in files {
            let text = code(&file);
            for below in &order[i + 1..] {
                // `use crate::{…}` blocks are written one module a line by rustfmt.
                let used = text.contains(&format!("crate::{below}")) || uses_in_block(&text, below);
                assert!(!used, "{} uses {below}, which stands below {module}", file.display());
            }
        }
    }
}

fn uses_in_block(text: &str, module: &str) -> bool {
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("use crate::{") {
            inside = true;
        }
        let first = line.trim_start().trim_start_matches("use crate::{");
        if inside && (first.starts_with(&format!("{module}::")) || first.starts_with(&format!("{module},"))) {
            return true;
        }
        if line.starts_with("};") || line.ends_with("};") {
            inside = false;
        }
    }
    false
}

#[test]
fn core_is_pure() {
    let forbidden = [
        "std::time",
        "std::thread",
        "std::fs",
        "std::env",
        "std::path",
        "wasm_bindgen",
        "js_sys",
        "web_sys",
        "println!",
        "HashSet",
    ];
    for file in sources(&project("core/src")) {
        let text = code(&file);
        for word in forbidden {
            assert!(!text.contains(word), "{} uses {word}", file.display());
        }
    }
    let manifest = std::fs::read_to_string(project("core/Cargo.toml")).expect("core/Cargo.toml");
    for dependency in ["wasm-bindgen", "js-sys", "web-sys", "yew", "gloo", "getrandom", "rand"] {
        assert!(!manifest.contains(&format!("\n{dependency}")), "core depends on {dependency}");
    }
}

#[test]
fn file_types_live_only_in_format() {
    for file in sources(&project("core/src")) {
        if !file.components().any(|c| c.as_os_str() == "format") {
            let text = code(&file);
            for word in ["serde_json", "csv::", "flate2"] {
                assert!(!text.contains(word), "{} uses {word}", file.display());
            }
        }
    }
}

#[test]
fn the_state_of_the_page_knows_no_browser() {
    for file in sources(&project("app/src/state")) {
        let text = code(&file);
        for word in ["web_sys", "js_sys", "wasm_bindgen", "gloo"] {
            assert!(!text.contains(word), "{} uses {word}", file.display());
        }
    }
}

#[test]
fn no_file_of_ours_is_javascript_logic() {
    // The page's own logic is Rust; scripts are only tests and tools. A service worker can be nothing else: the one that keeps
    // a build, and the one that clears up after it while somebody works at the page.
    let keepers = ["sw.js", "sw-none.js"].map(|name| project("public").join(name));
    for folder in ["app", "public"] {
        let mut stack = vec![project(folder)];
        while let Some(folder) = stack.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
                let path = entry.path();
                let is_script = path.extension().is_some_and(|e| e == "js" || e == "mjs" || e == "ts");
                assert!(!is_script || keepers.contains(&path), "{}", path.display());
                if path.is_dir() {
                    stack.push(path);
                }
            }
        }
    }
}
