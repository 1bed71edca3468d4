//! Assignment to given open sites, each customer to one: insertion, then shift, swap and ejection.

use super::data::Data;
use crate::siting::NONE;

/// An assignment that is being improved. Customers without a site cost what leaving them does, or far too much.
#[derive(Clone, Debug)]
pub(super) struct Assign {
    pub to: Vec<u32>,
    pub cost: f64,
    open: Vec<u32>,
    left: Vec<f64>,
    /// Customers of each site, in no order.
    of: Vec<Vec<u32>>,
    /// Where a customer stands in its site's list.
    at: Vec<u32>,
}

impl Assign {
    /// Nobody assigned.
    pub fn new(data: &Data, open: &[bool]) -> Self {
        Self {
            to: vec![NONE; data.customers],
            cost: (0..data.customers).map(|i| without(data, i)).sum(),
            open: (0..data.sites as u32).filter(|j| open[*j as usize]).collect(),
            left: data.capacity.clone(),
            of: vec![Vec::new(); data.sites],
            at: vec![0; data.customers],
        }
    }

    /// Is everybody served who must be?
    pub fn complete(&self, data: &Data) -> bool {
        self.to.iter().enumerate().all(|(i, j)| *j != NONE || data.otherwise[i].is_finite())
    }

    fn price(&self, data: &Data, i: usize, j: u32) -> f64 {
        if j == NONE { without(data, i) } else { data.cost_of(i, j as usize) }
    }

    /// Moves a customer, whether there is room or not.
    fn put(&mut self, data: &Data, i: usize, j: u32) {
        let from = self.to[i];
        self.cost += self.price(data, i, j) - self.price(data, i, from);
        if from != NONE {
            self.left[from as usize] += data.demand[i];
            let list = &mut self.of[from as usize];
            list.swap_remove(self.at[i] as usize);
            if let Some(moved) = list.get(self.at[i] as usize) {
                self.at[*moved as usize] = self.at[i];
            }
        }
        self.to[i] = j;
        if j != NONE {
            self.left[j as usize] -= data.demand[i];
            self.at[i] = self.of[j as usize].len() as u32;
            self.of[j as usize].push(i as u32);
        }
    }

    /// Takes over wishes where there is room, largest customers first, then inserts the rest by regret.
    pub fn fill(&mut self, data: &Data, wishes: &[u32]) {
        let mut order: Vec<usize> = (0..data.customers).collect();
        order.sort_by(|a, b| data.demand[*b].total_cmp(&data.demand[*a]).then(a.cmp(b)));
        for &i in &order {
            let j = wishes[i];
            if j != NONE && self.open.binary_search(&j).is_ok() && self.fits(data, i, j) {
                self.put(data, i, j);
            }
        }
        let mut rest: Vec<usize> = order.into_iter().filter(|i| self.to[*i] == NONE).collect();
        while !rest.is_empty() {
            // The customer that loses most by not having its best site, a large one before a small one.
            let mut best: Option<(f64, usize, u32)> = None;
            for (at, &i) in rest.iter().enumerate() {
                let (mut first, mut second, mut site) = (without(data, i), without(data, i), NONE);
                for &j in &self.open {
                    let c = data.cost_of(i, j as usize);
                    if c < second && self.left[j as usize] >= data.demand[i] {
                        if c < first {
                            (second, first, site) = (first, c, j);
                        } else {
                            second = c;
                        }
                    }
                }
                if site == NONE {
                    continue;
                }
                let regret = second - first;
                let regret = if regret > data.big / 2.0 { regret + data.demand[i] } else { regret };
                if best.is_none_or(|b| regret > b.0) {
                    best = Some((regret, at, site));
                }
            }
            let Some((_, at, site)) = best else { break };
            let i = rest.remove(at);
            self.put(data, i, site);
        }
    }

    fn fits(&self, data: &Data, i: usize, j: u32) -> bool {
        self.left[j as usize] >= data.demand[i] && data.cost_of(i, j as usize).is_finite()
    }

    /// Improves until no move of the neighbourhoods does.
    pub fn improve(&mut self, data: &Data) {
        // Each move makes it cheaper by something; the limit is for safety.
        for _ in 0..50 * data.customers {
            if !(self.shift(data) || self.swap(data) || self.eject(data)) {
                break;
            }
        }
    }

    /// One customer to a cheaper site with room: all that there are. True where there was one.
    fn shift(&mut self, data: &Data) -> bool {
        let mut any = false;
        for i in 0..data.customers {
            let mut best = (self.price(data, i, self.to[i]), NONE);
            if data.otherwise[i] < best.0 {
                best.0 = data.otherwise[i];
                self.put(data, i, NONE);
                any = true;
            }
            for &j in &self.open {
                let c = data.cost_of(i, j as usize);
                if c < best.0 && self.left[j as usize] >= data.demand[i] {
                    best = (c, j);
                }
            }
            if best.1 != NONE {
                self.put(data, i, best.1);
                any = true;
            }
        }
        any
    }

    /// Two customers change places.
    fn swap(&mut self, data: &Data) -> bool {
        let mut any = false;
        for i in 0..data.customers {
            for k in 0..i {
                let (a, b) = (self.to[i], self.to[k]);
                if a == b {
                    continue;
                }
                let more = data.demand[k] - data.demand[i];
                if (a != NONE && self.left[a as usize] < more) || (b != NONE && self.left[b as usize] < -more) {
                    continue;
                }
                let now = self.price(data, i, a) + self.price(data, k, b);
                let then = self.price(data, i, b) + self.price(data, k, a);
                if then < now {
                    self.put(data, i, b);
                    self.put(data, k, a);
                    any = true;
                }
            }
        }
        any
    }

    /// One customer to a cheaper site without room, and one of its customers to a third.
    fn eject(&mut self, data: &Data) -> bool {
        for i in 0..data.customers {
            let from = self.to[i];
            let now = self.price(data, i, from);
            for at in 0..self.open.len() {
                let j = self.open[at];
                let gain = now - data.cost_of(i, j as usize);
                let over = data.demand[i] - self.left[j as usize];
                if j == from || gain <= 0.0 || over <= 0.0 {
                    continue;
                }
                let mut best = (0.0, 0, NONE);
                for &k in &self.of[j as usize] {
                    let k = k as usize;
                    if data.demand[k] < over {
                        continue;
                    }
                    let there = data.cost_of(k, j as usize);
                    for &l in &self.open {
                        let delta = data.cost_of(k, l as usize) - there - gain;
                        if l != j && delta < best.0 && self.left[l as usize] >= data.demand[k] {
                            best = (delta, k, l);
                        }
                    }
                }
                if best.2 != NONE {
                    self.put(data, best.1, best.2);
                    self.put(data, i, j);
                    return true;
                }
            }
        }
        false
    }
}

/// What a customer costs without a site.
fn without(data: &Data, i: usize) -> f64 {
    if data.otherwise[i].is_finite() { data.otherwise[i] } else { data.big }
}
