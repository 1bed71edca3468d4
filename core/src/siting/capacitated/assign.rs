//! Assignment to given open sites, each customer to one: insertion, then shift, swap and ejection.

use super::data::Data;
use crate::siting::NONE;

/// An assignment that is being improved. Customers without a site cost what leaving them does, or far too much.
#[derive(Clone, Debug)]
pub(super) struct Assign {
    /// The open site of each customer, by its place among the open ones.
    to: Vec<u32>,
    pub cost: f64,
    open: Vec<u32>,
    /// Cost of each customer at each open site, and without.
    costs: Vec<f64>,
    left: Vec<f64>,
    /// Customers of each site, in no order.
    of: Vec<Vec<u32>>,
    /// Where a customer stands in its site's list.
    at: Vec<u32>,
}

impl Assign {
    /// Nobody assigned.
    pub fn new(data: &Data, open: &[bool]) -> Self {
        let open: Vec<u32> = (0..data.sites as u32).filter(|j| open[*j as usize]).collect();
        let width = open.len() + 1;
        let mut costs = vec![f64::INFINITY; data.customers * width];
        for (o, j) in open.iter().enumerate() {
            for k in data.site_start[*j as usize]..data.site_start[*j as usize + 1] {
                costs[data.customer[k] as usize * width + o] = data.cost[k];
            }
        }
        for i in 0..data.customers {
            costs[(i + 1) * width - 1] = without(data, i);
        }
        Self {
            to: vec![NONE; data.customers],
            cost: (0..data.customers).map(|i| without(data, i)).sum(),
            left: open.iter().map(|j| data.capacity[*j as usize]).collect(),
            of: vec![Vec::new(); open.len()],
            at: vec![0; data.customers],
            open,
            costs,
        }
    }

    /// The site of each customer.
    pub fn sites(&self) -> Vec<u32> {
        self.to.iter().map(|o| if *o == NONE { NONE } else { self.open[*o as usize] }).collect()
    }

    /// Costs of a customer at each open site.
    fn row(&self, i: usize) -> &[f64] {
        let width = self.open.len() + 1;
        &self.costs[i * width..(i + 1) * width - 1]
    }

    /// Is everybody served who must be?
    pub fn complete(&self, data: &Data) -> bool {
        self.to.iter().enumerate().all(|(i, j)| *j != NONE || data.otherwise[i].is_finite())
    }

    fn price(&self, i: usize, o: u32) -> f64 {
        let width = self.open.len() + 1;
        self.costs[i * width + (o as usize).min(width - 1)]
    }

    /// Moves a customer, whether there is room or not.
    fn put(&mut self, data: &Data, i: usize, j: u32) {
        let from = self.to[i];
        self.cost += self.price(i, j) - self.price(i, from);
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
            let wish = self.open.binary_search(&wishes[i]).ok();
            if let Some(o) = wish.filter(|o| self.left[*o] >= data.demand[i] && self.row(i)[*o].is_finite()) {
                self.put(data, i, o as u32);
            }
        }
        self.insert(data);
    }

    /// Those without a site get one by regret.
    fn insert(&mut self, data: &Data) {
        let mut rest: Vec<usize> = (0..data.customers).filter(|i| self.to[*i] == NONE).collect();
        while !rest.is_empty() {
            // The customer that loses most by not having its best site, a large one before a small one.
            let mut best: Option<(f64, usize, u32)> = None;
            for (at, &i) in rest.iter().enumerate() {
                let (mut first, mut second, mut site) = (without(data, i), without(data, i), NONE);
                for (o, &c) in self.row(i).iter().enumerate() {
                    if c < second && self.left[o] >= data.demand[i] {
                        if c < first {
                            (second, first, site) = (first, c, o as u32);
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

    /// Takes about half of the customers away from the open sites that serve a customer cheapest, and serves them anew.
    pub fn ruin(&mut self, data: &Data, mut random: impl FnMut(usize) -> usize) {
        let mut near: Vec<usize> = (0..self.open.len()).collect();
        let row = self.row(random(data.customers));
        near.sort_by(|a, b| row[*a].total_cmp(&row[*b]).then(a.cmp(b)));
        near.truncate(2 + random(3));
        for i in 0..data.customers {
            let here = self.to[i];
            if here == NONE || (near.contains(&(here as usize)) && random(2) == 0) {
                self.put(data, i, NONE);
            }
        }
        self.insert(data);
        self.improve(data);
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
            let mut best = (self.price(i, self.to[i]), NONE);
            if data.otherwise[i] < best.0 {
                best.0 = data.otherwise[i];
                self.put(data, i, NONE);
                any = true;
            }
            for (o, &c) in self.row(i).iter().enumerate() {
                if c < best.0 && self.left[o] >= data.demand[i] {
                    best = (c, o as u32);
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
                let now = self.price(i, a) + self.price(k, b);
                let then = self.price(i, b) + self.price(k, a);
                if then < now {
                    self.put(data, i, b);
                    self.put(data, k, a);
                    any = true;
                }
            }
        }
        any
    }

    /// One customer to a cheaper site without room, and one of its customers to a third. True where there was one.
    fn eject(&mut self, data: &Data) -> bool {
        let mut any = false;
        for i in 0..data.customers {
            let mut best = (0.0, 0, NONE, NONE);
            let now = self.price(i, self.to[i]);
            for (o, &c) in self.row(i).iter().enumerate() {
                let (gain, over) = (now - c, data.demand[i] - self.left[o]);
                if o as u32 == self.to[i] || gain <= 0.0 || over <= 0.0 {
                    continue;
                }
                for &k in &self.of[o] {
                    let k = k as usize;
                    if data.demand[k] < over {
                        continue;
                    }
                    let row = self.row(k);
                    let most = row[o] + gain;
                    for (l, &there) in row.iter().enumerate() {
                        if there - most < best.0 && l != o && self.left[l] >= data.demand[k] {
                            best = (there - most, k, l as u32, o as u32);
                        }
                    }
                }
            }
            if best.2 != NONE {
                self.put(data, best.1, best.2);
                self.put(data, i, best.3);
                any = true;
            }
        }
        any
    }
}

/// What a customer costs without a site.
fn without(data: &Data, i: usize) -> f64 {
    if data.otherwise[i].is_finite() { data.otherwise[i] } else { data.big }
}
