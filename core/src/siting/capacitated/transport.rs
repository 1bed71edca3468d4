//! Transportation to few open sites: successive shortest paths over the sites alone.
//!
//! Everybody starts at the cheapest open site, whether there is room or not; what is too much at a site then moves along the
//! cheapest chain of shifts to a site with room (Ahuja, Magnanti and Orlin 1993, 9.7, customers contracted to arcs between
//! sites). Exact in whole unit costs. Much faster than a general method while sites are few and customers many.

use super::{Shares, data::Data};

/// More than any chain costs.
const NEVER: i64 = i64::MAX / 4;

/// Buffers and the last result.
#[derive(Clone, Debug, Default)]
pub(super) struct Transport {
    /// Open sites; leaving unserved comes after them as one more.
    open: Vec<u32>,
    /// Unit cost of each customer at each of these.
    unit: Vec<i64>,
    /// Who is where with how much.
    at: Vec<Vec<(u32, i64)>>,
    left: Vec<i64>,
    /// Cheapest shift from one site to another, and of whom.
    shift: Vec<(i64, u32)>,
    potential: Vec<i64>,
    distance: Vec<i64>,
    before: Vec<u32>,
    done: Vec<bool>,
}

impl Transport {
    /// Allocates to the open sites; `units` by pair, `otherwise` by customer, [`i64::MAX`] where it must be served. False
    /// where the sites cannot serve what must be served.
    pub fn solve(&mut self, data: &Data, units: &[i64], otherwise: &[i64], open: &[bool]) -> bool {
        self.open.clear();
        self.open.extend((0..data.sites as u32).filter(|j| open[*j as usize]));
        let (n, k) = (data.customers, self.open.len() + 1);
        self.unit.clear();
        self.unit.resize(n * k, NEVER);
        for (o, j) in self.open.iter().enumerate() {
            let of = data.site_start[*j as usize]..data.site_start[*j as usize + 1];
            for (i, unit) in data.customer[of.clone()].iter().zip(&units[of]) {
                self.unit[*i as usize * k + o] = *unit;
            }
        }
        self.at.resize(k, Vec::new());
        self.at.iter_mut().for_each(Vec::clear);
        self.left.clear();
        self.left.extend(self.open.iter().map(|j| data.capacity[*j as usize] as i64));
        self.left.push(NEVER);
        for (i, left) in otherwise.iter().enumerate() {
            let row = &mut self.unit[i * k..(i + 1) * k];
            row[k - 1] = NEVER.min(*left);
            let (o, cost) = row.iter().enumerate().min_by_key(|(_, c)| **c).map_or((0, NEVER), |(o, c)| (o, *c));
            if cost >= NEVER {
                return false;
            }
            let demand = data.demand[i] as i64;
            self.at[o].push((i as u32, demand));
            self.left[o] -= demand;
        }
        self.shift.clear();
        self.shift.resize(k * k, (NEVER, 0));
        for o in 0..k {
            self.price(o);
        }
        // The sink behind all room is the last node.
        self.potential.clear();
        self.potential.resize(k + 1, 0);
        for o in 0..k {
            while self.left[o] < 0 {
                if !self.push(o) {
                    return false;
                }
            }
        }
        true
    }

    /// The cheapest shifts away from a site.
    fn price(&mut self, from: usize) {
        let k = self.left.len();
        let row = &mut self.shift[from * k..(from + 1) * k];
        row.fill((NEVER, 0));
        for (i, _) in &self.at[from] {
            let units = &self.unit[*i as usize * k..(*i as usize + 1) * k];
            let here = units[from];
            for (best, unit) in row.iter_mut().zip(units) {
                let delta = unit - here;
                if delta < best.0 {
                    *best = if *unit >= NEVER { *best } else { (delta, *i) };
                }
            }
        }
        row[from] = (NEVER, 0);
    }

    /// Moves some of what is too much at a site. False where nothing can be moved.
    fn push(&mut self, from: usize) -> bool {
        let k = self.left.len();
        let sink = k;
        self.distance.clear();
        self.distance.resize(k + 1, NEVER);
        self.before.clear();
        self.before.resize(k + 1, u32::MAX);
        self.done.clear();
        self.done.resize(k + 1, false);
        self.distance[from] = 0;
        // Dijkstra with reduced costs; nodes are few, so without a heap.
        loop {
            let next = (0..=k).filter(|v| !self.done[*v]).min_by_key(|v| self.distance[*v]);
            let Some(v) = next.filter(|v| self.distance[*v] < NEVER) else { break };
            self.done[v] = true;
            if v == sink {
                break;
            }
            let base = self.distance[v] + self.potential[v];
            if self.left[v] > 0 && base - self.potential[sink] < self.distance[sink] {
                self.distance[sink] = base - self.potential[sink];
                self.before[sink] = v as u32;
            }
            for w in 0..k {
                let cost = self.shift[v * k + w].0;
                if cost < NEVER && !self.done[w] && base + cost - self.potential[w] < self.distance[w] {
                    self.distance[w] = base + cost - self.potential[w];
                    self.before[w] = v as u32;
                }
            }
        }
        let end = self.distance[sink];
        if end >= NEVER {
            return false;
        }
        for (p, d) in self.potential.iter_mut().zip(&self.distance) {
            *p += end.min(*d);
        }
        // How much the chain carries.
        let last = self.before[sink] as usize;
        let mut much = (-self.left[from]).min(self.left[last]);
        let mut w = last;
        while w != from {
            let v = self.before[w] as usize;
            let who = self.shift[v * k + w].1;
            let has = self.at[v].iter().find(|(i, _)| *i == who).map_or(0, |(_, a)| *a);
            much = much.min(has);
            w = v;
        }
        let mut w = last;
        while w != from {
            let v = self.before[w] as usize;
            let who = self.shift[v * k + w].1;
            take(&mut self.at[v], who, much);
            match self.at[w].iter_mut().find(|(i, _)| *i == who) {
                Some((_, amount)) => *amount += much,
                None => self.at[w].push((who, much)),
            }
            w = v;
        }
        self.left[from] += much;
        self.left[last] -= much;
        let mut w = last;
        loop {
            self.price(w);
            if w == from {
                return true;
            }
            w = self.before[w] as usize;
        }
    }

    /// Who serves whom with how much.
    pub fn shares(&self, data: &Data) -> Shares {
        let mut shares = vec![Vec::new(); data.customers];
        for (j, at) in self.open.iter().zip(&self.at) {
            for (i, amount) in at {
                shares[*i as usize].push((*j, *amount as f64));
            }
        }
        shares
    }

    /// What one more unit of each customer would cost: multipliers that prove the allocation.
    pub fn prices(&self) -> Vec<i64> {
        let k = self.left.len();
        let room = |o: usize| (self.potential[k] - self.potential[o]).max(0);
        self.unit.chunks(k).map(|row| (0..k).map(|o| row[o].saturating_add(room(o))).min().unwrap_or(0)).collect()
    }
}

fn take(list: &mut Vec<(u32, i64)>, who: u32, much: i64) {
    if let Some(at) = list.iter().position(|(i, _)| *i == who) {
        list[at].1 -= much;
        if list[at].1 == 0 {
            list.swap_remove(at);
        }
    }
}
