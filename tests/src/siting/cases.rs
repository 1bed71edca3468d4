//! The published cases, where they are at hand.

use atlas_tests::project;
use std::path::{Path, PathBuf};

/// A file and what is asked of it, in the words of the command line.
pub struct Case {
    pub name: String,
    pub kind: &'static str,
    pub layout: &'static str,
    pub file: PathBuf,
    pub p: Option<usize>,
    pub radius: Option<f64>,
    /// What its source says of it.
    pub optimum: Option<f64>,
}

impl Case {
    fn new(kind: &'static str, layout: &'static str, file: &Path) -> Self {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self { name, kind, layout, file: file.to_owned(), p: None, radius: None, optimum: None }
    }

    /// The words of a script about it; `-` for what is not asked.
    pub fn words(&self) -> Vec<String> {
        let p = self.p.map_or("-".to_owned(), |p| p.to_string());
        let radius = self.radius.map_or("-".to_owned(), |r| r.to_string());
        vec![self.kind.to_owned(), self.layout.to_owned(), self.file.display().to_string(), p, radius]
    }
}

fn folder() -> PathBuf {
    project("../shared/instances")
}

/// Files of a folder by their number, without solutions; told of where there is none.
fn files(part: &str) -> Vec<PathBuf> {
    let number = |path: &Path| -> u32 {
        let digits: String =
            path.file_stem().unwrap_or_default().to_string_lossy().chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or_default()
    };
    let entries = std::fs::read_dir(folder().join(part)).into_iter().flatten().flatten().map(|e| e.path());
    let mut files: Vec<PathBuf> = entries.filter(|p| p.extension().is_none_or(|e| e == "txt")).collect();
    files.sort_by_key(|p| (number(p), p.clone()));
    if files.is_empty() {
        println!("no cases in ../shared/instances/{part}, left out");
    }
    files
}

const P_MEDIAN: [(&str, f64); 21] = [
    ("pmed1", 5819.0),
    ("pmed3", 4250.0),
    ("pmed5", 1355.0),
    ("pmed7", 5631.0),
    ("pmed9", 2734.0),
    ("pmed11", 7696.0),
    ("pmed13", 4374.0),
    ("pmed15", 1729.0),
    ("pmed17", 6999.0),
    ("pmed19", 2845.0),
    ("pmed21", 9138.0),
    ("pmed23", 4619.0),
    ("pmed25", 1828.0),
    ("pmed27", 8307.0),
    ("pmed29", 3033.0),
    ("pmed31", 10_086.0),
    ("pmed33", 4700.0),
    ("pmed35", 10_400.0),
    ("pmed37", 5057.0),
    ("pmed39", 9423.0),
    ("pmed40", 5128.0),
];
const P_CENTER: [(&str, f64); 4] = [("pmed1", 127.0), ("pmed3", 93.0), ("pmed5", 48.0), ("pmed7", 64.0)];
const HOLMBERG: [(&str, f64); 7] =
    [("p1", 8848.0), ("p3", 9314.0), ("p5", 8838.0), ("p7", 9488.0), ("p9", 8462.0), ("p11", 8932.0), ("p13", 8252.0)];
const MCLP: [(&str, usize, f64); 4] =
    [("SJC324", 3, 11_604.0), ("SJC324", 4, 12_106.0), ("SJC500", 4, 17_794.0), ("SJC500", 8, 19_707.0)];

fn with(optima: &[(&str, f64)], case: Case) -> Case {
    let optimum = optima.iter().find(|o| o.0 == case.name).map(|o| o.1);
    Case { optimum, ..case }
}

pub fn p_median() -> Vec<Case> {
    files("pmed").iter().map(|f| with(&P_MEDIAN, Case::new("p-median", "orlib-pmed", f))).collect()
}

pub fn p_center() -> Vec<Case> {
    let all = files("pmed").into_iter().map(|f| with(&P_CENTER, Case::new("p-center", "orlib-pmed", &f)));
    all.filter(|c| c.optimum.is_some()).collect()
}

pub fn covering() -> Vec<Case> {
    let files = files("mclp");
    let of = |(name, p, optimum): (&str, usize, f64)| {
        let file = files.iter().find(|f| f.file_stem().is_some_and(|s| s == name))?;
        let case = Case::new("mclp", "sjc", file);
        Some(Case { name: format!("{name}, p = {p}"), p: Some(p), radius: Some(800.0), optimum: Some(optimum), ..case })
    };
    MCLP.into_iter().filter_map(of).collect()
}

/// Warehouses without capacities, the optimum at the end of the file beside.
pub fn uncapacitated() -> Vec<Case> {
    let of = |f: &PathBuf| {
        let told = std::fs::read_to_string(f.with_extension("txt.opt")).unwrap_or_default();
        let optimum = told.split_whitespace().last().and_then(|w| w.parse().ok());
        Case { optimum, ..Case::new("uflp", "orlib-cap", f) }
    };
    files("cap").iter().map(of).collect()
}

/// Several sources: the warehouses with their capacities, and those single-source cases whose optimum is known so.
pub fn several_sources() -> Vec<Case> {
    let caps = files("cap").into_iter().map(|f| Case::new("cflp", "orlib-cap", &f));
    let known = files("holmberg").into_iter().map(|f| Case::new("cflp", "holmberg", &f));
    caps.chain(known.filter(|c| HOLMBERG.iter().any(|h| h.0 == c.name))).collect()
}

pub fn single_source() -> Vec<Case> {
    files("holmberg").iter().map(|f| with(&HOLMBERG, Case::new("sscflp", "holmberg", f))).collect()
}
