use super::*;
use crate::{
    random::Random,
    siting::{Answer, Lock, Row, Search, Solver, Status, check::check_robust},
};

/// A small problem of its own for every seed: sites and demand on a square, futures that move demand about.
fn case(seed: u64) -> RobustProblem {
    let mut random = Random::new(seed);
    let (sites, demand, futures) = (6 + random.below(4), 8 + random.below(8), 2 + random.below(5));
    let mut at = |n: usize| (0..n).map(|_| [random.below(1000) as f64, random.below(1000) as f64]).collect::<Vec<_>>();
    let (s, d) = (at(sites), at(demand));
    let length = |a: [f64; 2], b: [f64; 2]| libm::round((a[0] - b[0]).abs() + (a[1] - b[1]).abs());
    // Some demand points reach only some sites, or have a way without any.
    let lists: Vec<Vec<(u32, f64)>> = d
        .iter()
        .map(|p| (0..).zip(&s).map(|(j, q)| (j, length(*p, *q))).filter(|(_, l)| *l < 1200.0).collect())
        .collect();
    let counted = !seed.is_multiple_of(3);
    let p = 2 + random.below(2);
    let mut base = Problem::plain(sites, Lists::new(lists), 1500.0, if counted { (p, p) } else { (0, sites) });
    if !counted {
        base.opening = vec![1.0; sites];
    }
    if seed % 4 == 1 {
        base.rows.push(Row { terms: vec![(0, 1.0), (1, 1.0), (2, 1.0)], limit: 1.0 });
    }
    if seed % 5 == 2 {
        base.locks[3] = Lock::Open;
        base.locks[4] = Lock::Closed;
    }
    let mut amount = |most: usize| random.below(most) as f64 / 10.0;
    RobustProblem {
        factors: (0..futures).map(|_| (0..demand).map(|_| amount(100)).collect()).collect(),
        opening: (0..futures).map(|_| 3000.0 + 100.0 * amount(200)).collect(),
        constant: (0..futures).map(|_| amount(1000)).collect(),
        base,
    }
}

/// Every choice that keeps all limits.
fn all(problem: &RobustProblem) -> Vec<Vec<u32>> {
    let base = &problem.base;
    let sites = base.sites() as u32;
    let choices = (0u32..1 << sites).map(|mask| (0..sites).filter(|s| mask >> s & 1 == 1).collect::<Vec<u32>>());
    let keeps = |open: &Vec<u32>| {
        let count = (base.count.0..=base.count.1).contains(&open.len());
        let locks = base.locks.iter().zip(0u32..).all(|(l, s)| match l {
            Lock::Free => true,
            Lock::Open => open.contains(&s),
            Lock::Closed => !open.contains(&s),
        });
        let used = |r: &Row| r.terms.iter().filter(|t| open.contains(&t.0)).map(|t| t.1).sum::<f64>();
        count && locks && base.rows.iter().all(|r| used(r) <= r.limit)
    };
    choices.filter(keeps).collect()
}

fn solved(problem: &RobustProblem, against: Against) -> Robust {
    let mut robust = Robust::new(problem.clone(), against, 1, &[]).unwrap();
    let mut slices = 0;
    while robust.step() {
        slices += 1;
        assert!(slices < 20_000, "no end");
    }
    robust
}

#[test]
fn the_least_maximum_is_that_of_all_choices() {
    for seed in 0..60 {
        let problem = case(seed);
        let costs: Vec<Vec<f64>> = all(&problem).iter().map(|open| problem.costs(open)).collect();
        assert!(!costs.is_empty());
        let own: Vec<f64> =
            (0..problem.len()).map(|k| costs.iter().map(|c| c[k]).fold(f64::INFINITY, f64::min)).collect();
        for (against, from) in [(Against::Nothing, vec![0.0; problem.len()]), (Against::OwnBest, own.clone())] {
            let most = |c: &Vec<f64>| c.iter().zip(&from).map(|(c, r)| c - r).fold(f64::NEG_INFINITY, f64::max);
            let best = costs.iter().map(most).fold(f64::INFINITY, f64::min);
            let robust = solved(&problem, against);
            let answer = robust.answer();
            let (low, high) = robust.references();
            check_robust(&problem, low, &answer).unwrap_or_else(|e| panic!("{seed} {against:?}: {e}"));
            let scale = costs.iter().flatten().copied().fold(0.0, f64::max);
            assert_eq!(answer.status, Status::Optimal, "{seed} {against:?}: {answer:?}");
            let (objective, bound) = (answer.objective.unwrap(), answer.bound.unwrap());
            assert!(
                bound <= best + 1e-9 * scale && best <= objective + 1e-9 * scale,
                "{seed} {bound} {best} {objective}"
            );
            if against == Against::OwnBest {
                for k in 0..problem.len() {
                    assert!(low[k] <= own[k] + 1e-9 * scale && own[k] <= high[k] + 1e-9 * scale, "{seed} {k}");
                }
            }
        }
    }
}

#[test]
fn the_least_mean_is_that_of_averaged_factors() {
    for seed in 0..30 {
        let problem = case(seed);
        let n = problem.len() as f64;
        let unit = problem.unit();
        let averaged = problem.averaged(&vec![1.0 / n; problem.len()], unit);
        let mut search = Search::new(averaged, 1).unwrap();
        while search.step() {}
        let answer = search.answer();
        let mean = |open: &[u32]| problem.costs(open).iter().sum::<f64>() / n;
        let best = all(&problem).iter().map(|open| mean(open)).fold(f64::INFINITY, f64::min);
        assert!((mean(&answer.open) - best).abs() <= 2e-6 * best, "{seed}");
        // And the plan for the worst future is never worse there than the plan for the mean.
        let worst = |open: &[u32]| problem.costs(open).into_iter().fold(0.0, f64::max);
        let robust = solved(&problem, Against::Nothing).answer();
        assert!(worst(&robust.open) <= worst(&answer.open) * (1.0 + 1e-6), "{seed}");
    }
}

#[test]
fn a_bound_holds_at_every_moment_and_the_course_is_the_same_again() {
    let problem = case(7);
    let best = solved(&problem, Against::OwnBest).answer();
    let course = || {
        let mut robust = Robust::new(problem.clone(), Against::OwnBest, 1, &[]).unwrap();
        let mut course: Vec<Answer> = Vec::new();
        while robust.step() {
            course.push(robust.answer());
        }
        course
    };
    let first = course();
    assert_eq!(first, course());
    assert!(first.windows(2).all(|w| w[1].bound >= w[0].bound));
    let objectives: Vec<f64> = first.iter().filter_map(|a| a.objective).collect();
    assert!(objectives.windows(2).all(|w| w[1] <= w[0] + 1e-9));
    assert!(first.iter().filter_map(|a| a.bound).all(|b| b <= best.objective.unwrap() + 1e-6));
}

#[test]
fn a_choice_that_costs_other_than_it_says_is_found_out() {
    let problem = case(1);
    let robust = solved(&problem, Against::Nothing);
    let good = robust.answer();
    let (low, _) = robust.references();
    assert_eq!(check_robust(&problem, low, &good), Ok(()));
    let wrong = Answer { objective: good.objective.map(|o| o * 0.999), ..good.clone() };
    assert!(check_robust(&problem, low, &wrong).unwrap_err().starts_with("the objective is"));
    let wrong = Answer { bound: good.objective.map(|o| o * 1.01), ..good.clone() };
    assert!(check_robust(&problem, low, &wrong).unwrap_err().starts_with("the bound"));
    let wrong = Answer { bound: good.objective.map(|o| o * 0.9), ..good };
    assert!(check_robust(&problem, low, &wrong).unwrap_err().starts_with("called optimal"));
}
