//! Set covering (LSCP, location set covering): the cheapest sites that cover every demand point.
//!
//! ```text
//! minimise    sum_j cost_j y_j
//! subject to  sum of y_j over the sites that cover i >= 1   for every point i that is not covered already
//!             sum_j a_rj y_j <= limit_r,   y_j = 1 / 0 where locked
//! ```
//!
//! **Method.** Reductions, a Lagrangian bound with reduced-cost fixing, and branching on the point with the fewest sites; every
//! subproblem is made small again on its own. Local search with weights on points finds the covers, beside the proof.

mod ascent;
mod core;
mod local;
mod reduce;

use self::{
    ascent::Ascent,
    core::{Core, Sides},
    local::Local,
    reduce::{Progress, Reduction},
};
use super::{Answer, Lock, NONE, Row, Solver, Status, Unfit};
use crate::random::Random;
use crate::siting::Lists;
use std::rc::Rc;

/// A covering problem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cover {
    /// The sites that cover each demand point.
    pub covers: Vec<Vec<u32>>,
    /// What each site costs: whole numbers of at least 0.
    pub cost: Vec<f64>,
    /// Whether each site may be chosen.
    pub locks: Vec<Lock>,
    /// Side limits. Sums are compared as they are: whole weights are exact.
    pub rows: Vec<Row>,
    /// Points that need no site.
    pub covered: Vec<bool>,
}

impl Cover {
    /// Every site costs 1; no locks, no side limits, nothing covered.
    #[must_use]
    pub fn plain(sites: usize, covers: Vec<Vec<u32>>) -> Self {
        Self {
            cost: vec![1.0; sites],
            locks: vec![Lock::Free; sites],
            rows: Vec::new(),
            covered: vec![false; covers.len()],
            covers,
        }
    }

    /// A site covers what it serves for at most the radius; the cheapest comes first.
    #[must_use]
    pub fn within(lists: &Lists, sites: usize, radius: f64) -> Self {
        let covers = (0..lists.len()).map(|i| {
            let (listed, costs) = lists.of(i);
            listed[..costs.partition_point(|c| *c <= radius)].to_vec()
        });
        Self::plain(sites, covers.collect())
    }

    /// Is it well posed? Points that no site covers are not an error here: the solver answers `Infeasible` and names them.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), Unfit> {
        if self.covers.is_empty() {
            return Err(Unfit::NoDemand);
        }
        let sites = self.cost.len();
        if self.locks.len() != sites || self.covered.len() != self.covers.len() {
            return Err(Unfit::BadNumber("the number of locks and of demand points".into()));
        }
        if !self.cost.iter().all(|v| *v >= 0.0 && v.is_finite() && libm::trunc(*v) == *v) {
            return Err(Unfit::BadNumber("the cost of a site".into()));
        }
        if let Some(i) = self.covers.iter().position(|list| list.iter().any(|s| *s as usize >= sites)) {
            return Err(Unfit::BadNumber(format!("a site of demand point {}", i + 1)));
        }
        if self.locks.iter().all(|l| *l == Lock::Closed) {
            return Err(Unfit::NoSites);
        }
        validate_rows(&self.rows, &self.locks)
    }
}

/// Are side limits well posed, and kept by what is locked open?
pub(super) fn validate_rows(rows: &[Row], locks: &[Lock]) -> Result<(), Unfit> {
    for (r, row) in rows.iter().enumerate() {
        let wrong = |(s, w): &(u32, f64)| *s as usize >= locks.len() || !(*w > 0.0 && w.is_finite());
        if row.terms.iter().any(wrong) || row.limit.is_nan() {
            return Err(Unfit::BadNumber(format!("side limit {}", r + 1)));
        }
        let open = row.terms.iter().filter(|(s, _)| locks[*s as usize] == Lock::Open);
        if open.map(|(_, w)| w).sum::<f64>() > row.limit {
            return Err(Unfit::LockedRow(r));
        }
    }
    Ok(())
}

/// Elementary operations in a slice: a few milliseconds.
const SLICE: i64 = 1_000_000;
/// Sums of prices are compared with whole numbers up to this.
const TOLERANCE: f64 = 1e-6;
/// Rounds of the bound at the root and below.
const ROUNDS: (u32, u32) = (900, 240);
/// Passes of the reductions at the root and below.
const PASSES: (u32, u32) = (8, 3);

/// A subproblem that waits: of a core, with some columns taken and some dropped.
struct Node {
    core: Rc<Core>,
    take: Vec<u32>,
    drop: Vec<u32>,
    bound: f64,
}

/// What is being done with the subproblem in hand.
enum Work {
    Reduce(Reduction),
    Bound(Ascent),
}

/// Solves a [`Cover`].
pub struct SetCover {
    cover: Cover,
    sides: Sides,
    /// All costs are multiples of it, and so is every objective.
    unit: f64,
    enough: Option<f64>,
    best: Option<(f64, Vec<u32>)>,
    stack: Vec<Node>,
    work: Option<(Work, f64)>,
    bound: f64,
    local: Option<Local>,
    start: Vec<u32>,
    random: Random,
    stuck: Vec<u32>,
    prices: Vec<f64>,
    rooted: bool,
    nodes: u64,
}

impl SetCover {
    /// Starts.
    ///
    /// # Errors
    /// The first thing that is wrong with the problem.
    pub fn new(cover: Cover, seed: u64) -> Result<Self, Unfit> {
        cover.validate()?;
        Ok(Self::begin(cover, seed, None, &[], Vec::new()))
    }

    /// Only asks whether a cover of at most so much (so many sites, where each costs 1) exists: it ends with the first one, or
    /// with the proof that there is none. Where it ends without a cover, [`SetCover::decided`] is `Some(false)`.
    ///
    /// # Errors
    /// The first thing that is wrong with the problem.
    pub fn deciding(cover: Cover, enough: usize, seed: u64) -> Result<Self, Unfit> {
        cover.validate()?;
        Ok(Self::begin(cover, seed, Some(enough as f64), &[], Vec::new()))
    }

    /// The same from the sites and prices of a similar problem.
    pub(super) fn begin(cover: Cover, seed: u64, enough: Option<f64>, start: &[u32], prices: Vec<f64>) -> Self {
        let sides = Sides::new(&cover);
        let whole = cover.cost.iter().fold(0u64, |a, c| gcd(a, *c as u64)).max(1);
        let core = Rc::new(Core::whole(&cover, &sides, &prices));
        let bound = core.spent;
        Self {
            sides,
            unit: whole as f64,
            enough,
            best: None,
            stack: vec![Node { core, take: Vec::new(), drop: Vec::new(), bound }],
            work: None,
            bound,
            local: None,
            start: start.to_vec(),
            random: Random::new(seed),
            stuck: Vec::new(),
            prices: vec![0.0; cover.covers.len()],
            rooted: false,
            nodes: 0,
            cover,
        }
    }

    /// Points that no choice of sites within locks and side limits can cover, as far as reductions alone see it. Empty where
    /// all can be covered, and where only the search proved that limits clash.
    #[must_use]
    pub fn uncoverable(&self) -> &[u32] {
        &self.stuck
    }

    /// Whether a cover that is cheap enough exists, once known. Without `enough`: whether any exists.
    #[must_use]
    pub fn decided(&self) -> Option<bool> {
        match &self.best {
            Some((cost, _)) if self.enough.is_none_or(|e| *cost <= e) => Some(true),
            _ => self.exhausted().then_some(false),
        }
    }

    /// While no cover is known: a choice within locks and side limits (and of at most what is enough) that leaves few points
    /// uncovered, and these points. Found by search: fewer may be possible.
    #[must_use]
    pub fn nearly(&self) -> Option<(Vec<u32>, Vec<u32>)> {
        let mut open = self.local.as_ref().filter(|_| self.best.is_none())?.nearest()?.to_vec();
        open.sort_unstable();
        let left = (0..self.cover.covers.len()).filter(|i| {
            !self.cover.covered[*i] && !self.cover.covers[*i].iter().any(|s| open.binary_search(s).is_ok())
        });
        let left = left.map(|i| i as u32).collect();
        Some((open, left))
    }

    /// Subproblems looked at.
    #[must_use]
    pub fn nodes(&self) -> u64 {
        self.nodes
    }

    /// Is the bound of the whole problem done, and what follows branching?
    pub(super) fn rooted(&self) -> bool {
        self.rooted
    }

    /// Prices of the points at the root: where a similar problem may start.
    pub(super) fn prices(&self) -> &[f64] {
        &self.prices
    }

    /// The sites of the best cover.
    pub(super) fn best(&self) -> Option<&[u32]> {
        self.best.as_ref().map(|b| b.1.as_slice())
    }

    fn exhausted(&self) -> bool {
        self.stack.is_empty() && self.work.is_none()
    }

    /// A cover is of use up to this cost.
    fn limit(&self) -> f64 {
        let better = self.best.as_ref().map_or(f64::INFINITY, |b| b.0 - self.unit);
        self.enough.map_or(better, |e| e.min(better))
    }

    /// The least objective that is not below a bound.
    fn up(&self, bound: f64) -> f64 {
        libm::ceil((bound - TOLERANCE * (1.0 + bound.abs() * 1e-3)) / self.unit) * self.unit
    }

    fn offer(&mut self, cost: f64, mut open: Vec<u32>) {
        if cost <= self.limit() {
            open.sort_unstable();
            self.best = Some((cost, open));
        }
    }

    /// Where the bound of a subproblem ends it.
    fn target(&self) -> f64 {
        let limit = self.limit();
        if limit.is_finite() { limit + TOLERANCE * (4.0 + limit.abs() * 4e-3) } else { f64::INFINITY }
    }

    fn prove(&mut self, budget: &mut i64) {
        while *budget > 0 {
            let Some((work, bound)) = self.work.take() else {
                let Some(node) = self.stack.pop() else { return };
                *budget -= 50;
                if self.up(node.bound) > self.limit() {
                    continue;
                }
                self.nodes += 1;
                *budget -= node.core.rows.pairs() as i64;
                if self.nodes == 1 {
                    // A first cover at once: bound and fixing need to know where to get to.
                    let mut local = Local::new(Rc::clone(&node.core), &self.start, self.random.clone());
                    if let Some((cost, open)) = local.step(&self.sides, self.limit(), &mut 1) {
                        self.offer(cost, open);
                        if self.decided() == Some(true) && self.enough.is_some() {
                            self.stack.clear();
                            return;
                        }
                    }
                    self.local = Some(local);
                }
                let passes = if self.rooted { PASSES.1 } else { PASSES.0 };
                let reduction = Reduction::new(node.core, &self.sides, &node.take, &node.drop, passes);
                self.work = Some((Work::Reduce(reduction), node.bound));
                continue;
            };
            self.work = match work {
                Work::Reduce(mut reduction) => match reduction.step(&self.sides, budget) {
                    Progress::More => Some((Work::Reduce(reduction), bound)),
                    Progress::Dead(points) => {
                        if self.nodes == 1 {
                            self.stuck = points;
                        }
                        None
                    }
                    Progress::Done(core) => self.reduced(core, bound, budget),
                },
                Work::Bound(mut ascent) => {
                    let more = ascent.step(&self.sides, self.target(), budget);
                    if more {
                        let bound = bound.max(ascent.bound);
                        Some((Work::Bound(ascent), bound))
                    } else {
                        self.branch(ascent, bound, budget);
                        None
                    }
                }
            };
        }
    }

    /// A subproblem after its reductions.
    fn reduced(&mut self, core: Rc<Core>, bound: f64, budget: &mut i64) -> Option<(Work, f64)> {
        *budget -= core.rows.pairs() as i64 * 2;
        let bound = bound.max(core.spent);
        if !self.rooted && self.nodes == 1 {
            let start = self.best.as_ref().map_or(&self.start, |b| &b.1);
            let miss = self.local.take().and_then(Local::into_nearest);
            self.local = Some(Local::new(Rc::clone(&core), start, self.random.clone()).with_nearest(miss));
        }
        if core.rows.len() == 0 {
            self.offer(core.spent, core.fixed.clone());
            return None;
        }
        if self.up(bound) > self.limit() {
            return None;
        }
        let rounds = if self.rooted { ROUNDS.1 } else { ROUNDS.0 };
        Some((Work::Bound(Ascent::new(core, &self.sides, rounds)), bound))
    }

    /// Fixes by reduced costs what can be; goes on with the rest, or branches.
    fn branch(&mut self, ascent: Ascent, bound: f64, budget: &mut i64) {
        let (core, value, reduced) = ascent.close(&self.sides);
        let bound = bound.max(value);
        *budget -= core.rows.pairs() as i64;
        let limit = self.limit();
        if !self.rooted {
            for (d, u) in core.demand.iter().zip(&core.price) {
                self.prices[*d as usize] = *u;
            }
        }
        let first = !std::mem::replace(&mut self.rooted, true);
        if self.up(bound) > limit {
            return;
        }
        let mut drop = Vec::new();
        let mut take = Vec::new();
        for (c, reduced) in reduced.iter().enumerate() {
            if self.up(value + reduced.max(0.0)) > limit {
                drop.push(c as u32);
            } else if self.up(value - reduced.min(0.0)) > limit {
                take.push(c as u32);
            }
        }
        let core = Rc::new(core);
        // Much became fixed: once more from the start, before branching.
        if !take.is_empty() || drop.len() * (if first { 50 } else { 5 }) > core.cols.len() {
            self.stack.push(Node { core, take, drop, bound });
            return;
        }
        let mut gone = vec![false; core.cols.len()];
        for c in &drop {
            gone[*c as usize] = true;
        }
        let left = |r: usize| core.rows.of(r).iter().filter(|c| !gone[**c as usize]).count();
        let mut at: Option<(usize, f64, usize)> = None;
        for r in 0..core.rows.len() {
            let key = (left(r), -core.price[r], r);
            if at.is_none_or(|a| key < a) {
                at = Some(key);
            }
        }
        let Some((_, _, row)) = at else { return };
        let mut ways: Vec<u32> = core.rows.of(row).iter().copied().filter(|c| !gone[*c as usize]).collect();
        ways.sort_by(|a, b| reduced[*a as usize].total_cmp(&reduced[*b as usize]).then(a.cmp(b)));
        let mut nodes = Vec::new();
        for c in ways {
            let bound = bound.max(value + reduced[c as usize].max(0.0));
            nodes.push(Node { core: Rc::clone(&core), take: vec![c], drop: drop.clone(), bound });
            drop.push(c);
        }
        self.stack.extend(nodes.into_iter().rev());
    }

    /// The least bound of all that is not settled.
    fn refresh(&mut self) {
        let settled = match (self.enough, &self.best) {
            (Some(e), _) => libm::floor(e / self.unit) * self.unit + self.unit,
            (None, Some(best)) => best.0,
            (None, None) => f64::INFINITY,
        };
        let open = self.stack.iter().map(|n| n.bound).chain(self.work.iter().map(|w| w.1));
        let least = self.up(open.fold(settled, f64::min));
        let most = self.best.as_ref().map_or(f64::INFINITY, |b| b.0);
        if least.is_finite() {
            self.bound = self.bound.max(least).min(most);
        }
    }
}

impl Solver for SetCover {
    fn step(&mut self) -> bool {
        if self.decided().is_some_and(|d| !d || self.enough.is_some()) || self.exhausted() {
            return false;
        }
        // Covers are found early if at all: later the proof gets most of the time.
        let search = SLICE / if self.nodes < 200 { 2 } else { 4 };
        let mut budget = SLICE - search;
        self.prove(&mut budget);
        let mut budget = search;
        let limit = self.limit();
        let found = match &mut self.local {
            Some(local) if !(self.stack.is_empty() && self.work.is_none()) => {
                local.step(&self.sides, limit, &mut budget)
            }
            _ => None,
        };
        if let Some((cost, open)) = found {
            self.offer(cost, open);
        }
        self.refresh();
        let proven = self.best.as_ref().is_some_and(|b| self.bound >= b.0);
        if proven {
            self.stack.clear();
            self.work = None;
        }
        !(self.exhausted() || self.decided() == Some(true) && self.enough.is_some())
    }

    fn answer(&self) -> Answer {
        let Some((cost, open)) = &self.best else {
            let none = self.exhausted() && (self.enough.is_none() || !self.stuck.is_empty());
            return Answer {
                status: if none { Status::Infeasible } else { Status::Unknown },
                objective: None,
                bound: (!none).then_some(self.bound),
                open: Vec::new(),
                assignment: Vec::new(),
            };
        };
        let mut inside = vec![false; self.cover.cost.len()];
        for s in open {
            inside[*s as usize] = true;
        }
        let by = |list: &Vec<u32>| list.iter().copied().find(|s| inside[*s as usize]).unwrap_or(NONE);
        Answer {
            status: if self.bound >= *cost { Status::Optimal } else { Status::Feasible },
            objective: Some(*cost),
            bound: Some(self.bound),
            open: open.clone(),
            assignment: self.cover.covers.iter().map(by).collect(),
        }
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
