//! The solver for [`Problem`]: a plan quickly, a bound soon, then both until they meet.
//!
//! 1. Greedy opening and `interchange`: a plan.
//! 2. `lagrangian` rounds: a bound. Sites that it rules out are dropped for good; choices that it suggests are improved.
//! 3. Randomised plans, joined with the best by path relinking.
//! 4. `branch` and bound until nothing is open, with more of 3 in between.

mod branch;
mod interchange;
mod lagrangian;
mod pool;
mod reduced;

use super::{Answer, Lock, Problem, Solver, Status, Unfit};
use crate::random::Random;
use branch::Branch;
use interchange::{Exchange, Near, greedy};
use lagrangian::Dual;
use pool::{Pool, relink};
use reduced::{Reduced, assign};

/// Relative gap within which an answer is called optimal.
pub const TOLERANCE: f64 = 1e-6;

/// Visits of pairs in a slice: one to three milliseconds.
const SLICE: i64 = 300_000;
/// Rounds at the root between two choices that are improved.
const SUGGEST: u32 = 25;
/// Rounds without progress after which the root is branched.
const PATIENCE: u32 = 40;
/// Rounds at the root at most.
const MOST_ROUNDS: u32 = 800;
/// Randomised plans before branching, and nodes a plan after.
const PLANS: u32 = 6;
const NODES_A_PLAN: u64 = 40;

enum Phase {
    /// A plan to start from, where one is known.
    Greedy(Vec<u32>),
    Descend(Exchange),
    Root(Box<Root>),
    Branch(Box<Branch>),
    Over,
}

/// The bound at the root.
struct Root {
    reduced: Reduced,
    dual: Dual,
    locks: Vec<Lock>,
    plans: u32,
}

/// See the head of the file.
pub struct Search {
    problem: Problem,
    root: Reduced,
    near: Near,
    /// From a site of the problem to its number in `root`.
    to_root: Vec<u32>,
    phase: Phase,
    pool: Pool,
    random: Random,
    bound: f64,
    /// Costs are multiples of this.
    grain: f64,
    nodes: u64,
    status: Status,
}

impl Search {
    /// Begins.
    ///
    /// # Errors
    /// Where the problem is not well posed.
    pub fn new(problem: Problem, seed: u64) -> Result<Self, Unfit> {
        Self::with_start(problem, seed, &[])
    }

    /// Begins from a plan that is known, or from what of it can be opened.
    ///
    /// # Errors
    /// Where the problem is not well posed.
    pub fn with_start(problem: Problem, seed: u64, start: &[u32]) -> Result<Self, Unfit> {
        problem.validate()?;
        let reduced = Reduced::new(&problem);
        let infeasible = reduced.is_none();
        let root = reduced.unwrap_or_default();
        let mut to_root = vec![u32::MAX; problem.sites()];
        root.names.iter().enumerate().for_each(|(s, n)| to_root[*n as usize] = s as u32);
        let near = Near::new(&root);
        let mut search = Self {
            grain: grain(&problem),
            phase: Phase::Over,
            pool: Pool::default(),
            random: Random::new(seed),
            bound: f64::NEG_INFINITY,
            nodes: 0,
            status: Status::Unknown,
            problem,
            root,
            near,
            to_root,
        };
        if infeasible {
            search.status = Status::Infeasible;
            return Ok(search);
        }
        search.bound = search.root.floor();
        let wished = start.iter().filter_map(|s| search.to_root.get(*s as usize)).filter(|s| **s != u32::MAX);
        let wished: Vec<u32> = wished.copied().collect();
        search.phase = Phase::Greedy(wished);
        Ok(search)
    }

    /// Distinct good plans that were met: cost and open sites, best first.
    #[must_use]
    pub fn pool(&self) -> Vec<(f64, Vec<u32>)> {
        self.pool.plans().iter().map(|(cost, open)| (*cost, self.root.named(open))).collect()
    }

    /// Nodes of the tree so far.
    #[must_use]
    pub const fn nodes(&self) -> u64 {
        self.nodes
    }

    /// The problem.
    #[must_use]
    pub const fn problem(&self) -> &Problem {
        &self.problem
    }

    /// Opens the wished sites in turn as far as count and side limits allow.
    fn repair(&self, open: &mut [bool], wished: &[u32]) {
        let mut used = vec![0.0; self.root.rows.len()];
        let mut left = self.root.count.1;
        for s in wished {
            let rows = &self.root.rows_of[*s as usize];
            let fits = rows.iter().all(|(r, a)| used[*r as usize] + a <= self.root.rows[*r as usize].limit);
            if left > 0 && fits && !open[*s as usize] {
                open[*s as usize] = true;
                left -= 1;
                rows.iter().for_each(|(r, a)| used[*r as usize] += a);
            }
        }
    }

    /// The cost of the best plan that serves everybody who must be.
    fn best(&self) -> f64 {
        self.pool.best().map_or(f64::INFINITY, |b| b.0)
    }

    /// No plan from here on is looked for. Costs are whole multiples of the grain, so the next better one is a grain away.
    fn goal(&self) -> f64 {
        let best = self.best();
        if !best.is_finite() || best >= self.root.penalty {
            // Any plan that serves everybody would do.
            return self.root.penalty;
        }
        let noise = 1e-10 * best.abs();
        best - (self.grain * 0.999_999 - noise).max(best.abs() * TOLERANCE * 0.5)
    }

    /// What a step of prices aims at.
    fn upper(&self) -> f64 {
        let met = self.pool.cost_met();
        // Before any plan is known: a little above what is proved.
        if met.is_finite() { met } else { self.bound + 0.1 * self.bound.abs() + self.grain }
    }

    fn raise(&mut self, bound: f64) {
        self.bound = self.bound.max(bound);
    }

    /// Over: nothing better than the best is left, but what a bound of at least `bound` gave up.
    fn finish(&mut self, bound: f64) {
        let best = self.best();
        if best < self.root.penalty && best.is_finite() {
            // Closer than a grain is as good as met.
            self.bound = if best - bound.min(best) < self.grain { best } else { bound.max(self.bound).min(best) };
            self.status = Status::Optimal;
        } else {
            self.status = Status::Infeasible;
        }
        self.phase = Phase::Over;
    }

    /// Takes a plan into the pool.
    fn keep(&mut self, open: &[bool]) {
        let opened = open.iter().filter(|o| **o).count();
        if opened >= self.root.count.0 {
            self.pool.offer(self.root.cost(open), open, self.root.penalty);
        }
    }

    /// Improves a choice of sites of the root and keeps it.
    fn improve(&mut self, wished: &[u32]) {
        let mut open = vec![false; self.root.len()];
        self.repair(&mut open, wished);
        if !self.pool.is_new(&open) {
            return;
        }
        let mut exchange = Exchange::new(&self.root, open);
        complete(&self.root, &self.near, &mut exchange, None);
        exchange.descend(&self.root, &self.near);
        self.keep(&exchange.open);
    }

    /// One randomised plan, joined with one of the pool.
    fn another(&mut self) {
        // Two thirds of a good plan: what is near to good is found sooner than from nothing.
        let good = self.pool.pick(&mut self.random).unwrap_or_default();
        let stays = |(_, o): &(usize, &bool)| **o && self.random.below(3) > 0;
        let wished: Vec<u32> = good.iter().enumerate().filter(stays).map(|(s, _)| s as u32).collect();
        let mut open = vec![false; self.root.len()];
        self.repair(&mut open, &wished);
        let mut exchange = Exchange::new(&self.root, open);
        complete(&self.root, &self.near, &mut exchange, Some(&mut self.random));
        exchange.descend(&self.root, &self.near);
        let partner = self.pool.pick(&mut self.random);
        self.keep(&exchange.open);
        if let Some(partner) = partner
            && let Some(between) = relink(&self.root, &self.near, &exchange, &partner)
        {
            let mut exchange = Exchange::new(&self.root, between);
            exchange.descend(&self.root, &self.near);
            self.keep(&exchange.open);
        }
    }

    /// Prices to start from: between the nearest and the second nearest of the best plan.
    fn first_prices(&self) -> Vec<f64> {
        let best = self.pool.best();
        (0..self.root.demand())
            .map(|i| {
                let (sites, costs) = self.root.of(i);
                let mut near =
                    sites.iter().zip(costs).filter(|(s, _)| best.as_ref().is_some_and(|b| b.1[**s as usize]));
                let otherwise = self.root.otherwise[i].min(costs.last().copied().unwrap_or(0.0).max(1.0) * 2.0);
                let first = near.next().map_or(otherwise, |n| *n.1);
                let second = near.next().map_or(otherwise, |n| *n.1);
                first + 0.5 * (second - first).max(0.0)
            })
            .collect()
    }

    fn at_root(&mut self, mut root: Box<Root>) {
        let mut budget = SLICE;
        let cost = 2_000 + 2 * root.reduced.sites.len() as i64 / 3;
        while budget > 0 {
            budget -= cost;
            let goal = self.goal();
            self.raise(root.dual.value);
            if root.dual.value >= goal {
                return self.finish(root.dual.value);
            }
            if root.reduced.len() == 0 {
                // What is settled is the one plan left.
                let wished = suggested(&root.reduced, &root.dual, &self.to_root);
                self.improve(&wished);
                return self.finish(root.dual.value);
            }
            root.dual.settle(&root.reduced, goal, &mut root.locks);
            let decided = root.locks.iter().filter(|l| **l != Lock::Free).count();
            if decided > 0 && decided * 5 >= root.reduced.len() {
                let Some(reduced) = root.reduced.fix(&root.locks) else {
                    return self.finish(goal);
                };
                let prices = reduced.kept.iter().map(|i| root.dual.prices[*i as usize]).collect();
                let rounds = root.dual.rounds;
                root.dual = Dual::new(&reduced, prices);
                root.dual.rounds = rounds;
                root.locks = vec![Lock::Free; reduced.len()];
                root.reduced = reduced;
                continue;
            }
            let over = root.dual.stalled >= PATIENCE || root.dual.rounds >= MOST_ROUNDS;
            if over && root.plans >= PLANS {
                let Root { reduced, dual, .. } = *root;
                self.phase = Phase::Branch(Box::new(Branch::new(reduced, dual.prices, dual.value)));
                return;
            }
            if over || root.dual.rounds % 50 == 49 && root.dual.stalled >= 5 && root.plans < PLANS {
                root.plans += 1;
                self.another();
                if over {
                    break;
                }
            }
            let upper = self.upper();
            root.dual.round(&root.reduced, upper);
            if root.dual.rounds.is_multiple_of(SUGGEST) {
                let wished = suggested(&root.reduced, &root.dual, &self.to_root);
                self.improve(&wished);
                break;
            }
        }
        self.phase = Phase::Root(root);
    }

    fn branch(&mut self, mut branch: Box<Branch>) {
        let (more, suggestion) = branch.run(self.goal(), self.upper(), SLICE);
        if let Some(open) = suggestion {
            let root = branch.root();
            let wished: Vec<u32> =
                root.named(&open).iter().map(|n| self.to_root[*n as usize]).filter(|s| *s != u32::MAX).collect();
            self.improve(&wished);
        }
        if branch.nodes / NODES_A_PLAN > self.nodes / NODES_A_PLAN {
            self.another();
        }
        self.nodes = branch.nodes;
        let bound = branch.bound();
        if more {
            self.raise(bound.min(self.best()));
            self.phase = Phase::Branch(branch);
        } else {
            self.finish(bound.min(self.goal()));
        }
    }
}

/// Opens sites while that pays or the count asks for it; with random numbers among a sample only.
fn complete(root: &Reduced, near: &Near, exchange: &mut Exchange, mut random: Option<&mut Random>) {
    while exchange.opened() < root.count.1 {
        let must = exchange.opened() < root.count.0;
        let step = match random.as_deref_mut() {
            Some(random) => {
                // As Resende and Werneck sample: the larger the plan, the fewer are looked at.
                let sample = (root.len() / (root.count.0.max(exchange.opened()).max(1)) + 2).ilog2() as usize + 2;
                let among: Vec<u32> = (0..sample).map(|_| random.below(root.len()) as u32).collect();
                let sampled = exchange.best_opening(root, among.into_iter());
                sampled.or_else(|| exchange.best_opening(root, 0..root.len() as u32))
            }
            None => exchange.best_opening(root, 0..root.len() as u32),
        };
        match step {
            Some(step) if must || step.profit > 0.5 => exchange.make(root, near, step),
            _ => break,
        };
    }
}

/// The sites of `root` that a bound suggests, surest first.
fn suggested(reduced: &Reduced, dual: &Dual, to_root: &[u32]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..reduced.len()).filter(|s| dual.chosen[*s]).collect();
    order.sort_by(|a, b| dual.rho[*a].total_cmp(&dual.rho[*b]).then(a.cmp(b)));
    let settled = reduced.settled.iter().map(|n| to_root[*n as usize]).filter(|s| *s != u32::MAX);
    settled.chain(order.iter().map(|s| to_root[reduced.names[*s] as usize])).collect()
}

/// The largest number that all costs are multiples of.
fn grain(problem: &Problem) -> f64 {
    let all = (0..problem.lists.len()).flat_map(|i| problem.lists.of(i).1);
    let mut grain = 0u64;
    for cost in all.chain(&problem.opening).chain(&problem.otherwise) {
        if *cost < 9.0e15 {
            let (mut a, mut b) = (grain, *cost as u64);
            while b > 0 {
                (a, b) = (b, a % b);
            }
            grain = a;
            if grain == 1 {
                break;
            }
        }
    }
    grain.max(1) as f64
}

impl Solver for Search {
    fn step(&mut self) -> bool {
        if !matches!(self.phase, Phase::Over) && self.bound >= self.goal() {
            self.finish(self.bound);
        }
        match std::mem::replace(&mut self.phase, Phase::Over) {
            Phase::Greedy(wished) => {
                let open = if wished.is_empty() {
                    greedy(&self.root, &self.near)
                } else {
                    let mut open = vec![false; self.root.len()];
                    self.repair(&mut open, &wished);
                    open
                };
                let mut exchange = Exchange::new(&self.root, open);
                complete(&self.root, &self.near, &mut exchange, None);
                self.keep(&exchange.open);
                self.phase = Phase::Descend(exchange);
            }
            Phase::Descend(mut exchange) => {
                exchange.descend(&self.root, &self.near);
                self.keep(&exchange.open);
                let dual = Dual::new(&self.root, self.first_prices());
                self.raise(dual.value);
                let (reduced, locks) = (self.root.clone(), vec![Lock::Free; self.root.len()]);
                self.phase = Phase::Root(Box::new(Root { reduced, dual, locks, plans: 0 }));
            }
            Phase::Root(root) => self.at_root(root),
            Phase::Branch(branch) => self.branch(branch),
            Phase::Over => {}
        }
        !matches!(self.phase, Phase::Over)
    }

    fn answer(&self) -> Answer {
        let Some((cost, open)) = self.pool.best().filter(|b| b.0 < self.root.penalty) else {
            let bound = self.bound.is_finite().then_some(self.bound);
            return Answer { status: self.status, objective: None, bound, open: Vec::new(), assignment: Vec::new() };
        };
        let open = self.root.named(open);
        let (assignment, _) = assign(&self.problem, &open);
        let status = if self.status == Status::Unknown { Status::Feasible } else { self.status };
        let bound = self.bound.is_finite().then(|| rounded(self.bound, self.grain).min(*cost));
        Answer { status, objective: Some(*cost), bound, open, assignment }
    }
}

/// A bound on multiples of the grain, kept below where rounding could have lifted it.
fn rounded(bound: f64, grain: f64) -> f64 {
    let safe = bound - 1e-10 * bound.abs();
    let up = libm::ceil(safe / grain - 1e-6) * grain;
    // Nothing is nothing, whatever its sign.
    if up.abs() < 9.0e15 { up + 0.0 } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::siting::{Lists, Row, check::check};

    /// A small problem of any kind: truncated lists, opening costs, locks, side limits, somebody who must be served.
    fn any(random: &mut Random) -> Problem {
        let (sites, demand) = (1 + random.below(10), 1 + random.below(12));
        // Costs that share a divisor, too.
        let times = [1.0, 1.0, 7.0, 100.0][random.below(4)];
        let lists = (0..demand).map(|_| {
            let long = 1 + random.below(sites);
            let mut all: Vec<u32> = (0..sites as u32).collect();
            (0..long)
                .map(|_| (all.swap_remove(random.below(all.len())), times * random.below(60) as f64))
                .collect::<Vec<_>>()
        });
        let lists = Lists::new(lists.collect::<Vec<_>>());
        let kind = random.below(3);
        let (least, most) = match kind {
            0 => (1 + random.below(sites.min(4)), 0),
            1 => (0, sites),
            _ => (random.below(3), 2 + random.below(4)),
        };
        let mut problem = Problem::plain(sites, lists, 0.0, (least, most.max(least)));
        for o in &mut problem.otherwise {
            *o = if random.below(4) == 0 { f64::INFINITY } else { times * random.below(90) as f64 };
        }
        if kind > 0 && random.below(3) > 0 {
            problem.opening.iter_mut().for_each(|o| *o = times * random.below(40) as f64);
        }
        for lock in &mut problem.locks {
            *lock = match random.below(8) {
                0 => Lock::Open,
                1 => Lock::Closed,
                _ => Lock::Free,
            };
        }
        for _ in 0..random.below(3) {
            let terms: Vec<(u32, f64)> = (0..sites as u32)
                .filter_map(|s| if random.below(2) == 0 { Some((s, 1.0 + random.below(4) as f64)) } else { None })
                .collect();
            problem.rows.push(Row { terms, limit: 1.0 + random.below(8) as f64 });
        }
        problem
    }

    /// The least cost of all choices, one by one.
    fn exhaustive(problem: &Problem) -> Option<f64> {
        let mut best: Option<f64> = None;
        for set in 0u32..1 << problem.sites() {
            let open: Vec<u32> = (0..problem.sites() as u32).filter(|s| set >> s & 1 == 1).collect();
            let is_open = |s: u32| set >> s & 1 == 1;
            let locks = problem.locks.iter().enumerate().all(|(s, l)| match l {
                Lock::Open => is_open(s as u32),
                Lock::Closed => !is_open(s as u32),
                Lock::Free => true,
            });
            let count = (problem.count.0..=problem.count.1).contains(&open.len());
            let rows = problem
                .rows
                .iter()
                .all(|r| r.terms.iter().filter(|(s, _)| is_open(*s)).map(|(_, a)| a).sum::<f64>() <= r.limit);
            if locks && count && rows {
                let cost = assign(problem, &open).1;
                if cost.is_finite() && best.is_none_or(|b| cost < b) {
                    best = Some(cost);
                }
            }
        }
        best
    }

    #[test]
    fn small_problems_of_any_kind_are_solved_as_trying_all_choices_says() {
        let mut random = Random::new(7);
        let (mut solved, mut infeasible) = (0, 0);
        for case in 0..1_000 {
            let problem = any(&mut random);
            let Ok(mut search) = Search::new(problem.clone(), case) else { continue };
            while search.step() {}
            let answer = search.answer();
            check(&problem, &answer).unwrap_or_else(|e| panic!("case {case}: {e}"));
            assert_eq!(answer.objective, exhaustive(&problem), "case {case}: {problem:?}");
            match answer.status {
                Status::Optimal => solved += 1,
                Status::Infeasible => infeasible += 1,
                other => panic!("case {case} ends {other:?}"),
            }
        }
        assert!(solved > 100 && infeasible > 10, "{solved} solved, {infeasible} infeasible");
    }

    #[test]
    fn bounds_hold_and_plans_improve_on_the_way() {
        let mut random = Random::new(3);
        let spots: Vec<[f64; 2]> = (0..160).map(|_| [random.below(1_000) as f64, random.below(1_000) as f64]).collect();
        let lists = Lists::new(spots.iter().map(|a| {
            spots.iter().enumerate().map(move |(j, b)| (j as u32, libm::trunc(libm::hypot(a[0] - b[0], a[1] - b[1]))))
        }));
        let problem = Problem::plain(160, lists, f64::INFINITY, (9, 9));
        let run = |seed| {
            let mut search = Search::new(problem.clone(), seed).expect("well posed");
            let mut course = vec![search.answer()];
            while search.step() {
                course.push(search.answer());
            }
            course.push(search.answer());
            (course, search.pool())
        };
        let (course, pool) = run(1);
        let last = course.last().expect("an answer");
        assert_eq!(last.status, Status::Optimal);
        for (a, b) in course.iter().zip(&course[1..]) {
            check(&problem, a).expect("holds on the way");
            assert!(b.objective.unwrap_or(f64::INFINITY) <= a.objective.unwrap_or(f64::INFINITY));
            assert!(b.bound >= a.bound && a.bound.unwrap_or(0.0) <= last.objective.expect("solved"));
        }
        assert!(pool.len() > 1 && pool[0].1 == last.open && pool.windows(2).all(|w| w[0].0 <= w[1].0));
        assert_eq!(run(1), (course, pool), "the same seed takes the same course");
    }

    #[test]
    fn a_known_plan_is_where_the_search_starts() {
        let problem = any(&mut Random::new(11));
        let mut first = Search::new(problem.clone(), 1).expect("well posed");
        while first.step() {}
        let best = first.answer();
        let mut again = Search::with_start(problem, 1, &best.open).expect("well posed");
        again.step();
        assert_eq!(again.answer().objective, best.objective);
    }
}
