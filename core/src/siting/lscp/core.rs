//! What is left of a covering problem: points still to cover, sites still free, and what was chosen on the way.

use super::Cover;
use crate::siting::Lock;

/// Lists of numbers, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Csr {
    starts: Vec<usize>,
    items: Vec<u32>,
}

impl Csr {
    pub fn new(lists: usize, items: usize) -> Self {
        let mut starts = Vec::with_capacity(lists + 1);
        starts.push(0);
        Self { starts, items: Vec::with_capacity(items) }
    }

    pub fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.items.extend(list);
        self.starts.push(self.items.len());
    }

    pub fn of(&self, list: usize) -> &[u32] {
        &self.items[self.starts[list]..self.starts[list + 1]]
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn pairs(&self) -> usize {
        self.items.len()
    }

    /// The same pairs by the other side; lists come out ascending.
    pub fn turned(&self, others: usize) -> Self {
        let mut starts = vec![0usize; others + 1];
        for item in &self.items {
            starts[*item as usize + 1] += 1;
        }
        for o in 0..others {
            starts[o + 1] += starts[o];
        }
        let mut next = starts.clone();
        let mut items = vec![0u32; self.items.len()];
        for list in 0..self.len() {
            for item in self.of(list) {
                items[next[*item as usize]] = list as u32;
                next[*item as usize] += 1;
            }
        }
        Self { starts, items }
    }
}

/// Side limits by site.
#[derive(Debug)]
pub(super) struct Sides {
    starts: Vec<usize>,
    terms: Vec<(u32, f64)>,
    pub limits: Vec<f64>,
}

impl Sides {
    /// Limits that cannot bind are left out: they would only weaken the dominance of sites.
    pub fn new(cover: &Cover) -> Self {
        let free = |s: u32| cover.locks[s as usize] != Lock::Closed;
        let mut by: Vec<Vec<(u32, f64)>> = vec![Vec::new(); cover.cost.len()];
        let mut limits = Vec::new();
        for row in &cover.rows {
            let most: f64 = row.terms.iter().filter(|(s, _)| free(*s)).map(|(_, w)| w).sum();
            if most <= row.limit {
                continue;
            }
            let r = limits.len() as u32;
            for (s, w) in &row.terms {
                match by[*s as usize].last_mut() {
                    Some((last, weight)) if *last == r => *weight += w,
                    _ => by[*s as usize].push((r, *w)),
                }
            }
            limits.push(row.limit);
        }
        let mut starts = vec![0];
        let mut terms = Vec::new();
        for list in by {
            terms.extend(list);
            starts.push(terms.len());
        }
        Self { starts, terms, limits }
    }

    /// The limits that a site counts in, with its weight.
    pub fn of(&self, site: u32) -> &[(u32, f64)] {
        &self.terms[self.starts[site as usize]..self.starts[site as usize + 1]]
    }

    pub fn fits(&self, site: u32, slack: &[f64]) -> bool {
        self.of(site).iter().all(|(r, w)| *w <= slack[*r as usize])
    }

    /// Does the one use no more of any limit than the other?
    pub fn no_heavier(&self, one: u32, other: u32) -> bool {
        let theirs = self.of(other);
        self.of(one).iter().all(|(r, w)| theirs.iter().any(|(q, v)| q == r && v >= w))
    }
}

/// A subproblem. Rows are demand points, columns sites, both numbered anew.
#[derive(Clone, Debug)]
pub(super) struct Core {
    /// Sites chosen on the way here.
    pub fixed: Vec<u32>,
    /// What they cost.
    pub spent: f64,
    /// What is left of every side limit.
    pub slack: Vec<f64>,
    /// Columns of each row, ascending.
    pub rows: Csr,
    /// Rows of each column, ascending.
    pub cols: Csr,
    /// The demand point of each row.
    pub demand: Vec<u32>,
    /// The site of each column.
    pub site: Vec<u32>,
    /// The cost of each column.
    pub cost: Vec<f64>,
    /// Multipliers of the rows to start from; all 0 where none is known.
    pub price: Vec<f64>,
    /// Multipliers of the side limits to start from.
    pub side_price: Vec<f64>,
}

impl Core {
    /// The whole problem, with the locks kept. Points without a column stay: they are the proof that there is no cover.
    pub fn whole(cover: &Cover, sides: &Sides, prices: &[f64]) -> Self {
        let mut slack = sides.limits.clone();
        let mut fixed = Vec::new();
        let mut spent = 0.0;
        for (s, lock) in cover.locks.iter().enumerate() {
            if *lock == Lock::Open {
                fixed.push(s as u32);
                spent += cover.cost[s];
                for (r, w) in sides.of(s as u32) {
                    slack[*r as usize] -= w;
                }
            }
        }
        let mut column = vec![u32::MAX; cover.cost.len()];
        let (mut site, mut cost) = (Vec::new(), Vec::new());
        for (s, lock) in cover.locks.iter().enumerate() {
            if *lock == Lock::Free && sides.fits(s as u32, &slack) {
                column[s] = site.len() as u32;
                site.push(s as u32);
                cost.push(cover.cost[s]);
            }
        }
        let pairs = cover.covers.iter().map(Vec::len).sum();
        let mut rows = Csr::new(cover.covers.len(), pairs);
        let mut demand = Vec::new();
        let mut list = Vec::new();
        for (i, sites) in cover.covers.iter().enumerate() {
            if cover.covered[i] || sites.iter().any(|s| cover.locks[*s as usize] == Lock::Open) {
                continue;
            }
            list.clear();
            list.extend(sites.iter().map(|s| column[*s as usize]).filter(|c| *c != u32::MAX));
            list.sort_unstable();
            list.dedup();
            rows.push(list.iter().copied());
            demand.push(i as u32);
        }
        let cols = rows.turned(site.len());
        let price = demand.iter().map(|d| prices.get(*d as usize).copied().unwrap_or(0.0)).collect();
        let side_price = vec![0.0; slack.len()];
        Self { fixed, spent, slack, rows, cols, demand, site, cost, price, side_price }
    }
}
