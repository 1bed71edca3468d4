//! Published location problems reach their optimum with proof: p-median, maximal covering, fixed charge without capacities. Those
//! of p-center and with capacities are in `siting_cover.rs` and `siting_capacitated.rs`.

use atlas_core::format::location::{Case, Kind, Layout, Question};
use atlas_tests::project;

/// Solves a file to the end; `None` where it is not on this machine. The answer is checked as it is handed out.
fn solve(file: &str, kind: Kind, layout: Layout, p: Option<usize>, radius: Option<f64>) -> Option<f64> {
    let Ok(text) = std::fs::read_to_string(project("../shared/instances").join(file)) else {
        eprintln!("skipped: ../shared/instances/{file} is not on this machine");
        return None;
    };
    let case = Case::read(&text, &Question { kind, layout, p, radius, capacity: None }).expect("a published file");
    let mut work = case.begin(1).expect("a problem");
    while work.step() {}
    let solved = work.solved().expect("an answer that holds");
    assert_eq!(solved.status, "Optimal", "{file}");
    assert!(solved.gap.is_some_and(|g| g <= 1e-6), "{file}: {solved:?}");
    solved.objective
}

#[test]
fn medians() {
    for (number, optimum) in [
        (1, 5819.0),
        (3, 4250.0),
        (5, 1355.0),
        (7, 5631.0),
        (9, 2734.0),
        (11, 7696.0),
        (13, 4374.0),
        (15, 1729.0),
        (17, 6999.0),
        (19, 2845.0),
        (21, 9138.0),
        (23, 4619.0),
        (25, 1828.0),
        (27, 8307.0),
        (29, 3033.0),
        (31, 10_086.0),
        (33, 4700.0),
        (35, 10_400.0),
        (37, 5057.0),
        (39, 9423.0),
        (40, 5128.0),
    ] {
        let found = solve(&format!("pmed/pmed{number}.txt"), Kind::PMedian, Layout::OrlibPmed, None, None);
        assert!(found.is_none_or(|f| f == optimum), "pmed{number}: {found:?}, not {optimum}");
    }
}

#[test]
fn covering() {
    for (name, p, optimum) in [
        ("SJC324", 1, 5461.0),
        ("SJC324", 2, 8790.0),
        ("SJC324", 3, 11_604.0),
        ("SJC324", 4, 12_106.0),
        ("SJC324", 5, 12_152.0),
        ("SJC500", 1, 7944.0),
        ("SJC500", 4, 17_794.0),
        ("SJC500", 8, 19_707.0),
    ] {
        let found = solve(&format!("mclp/{name}.txt"), Kind::Mclp, Layout::Sjc, Some(p), Some(800.0));
        assert!(found.is_none_or(|f| f == optimum), "{name}, p = {p}: {found:?}, not {optimum}");
    }
}

#[test]
fn fixed_charge() {
    for number in [71, 72, 73, 74, 101, 102, 103, 104] {
        let name = format!("cap/cap{number}.txt");
        let Some(found) = solve(&name, Kind::Uflp, Layout::OrlibCap, None, None) else { continue };
        let told =
            std::fs::read_to_string(project("../shared/instances").join(format!("{name}.opt"))).expect("its optimum");
        let optimum: f64 = told.split_whitespace().last().and_then(|w| w.parse().ok()).expect("a number");
        assert!((found - optimum).abs() < 1e-3, "{name}: {found}, not {optimum}");
    }
}
