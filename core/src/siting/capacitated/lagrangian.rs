//! The Lagrangian bound of a node, and the ascent that raises it.

use super::{
    data::Data,
    knapsack::{Item, Knapsack},
    state::{FREE, Fix, State},
};
use crate::siting::NONE;

/// The relaxation at given multipliers: those of the customers, then those of the priced sides.
#[derive(Clone, Debug, Default)]
pub(super) struct Relaxed {
    /// The bound.
    pub value: f64,
    /// What the site's customers are worth at these prices.
    pub worth: Vec<f64>,
    /// What having the site open adds to the bound.
    pub reduced: Vec<f64>,
    /// Open in the relaxed solution.
    pub open: Vec<bool>,
    /// What is violated, by multiplier.
    pub violated: Vec<f64>,
    /// Pairs of open sites in the relaxed solution, with how much.
    pub served: Vec<(u32, f64)>,
    /// Customers may be divided although they must not: a weaker bound that is soon there.
    pub divided: bool,
    /// Rough number of steps that it took.
    pub effort: usize,
    pack: Knapsack,
    cover: Knapsack,
    packed: Vec<(u32, f64)>,
    ends: Vec<usize>,
}

impl Relaxed {
    /// Items of a site at given multipliers.
    fn gather(&mut self, data: &Data, state: &State, j: usize, multipliers: &[f64]) {
        self.pack.items.clear();
        for k in data.site_start[j]..data.site_start[j + 1] {
            let i = data.customer[k] as usize;
            let worth = multipliers[i] - data.cost[k];
            if worth > 0.0 && state.live[k] && state.to[i] == NONE {
                let size = data.demand[i];
                if !data.single || size <= state.room[j] {
                    self.pack.items.push(Item { worth, size, id: k as u32 });
                }
            }
        }
    }

    /// Solves the relaxation. Infinite where the sites that are left cannot hold what must be served.
    pub fn evaluate(&mut self, data: &Data, state: &State, multipliers: &[f64]) {
        let m = data.sites;
        self.effort = data.pairs() / 2 + data.customers;
        self.worth.clear();
        self.reduced.clear();
        self.packed.clear();
        self.ends.clear();
        for j in 0..m {
            let mut worth = 0.0;
            if state.site[j] != 0 {
                self.gather(data, state, j, multipliers);
                self.effort += 12 * self.pack.items.len();
                worth = if data.single && !self.divided {
                    let worth = self.pack.solve(state.room[j]);
                    self.effort += 25 * self.pack.nodes;
                    worth
                } else {
                    self.pack.solve_continuous(state.room[j])
                };
                for (item, much) in self.pack.items.iter().zip(&self.pack.packed) {
                    if *much > 0.0 {
                        self.packed.push((item.id, *much));
                    }
                }
            }
            self.ends.push(self.packed.len());
            self.worth.push(worth);
            self.reduced.push(data.opening[j] - worth);
        }
        self.value = state.base;
        for (side, mu) in data.sides[..data.priced].iter().zip(&multipliers[data.customers..]) {
            if *mu > 0.0 {
                for (j, a) in &side.terms {
                    self.reduced[*j as usize] += mu * a / side.scale;
                }
                self.value -= mu * side.limit / side.scale;
            }
        }
        for (i, l) in multipliers[..data.customers].iter().enumerate() {
            if state.to[i] == NONE {
                self.value += l;
            }
        }
        self.choose(data, state);
        self.violate(data, state);
    }

    /// Which sites are open: the cheapest that hold what must be served.
    fn choose(&mut self, data: &Data, state: &State) {
        self.open.clear();
        let (mut room, mut all, mut spare) = (0.0, 0.0, 0.0);
        self.cover.items.clear();
        for j in 0..data.sites {
            let reduced = self.reduced[j];
            let open = state.site[j] == 1 || (state.site[j] == FREE && reduced <= 0.0);
            self.open.push(open);
            if open {
                room += data.capacity[j];
                self.value += reduced;
            } else if state.site[j] == FREE {
                all += reduced;
                spare += data.capacity[j];
                self.cover.items.push(Item { worth: reduced, size: data.capacity[j], id: j as u32 });
            }
        }
        let missing = data.must - room;
        if missing <= 0.0 {
            return;
        }
        if spare < missing {
            self.value = f64::INFINITY;
            return;
        }
        // What stays closed: a knapsack of the room that is too much.
        self.value += (all - self.cover.solve(spare - missing)).max(0.0);
        for (item, much) in self.cover.items.iter().zip(&self.cover.packed) {
            self.open[item.id as usize] = *much == 0.0;
        }
    }

    fn violate(&mut self, data: &Data, state: &State) {
        self.served.clear();
        self.violated.clear();
        self.violated.extend((0..data.customers).map(|i| if state.to[i] == NONE { 1.0 } else { 0.0 }));
        let mut first = 0;
        for (j, end) in self.ends.iter().enumerate() {
            if self.open[j] {
                for (k, much) in &self.packed[first..*end] {
                    self.violated[data.customer[*k as usize] as usize] -= much;
                    self.served.push((*k, *much));
                }
            }
            first = *end;
        }
        for side in &data.sides[..data.priced] {
            self.violated.push((side.used(&self.open) - side.limit) / side.scale);
        }
    }

    /// A bound of the plans that open exactly these sites, by the bound just computed.
    pub fn promise(&self, open: &[bool]) -> f64 {
        if !self.value.is_finite() {
            return f64::NEG_INFINITY;
        }
        let of = |open: &[bool]| (0..open.len()).filter(|j| open[*j]).map(|j| self.reduced[j]).sum::<f64>();
        self.value - of(&self.open) + of(open)
    }

    /// Decisions without which no plan is cheaper than `below`, by the bound just computed. O(sites²), and for
    /// single sources O(pairs log customers) on top.
    pub fn fixings(&mut self, data: &Data, state: &State, multipliers: &[f64], below: f64) -> Vec<Fix> {
        let mut fixes = Vec::new();
        if !(below.is_finite() && self.value.is_finite()) {
            return fixes;
        }
        // The bound with the knapsack over sites made continuous, as a function of one site's decision.
        let mut order: Vec<usize> =
            (0..data.sites).filter(|j| state.site[*j] == FREE && self.reduced[*j] > 0.0).collect();
        let rate = |j: usize| self.reduced[j] / data.capacity[j].max(1e-9);
        order.sort_by(|a, b| rate(*a).total_cmp(&rate(*b)).then(a.cmp(b)));
        let mut rest = self.value;
        let mut room = 0.0;
        for j in 0..data.sites {
            if self.open[j] {
                rest -= self.reduced[j];
            }
            if state.site[j] == 1 || (state.site[j] == FREE && self.reduced[j] <= 0.0) {
                room += data.capacity[j];
            }
        }
        let taken: f64 = (0..data.sites)
            .filter(|j| state.site[*j] == 1 || (state.site[*j] == FREE && self.reduced[*j] <= 0.0))
            .map(|j| self.reduced[j])
            .sum();
        let with = |j: usize, open: bool| {
            let (mut value, mut missing) = (rest + taken, data.must - room);
            let inside = state.site[j] == FREE && self.reduced[j] <= 0.0;
            if inside && !open {
                value -= self.reduced[j];
                missing += data.capacity[j];
            }
            if !inside && open && state.site[j] == FREE {
                value += self.reduced[j];
                missing -= data.capacity[j];
            }
            for o in order.iter().filter(|o| **o != j) {
                if missing <= 0.0 {
                    break;
                }
                let part = (missing / data.capacity[*o].max(1e-9)).min(1.0);
                value += part * self.reduced[*o];
                missing -= data.capacity[*o];
            }
            if missing > 0.0 { f64::INFINITY } else { value }
        };
        let mut opened = vec![self.value; data.sites];
        for j in (0..data.sites).filter(|j| state.site[*j] == FREE) {
            opened[j] = with(j, true).max(self.value);
            if opened[j] >= below {
                fixes.push(Fix::Site(j as u32, false));
            } else if with(j, false) >= below {
                fixes.push(Fix::Site(j as u32, true));
            }
        }
        if data.single {
            self.pair_fixings(data, state, multipliers, below, &opened, &mut fixes);
        }
        fixes
    }

    fn pair_fixings(
        &mut self,
        data: &Data,
        state: &State,
        multipliers: &[f64],
        below: f64,
        opened: &[f64],
        fixes: &mut Vec<Fix>,
    ) {
        for j in (0..data.sites).filter(|j| state.site[*j] != 0 && opened[*j] < below) {
            self.gather(data, state, j, multipliers);
            self.pack.solve_continuous(state.room[j]);
            let (end, _) = self.pack.at(state.room[j]);
            // Items that the continuous knapsack packs are not forced by being packed.
            let mut inside: Vec<u32> = self.pack.items[..end].iter().map(|i| i.id).collect();
            inside.sort_unstable();
            for k in data.site_start[j]..data.site_start[j + 1] {
                let i = data.customer[k] as usize;
                if !state.live[k] || state.to[i] != NONE || inside.binary_search(&(k as u32)).is_ok() {
                    continue;
                }
                let left = state.room[j] - data.demand[i];
                let forced = multipliers[i] - data.cost[k] + if left >= 0.0 { self.pack.at(left).1 } else { 0.0 };
                if left < 0.0 || opened[j] + self.worth[j] - forced >= below {
                    fixes.push(Fix::Never(k as u32));
                }
            }
        }
    }
}

/// The ascent at a node: the volume algorithm.
#[derive(Clone, Debug)]
pub(super) struct Ascent {
    /// The best bound.
    pub bound: f64,
    /// The multipliers that give it.
    pub best: Vec<f64>,
    /// Averages of the relaxed solutions: sites.
    pub sites: Vec<f64>,
    /// And pairs; single-source alone.
    pub pairs: Vec<f64>,
    /// The sites of the relaxed solution at the best bound.
    pub chosen: Vec<bool>,
    /// Rounds so far.
    pub rounds: usize,
    violated: Vec<f64>,
    trial: Vec<f64>,
    factor: f64,
    blend: f64,
    red: usize,
    /// Bound some rounds ago.
    mark: f64,
    root: bool,
}

impl Ascent {
    pub fn new(multipliers: Vec<f64>, root: bool) -> Self {
        Self {
            bound: f64::NEG_INFINITY,
            trial: multipliers.clone(),
            best: multipliers,
            sites: Vec::new(),
            pairs: Vec::new(),
            chosen: Vec::new(),
            rounds: 0,
            violated: Vec::new(),
            factor: if root { 1.0 } else { 0.4 },
            blend: if root { 0.2 } else { 0.1 },
            red: 0,
            mark: f64::NEG_INFINITY,
            root,
        }
    }

    /// Multipliers to begin with: what each customer costs at its best site when the site is full.
    pub fn start(data: &Data) -> Vec<f64> {
        let full = |k: usize| {
            let (i, j) = (data.customer[k] as usize, data.site_of[k] as usize);
            data.cost[k] + data.opening[j] * (data.demand[i] / data.capacity[j].max(1.0)).min(1.0)
        };
        let least = |i: usize| data.of_customer(i).iter().map(|k| full(*k as usize)).fold(data.otherwise[i], f64::min);
        let mut start: Vec<f64> = (0..data.customers).map(least).collect();
        start.resize(data.customers + data.priced, 0.0);
        start
    }

    /// One round; true while the bound is worth raising further. `below`: from there on the node is done.
    pub fn round(&mut self, data: &Data, state: &State, relaxed: &mut Relaxed, below: f64) -> bool {
        let n = data.customers;
        relaxed.evaluate(data, state, &self.trial);
        self.rounds += 1;
        if relaxed.value == f64::INFINITY {
            self.bound = f64::INFINITY;
            return false;
        }
        let dot: f64 = relaxed.violated.iter().zip(&self.violated).map(|(a, b)| a * b).sum();
        self.average(data, relaxed);
        if relaxed.value > self.bound {
            self.bound = relaxed.value;
            self.best.clone_from(&self.trial);
            self.chosen.clone_from(&relaxed.open);
            self.red = 0;
            if dot >= 0.0 {
                self.factor = (self.factor * 1.15).min(2.0);
            }
        } else {
            self.red += 1;
            if self.red >= if self.root { 12 } else { 6 } {
                self.red = 0;
                self.factor *= 0.67;
            }
        }
        if self.bound >= below || relaxed.violated.iter().all(|v| *v == 0.0) {
            return false;
        }
        let (every, least, most) = if self.root { (60, 0.002, 900) } else { (12, 0.03, 60) };
        let reach = if below.is_finite() { below } else { self.bound + 0.05 * self.bound.abs() + 1.0 };
        if self.rounds.is_multiple_of(every) {
            if self.bound - self.mark < least * (reach - self.bound) || self.rounds >= most {
                return false;
            }
            self.mark = self.bound;
            self.blend = (self.blend * 0.7).max(0.02);
        }
        // Directions that a multiplier at its end cannot take do not count.
        let capped = |i: usize| if i < n { data.otherwise[i] } else { f64::INFINITY };
        let mut norm = 0.0;
        for (i, v) in self.violated.iter().enumerate() {
            if !((*v < 0.0 && self.best[i] <= 0.0) || (*v > 0.0 && self.best[i] >= capped(i))) {
                norm += v * v;
            }
        }
        if norm < 1e-14 {
            return false;
        }
        let target = reach.min(self.bound + 0.05 * self.bound.abs() + 1.0);
        let step = self.factor * (target - self.bound) / norm;
        for (i, v) in self.violated.iter().enumerate() {
            self.trial[i] = (self.best[i] + step * v).clamp(0.0, capped(i));
        }
        true
    }

    /// Blends the relaxed solution into the averages, as much of it as makes them least violated.
    fn average(&mut self, data: &Data, relaxed: &Relaxed) {
        if self.violated.is_empty() {
            self.violated.clone_from(&relaxed.violated);
            self.sites = relaxed.open.iter().map(|o| f64::from(u8::from(*o))).collect();
            if data.single {
                self.pairs = vec![0.0; data.pairs()];
                for (k, much) in &relaxed.served {
                    self.pairs[*k as usize] = *much;
                }
            }
            return;
        }
        let (mut along, mut square) = (0.0, 0.0);
        for (old, new) in self.violated.iter().zip(&relaxed.violated) {
            along += old * (old - new);
            square += (old - new) * (old - new);
        }
        let blend = if square > 0.0 { (along / square).clamp(self.blend / 10.0, self.blend) } else { self.blend };
        for (old, new) in self.violated.iter_mut().zip(&relaxed.violated) {
            *old += blend * (new - *old);
        }
        for (old, open) in self.sites.iter_mut().zip(&relaxed.open) {
            *old += blend * (f64::from(u8::from(*open)) - *old);
        }
        if data.single {
            for old in &mut self.pairs {
                *old *= 1.0 - blend;
            }
            for (k, much) in &relaxed.served {
                self.pairs[*k as usize] += blend * much;
            }
        }
    }
}
