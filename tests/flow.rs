//! Minimum cost flows: published cases, small ones of our own, and shared limits against a linear programme.

use atlas_core::{
    flow::{
        Arc, FlowNetwork, NetworkSimplex, Progress, bound, check,
        coupled::{Coupled, Row, Start, Status, TOLERANCE},
    },
    format::dimacs,
};
use atlas_tests::project;
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};
use proptest::prelude::*;
use std::path::Path;

fn solve(text: &str) -> Result<i128, Progress> {
    let network = dimacs::read(text).expect("a DIMACS file");
    let mut simplex = NetworkSimplex::new(&network);
    match simplex.run(u64::MAX) {
        Progress::Optimal => {
            check(&network, &simplex.flow(), Some(simplex.potentials())).expect("a flow, and the least");
            assert_eq!(bound(&network, simplex.potentials()), Some(simplex.objective()), "the bound proves it");
            Ok(simplex.objective())
        }
        other => Err(other),
    }
}

/// Solves every `.min` of a folder and compares with line `s` of the `.sol` beside it. Gives how many there were.
fn all_of(folder: &Path) -> usize {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "min"))
        .collect();
    files.sort();
    for file in &files {
        let text = std::fs::read_to_string(file).expect("a problem");
        let told = std::fs::read_to_string(file.with_extension("sol")).expect("its solution");
        let wanted = told.lines().find_map(|l| l.strip_prefix("s ")).expect("line s").trim().to_owned();
        let found = solve(&text).map_or_else(|p| format!("{p:?}").to_lowercase(), |v| v.to_string());
        assert_eq!(found, wanted, "{}", file.display());
    }
    files.len()
}

#[test]
fn small_cases_reach_their_optimum() {
    assert_eq!(all_of(&project("tests/fixtures/flow")), 4);
}

#[test]
fn published_cases_reach_their_optimum() {
    let folder = project("../shared/instances/mcf");
    if !folder.is_dir() {
        eprintln!("skipped: the published cases of ../shared/instances/mcf are not on this machine");
        return;
    }
    assert!(all_of(&folder) > 0);
}

#[test]
fn bad_lines_are_told_with_their_number() {
    for (text, code, line) in [
        ("p min 2 1\na 1 3 0 1 1\n", "dimacs-bad-line", "line 2"),
        ("n 1 4\n", "dimacs-bad-line", "line 1"),
        ("p min 2 1\na 1 2 0 one 1\n", "dimacs-bad-line", "line 2"),
        ("p min 2 2\na 1 2 0 1 1\n", "dimacs-arcs-missing", "p min"),
        ("c nothing\n", "dimacs-no-problem", "p min"),
        ("p min 2 1\na 1 2 5 1 1\n", "dimacs-not-solvable", ""),
    ] {
        let told = dimacs::read(text).expect_err("a fault");
        assert_eq!((told.code.as_ref(), told.subject.as_str()), (code, line), "{told}");
        assert!(!told.remedy.is_empty());
    }
}

/// Blocks of a few layers with shared limits whose weights are no whole numbers; an overflow arc keeps every block solvable.
fn coupled() -> impl Strategy<Value = (Vec<FlowNetwork>, Vec<Row>)> {
    (2usize..4, 2usize..6, 2usize..5, 1usize..5, any::<u64>()).prop_map(|(blocks, sources, houses, rows, seed)| {
        let mut state = seed | 1;
        let mut random = |below: i64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below as u64) as i64
        };
        let mut networks = Vec::new();
        let mut ways: Vec<Vec<usize>> = Vec::new();
        for _ in 0..blocks {
            let mut n = FlowNetwork::new(0);
            let supplies: Vec<i64> = (0..sources).map(|_| 100 + random(900)).collect();
            let sink = n.add_node(-supplies.iter().sum::<i64>());
            let house: Vec<u32> = (0..houses).map(|_| n.add_node(0)).collect();
            let mut own = Vec::new();
            for h in &house {
                let cost = random(200);
                own.push(n.add_arc(Arc { tail: *h, head: sink, lower: 0, capacity: 100 + random(2_000), cost }));
            }
            for s in supplies {
                let v = n.add_node(s);
                n.add_arc(Arc { tail: v, head: sink, lower: 0, capacity: s, cost: 50_000 });
                for h in &house {
                    own.push(n.add_arc(Arc { tail: v, head: *h, lower: 0, capacity: 1 << 20, cost: random(3_000) }));
                }
            }
            ways.push(own);
            networks.push(n);
        }
        let limits = (0..rows)
            .map(|_| {
                let mut terms = Vec::new();
                for (b, own) in ways.iter().enumerate() {
                    for arc in own {
                        if random(3) == 0 {
                            terms.push((b, *arc, 0.25 + random(400) as f64 / 100.0));
                        }
                    }
                }
                Row { limit: 200.0 + random(6_000) as f64, terms }
            })
            .collect();
        (networks, limits)
    })
}

/// The same as one linear programme, solved by another's solver.
fn as_programme(blocks: &[FlowNetwork], rows: &[Row]) -> f64 {
    let mut lp = Problem::new(OptimizationDirection::Minimize);
    let arcs: Vec<Vec<_>> = blocks
        .iter()
        .map(|n| n.arcs().iter().map(|a| lp.add_var(a.cost as f64, (a.lower as f64, a.capacity as f64))).collect())
        .collect();
    for (n, vars) in blocks.iter().zip(&arcs) {
        for (v, supply) in n.supply().iter().enumerate() {
            let at = |node: u32| node as usize == v;
            let terms: Vec<_> = n
                .arcs()
                .iter()
                .zip(vars)
                .filter(|(a, _)| at(a.tail) != at(a.head))
                .map(|(a, x)| (*x, if at(a.tail) { 1.0 } else { -1.0 }))
                .collect();
            lp.add_constraint(&terms, ComparisonOp::Eq, *supply as f64);
        }
    }
    for row in rows {
        let terms: Vec<_> = row.terms.iter().map(|(b, arc, w)| (arcs[*b][*arc], *w)).collect();
        lp.add_constraint(&terms, ComparisonOp::Le, row.limit);
    }
    match lp.solve().expect("a solvable programme") {
        SolveOutcome::Solution(s) => s.objective(),
        SolveOutcome::Interrupted(_) => panic!("no limit was set"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn shared_limits_cost_what_a_linear_programme_says((blocks, rows) in coupled()) {
        let best = as_programme(&blocks, &rows);
        let mut solver = Coupled::new(blocks.clone(), rows.clone(), Start::default(), 1e7);
        let status = loop {
            match solver.step() {
                Status::More => {}
                other => break other,
            }
        };
        let a = solver.answer();
        prop_assert_eq!(status, Status::Optimal);
        prop_assert!((a.objective - best).abs() <= TOLERANCE * best.abs() + 1e-3, "{} against {best}", a.objective);
        prop_assert!(a.bound <= best * (1.0 + 1e-9) + 1e-3, "the bound {} is above {best}", a.bound);
        prop_assert!(a.objective - a.bound <= TOLERANCE * best.abs() + 1e-3, "{} to {}", a.bound, a.objective);
        for row in &rows {
            let used: f64 = row.terms.iter().map(|(b, arc, w)| w * a.flow[*b][*arc]).sum();
            prop_assert!(used <= row.limit * (1.0 + 1e-9) + 1e-6);
        }
        for (n, flow) in blocks.iter().zip(&a.flow) {
            let mut left: Vec<f64> = n.supply().iter().map(|s| *s as f64).collect();
            for (arc, f) in n.arcs().iter().zip(flow) {
                prop_assert!(*f >= -1e-6 && *f <= arc.capacity as f64 + 1e-6);
                left[arc.tail as usize] -= f;
                left[arc.head as usize] += f;
            }
            prop_assert!(left.iter().all(|l| l.abs() < 1e-5), "{left:?}");
        }
    }
}
