//! Capacitated location: small cases against exhaustive search, published ones against their optimum.

use atlas_core::{
    format::{holmberg, orlib_cap},
    siting::{
        Answer, Lists, Lock, NONE, Row, Solver, Status, Unfit,
        capacitated::{Capacitated, CapacitatedProblem, Clash, check},
    },
};
use atlas_tests::project;
use microlp::{ComparisonOp, OptimizationDirection, Problem as Program, SolveOutcome};

/// SplitMix64: the same numbers everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

/// A small case: now and then with missing pairs, locks, a count, side limits and customers that need not be served.
fn case(seed: u64, sites: usize, customers: usize) -> CapacitatedProblem {
    let mut r = Numbers(seed);
    let demands: Vec<f64> = (0..customers).map(|_| 1.0 + r.below(20) as f64).collect();
    let total: f64 = demands.iter().sum();
    let tight = 10 + r.below(25);
    let capacities = (0..sites).map(|_| (total * tight as f64 / 10.0 / sites as f64).floor() + r.below(15) as f64);
    let capacities = capacities.collect();
    let sparse = r.one_in(2);
    let mut lists: Vec<Vec<(u32, f64)>> = vec![Vec::new(); customers];
    for list in &mut lists {
        for j in 0..sites as u32 {
            if !sparse || !r.one_in(4) {
                list.push((j, r.below(100) as f64));
            }
        }
    }
    let opening = (0..sites).map(|_| r.below(150) as f64).collect();
    let mut problem = CapacitatedProblem::plain(Lists::new(lists), demands, capacities, opening);
    if r.one_in(2) {
        for lock in &mut problem.locks {
            *lock = [Lock::Free, Lock::Free, Lock::Free, Lock::Open, Lock::Closed][r.below(5) as usize];
        }
    }
    if r.one_in(2) {
        let least = r.below(3) as usize;
        problem.count = (least, least + 1 + r.below(sites as u64 - 1) as usize);
    }
    for _ in 0..r.below(3) {
        let mut terms: Vec<(u32, f64)> = Vec::new();
        for j in 0..sites as u32 {
            if r.one_in(2) {
                terms.push((j, 1.0 + r.below(9) as f64));
            }
        }
        let sum: f64 = terms.iter().map(|t| t.1).sum();
        problem.rows.push(Row { terms, limit: (sum * 0.6).floor() });
    }
    let penalties = r.below(4);
    for left in &mut problem.otherwise {
        if penalties == 0 || (penalties == 1 && r.one_in(3)) {
            *left = 20.0 + r.below(150) as f64;
        }
    }
    problem
}

/// Choices of sites that keep locks, count and rows, with what opening costs.
fn choices(problem: &CapacitatedProblem) -> Vec<(Vec<bool>, f64)> {
    let m = problem.sites();
    let all = (0..1u32 << m).map(|bits| (0..m).map(|j| bits >> j & 1 == 1).collect::<Vec<bool>>());
    let keeps = |open: &Vec<bool>| {
        let count = open.iter().filter(|o| **o).count();
        let locks = problem.locks.iter().zip(open).all(|(l, o)| match l {
            Lock::Free => true,
            Lock::Open => *o,
            Lock::Closed => !*o,
        });
        let used = |r: &Row| r.terms.iter().filter(|t| open[t.0 as usize]).map(|t| t.1).sum::<f64>();
        locks && (problem.count.0..=problem.count.1).contains(&count) && problem.rows.iter().all(|r| used(r) <= r.limit)
    };
    let cost = |open: &Vec<bool>| open.iter().zip(&problem.opening).filter(|(o, _)| **o).map(|(_, c)| *c).sum();
    all.filter(keeps).map(|open| (open.clone(), cost(&open))).collect()
}

/// Least cost with several sources: a transportation programme for each choice of sites.
fn multi(problem: &CapacitatedProblem) -> Option<f64> {
    let mut best: Option<f64> = None;
    for (open, opening) in choices(problem) {
        let mut program = Program::new(OptimizationDirection::Minimize);
        let mut loads: Vec<Vec<(microlp::Variable, f64)>> = vec![Vec::new(); problem.sites()];
        for i in 0..problem.customers() {
            let mut parts = Vec::new();
            let (sites, costs) = problem.lists.of(i);
            for (j, c) in sites.iter().zip(costs).filter(|(j, _)| open[**j as usize]) {
                let x = program.add_var(*c, (0.0, 1.0));
                parts.push((x, 1.0));
                loads[*j as usize].push((x, problem.demands[i]));
            }
            if problem.otherwise[i].is_finite() {
                parts.push((program.add_var(problem.otherwise[i], (0.0, 1.0)), 1.0));
            }
            program.add_constraint(&parts[..], ComparisonOp::Eq, 1.0);
        }
        for (j, load) in loads.iter().enumerate() {
            program.add_constraint(&load[..], ComparisonOp::Le, problem.capacities[j]);
        }
        if let Ok(SolveOutcome::Solution(solution)) = program.solve() {
            let cost = solution.objective() + opening;
            best = Some(best.map_or(cost, |b| b.min(cost)));
        }
    }
    best
}

/// Least cost with single sources: every assignment to each choice of sites, cut where it is dear already.
fn single(problem: &CapacitatedProblem) -> Option<f64> {
    fn place(problem: &CapacitatedProblem, open: &[bool], i: usize, left: &mut [f64], cost: f64, best: &mut f64) {
        if cost >= *best {
            return;
        }
        if i == problem.customers() {
            *best = cost;
            return;
        }
        let (sites, costs) = problem.lists.of(i);
        for (j, c) in sites.iter().zip(costs) {
            let j = *j as usize;
            if open[j] && left[j] >= problem.demands[i] {
                left[j] -= problem.demands[i];
                place(problem, open, i + 1, left, cost + c, best);
                left[j] += problem.demands[i];
            }
        }
        if problem.otherwise[i].is_finite() {
            place(problem, open, i + 1, left, cost + problem.otherwise[i], best);
        }
    }
    let mut best = f64::INFINITY;
    for (open, opening) in choices(problem) {
        place(problem, &open, 0, &mut problem.capacities.clone(), opening, &mut best);
    }
    best.is_finite().then_some(best)
}

/// Solves to the end; each answer on the way keeps what it says, and its bound stays below the optimum.
fn solve(problem: &CapacitatedProblem, mut solver: Capacitated, is_single: bool, optimum: Option<f64>) -> Answer {
    let confirm = |solver: &Capacitated| {
        let answer = solver.answer();
        let shares = solver.shares();
        check(problem, &answer, (!is_single).then_some(&shares)).expect("an answer that holds");
        let bound = answer.bound.unwrap_or(f64::NEG_INFINITY);
        assert!(optimum.is_none_or(|o| bound <= o + 1e-6), "bound {bound} above the optimum {optimum:?}");
        answer
    };
    for slice in 0.. {
        assert!(slice < 1_000_000, "does not end");
        if !solver.step() {
            break;
        }
        if slice % 4 == 0 {
            confirm(&solver);
        }
    }
    assert_eq!(solver.answer().status == Status::Infeasible, solver.clash().is_some());
    assert_eq!(solver.pool().first().map(|p| p.0), solver.answer().objective);
    confirm(&solver)
}

/// What the solver must say of a problem that exhaustive search has an answer to.
fn compare(seed: u64, problem: &CapacitatedProblem, is_single: bool) -> bool {
    let wanted = if is_single { single(problem) } else { multi(problem) };
    let solver = if is_single { Capacitated::single(problem, seed) } else { Capacitated::multi(problem, seed) };
    let solver = match solver {
        Ok(solver) => solver,
        // Nothing to choose is no case for a solver, even where nobody must be served.
        Err(Unfit::NoSites) => return false,
        Err(unfit) => {
            assert_eq!(wanted, None, "case {seed}: {unfit}");
            return false;
        }
    };
    let answer = solve(problem, solver, is_single, wanted);
    match wanted {
        None => assert_eq!(answer.status, Status::Infeasible, "case {seed}"),
        Some(wanted) => {
            assert_eq!(answer.status, Status::Optimal, "case {seed}");
            let found = answer.objective.expect("an objective");
            let near = if is_single { 0.0 } else { 1e-6 };
            assert!((found - wanted).abs() <= near, "case {seed}: {found}, and {wanted} is the least");
        }
    }
    wanted.is_some()
}

#[test]
fn several_sources_match_exhaustive_search() {
    let solved = (0..150).filter(|s| compare(*s, &case(*s, 2 + *s as usize % 6, 2 + *s as usize % 9), false)).count();
    assert!(solved > 75, "only {solved} can be solved");
}

#[test]
fn single_sources_match_exhaustive_search() {
    let solved = (0..250).filter(|s| compare(*s, &case(*s, 2 + *s as usize % 4, 2 + *s as usize % 7), true)).count();
    assert!(solved > 100, "only {solved} can be solved");
}

#[test]
fn the_same_seed_takes_the_same_course() {
    let problem = case(77, 12, 40);
    let course = || {
        let mut solver = Capacitated::single(&problem, 5).expect("a problem");
        let mut answers = Vec::new();
        for _ in 0..60 {
            let more = solver.step();
            answers.push(solver.answer());
            if !more {
                break;
            }
        }
        answers
    };
    assert_eq!(course(), course());
}

#[test]
fn more_open_sites_than_the_few_are_allocated_as_well() {
    // The network simplex takes over above a hundred open sites; all are locked open, so that both must agree with the sum of the
    // cheapest where capacities do not bind, and keep them where they do.
    let mut problem = case(3, 130, 60);
    problem.lists = Lists::new((0..60).map(|i| (0..130u32).map(move |j| (j, f64::from((j * 37 + i * 11) % 101)))));
    problem.locks = vec![Lock::Open; 130];
    problem.count = (0, 130);
    problem.rows.clear();
    problem.otherwise = vec![f64::INFINITY; 60];
    problem.capacities = vec![40.0; 130];
    let solver = Capacitated::multi(&problem, 1).expect("a problem");
    let answer = solve(&problem, solver, false, None);
    assert_eq!(answer.status, Status::Optimal);
    let opening: f64 = problem.opening.iter().sum();
    let floor = opening + (0..60).map(|i| problem.lists.of(i).1[0]).sum::<f64>();
    assert!(answer.objective.expect("an objective") >= floor);
}

#[test]
fn what_cannot_be_is_named() {
    let lists = |n: usize| Lists::new((0..n).map(|_| vec![(0, 1.0), (1, 2.0)]));
    let problem = CapacitatedProblem::plain(lists(2), vec![6.0, 6.0], vec![5.0, 5.0], vec![1.0, 1.0]);
    let solver = Capacitated::multi(&problem, 0).expect("a problem");
    assert_eq!(solver.clash(), Some(Clash::Capacity { demand: 12.0, capacity: 10.0 }));
    assert_eq!(solver.answer().status, Status::Infeasible);
    let problem = CapacitatedProblem::plain(lists(2), vec![6.0, 3.0], vec![5.0, 5.0], vec![1.0, 1.0]);
    assert_eq!(Capacitated::single(&problem, 0).expect("a problem").clash(), Some(Clash::Customer(0)));
    assert_eq!(Capacitated::multi(&problem, 0).expect("a problem").clash(), None);
    let mut few = problem.clone();
    few.count = (0, 1);
    let clash = Clash::Count { demand: 9.0, most: 1, capacity: 5.0 };
    assert_eq!(Capacitated::multi(&few, 0).expect("a problem").clash(), Some(clash));
    // Room for all, but not for each as a whole: only the search can tell.
    let problem = CapacitatedProblem::plain(lists(3), vec![3.0; 3], vec![5.0, 5.0], vec![1.0, 1.0]);
    let answer = solve(&problem, Capacitated::single(&problem, 0).expect("a problem"), true, None);
    assert_eq!((answer.status, answer.objective), (Status::Infeasible, None));
    let mut none = problem.clone();
    none.demands[1] = 0.0;
    assert_eq!(Capacitated::multi(&none, 0).err(), Some(Unfit::NothingToShare(1)));
    none.demands[1] = 0.5;
    assert!(matches!(Capacitated::multi(&none, 0).err(), Some(Unfit::BadNumber(_))));
}

#[test]
fn the_checker_sees_what_is_wrong() {
    let problem = CapacitatedProblem::plain(
        Lists::new([vec![(0, 4.0), (1, 6.0)], vec![(0, 2.0), (1, 3.0)]]),
        vec![2.0, 3.0],
        vec![4.0, 3.0],
        vec![10.0, 20.0],
    );
    let mut solver = Capacitated::multi(&problem, 0).expect("a problem");
    while solver.step() {}
    let (right, shares) = (solver.answer(), solver.shares());
    assert_eq!(check(&problem, &right, Some(&shares)), Ok(()));
    let wrong = |change: &dyn Fn(&mut Answer)| {
        let mut answer = right.clone();
        change(&mut answer);
        check(&problem, &answer, Some(&shares)).expect_err("a fault")
    };
    assert!(wrong(&|a| a.objective = a.objective.map(|o| o - 1.0)).contains("objective"));
    assert!(wrong(&|a| a.bound = a.bound.map(|b| b - 1.0)).contains("optimal"));
    assert!(wrong(&|a| a.bound = a.bound.map(|b| b + 1.0)).contains("above"));
    assert!(wrong(&|a| a.open = vec![0]).contains("cannot"));
    let mut heavy = shares.clone();
    heavy[0] = vec![(0, 2.0)];
    heavy[1] = vec![(0, 3.0)];
    assert!(check(&problem, &right, Some(&heavy)).is_err_and(|e| e.contains("holds")));
    heavy[1] = vec![(1, 2.0)];
    assert!(check(&problem, &right, Some(&heavy)).is_err_and(|e| e.contains("gets")));
    let mut single = right.clone();
    single.assignment = vec![0, NONE];
    assert!(check(&problem, &single, None).is_err_and(|e| e.contains("not served")));
}

const CAP: &str = "2 2\n capacity 7.5\n 10 8.\n3\n 1.25 2\n4 0.5\n 1e1\n";

#[test]
fn cap_files_are_read_exactly() {
    let cap = orlib_cap::read(CAP).expect("a cap file");
    assert_eq!((cap.cost_scale, cap.demand_scale), (100.0, 1.0));
    let free = cap.uncapacitated();
    assert_eq!(free.opening, [750.0, 800.0]);
    assert_eq!(free.lists.of(0), (&[0u32, 1][..], &[125.0, 200.0][..]));
    assert_eq!(free.lists.of(1), (&[0u32, 1][..], &[50.0, 1000.0][..]));
    let problem = cap.capacitated(Some(6.0)).expect("a capacity");
    assert_eq!((&problem.capacities[..], &problem.demands[..]), (&[6.0, 10.0][..], &[3.0, 4.0][..]));
    assert_eq!(cap.capacitated(None).expect_err("no capacity").code, "orlib-cap-no-capacity");
}

#[test]
fn bad_files_are_told_with_their_line() {
    let cap = |text: &str| orlib_cap::read(text).expect_err("a fault");
    let holm = |text: &str| holmberg::read(text).expect_err("a fault");
    for (told, code, line) in [
        (cap(""), "orlib-cap-cut", "line 1"),
        (cap("2 x\n"), "orlib-cap-bad-line", "line 1"),
        (cap("0 2\n"), "orlib-cap-bad-line", "line 1"),
        (cap("4000000000 4000000000\n1 1\n"), "orlib-cap-cut", "line 1"),
        (cap(&CAP.replace("8.", "-8")), "orlib-cap-bad-line", "line 3"),
        (cap(&CAP.replace("1.25", "1,25")), "orlib-cap-bad-line", "line 5"),
        (cap(&CAP.replace("1.25", "nan")), "orlib-cap-bad-line", "line 5"),
        (cap(&CAP.replace("1e1", "")), "orlib-cap-cut", "line 6"),
        (cap(&format!("{CAP}7\n")), "orlib-cap-bad-line", "line 8"),
        (cap(&CAP.replace("1.25", "1.000000000001").replace("1e1", "1e9")), "orlib-cap-too-fine", ""),
        (holm("1 1\n5\n3\n2\n"), "holmberg-cut", "line 4"),
        (holm("1 1\n5\ncapacity\n2\n7\n"), "holmberg-bad-line", "line 3"),
    ] {
        assert_eq!((told.code.as_ref(), told.subject.as_str()), (code, line), "{told}");
        assert!(!told.remedy.is_empty());
    }
}

/// Solves a problem to the end, or for so many slices. The answer is checked.
fn run(problem: &CapacitatedProblem, is_single: bool) -> Answer {
    let solver = if is_single { Capacitated::single(problem, 1) } else { Capacitated::multi(problem, 1) };
    solve(problem, solver.expect("a problem"), is_single, None)
}

#[test]
fn published_cases_reach_their_optimum() {
    let folder = project("../shared/instances");
    if !folder.is_dir() {
        eprintln!("skipped: the published cases of ../shared/instances are not on this machine");
        return;
    }
    for (name, optimum) in [
        ("p1", 8848.0),
        ("p3", 9314.0),
        ("p5", 8838.0),
        ("p7", 9488.0),
        ("p9", 8462.0),
        ("p11", 8932.0),
        ("p13", 8252.0),
    ] {
        let text = std::fs::read_to_string(folder.join("holmberg").join(name)).expect("a case");
        let file = holmberg::read(&text).expect("a Holmberg file");
        let answer = run(&file.problem, true);
        assert_eq!((answer.status, answer.objective), (Status::Optimal, Some(optimum * file.cost_scale)), "{name}");
        // Divided, customers cost no more.
        let shared = run(&file.problem, false);
        assert_eq!(shared.status, Status::Optimal, "{name}");
        assert!(shared.objective <= answer.objective, "{name}");
    }
    // Their capacity holds everybody: with several sources the uncapacitated optimum is theirs.
    for name in ["cap71", "cap74", "cap101", "cap104"] {
        let read = |name: &str| std::fs::read_to_string(folder.join("cap").join(name)).expect("a case");
        let cap = orlib_cap::read(&read(&format!("{name}.txt"))).expect("a cap file");
        let told = read(&format!("{name}.txt.opt"));
        let optimum: f64 = told.split_whitespace().last().and_then(|w| w.parse().ok()).expect("an optimum");
        let answer = run(&cap.capacitated(None).expect("capacities"), false);
        assert_eq!(answer.status, Status::Optimal, "{name}");
        let found = answer.objective.expect("an objective") / cap.cost_scale;
        assert!((found - optimum).abs() < 1e-3, "{name}: {found}, not {optimum}");
    }
}
