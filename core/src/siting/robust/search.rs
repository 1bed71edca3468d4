//! The solver: references, bounds by averaged problems, local search, branch and bound.

use super::{RobustProblem, game, local};
use crate::siting::{Answer, Lock, Search, Solver, Status, TOLERANCE, Unfit};
use std::{cmp::Ordering, collections::BTreeMap, collections::BinaryHeap};

/// Slices for the best of one future, at most.
const REFERENCE: usize = 300;
/// Averaged problems at the root and at other nodes, at most.
const AT_ROOT: usize = 40;
const AT_NODE: usize = 5;
/// Slices of one averaged problem, at most.
const SLICES: usize = 400;
/// An averaged problem is solved no closer than this share of what is open.
const CLOSE: f64 = 0.02;
/// Choices that play in the game.
const PLAYERS: usize = 120;
/// Choices that are remembered.
const KNOWN: usize = 4_000;

/// What a choice is measured against in each future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// Nothing: the worst case counts.
    Nothing,
    /// The best that the future alone allows: regret counts.
    OwnBest,
}

/// A set of settled sites.
struct Node {
    bound: f64,
    serial: u64,
    locks: Vec<Lock>,
    weights: Vec<f64>,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Node {}
impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Node {
    /// The heap gives the greatest: least bound, then newest.
    fn cmp(&self, other: &Self) -> Ordering {
        other.bound.total_cmp(&self.bound).then(self.serial.cmp(&other.serial))
    }
}

/// The node in hand: an averaged problem at work.
struct Work {
    node: Node,
    trial: Vec<f64>,
    search: Search,
    slices: usize,
    rounds: usize,
}

enum Phase {
    /// The best of a future alone.
    Reference(usize, Option<Box<Search>>, usize),
    /// Whoever knows better than the lists may say so before the search goes on.
    Waiting,
    /// Next node.
    Next,
    Node(Box<Work>),
    Over,
}

/// See the head of the module. Worked off in slices; deterministic for a seed.
pub struct Robust {
    problem: RobustProblem,
    against: Against,
    seed: u64,
    unit: f64,
    /// Each future's own best lies between these.
    low: Vec<f64>,
    high: Vec<f64>,
    /// A choice that reaches `high` in each future.
    owners: Vec<Vec<u32>>,
    /// Choices that were met, with their costs.
    known: BTreeMap<Vec<u32>, Vec<f64>>,
    best: Option<(f64, Vec<u32>)>,
    /// The best choice that was improved last.
    improved: Option<Vec<u32>>,
    heap: BinaryHeap<Node>,
    phase: Phase,
    serial: u64,
    nodes: u64,
    /// The least bound at which a node was given up.
    pruned: f64,
    bound: f64,
    status: Status,
}

impl Robust {
    /// Begins, from choices that are known.
    ///
    /// # Errors
    /// Where the problem is not well posed.
    pub fn new(problem: RobustProblem, against: Against, seed: u64, start: &[Vec<u32>]) -> Result<Self, Unfit> {
        let futures = problem.len();
        let fits = problem.factors.iter().all(|f| f.len() == problem.base.lists.len());
        let whole = problem.factors.iter().flatten().chain(&problem.opening).all(|v| *v >= 0.0 && v.is_finite());
        if futures == 0 || !fits || !whole || problem.opening.len() != futures || problem.constant.len() != futures {
            return Err(Unfit::BadNumber("what a length costs in a future".into()));
        }
        let unit = problem.unit();
        problem.averaged(&vec![1.0 / futures as f64; futures], unit).validate()?;
        let first = match against {
            Against::Nothing => Phase::Waiting,
            Against::OwnBest => Phase::Reference(0, None, 0),
        };
        let none = if against == Against::Nothing { 0.0 } else { f64::NEG_INFINITY };
        let mut robust = Self {
            against,
            seed,
            unit,
            low: vec![none; futures],
            high: vec![if against == Against::Nothing { 0.0 } else { f64::INFINITY }; futures],
            owners: vec![Vec::new(); futures],
            known: BTreeMap::new(),
            best: None,
            improved: None,
            heap: BinaryHeap::new(),
            phase: first,
            serial: 0,
            nodes: 0,
            pruned: f64::INFINITY,
            bound: f64::NEG_INFINITY,
            status: Status::Unknown,
            problem,
        };
        start.iter().filter(|open| robust.keeps(open)).cloned().collect::<Vec<_>>().iter().for_each(|o| robust.meet(o));
        Ok(robust)
    }

    /// Begins against costs that are known: each future's own best lies between two of them.
    ///
    /// # Errors
    /// Where the problem is not well posed.
    pub fn measured(
        problem: RobustProblem,
        (low, high): (&[f64], &[f64]),
        seed: u64,
        start: &[Vec<u32>],
    ) -> Result<Self, Unfit> {
        if low.len() != problem.len() || high.len() != problem.len() || low.iter().chain(high).any(|v| !v.is_finite()) {
            return Err(Unfit::BadNumber("the best of a future".into()));
        }
        let mut robust = Self::new(problem, Against::Nothing, seed, start)?;
        (robust.low, robust.high) = (low.to_vec(), high.to_vec());
        robust.rank();
        Ok(robust)
    }

    /// The problem.
    #[must_use]
    pub const fn problem(&self) -> &RobustProblem {
        &self.problem
    }

    /// Nodes of the tree so far.
    #[must_use]
    pub const fn nodes(&self) -> u64 {
        self.nodes
    }

    /// Between which costs each future's own best lies; 0 for the worst case.
    #[must_use]
    pub fn references(&self) -> (&[f64], &[f64]) {
        (&self.low, &self.high)
    }

    /// True once the references are known and before they are used: where the lists are known to promise too much, a true cost of
    /// [`Robust::owners`] is told by [`Robust::correct`].
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        matches!(self.phase, Phase::Waiting) && matches!(self.against, Against::OwnBest)
    }

    /// A choice that reaches the upper end of each future's own best.
    #[must_use]
    pub fn owners(&self) -> &[Vec<u32>] {
        &self.owners
    }

    /// The true costs of the owners, each in its own future: lists may promise more than there is.
    pub fn correct(&mut self, costs: &[f64]) {
        self.high.iter_mut().zip(costs).for_each(|(h, c)| *h = h.max(*c));
    }

    /// Distinct choices that were met, least of the maximum first.
    #[must_use]
    pub fn pool(&self) -> Vec<Vec<u32>> {
        let mut all: Vec<(f64, &Vec<u32>)> = self.known.iter().map(|(open, c)| (self.most(c), open)).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        all.into_iter().take(PLAYERS).map(|(_, open)| open.clone()).collect()
    }

    /// The greatest of costs beyond the references: what is made least.
    fn most(&self, costs: &[f64]) -> f64 {
        costs.iter().zip(&self.high).map(|(c, r)| c - r).fold(f64::NEG_INFINITY, f64::max)
    }

    /// What is told of a choice: it counts from the lower ends.
    #[must_use]
    pub fn told(&self, costs: &[f64]) -> f64 {
        costs.iter().zip(&self.low).map(|(c, r)| c - r).fold(f64::NEG_INFINITY, f64::max)
    }

    /// Differences up to this are none: a millionth of the greatest cost of the best choice.
    fn tolerance(&self) -> f64 {
        let costs = self.best.as_ref().and_then(|(_, open)| self.known.get(open));
        TOLERANCE * costs.map_or(0.0, |c| c.iter().fold(0.0, |m: f64, v| m.max(v.abs())))
    }

    /// Nothing from here on is looked for.
    fn goal(&self) -> f64 {
        self.best.as_ref().map_or(f64::INFINITY, |b| b.0 - 0.8 * self.tolerance())
    }

    /// Count, locks and side limits.
    fn keeps(&self, open: &[u32]) -> bool {
        let base = &self.problem.base;
        let mut is_open = vec![false; base.sites()];
        for s in open {
            match is_open.get_mut(*s as usize) {
                Some(o) if !*o => *o = true,
                _ => return false,
            }
        }
        let locked = base.locks.iter().zip(&is_open).all(|(l, o)| match l {
            Lock::Free => true,
            Lock::Open => *o,
            Lock::Closed => !*o,
        });
        let used = |r: &crate::siting::Row| r.terms.iter().filter(|t| is_open[t.0 as usize]).map(|t| t.1).sum::<f64>();
        locked && (base.count.0..=base.count.1).contains(&open.len()) && base.rows.iter().all(|r| used(r) <= r.limit)
    }

    /// Takes note of a choice.
    fn meet(&mut self, open: &[u32]) {
        if self.known.contains_key(open) {
            return;
        }
        let costs = self.problem.costs(open);
        if costs.iter().all(|c| c.is_finite()) {
            if self.against == Against::OwnBest {
                for (k, c) in costs.iter().enumerate() {
                    // Before the references are settled every choice may be a future's best.
                    if matches!(self.phase, Phase::Reference(..)) && *c < self.high[k] {
                        self.high[k] = *c;
                        self.owners[k] = open.to_vec();
                    }
                }
            }
            let value = self.most(&costs);
            let better = self.best.as_ref().is_none_or(|b| value < b.0);
            if better {
                self.best = Some((value, open.to_vec()));
            }
            if better || self.known.len() < KNOWN {
                self.known.insert(open.to_vec(), costs);
            }
        }
    }

    /// All choices of a search.
    fn meet_all(&mut self, search: &Search) {
        for (_, open) in search.pool() {
            self.meet(&open);
        }
        let answer = search.answer();
        if answer.objective.is_some() {
            self.meet(&answer.open);
        }
    }

    /// The best choice anew, once references have changed.
    fn rank(&mut self) {
        let least = self.known.iter().map(|(open, c)| (self.most(c), open));
        self.best = least.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1))).map(|(v, open)| (v, open.clone()));
    }

    fn pure(&self, k: usize) -> Vec<f64> {
        let mut weights = vec![0.0; self.problem.len()];
        weights[k] = 1.0;
        weights
    }

    /// What a bound of an averaged problem says: less what rounding to whole numbers may have taken.
    fn lifted(&self, weights: &[f64], whole: f64) -> f64 {
        let sum = |of: &[f64]| weights.iter().zip(of).filter(|(w, _)| **w > 0.0).map(|(w, v)| w * v).sum::<f64>();
        whole / self.unit * (1.0 - 1e-12) + sum(&self.problem.constant) - sum(&self.high)
    }

    fn reference(&mut self, k: usize, search: Option<Box<Search>>, slices: usize) {
        let Some(mut search) = search else {
            let problem = self.problem.averaged(&self.pure(k), self.unit);
            let start = self.known.iter().min_by(|a, b| a.1[k].total_cmp(&b.1[k]).then(a.0.cmp(b.0)));
            let start = start.map(|(open, _)| open.clone()).unwrap_or_default();
            match Search::with_start(problem, self.seed, &start) {
                Ok(search) => self.phase = Phase::Reference(k, Some(Box::new(search)), 0),
                Err(_) => self.finish(),
            }
            return;
        };
        let more = search.step();
        if more && slices < REFERENCE {
            self.phase = Phase::Reference(k, Some(search), slices + 1);
            return;
        }
        let answer = search.answer();
        if answer.status == Status::Infeasible {
            self.finish();
            return;
        }
        self.phase = Phase::Reference(k, None, 0);
        self.meet_all(&search);
        if let Some(bound) = answer.bound {
            self.low[k] = bound / self.unit * (1.0 - 1e-12) + self.problem.constant[k];
        }
        if self.high[k].is_infinite() {
            // Nothing to measure against: all that can be said is said by the search for any choice.
            self.finish();
            return;
        }
        self.phase = if k + 1 < self.problem.len() { Phase::Reference(k + 1, None, 0) } else { Phase::Waiting };
    }

    fn begin_tree(&mut self) {
        // A choice met later cannot be a reference any more: low stays valid, high stays what somebody reaches.
        self.rank();
        let futures = self.problem.len();
        let weights = vec![1.0 / futures as f64; futures];
        let locks = self.problem.base.locks.clone();
        self.heap.push(Node { bound: f64::NEG_INFINITY, serial: 0, locks, weights });
        self.phase = Phase::Next;
    }

    fn next(&mut self) {
        // The best choice is improved before the tree grows.
        if let Some((value, open)) = self.best.clone()
            && self.improved.as_ref() != Some(&open)
        {
            match local::improved(&self.problem, &self.high, &open, value) {
                Some(next) if !self.known.contains_key(&next) => {
                    self.meet(&next);
                    if self.best.as_ref().map(|b| &b.1) == Some(&open) {
                        self.improved = Some(open);
                    }
                }
                _ => self.improved = Some(open),
            }
            self.phase = Phase::Next;
            return;
        }
        let goal = self.goal();
        while let Some(node) = self.heap.pop() {
            if node.bound >= goal {
                self.pruned = self.pruned.min(node.bound);
                continue;
            }
            self.nodes += 1;
            let trial = node.weights.clone();
            self.ask(node, trial, 0);
            return;
        }
        self.finish();
    }

    /// Sets an averaged problem to work at a node; a node without any choice is given up.
    fn ask(&mut self, node: Node, trial: Vec<f64>, rounds: usize) {
        let mut problem = self.problem.averaged(&trial, self.unit);
        problem.locks.clone_from(&node.locks);
        let cost = |c: &[f64]| c.iter().zip(&trial).map(|(c, w)| c * w).sum::<f64>();
        let inside = self.known.iter().filter(|(open, _)| agrees(&node.locks, open));
        let start = inside.map(|(open, c)| (cost(c), open)).min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        let start = start.map(|(_, open)| open.clone()).unwrap_or_default();
        self.phase = match Search::with_start(problem, self.seed, &start) {
            Ok(search) => Phase::Node(Box::new(Work { node, trial, search, slices: 0, rounds })),
            Err(_) => Phase::Next,
        };
    }

    fn work(&mut self, mut work: Box<Work>) {
        let more = work.search.step();
        work.slices += 1;
        let answer = work.search.answer();
        if answer.status == Status::Infeasible {
            self.phase = Phase::Next;
            return;
        }
        let bound = answer.bound.map_or(f64::NEG_INFINITY, |b| self.lifted(&work.trial, b));
        let goal = self.goal();
        let open = (goal - bound).max(0.0);
        let close = answer.objective.zip(answer.bound).is_some_and(|(o, b)| (o - b) / self.unit <= CLOSE * open);
        if more && bound < goal && !close && work.slices < SLICES {
            self.phase = Phase::Node(work);
            return;
        }
        self.meet_all(&work.search);
        let Work { mut node, trial, rounds, .. } = *work;
        if bound > node.bound {
            node.bound = bound;
            node.weights.clone_from(&trial);
        } else if rounds == 0 {
            node.weights.clone_from(&trial);
        }
        let goal = self.goal();
        if node.bound >= goal {
            self.pruned = self.pruned.min(node.bound);
            self.phase = Phase::Next;
            return;
        }
        let players = self.players(&node.locks);
        if players.is_empty() {
            return self.split(node, &[]);
        }
        let values: Vec<Vec<f64>> =
            players.iter().map(|(_, c)| c.iter().zip(&self.high).map(|(c, r)| c - r).collect()).collect();
        let game = game::solve(&values.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let mut share = vec![0.0; self.problem.base.sites()];
        for ((open, _), w) in players.iter().zip(&game.choices) {
            open.iter().for_each(|s| share[*s as usize] += w);
        }
        let undecided = share.iter().any(|s| *s > 1e-6 && *s < 1.0 - 1e-6);
        let left = game.value - node.bound;
        let patience = if node.serial == 0 { AT_ROOT } else { AT_NODE };
        // More of the same weights would say nothing new.
        let settled = left <= 0.1 * (goal - node.bound) && undecided;
        if settled || rounds + 1 >= patience {
            return self.split(node, &share);
        }
        // Between the best weights and the game's: the game alone swings from one end to the other.
        let part = if rounds % 3 == 2 { 1.0 } else { 0.5 };
        let next: Vec<f64> = node.weights.iter().zip(&game.futures).map(|(a, b)| a + part * (b - a)).collect();
        if next.iter().zip(&trial).all(|(a, b)| (a - b).abs() < 1e-12) {
            return self.split(node, &share);
        }
        self.ask(node, next, rounds + 1);
    }

    /// The choices that a node allows, best first.
    fn players(&self, locks: &[Lock]) -> Vec<(&Vec<u32>, &Vec<f64>)> {
        let inside = self.known.iter().filter(|(open, _)| agrees(locks, open));
        let mut all: Vec<(f64, &Vec<u32>, &Vec<f64>)> = inside.map(|(open, c)| (self.most(c), open, c)).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        all.into_iter().take(PLAYERS).map(|(_, open, c)| (open, c)).collect()
    }

    /// Splits a node on the site about which the mixture of choices is least decided.
    fn split(&mut self, node: Node, share: &[f64]) {
        let free = |s: &usize| node.locks[*s] == Lock::Free;
        let off = |s: usize| (share.get(s).copied().unwrap_or(0.0) - 0.5).abs();
        let at = (0..node.locks.len()).filter(free).min_by(|a, b| off(*a).total_cmp(&off(*b)).then(a.cmp(b)));
        self.phase = Phase::Next;
        let Some(at) = at else {
            // Everything is settled: the one choice left is known, and its cost with it.
            let open: Vec<u32> =
                (0..node.locks.len() as u32).filter(|s| node.locks[*s as usize] == Lock::Open).collect();
            if let Some(costs) = self.known.get(&open) {
                self.pruned = self.pruned.min(self.most(costs));
            } else if self.keeps(&open) {
                self.pruned = self.pruned.min(node.bound);
            }
            return;
        };
        for lock in [Lock::Closed, Lock::Open] {
            let mut locks = node.locks.clone();
            locks[at] = lock;
            self.serial += 1;
            self.heap.push(Node { bound: node.bound, serial: self.serial, locks, weights: node.weights.clone() });
        }
    }

    fn finish(&mut self) {
        self.phase = Phase::Over;
        if let Some((value, _)) = &self.best {
            self.bound = self.pruned.min(*value).max(self.bound);
        } else {
            self.status = Status::Infeasible;
        }
    }

    /// No choice is better than this.
    fn proved(&self) -> f64 {
        let mut all = self.pruned;
        match &self.phase {
            Phase::Over => return self.bound,
            Phase::Reference(..) | Phase::Waiting => return f64::NEG_INFINITY,
            Phase::Node(work) => all = all.min(work.node.bound),
            Phase::Next => {}
        }
        all = self.heap.peek().map_or(all, |n| all.min(n.bound));
        self.best.as_ref().map_or(all, |b| all.min(b.0))
    }
}

/// True where a choice keeps what a node has settled.
fn agrees(locks: &[Lock], open: &[u32]) -> bool {
    let all_open = open.iter().all(|s| locks[*s as usize] != Lock::Closed);
    let must = locks.iter().zip(0u32..).filter(|(l, _)| **l == Lock::Open);
    all_open && must.into_iter().all(|(_, s)| open.binary_search(&s).is_ok())
}

impl Solver for Robust {
    fn step(&mut self) -> bool {
        match std::mem::replace(&mut self.phase, Phase::Over) {
            Phase::Reference(k, search, slices) => self.reference(k, search, slices),
            Phase::Waiting => self.begin_tree(),
            Phase::Next => {
                self.phase = Phase::Next;
                self.next();
            }
            Phase::Node(work) => self.work(work),
            Phase::Over => {}
        }
        if !matches!(self.phase, Phase::Over) {
            self.bound = self.bound.max(self.proved());
            return true;
        }
        false
    }

    /// Objective: the greatest cost, or regret counted from the lower ends. Optimal within a millionth of the greatest cost.
    fn answer(&self) -> Answer {
        let Some((_, open)) = &self.best else {
            return Answer { status: self.status, objective: None, bound: None, open: vec![], assignment: vec![] };
        };
        let waits = matches!(self.phase, Phase::Reference(..) | Phase::Waiting);
        let objective = self.known.get(open).filter(|_| !waits).map(|c| self.told(c));
        let bound = Some(self.bound).filter(|b| b.is_finite());
        // Nobody regrets less than nothing.
        let bound = if self.against == Against::OwnBest { bound.map(|b| b.max(0.0)) } else { bound };
        let over = matches!(self.phase, Phase::Over);
        let close = objective.zip(bound).is_some_and(|(o, b)| o - b <= self.tolerance());
        let status = if over && close { Status::Optimal } else { Status::Feasible };
        Answer {
            status,
            objective,
            bound: objective.zip(bound).map(|(o, b)| b.min(o)),
            open: open.clone(),
            assignment: vec![],
        }
    }
}
