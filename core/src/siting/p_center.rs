//! p-center: as few as `p` sites so that the longest cost of any demand point to its nearest open site is least.
//!
//! ```text
//! minimise    max_i min over open j of cost_ij        over the points whose weight is more than 0
//! subject to  at most p sites open,   sum_j a_rj y_j <= limit_r,   y_j = 1 / 0 where locked
//! ```
//!
//! **Method.** The longest cost is one of the listed costs. Whether `p` sites serve all within a radius is a covering problem
//! (Minieka 1970). A farthest-first choice (Gonzalez 1985: at most twice the least, where costs are a metric and every point
//! is a site) gives the first answer; halving by what the covering bound or local search decides at once leaves few radii, which branch and bound settles. Each
//! decision starts from sites and prices of the one before.

use super::{
    Answer, Lists, Lock, NONE, Row, Solver, Status, Unfit,
    lscp::{Cover, SetCover, validate_rows},
};

/// A p-center problem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Center {
    /// Costs of serving; whole numbers.
    pub lists: Lists,
    /// Points of weight 0 are left out; all others count the same.
    pub weights: Vec<f64>,
    /// Most open sites, locked ones counted.
    pub p: usize,
    /// Whether each site may be chosen.
    pub locks: Vec<Lock>,
    /// Side limits.
    pub rows: Vec<Row>,
}

impl Center {
    /// Every point counts; no locks, no side limits.
    #[must_use]
    pub fn plain(sites: usize, lists: Lists, p: usize) -> Self {
        Self { weights: vec![1.0; lists.len()], lists, p, locks: vec![Lock::Free; sites], rows: Vec::new() }
    }

    /// Is it well posed?
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), Unfit> {
        let sites = self.locks.len();
        if self.weights.len() != self.lists.len() || !self.weights.iter().all(|w| *w >= 0.0) {
            return Err(Unfit::BadNumber("the weight of a demand point".into()));
        }
        if self.weights.iter().all(|w| *w == 0.0) {
            return Err(Unfit::NoDemand);
        }
        let may = self.locks.iter().filter(|l| **l != Lock::Closed).count();
        if may == 0 {
            return Err(Unfit::NoSites);
        }
        for i in 0..self.lists.len() {
            let (listed, costs) = self.lists.of(i);
            if !costs.iter().all(|c| *c >= 0.0 && c.is_finite() && libm::trunc(*c) == *c) {
                return Err(Unfit::BadNumber(format!("a cost of demand point {}", i + 1)));
            }
            if listed.iter().any(|s| *s as usize >= sites) {
                return Err(Unfit::BadNumber(format!("a site of demand point {}", i + 1)));
            }
            if self.weights[i] > 0.0 && listed.iter().all(|s| self.locks[*s as usize] == Lock::Closed) {
                return Err(Unfit::Unreachable(i));
            }
        }
        if self.p > may {
            return Err(Unfit::TooMany { asked: self.p, sites: may });
        }
        let locked = self.locks.iter().filter(|l| **l == Lock::Open).count();
        if locked > self.p {
            return Err(Unfit::LockedOpen { locked, most: self.p });
        }
        validate_rows(&self.rows, &self.locks)
    }
}

/// Slices that a decision gets once its bound is done, before another radius is looked at.
const PATIENCE: u32 = 8;

/// A radius under decision.
struct Probe {
    radius: usize,
    solver: SetCover,
    slices: u32,
}

/// Solves a [`Center`].
pub struct PCenter {
    center: Center,
    /// Distinct costs, ascending.
    radii: Vec<f64>,
    /// No radius before this one is enough.
    low: usize,
    /// The best answer: its radius and sites.
    best: Option<(usize, Vec<u32>)>,
    /// A choice being filled up to `p` sites.
    fill: Option<Fill>,
    probe: Option<Probe>,
    /// Radii that took too long at first, ascending.
    waiting: Vec<Probe>,
    turn: bool,
    prices: Vec<f64>,
    stuck: Vec<u32>,
    seed: u64,
}

impl PCenter {
    /// Starts.
    ///
    /// # Errors
    /// The first thing that is wrong with the problem.
    pub fn new(center: Center, seed: u64) -> Result<Self, Unfit> {
        center.validate()?;
        let mut least: f64 = 0.0;
        for i in 0..center.lists.len() {
            let (sites, costs) = center.lists.of(i);
            let near = sites.iter().zip(costs).find(|(s, _)| center.locks[**s as usize] != Lock::Closed);
            if let (Some((_, cost)), true) = (near, center.weights[i] > 0.0) {
                least = least.max(*cost);
            }
        }
        let radii = distinct(&center, least);
        let locked = (0u32..).zip(&center.locks).filter(|(_, l)| **l == Lock::Open).map(|(s, _)| s);
        let fill = Fill::new(&center, &locked.collect::<Vec<_>>());
        Ok(Self {
            radii,
            low: 0,
            best: None,
            fill: Some(fill),
            probe: None,
            waiting: Vec::new(),
            turn: false,
            prices: Vec::new(),
            stuck: Vec::new(),
            seed,
            center,
        })
    }

    /// Points that cannot be served within locks and side limits, where the answer is `Infeasible` and reductions alone see
    /// it. Empty: all can be, and only the limits together leave no choice.
    #[must_use]
    pub fn unservable(&self) -> &[u32] {
        &self.stuck
    }

    /// Fills a choice up in slices, and takes it if it is the best so far. True once done.
    fn fill(&mut self, mut fill: Fill) -> bool {
        let Some(longest) = fill.step(&self.center) else {
            self.fill = Some(fill);
            return false;
        };
        let Ok(at) = self.radii.binary_search_by(|r| r.total_cmp(&longest)) else { return true };
        if self.best.as_ref().is_none_or(|b| at < b.0) {
            fill.open.sort_unstable();
            self.best = Some((at, fill.open));
        }
        let (low, high) = (self.low, self.high());
        self.waiting.retain(|p| (low..high).contains(&p.radius));
        true
    }

    /// The best radius; past the end without an answer.
    fn high(&self) -> usize {
        self.best.as_ref().map_or(self.radii.len(), |b| b.0)
    }

    fn done(&self) -> bool {
        self.low >= self.high()
    }

    fn ask(&self, radius: usize) -> Probe {
        let center = &self.center;
        let mut cover = Cover::within(&center.lists, center.locks.len(), self.radii[radius]);
        cover.locks.clone_from(&center.locks);
        cover.rows.clone_from(&center.rows);
        for (covered, w) in cover.covered.iter_mut().zip(&center.weights) {
            *covered = *w == 0.0;
        }
        let start = self.best.as_ref().map_or(&[][..], |b| &b.1);
        let solver = SetCover::begin(cover, self.seed, Some(center.p as f64), start, self.prices.clone());
        Probe { radius, solver, slices: 0 }
    }

    /// Works at a probe; gives it back while undecided.
    fn work(&mut self, mut probe: Probe) -> Option<Probe> {
        let was = probe.solver.rooted();
        probe.solver.step();
        if probe.solver.rooted() {
            probe.slices += 1;
            if !was {
                self.prices.clear();
                self.prices.extend_from_slice(probe.solver.prices());
            }
        }
        match probe.solver.decided() {
            None => return Some(probe),
            Some(true) => {
                let fill = Fill::new(&self.center, probe.solver.best().unwrap_or_default());
                self.fill(fill);
            }
            Some(false) => {
                self.low = self.low.max(probe.radius + 1);
                if self.low == self.radii.len() {
                    self.stuck = probe.solver.uncoverable().to_vec();
                }
            }
        }
        let (low, high) = (self.low, self.high());
        self.waiting.retain(|p| (low..high).contains(&p.radius));
        None
    }

    /// The probe of a radius, gone on with or new.
    fn resume(&mut self, radius: usize) -> Probe {
        match self.waiting.iter().position(|p| p.radius == radius) {
            Some(at) => self.waiting.remove(at),
            None => self.ask(radius),
        }
    }

    fn wait(&mut self, probe: Probe) {
        let at = self.waiting.partition_point(|p| p.radius < probe.radius);
        self.waiting.insert(at, probe);
    }
}

impl Solver for PCenter {
    fn step(&mut self) -> bool {
        if self.done() {
            return false;
        }
        if let Some(fill) = self.fill.take() {
            self.fill(fill);
            return !self.done();
        }
        if let Some(probe) = self.probe.take() {
            if let Some(probe) = self.work(probe) {
                if probe.slices < PATIENCE {
                    self.probe = Some(probe);
                } else {
                    self.wait(probe);
                }
            }
            return !self.done();
        }
        let first = self.waiting.first().map_or(self.high(), |p| p.radius);
        if self.low < first {
            self.probe = Some(self.ask(self.low + (first - self.low) / 2));
            return true;
        }
        // All radii that are left resist: the lowest in turn with the one just below the best answer.
        self.turn = !self.turn;
        let radius = if self.turn { self.low } else { self.high() - 1 };
        let probe = self.resume(radius);
        if let Some(probe) = self.work(probe) {
            self.wait(probe);
        }
        !self.done()
    }

    fn answer(&self) -> Answer {
        let bound = self.radii.get(self.low).copied();
        let Some((at, open)) = &self.best else {
            return Answer {
                status: if self.done() { Status::Infeasible } else { Status::Unknown },
                objective: None,
                bound,
                open: Vec::new(),
                assignment: Vec::new(),
            };
        };
        let mut inside = vec![false; self.center.locks.len()];
        for s in open {
            inside[*s as usize] = true;
        }
        let lists = &self.center.lists;
        let by = |i| lists.of(i).0.iter().copied().find(|s| inside[*s as usize]).unwrap_or(NONE);
        Answer {
            status: if self.done() { Status::Optimal } else { Status::Feasible },
            objective: Some(self.radii[*at]),
            bound: bound.map(|b| b.min(self.radii[*at])),
            open: open.clone(),
            assignment: (0..lists.len()).map(by).collect(),
        }
    }
}

/// Adds sites where the farthest point is nearest to one, up to `p`.
struct Fill {
    open: Vec<u32>,
    inside: Vec<bool>,
    /// What is left of every side limit, and which ones each site counts in.
    left: Vec<f64>,
    terms: Vec<Vec<(u32, f64)>>,
    /// How far down its list each point that counts has its nearest open site.
    rank: Vec<(u32, u32)>,
}

impl Fill {
    /// From sites that keep all limits.
    fn new(center: &Center, open: &[u32]) -> Self {
        let mut it = Self {
            open: Vec::new(),
            inside: vec![false; center.locks.len()],
            left: center.rows.iter().map(|r| r.limit).collect(),
            terms: vec![Vec::new(); if center.rows.is_empty() { 0 } else { center.locks.len() }],
            rank: Vec::new(),
        };
        for (row, r) in center.rows.iter().zip(0u32..) {
            row.terms.iter().for_each(|(s, w)| it.terms[*s as usize].push((r, *w)));
        }
        open.iter().for_each(|s| it.open(*s));
        for i in (0..center.lists.len()).filter(|i| center.weights[*i] > 0.0) {
            let list = center.lists.of(i).0;
            let rank = if open.is_empty() { None } else { list.iter().position(|s| it.inside[*s as usize]) };
            it.rank.push((i as u32, rank.unwrap_or(list.len()) as u32));
        }
        it
    }

    fn open(&mut self, site: u32) {
        self.open.push(site);
        self.inside[site as usize] = true;
        for (r, w) in self.terms.get(site as usize).into_iter().flatten() {
            self.left[*r as usize] -= w;
        }
    }

    fn may(&self, center: &Center, site: u32) -> bool {
        let terms = self.terms.get(site as usize).into_iter().flatten();
        center.locks[site as usize] == Lock::Free
            && !self.inside[site as usize]
            && terms.into_iter().all(|(r, w)| *w <= self.left[*r as usize])
    }

    /// Some more sites; the longest cost once no more may be added.
    fn step(&mut self, center: &Center) -> Option<f64> {
        let lists = &center.lists;
        let cost =
            |(i, rank): &(u32, u32)| lists.of(*i as usize).1.get(*rank as usize).copied().unwrap_or(f64::INFINITY);
        let mut budget = SLICE;
        loop {
            let far = *self.rank.iter().max_by(|a, b| cost(a).total_cmp(&cost(b)).then(b.0.cmp(&a.0)))?;
            if self.open.len() >= center.p {
                return Some(cost(&far));
            }
            if budget <= 0 {
                return None;
            }
            let nearer = &lists.of(far.0 as usize).0[..far.1 as usize];
            let near = nearer.iter().copied().find(|s| self.may(center, *s));
            // Nothing nearer to that point: any site will do, so that as many are open as were asked for.
            let any = || (0..self.inside.len() as u32).find(|s| self.may(center, *s));
            let Some(site) = near.or_else(any) else { return Some(cost(&far)) };
            self.open(site);
            for (i, rank) in &mut self.rank {
                budget -= 4 + i64::from(*rank) / 2;
                if let Some(at) = lists.of(*i as usize).0[..*rank as usize].iter().position(|o| *o == site) {
                    *rank = at as u32;
                }
            }
        }
    }
}

/// Elementary operations in a slice of filling up.
const SLICE: i64 = 2_000_000;

/// The distinct costs of at least so much, ascending.
fn distinct(center: &Center, least: f64) -> Vec<f64> {
    const DENSE: f64 = 4e6;
    let counts = (0..center.lists.len()).filter(|i| center.weights[*i] > 0.0);
    let all = counts.flat_map(|i| center.lists.of(i).1.iter().copied()).filter(|c| *c >= least);
    let most = all.clone().fold(0.0, f64::max);
    if most <= DENSE {
        let mut there = vec![false; most as usize + 1];
        all.for_each(|c| there[c as usize] = true);
        return there.iter().enumerate().filter(|(_, t)| **t).map(|(c, _)| c as f64).collect();
    }
    let mut costs: Vec<f64> = all.collect();
    costs.sort_unstable_by(f64::total_cmp);
    costs.dedup();
    costs
}
