//! Set covering and p-center: small cases against trying every choice, published cases, malformed files.

use atlas_core::{
    format::{orlib_pmed, sjc},
    siting::{
        Answer, Lists, Lock, Row, Solver, Status, Unfit,
        check::{check_center, check_cover},
        lscp::{Cover, SetCover},
        p_center::{Center, PCenter},
    },
};
use atlas_tests::project;

/// Random numbers from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) % n
    }
}

/// Works off a solver; every answer on the way must pass, objectives only fall and bounds only rise.
fn run(solver: &mut impl Solver, slices: u32, check: impl Fn(&Answer) -> Result<(), String>) -> Answer {
    let mut before: Option<Answer> = None;
    for _ in 0..slices {
        let more = solver.step();
        let answer = solver.answer();
        check(&answer).expect("an answer that is what it says");
        if let Some(before) = &before {
            assert!(answer.bound.is_none() || answer.bound >= before.bound, "the bound falls");
            assert!(before.objective.is_none_or(|o| answer.objective.is_some_and(|a| a <= o)), "the objective rises");
        }
        if !more {
            return answer;
        }
        before = Some(answer);
    }
    panic!("not done after {slices} slices: {:?}", solver.answer());
}

fn locks(dice: &mut Dice, sites: usize) -> Vec<Lock> {
    let one = |dice: &mut Dice| match dice.below(9) {
        0 => Lock::Open,
        1 => Lock::Closed,
        _ => Lock::Free,
    };
    (0..sites).map(|_| one(dice)).collect()
}

fn rows(dice: &mut Dice, sites: usize) -> Vec<Row> {
    (0..dice.below(4))
        .map(|_| {
            let one = dice.below(2) == 0;
            let mut terms = Vec::new();
            for s in 0..sites as u32 {
                if dice.below(3) == 0 {
                    terms.push((s, if one { 1.0 } else { 1.0 + dice.below(9) as f64 }));
                }
            }
            let limit = if one { 1.0 + dice.below(2) as f64 } else { 4.0 + dice.below(12) as f64 };
            Row { terms, limit }
        })
        .collect()
}

/// All choices of sites within locks and side limits.
fn choices<'a>(locks: &'a [Lock], rows: &'a [Row]) -> impl Iterator<Item = u32> + 'a {
    (0u32..1 << locks.len()).filter(move |open| {
        let is = |s: u32| open >> s & 1 == 1;
        locks.iter().zip(0..).all(|(l, s)| *l == Lock::Free || (*l == Lock::Open) == is(s))
            && rows.iter().all(|r| r.terms.iter().filter(|t| is(t.0)).map(|t| t.1).sum::<f64>() <= r.limit)
    })
}

#[test]
fn covers_are_the_cheapest_of_all_choices() {
    let (mut solved, mut none) = (0, 0);
    for seed in 1..=160u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let sites = 3 + dice.below(9) as usize;
        let points = 1 + dice.below(22) as usize;
        let dense = 2 + dice.below(3);
        let covers: Vec<Vec<u32>> =
            (0..points).map(|_| (0..sites as u32).filter(|_| dice.below(dense) == 0).collect()).collect();
        let mut cover = Cover::plain(sites, covers);
        if seed % 2 == 0 {
            cover.locks = locks(&mut dice, sites);
        }
        if seed % 3 != 0 {
            cover.rows = rows(&mut dice, sites);
        }
        if seed % 4 > 1 {
            cover.cost = (0..sites).map(|_| (dice.below(5) * if seed % 8 > 5 { 3 } else { 1 }) as f64).collect();
        }
        cover.covered = (0..points).map(|i| cover.covers[i].is_empty() || dice.below(12) == 0).collect();
        let best = choices(&cover.locks, &cover.rows)
            .filter(|open| (0..points).all(|i| cover.covered[i] || cover.covers[i].iter().any(|s| open >> s & 1 == 1)))
            .map(|open| (0..sites).filter(|s| open >> s & 1 == 1).map(|s| cover.cost[s]).sum::<f64>())
            .min_by(f64::total_cmp);
        let mut solver = match SetCover::new(cover.clone(), seed) {
            Ok(solver) => solver,
            Err(unfit) => {
                let closed = cover.locks.iter().all(|l| *l == Lock::Closed);
                assert!(matches!(unfit, Unfit::LockedRow(_)) || closed, "{unfit}");
                continue;
            }
        };
        let answer = run(&mut solver, 10_000, |a| check_cover(&cover, a));
        assert_eq!(answer.objective, best, "seed {seed}");
        if let Some(best) = best {
            solved += 1;
            assert_eq!((answer.status, answer.bound), (Status::Optimal, Some(best)), "seed {seed}");
        } else {
            none += 1;
            assert_eq!((answer.status, solver.decided()), (Status::Infeasible, Some(false)), "seed {seed}");
        }
        let enough = best.map_or(3, |b| b as usize);
        for (ask, wanted) in [(enough, best.is_some()), (enough.saturating_sub(1), best == Some(0.0))] {
            let mut solver = SetCover::deciding(cover.clone(), ask, seed).expect("posed as before");
            while solver.step() {}
            check_cover(&cover, &solver.answer()).expect("an answer that is what it says");
            assert_eq!(solver.decided(), Some(wanted), "seed {seed}: at most {ask}");
        }
    }
    assert!(solved > 60 && none > 10, "{solved} solved, {none} without a cover");
}

#[test]
fn points_that_nobody_covers_are_named() {
    let mut cover = Cover::plain(3, vec![vec![0, 1], vec![], vec![2], vec![0]]);
    cover.locks[2] = Lock::Closed;
    let mut solver = SetCover::new(cover, 1).expect("well posed");
    assert!(!solver.step());
    assert_eq!((solver.answer().status, solver.uncoverable()), (Status::Infeasible, &[1, 2][..]));
    assert_eq!(solver.nearly(), Some((vec![0], vec![1, 2])));
}

#[test]
fn limits_that_clash_leave_a_near_miss() {
    // Three points on a ring of three sites that each cover two: two are needed, one is allowed.
    let mut cover = Cover::plain(3, vec![vec![0, 1], vec![1, 2], vec![2, 0]]);
    cover.rows.push(Row { terms: (0..3).map(|s| (s, 1.0)).collect(), limit: 1.0 });
    let mut solver = SetCover::new(cover, 1).expect("well posed");
    while solver.step() {}
    assert_eq!((solver.answer().status, solver.uncoverable().is_empty()), (Status::Infeasible, true));
    let (open, left) = solver.nearly().expect("a near miss");
    assert_eq!((open.len(), left.len()), (1, 1));
}

/// Places on a square, with the distance between each two in whole steps.
fn plane(dice: &mut Dice, points: usize, sites: usize, reach: f64) -> Lists {
    let mut place = || (dice.below(1_000) as f64, dice.below(1_000) as f64);
    let at: Vec<_> = (0..sites).map(|_| place()).collect();
    let from: Vec<_> = (0..points).map(|_| place()).collect();
    Lists::new(from.iter().map(|(x, y)| {
        let far = |(u, v): &(f64, f64)| ((x - u) * (x - u) + (y - v) * (y - v)).sqrt().round();
        let all: Vec<(u32, f64)> = at.iter().zip(0..).map(|(p, s)| (s, far(p))).filter(|(_, c)| *c <= reach).collect();
        all
    }))
}

#[test]
fn centers_are_the_best_of_all_choices() {
    let (mut solved, mut none) = (0, 0);
    for seed in 1..=120u64 {
        let mut dice = Dice(seed.wrapping_mul(0xd134_2543_de82_ef95));
        let sites = 3 + dice.below(9) as usize;
        let points = 2 + dice.below(25) as usize;
        let lists = plane(&mut dice, points, sites, if seed % 5 == 0 { 600.0 } else { 2_000.0 });
        let p = 1 + dice.below(4) as usize;
        let mut center = Center::plain(sites, lists, p.min(sites));
        if seed % 2 == 0 {
            center.locks = locks(&mut dice, sites);
        }
        if seed % 3 != 0 {
            center.rows = rows(&mut dice, sites);
        }
        if seed % 4 == 0 {
            center.weights = (0..points).map(|_| dice.below(3) as f64).collect();
        }
        let Ok(mut solver) = PCenter::new(center.clone(), seed) else { continue };
        let radius = |open: u32| {
            let near = |i: usize| {
                let (sites, costs) = center.lists.of(i);
                sites.iter().zip(costs).find(|(s, _)| open >> **s & 1 == 1).map_or(f64::INFINITY, |(_, c)| *c)
            };
            (0..points).filter(|i| center.weights[*i] > 0.0).map(near).fold(0.0, f64::max)
        };
        let best = choices(&center.locks, &center.rows)
            .filter(|open| open.count_ones() as usize <= center.p)
            .map(radius)
            .filter(|r| r.is_finite())
            .min_by(f64::total_cmp);
        let answer = run(&mut solver, 10_000, |a| check_center(&center, a));
        assert_eq!(answer.objective, best, "seed {seed}");
        if best.is_some() {
            solved += 1;
            assert_eq!((answer.status, answer.bound), (Status::Optimal, best), "seed {seed}");
        } else {
            none += 1;
            assert_eq!(answer.status, Status::Infeasible, "seed {seed}");
        }
    }
    assert!(solved > 50 && none > 2, "{solved} solved, {none} without an answer");
}

#[test]
fn badly_posed_centers_are_told() {
    let lists = || Lists::new([vec![(0, 3.0), (1, 5.0)], vec![(1, 2.0)]]);
    let told = |change: &dyn Fn(&mut Center)| {
        let mut center = Center::plain(2, lists(), 1);
        change(&mut center);
        PCenter::new(center, 1).err()
    };
    assert_eq!(told(&|c| c.p = 3), Some(Unfit::TooMany { asked: 3, sites: 2 }));
    assert_eq!(told(&|c| c.locks = vec![Lock::Open; 2]), Some(Unfit::LockedOpen { locked: 2, most: 1 }));
    assert_eq!(told(&|c| c.locks = vec![Lock::Closed; 2]), Some(Unfit::NoSites));
    assert_eq!(told(&|c| c.locks[1] = Lock::Closed), Some(Unfit::Unreachable(1)));
    assert_eq!(told(&|c| c.weights = vec![0.0; 2]), Some(Unfit::NoDemand));
    assert_eq!(told(&|_| ()), None);
}

fn pmed(number: u32) -> Option<Center> {
    let file = project(&format!("../shared/instances/pmed/pmed{number}.txt"));
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: {} is not on this machine", file.display());
        return None;
    };
    let case = orlib_pmed::read(&text).expect("a pmed file");
    Some(Center::plain(case.lists.len(), case.lists, case.p))
}

#[test]
fn published_centers_reach_their_optimum() {
    let told = [(1, 127), (3, 93), (5, 48), (7, 64), (9, 37), (11, 59), (13, 36), (15, 18), (17, 39), (19, 18)];
    for (number, optimum) in told {
        let Some(center) = pmed(number) else { return };
        let mut solver = PCenter::new(center.clone(), 1).expect("well posed");
        let answer = run(&mut solver, 5_000, |a| check_center(&center, a));
        assert_eq!((answer.status, answer.objective), (Status::Optimal, Some(f64::from(optimum))), "pmed{number}");
        assert_eq!(answer.open.len(), center.p, "pmed{number}");
    }
}

#[test]
fn malformed_files_are_told_with_their_line() {
    for (text, code, line) in [
        ("", "pmed-empty", "line 1"),
        ("3 1\n", "pmed-bad-line", "line 1"),
        ("3 1 4\n1 2 5\n", "pmed-bad-line", "line 1"),
        ("0 0 0\n", "pmed-bad-line", "line 1"),
        ("3 1 1\n1 4 5\n", "pmed-bad-line", "line 2"),
        ("3 1 1\n0 1 5\n", "pmed-bad-line", "line 2"),
        ("3 1 1\n1 2 -5\n", "pmed-bad-line", "line 2"),
        ("3 1 1\n1 2 x\n", "pmed-bad-line", "line 2"),
        ("3 1 1\n1 2 5\n\n2 3 5\n", "pmed-bad-line", "line 4"),
        ("3 2 1\n1 2 5\n", "pmed-edges-missing", "line 1"),
    ] {
        let told = orlib_pmed::read(text).expect_err("a fault");
        assert_eq!((told.code.as_ref(), told.subject.as_str()), (code, line), "{told}");
        assert!(!told.remedy.is_empty());
    }
    for (text, code, line) in [
        ("", "sjc-empty", "line 1"),
        ("many\n", "sjc-bad-line", "line 1"),
        ("2 9 p S\n1 2\n3 4 5\n", "sjc-bad-line", "line 2"),
        ("1 9 p S\n1 2 -3\n", "sjc-bad-line", "line 2"),
        ("1 9 p S\n1 2 3\n1 2 3\n", "sjc-bad-line", "line 3"),
        ("2 9 p S\n1 2 3\n", "sjc-points-missing", "line 1"),
    ] {
        let told = sjc::read(text).expect_err("a fault");
        assert_eq!((told.code.as_ref(), told.subject.as_str()), (code, line), "{told}");
        assert!(!told.remedy.is_empty());
    }
}

#[test]
fn files_say_what_their_layout_means() {
    // The edge 1-2 comes twice: the later cost holds.
    let case = orlib_pmed::read("3 3 2\n1 2 9\n3 2 4\n2 1 3\n").expect("a pmed file");
    assert_eq!((case.p, case.lists.of(0)), (2, (&[0, 1, 2][..], &[0.0, 3.0, 7.0][..])));
    let case = sjc::read("3\t9999\tp\tS\t\r\n0\t0\t5\t\r\n3\t4\t7\t\r\n9\t0\t1\t\r\n\r\n").expect("an SJC file");
    assert_eq!(case.weights, [5.0, 7.0, 1.0]);
    assert_eq!(case.within(5.0), [vec![0, 1], vec![1, 0], vec![2]]);
}
