//! Chinese letters for a browser without a desktop. macOS and Windows bring their own.

use std::fs;
use std::path::Path;

use super::debian;
use crate::process::output_of;
use crate::project::Project;
use crate::report;

/// Sees to it that Chinese can be drawn. Without a font the page still works, with boxes for letters: no reason to stop.
pub fn chinese(project: &Project) {
    if !cfg!(target_os = "linux") || present() {
        return;
    }
    if debian::usable() {
        debian::install(project, &["fonts-noto-cjk"]);
    }
    if !present() {
        report::note("no Chinese font found: screenshots will show boxes. Install Noto Sans CJK to mend it.");
    }
}

fn present() -> bool {
    match output_of("fc-list", &[":lang=zh"]) {
        Some(fonts) => !fonts.is_empty(),
        None => holds_cjk(Path::new("/usr/share/fonts")),
    }
}

/// Without fontconfig's own program, the file names must tell.
fn holds_cjk(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| {
        let path = entry.path();
        if path.is_dir() { holds_cjk(&path) } else { path.to_string_lossy().contains("CJK") }
    })
}
