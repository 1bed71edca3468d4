//! The solver: bound, plans, branch and bound, in slices.

use super::{
    Answer, CapacitatedProblem, Clash, Shares, Unfit,
    data::Data,
    lagrangian::{Ascent, Relaxed},
    local::{Local, Plans},
    state::{FREE, Fix, State},
};
use crate::siting::{Lock, NONE, Solver, Status};
use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

/// Steps of a slice: some milliseconds.
const EFFORT: usize = 600_000;
/// Open nodes from which on those are taken first that are closest to their end, so that memory stays bounded.
const NODES: usize = 30_000;

/// An open node.
#[derive(Clone, Debug)]
struct Node {
    bound: f64,
    fixes: Arc<Vec<Fix>>,
    own: Option<Fix>,
    multipliers: Arc<Vec<f64>>,
}

/// The node at work.
#[derive(Clone, Debug)]
struct Current {
    node: Node,
    state: State,
    ascent: Ascent,
    /// Raised a second time, after fixing.
    again: bool,
    /// With customers divided, which is quick: the way to good multipliers for single sources.
    divided: bool,
}

/// Solver of capacitated location.
#[derive(Clone)]
pub struct Capacitated {
    data: Data,
    plans: Plans,
    root: State,
    prices: Vec<f64>,
    nodes: BTreeMap<(u64, Reverse<u64>), Node>,
    current: Option<Box<Current>>,
    relaxed: Relaxed,
    local: Option<Local>,
    /// Cost of the plan around which was searched last.
    polished: f64,
    queue: Vec<Vec<bool>>,
    bound: f64,
    status: Status,
    clash: Option<Clash>,
    /// The largest number that divides all costs: single-source objectives are multiples of it.
    grain: f64,
    made: u64,
    done: u64,
    /// Nodes until the next kick, and between kicks.
    kick: (u64, u64),
    random: u64,
    /// Rounds of the first ascent before neighbours are tried: where plans take long, it must first tell which are good.
    patience: usize,
}

impl Capacitated {
    /// A solver for several sources a customer.
    ///
    /// # Errors
    /// Where the problem is not well posed.
    pub fn multi(problem: &CapacitatedProblem, seed: u64) -> Result<Self, Unfit> {
        if let Some(i) = problem.demands.iter().position(|d| *d == 0.0) {
            return Err(Unfit::NothingToShare(i));
        }
        Self::new(problem, seed, false)
    }

    /// A solver for one source a customer.
    ///
    /// # Errors
    /// Where the problem is not well posed.
    pub fn single(problem: &CapacitatedProblem, seed: u64) -> Result<Self, Unfit> {
        Self::new(problem, seed, true)
    }

    fn new(problem: &CapacitatedProblem, seed: u64, single: bool) -> Result<Self, Unfit> {
        problem.validate()?;
        let data = Data::new(problem, single);
        let mut root = State::new(&data);
        let mut clash = data.clash(problem);
        let mut plans = Plans::new(&data);
        let all: Vec<bool> = data.locks.iter().map(|l| *l != Lock::Closed).collect();
        if clash.is_none() && (!root.propagate(&data) || !plans.allocate.solve(&data, &all)) {
            clash = Some(Clash::Together);
        }
        let prices = Ascent::start(&data);
        let grain = grain(&data);
        let mut search = Self {
            status: if clash.is_some() { Status::Infeasible } else { Status::Unknown },
            plans,
            root,
            nodes: BTreeMap::new(),
            current: None,
            relaxed: Relaxed::default(),
            local: None,
            polished: f64::INFINITY,
            queue: Vec::new(),
            bound: 0.0,
            clash,
            grain,
            made: 0,
            done: 0,
            kick: (8, 8),
            random: seed,
            patience: if data.pairs() > 20_000 { 150 } else { 24 },
            data,
            prices: Vec::new(),
        };
        let multipliers = Arc::new(prices.clone());
        search.prices = prices;
        search.push(Node { bound: 0.0, fixes: Arc::default(), own: None, multipliers });
        Ok(search)
    }

    /// Why nothing keeps all limits, where that is proved.
    #[must_use]
    pub const fn clash(&self) -> Option<Clash> {
        self.clash
    }

    /// Where each customer's demand comes from in the best plan; for single sources all from one.
    #[must_use]
    pub fn shares(&self) -> Shares {
        let Some(best) = &self.plans.best else { return Vec::new() };
        if !self.data.single {
            return best.shares.clone();
        }
        let share = |(i, j): (usize, &u32)| if *j == NONE { Vec::new() } else { vec![(*j, self.data.demand[i])] };
        best.to.iter().enumerate().map(share).collect()
    }

    /// Good plans met, the best first, each with its open sites; distinct.
    #[must_use]
    pub fn pool(&self) -> &[(f64, Vec<u32>)] {
        self.plans.pool()
    }

    /// Nodes of the search that are done.
    #[must_use]
    pub const fn nodes(&self) -> u64 {
        self.done
    }

    fn push(&mut self, node: Node) {
        self.made += 1;
        self.nodes.insert((node.bound.max(0.0).to_bits(), Reverse(self.made)), node);
    }

    /// A bound from which on a node holds nothing better than the best plan.
    fn below(&self) -> f64 {
        let best = self.plans.cost();
        if best.is_infinite() {
            return best;
        }
        let noise = 1e-9 * best.abs();
        if self.data.single && self.grain > 4.0 * noise { best - self.grain + noise.max(1e-7) } else { best - noise }
    }

    /// Bound of all that is open.
    fn settle(&mut self) {
        let mut bound = self.nodes.first_key_value().map_or(f64::INFINITY, |(_, n)| n.bound);
        if let Some(c) = &self.current {
            bound = bound.min(c.node.bound.max(c.ascent.bound));
        }
        if bound.is_finite() {
            let safe = bound - 1e-11 * bound.abs();
            let safe = if self.data.single { libm::ceil((safe - 1e-6) / self.grain) * self.grain } else { safe };
            self.bound = self.bound.max(safe);
        }
    }

    fn finish(&mut self) {
        self.nodes.clear();
        self.current = None;
        self.queue.clear();
        self.local = None;
        if self.plans.best.is_some() {
            self.status = Status::Optimal;
            self.bound = self.plans.cost();
        } else {
            self.status = Status::Infeasible;
            self.clash = Some(Clash::Together);
        }
    }

    /// Remembers a choice of sites to be planned, mended where it breaks limits.
    fn suggest(&mut self, mut open: Vec<bool>) {
        for (j, lock) in self.data.locks.iter().enumerate() {
            open[j] = *lock == Lock::Open || (open[j] && *lock == Lock::Free);
        }
        let price = &self.relaxed.reduced;
        let kept = self.data.repair(&mut open, price);
        if kept && self.relaxed.promise(&open) < self.plans.cost() && self.plans.is_new(&open) {
            self.queue.push(open);
        }
    }

    /// Takes the next node. False where none is left.
    fn take(&mut self) -> bool {
        let below = self.below();
        loop {
            let deep = self.nodes.len() > NODES;
            let next = if deep { self.nodes.pop_last() } else { self.nodes.pop_first() };
            let Some((_, node)) = next else { return false };
            if node.bound >= below {
                if deep {
                    continue;
                }
                return false;
            }
            let mut state = self.root.clone();
            let kept = node.fixes.iter().chain(&node.own).all(|f| state.fix(&self.data, *f));
            if !kept || !state.propagate(&self.data) || self.leaf(&state) {
                self.done += 1;
                // One node a slice: allocation may have taken long.
                return true;
            }
            let ascent = Ascent::new(node.multipliers.to_vec(), self.made == 1);
            let divided = self.data.single && self.made == 1;
            self.current = Some(Box::new(Current { node, state, ascent, again: false, divided }));
            return true;
        }
    }

    /// Where nothing is left to decide: the one plan there is.
    fn leaf(&mut self, state: &State) -> bool {
        if !state.sites_decided() {
            return false;
        }
        let usable = |k: usize| {
            let (i, j) = (self.data.customer[k] as usize, self.data.site_of[k] as usize);
            state.live[k] && state.site[j] == 1 && state.to[i] == NONE && state.room[j] >= self.data.demand[i]
        };
        if self.data.single && (0..self.data.pairs()).any(usable) {
            return false;
        }
        let open: Vec<bool> = state.site.iter().map(|s| *s == 1).collect();
        self.plans.plan(&self.data, &open, Some(&state.to), f64::INFINITY);
        true
    }

    /// Raises the bound of the node at work for a slice.
    fn raise(&mut self) {
        let Some(mut current) = self.current.take() else { return };
        let below = self.below();
        let mut effort = 0;
        let root = self.made == 1 && !current.again;
        self.relaxed.divided = current.divided;
        while effort < EFFORT {
            let more = current.ascent.round(&self.data, &current.state, &mut self.relaxed, below);
            effort += self.relaxed.effort;
            if !more && current.divided && current.ascent.bound < below {
                current.node.bound = current.node.bound.max(current.ascent.bound);
                current.ascent = Ascent::new(current.ascent.best, true);
                current.divided = false;
                break;
            }
            if !more {
                self.close(current);
                return;
            }
            let round = current.ascent.rounds;
            if root && (round.is_multiple_of(if round <= 100 { 8 } else { 25 })) {
                self.suggest(self.relaxed.open.clone());
                self.suggest(current.ascent.sites.iter().map(|y| *y > 0.5).collect());
                self.prices.clone_from(&current.ascent.best);
                if !self.queue.is_empty() {
                    break;
                }
            }
        }
        self.current = Some(current);
    }

    /// A node whose bound is as high as it gets: a plan from it, what follows, and its branches.
    fn close(&mut self, mut current: Box<Current>) {
        let first = self.made == 1;
        if current.ascent.bound.is_infinite() {
            self.done += 1;
            return;
        }
        self.relaxed.evaluate(&self.data, &current.state, &current.ascent.best);
        if first {
            self.prices.clone_from(&current.ascent.best);
        }
        self.attempt(&current);
        let below = self.below();
        if current.ascent.bound >= below {
            self.done += 1;
            return;
        }
        let fixes = self.relaxed.fixings(&self.data, &current.state, &current.ascent.best, below);
        let before = current.state.site.iter().filter(|s| **s == FREE).count();
        let kept = fixes.iter().all(|f| current.state.fix(&self.data, *f)) && current.state.propagate(&self.data);
        if !kept {
            self.done += 1;
            return;
        }
        if first {
            self.root = current.state.clone();
        }
        if self.leaf(&current.state) {
            self.done += 1;
            return;
        }
        let after = current.state.site.iter().filter(|s| **s == FREE).count();
        if !current.again && (after < before || fixes.len() * 20 > self.data.pairs()) {
            let mut ascent = Ascent::new(current.ascent.best.clone(), false);
            ascent.bound = f64::NEG_INFINITY;
            current.node.bound = current.node.bound.max(current.ascent.bound);
            current.ascent = ascent;
            current.again = true;
            Arc::make_mut(&mut current.node.fixes).extend(fixes);
            self.current = Some(current);
            return;
        }
        Arc::make_mut(&mut current.node.fixes).extend(fixes.into_iter().chain(current.node.own.take()));
        self.done += 1;
        self.branch(&current);
    }

    /// A plan from the relaxed solution of a node.
    fn attempt(&mut self, current: &Current) {
        let rounded: Vec<bool> = current.ascent.sites.iter().map(|y| *y > 0.5).collect();
        self.suggest(rounded);
        let mut open = current.ascent.chosen.clone();
        if self.data.single {
            // Whom the averages would rather have served where; the sites are those that are asked for.
            let mut wishes = current.state.to.clone();
            let mut most = vec![0.0; self.data.customers];
            for (k, much) in current.ascent.pairs.iter().enumerate() {
                let (i, j) = (self.data.customer[k] as usize, self.data.site_of[k]);
                if current.state.to[i] == NONE && *much > most[i] && open[j as usize] {
                    (most[i], wishes[i]) = (*much, j);
                }
            }
            for (k, _) in self.relaxed.served.iter().filter(|(_, much)| *much == 1.0) {
                let i = self.data.customer[*k as usize] as usize;
                if self.relaxed.violated[i] == 0.0 {
                    wishes[i] = self.data.site_of[*k as usize];
                }
            }
            if self.data.repair(&mut open, &self.relaxed.reduced) {
                let cost = self.plans.cost();
                self.plans.plan(&self.data, &open, Some(&wishes), cost);
            }
        }
        self.suggest(open);
    }

    /// Two nodes for one.
    fn branch(&mut self, current: &Current) {
        let (data, state, ascent) = (&self.data, &current.state, &current.ascent);
        let split = |y: f64| (y - 0.5).abs();
        let site = (0..data.sites)
            .filter(|j| state.site[*j] == FREE)
            .min_by(|a, b| split(ascent.sites[*a]).total_cmp(&split(ascent.sites[*b])));
        let pair = (0..if data.single { data.pairs() } else { 0 })
            .filter(|k| {
                let (i, j) = (data.customer[*k] as usize, data.site_of[*k] as usize);
                state.live[*k] && state.to[i] == NONE && state.site[j] != 0 && state.room[j] >= data.demand[i]
            })
            .map(|k| (split(ascent.pairs[k]) - 1e-4 * data.demand[data.customer[k] as usize], k))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let clear = |j: usize| split(ascent.sites[j]) > 0.49;
        let fix = match (site, pair) {
            (Some(j), Some((score, k))) if clear(j) && score < 0.45 && state.site[data.site_of[k] as usize] == 1 => {
                Ok(k)
            }
            (Some(j), _) => Err(j),
            (None, Some((_, k))) => Ok(k),
            (None, None) => return,
        };
        let (yes, no) = match fix {
            Ok(k) => (Fix::Always(k as u32), Fix::Never(k as u32)),
            Err(j) => (Fix::Site(j as u32, true), Fix::Site(j as u32, false)),
        };
        let bound = current.node.bound.max(ascent.bound);
        let multipliers = Arc::new(ascent.best.clone());
        for own in [no, yes] {
            let fixes = current.node.fixes.clone();
            self.push(Node { bound, fixes, own: Some(own), multipliers: multipliers.clone() });
        }
    }

    /// Sets up the search around a plan.
    fn around(&mut self, plan: super::local::Plan) {
        self.local = Some(Local::new(&self.data, &mut self.plans, &self.root, &mut self.relaxed, &self.prices, plan));
    }

    /// Leaves the neighbourhood of the best plan: some sites change at random.
    fn jump(&mut self) {
        let Some(best) = &self.plans.best else { return };
        let mut open = best.open.clone();
        let free: Vec<usize> = (0..self.data.sites).filter(|j| self.root.site[*j] == FREE).collect();
        if free.len() < 3 {
            return;
        }
        for _ in 0..3 {
            let j = free[random(&mut self.random, free.len())];
            open[j] = !open[j];
        }
        if self.data.repair(&mut open, &self.relaxed.reduced)
            && self.plans.is_new(&open)
            && let Some(plan) = self.plans.plan(&self.data, &open, None, f64::INFINITY)
        {
            self.around(plan);
        }
    }

    /// One step of the search around a plan.
    fn polish(&mut self) {
        let Some(local) = &mut self.local else { return };
        match local.next(&self.data, &mut self.plans) {
            Some(Some(better)) => self.around(better),
            Some(None) => {}
            None => self.local = None,
        }
    }

    fn work(&mut self) {
        if self.local.is_some() {
            let most = (20_000 / self.data.pairs().max(1)).clamp(1, 8);
            for _ in 0..most {
                self.polish();
            }
            return;
        }
        if let Some(open) = self.queue.pop() {
            let cost = self.plans.cost();
            self.plans.plan(&self.data, &open, None, cost);
            return;
        }
        let early =
            self.made == 1 && self.current.as_ref().is_some_and(|c| c.divided || c.ascent.rounds < self.patience);
        if self.plans.cost() < self.polished && !early {
            self.polished = self.plans.cost();
            self.kick = (self.done + 8, 8);
            if let Some(best) = self.plans.best.clone() {
                self.around(best);
            }
            return;
        }
        if self.current.is_some() {
            self.raise();
            if self.data.single && !early {
                for _ in 0..(25_000 / self.data.pairs().max(1)).clamp(1, 8) {
                    self.plans.ruin(&self.data, |n| random(&mut self.random, n));
                }
            }
        } else if self.done >= self.kick.0 {
            self.kick = (self.done + self.kick.1, (self.kick.1 * 2).min(256));
            self.jump();
        } else if !self.take() {
            self.finish();
        }
    }
}

impl Solver for Capacitated {
    fn step(&mut self) -> bool {
        if matches!(self.status, Status::Optimal | Status::Infeasible) {
            return false;
        }
        self.work();
        if matches!(self.status, Status::Optimal | Status::Infeasible) {
            return false;
        }
        self.settle();
        if self.plans.best.is_some() {
            self.status = Status::Feasible;
            if self.bound >= self.plans.cost() {
                self.finish();
                return false;
            }
        }
        true
    }

    fn answer(&self) -> Answer {
        let best = self.plans.best.as_ref();
        let open = best.map_or(Vec::new(), |b| (0..b.open.len() as u32).filter(|j| b.open[*j as usize]).collect());
        Answer {
            status: self.status,
            objective: best.map(|b| b.cost),
            bound: (self.status != Status::Infeasible).then(|| self.bound.min(self.plans.cost())),
            open,
            assignment: best.map_or(Vec::new(), |b| b.to.clone()),
        }
    }
}

/// A random number below another: SplitMix64.
fn random(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) % below as u64) as usize
}

/// The largest number that divides all costs.
fn grain(data: &Data) -> f64 {
    let gcd = |mut a: u64, mut b: u64| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let costs = data.cost.iter().chain(&data.opening).chain(data.otherwise.iter().filter(|o| o.is_finite()));
    (costs.fold(0, |g, c| gcd(g, *c as u64)) as f64).max(1.0)
}
