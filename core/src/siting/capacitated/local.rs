//! Plans for given open sites, and the search among neighbouring choices of sites.

use super::{
    Shares,
    allocate::Allocate,
    assign::Assign,
    data::Data,
    lagrangian::Relaxed,
    state::{FREE, State},
};
use crate::siting::{Lock, NONE};
use std::collections::BTreeSet;

/// How many plans are kept beside the best.
const POOL: usize = 40;
/// How many neighbours of a plan are tried at most.
const MOVES: usize = 200;
/// How many sites to open, and to close, are combined to swaps.
const SWAPS: usize = 30;

/// A plan.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub cost: f64,
    pub open: Vec<bool>,
    /// The site of each customer; with several sources the one that gives most.
    pub to: Vec<u32>,
    pub shares: Shares,
}

/// Plans met so far.
#[derive(Clone)]
pub(super) struct Plans {
    /// With several sources, and to round for single ones.
    pub allocate: Allocate,
    pub best: Option<Plan>,
    pool: Vec<(f64, Vec<u32>)>,
    seen: BTreeSet<Vec<u64>>,
    /// An assignment to the sites of the best plan that is no dearer than the last one.
    walk: Option<(Vec<bool>, Assign)>,
}

impl Plans {
    pub fn new(data: &Data) -> Self {
        Self { allocate: Allocate::new(data), best: None, pool: Vec::new(), seen: BTreeSet::new(), walk: None }
    }

    pub fn pool(&self) -> &[(f64, Vec<u32>)] {
        &self.pool
    }

    pub fn cost(&self) -> f64 {
        self.best.as_ref().map_or(f64::INFINITY, |b| b.cost)
    }

    /// True once for each choice of sites.
    pub fn is_new(&mut self, open: &[bool]) -> bool {
        let mut bits = vec![0u64; open.len().div_ceil(64)];
        for j in (0..open.len()).filter(|j| open[*j]) {
            bits[j / 64] |= 1 << (j % 64);
        }
        if self.seen.len() > 100_000 {
            self.seen.clear();
        }
        self.seen.insert(bits)
    }

    /// The best plan for open sites that is found, with wishes of who serves whom for single sources; kept where it is good.
    /// `None` where limits are not kept, or where it cannot be cheaper than `below`.
    pub fn plan(&mut self, data: &Data, open: &[bool], wishes: Option<&[u32]>, below: f64) -> Option<Plan> {
        if data.violation(open) > 0.0 {
            return None;
        }
        let opening: f64 = (0..data.sites).filter(|j| open[*j]).map(|j| data.opening[j]).sum();
        let mut plan =
            if data.single { self.assigned(data, open, wishes, below - opening)? } else { self.allocated(data, open)? };
        // Sites that serve nobody close where limits allow.
        let mut used = vec![false; data.sites];
        for j in plan.to.iter().filter(|j| **j != NONE) {
            used[*j as usize] = true;
        }
        for (j, _) in plan.shares.iter().flatten() {
            used[*j as usize] = true;
        }
        for j in (0..data.sites).filter(|j| !used[*j]) {
            if plan.open[j] && data.locks[j] == Lock::Free {
                plan.open[j] = false;
                plan.open[j] = data.violation(&plan.open) > 0.0;
            }
        }
        plan.cost += (0..data.sites).filter(|j| plan.open[*j]).map(|j| data.opening[j]).sum::<f64>();
        self.keep(&plan);
        Some(plan)
    }

    fn allocated(&mut self, data: &Data, open: &[bool]) -> Option<Plan> {
        if !self.allocate.solve(data, open) {
            return None;
        }
        let shares = self.allocate.shares(data);
        let to = most(&shares);
        Some(Plan { cost: super::allocate::cost(data, &shares), open: open.to_vec(), to, shares })
    }

    fn assigned(&mut self, data: &Data, open: &[bool], wishes: Option<&[u32]>, below: f64) -> Option<Plan> {
        // With customers divided it costs no more: most choices of sites need no closer look.
        if !self.allocate.solve(data, open) {
            return None;
        }
        let shares = self.allocate.shares(data);
        if super::allocate::cost(data, &shares) >= below {
            return None;
        }
        let mut best: Option<Assign> = None;
        for wishes in wishes.into_iter().chain([&most(&shares)[..]]) {
            let mut assign = Assign::new(data, open);
            assign.fill(data, wishes);
            assign.improve(data);
            if best.as_ref().is_none_or(|b| assign.cost < b.cost) {
                best = Some(assign);
            }
        }
        let to = best.filter(|b| b.complete(data))?.sites();
        // Sums of whole costs: exact in any order, and what the checker adds up.
        let price = |i: usize, j: u32| if j == NONE { data.otherwise[i] } else { data.cost_of(i, j as usize) };
        let cost = to.iter().enumerate().map(|(i, j)| price(i, *j)).sum();
        Some(Plan { cost, open: open.to_vec(), to, shares: Vec::new() })
    }

    /// Single sources: serves some customers of the best plan anew. O(customers²) or so.
    pub fn ruin(&mut self, data: &Data, random: impl FnMut(usize) -> usize) {
        let Some(best) = self.best.as_ref().filter(|b| b.open.contains(&true)) else { return };
        if self.walk.as_ref().is_none_or(|w| w.0 != best.open) {
            let mut assign = Assign::new(data, &best.open);
            assign.fill(data, &best.to);
            self.walk = Some((best.open.clone(), assign));
        }
        let Some((_, assign)) = &mut self.walk else { return };
        let mut next = assign.clone();
        next.ruin(data, random);
        if next.cost > assign.cost || !next.complete(data) {
            return;
        }
        let opening: f64 = (0..data.sites).filter(|j| best.open[*j]).map(|j| data.opening[j]).sum();
        let plan = Plan { cost: next.cost + opening, open: best.open.clone(), to: next.sites(), shares: Vec::new() };
        let better = plan.cost < best.cost;
        *assign = next;
        if better {
            self.keep(&plan);
        }
    }

    fn keep(&mut self, plan: &Plan) {
        let open: Vec<u32> = (0..plan.open.len() as u32).filter(|j| plan.open[*j as usize]).collect();
        let known = self.pool.iter().position(|p| p.1 == open);
        let better = known.is_none_or(|at| plan.cost < self.pool[at].0);
        if better && (self.pool.len() < POOL || self.pool.last().is_some_and(|p| plan.cost < p.0)) {
            if let Some(at) = known {
                self.pool.remove(at);
            }
            let at = self.pool.partition_point(|p| p.0 <= plan.cost);
            self.pool.insert(at, (plan.cost, open));
            self.pool.truncate(POOL);
        }
        if plan.cost < self.cost() {
            self.best = Some(plan.clone());
        }
    }
}

/// The site that gives each customer most.
fn most(shares: &Shares) -> Vec<u32> {
    let of = |list: &Vec<(u32, f64)>| {
        let mut best = (0.0, NONE);
        for (j, amount) in list {
            if *amount > best.0 {
                best = (*amount, *j);
            }
        }
        best.1
    };
    shares.iter().map(of).collect()
}

/// Search around one plan: open, close and swap, those first that a bound promises most of.
#[derive(Clone, Debug)]
pub(super) struct Local {
    base: Plan,
    /// Bound, site to close, site to open.
    moves: Vec<(f64, u32, u32)>,
    at: usize,
}

impl Local {
    /// Around a plan. `multipliers` price customers and sides where sources are single; with several, allocation does.
    pub fn new(
        data: &Data,
        plans: &mut Plans,
        state: &State,
        relaxed: &mut Relaxed,
        multipliers: &[f64],
        base: Plan,
    ) -> Self {
        let mut prices = multipliers[..data.customers].to_vec();
        if !data.single && plans.allocate.solve(data, &base.open) {
            prices = plans.allocate.prices(data);
        }
        let mut bound: f64 = prices.iter().sum();
        prices.resize(data.customers + data.priced, 0.0);
        // Without what is decided: a bound of any choice of sites.
        relaxed.evaluate(data, &State::new(data), &prices);
        let reduced = relaxed.reduced.clone();
        bound += (0..data.sites).filter(|j| base.open[*j]).map(|j| reduced[j]).sum::<f64>();
        let may = |j: &u32| state.site[*j as usize] == FREE;
        let (mut close, mut open): (Vec<u32>, Vec<u32>) =
            (0..data.sites as u32).filter(may).partition(|j| base.open[*j as usize]);
        let by = |a: &u32, b: &u32| reduced[*a as usize].total_cmp(&reduced[*b as usize]).then(a.cmp(b));
        close.sort_by(|a, b| by(b, a));
        open.sort_by(by);
        let mut moves = Vec::new();
        moves.extend(close.iter().map(|c| (bound - reduced[*c as usize], *c, NONE)));
        moves.extend(open.iter().map(|o| (bound + reduced[*o as usize], NONE, *o)));
        for c in close.iter().take(SWAPS) {
            for o in open.iter().take(SWAPS) {
                moves.push((bound - reduced[*c as usize] + reduced[*o as usize], *c, *o));
            }
        }
        moves.retain(|m| m.0 < base.cost);
        moves.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        moves.truncate(MOVES);
        Self { base, moves, at: 0 }
    }

    /// Tries the next neighbour. A better plan where there is one, `None` where nothing is left.
    pub fn next(&mut self, data: &Data, plans: &mut Plans) -> Option<Option<Plan>> {
        let (_, close, add) = *self.moves.get(self.at)?;
        self.at += 1;
        let mut open = self.base.open.clone();
        if close != NONE {
            open[close as usize] = false;
        }
        if add != NONE {
            open[add as usize] = true;
        }
        if !plans.is_new(&open) {
            return Some(None);
        }
        let wishes = data.single.then_some(&self.base.to[..]);
        let plan = plans.plan(data, &open, wishes, self.base.cost);
        Some(plan.filter(|p| p.cost < self.base.cost - 1e-9 * self.base.cost.abs()))
    }
}
