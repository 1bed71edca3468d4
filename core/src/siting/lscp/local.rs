//! Covers by local search with weights on rows.
//!
//! Keeps a choice of columns that costs less than the best cover and leaves some rows uncovered: takes the column away whose loss is least,
//! covers a row that chance picks by its best column, and raises the weight of the rows that stay uncovered, until none does. After Gao, Weise and Li, An efficient
//! local search heuristic with row weighting for the unicost set covering problem, European Journal of Operational Research
//! 246 (2015); side limits are kept at every move.

use super::core::{Core, Sides};
use crate::random::Random;
use std::rc::Rc;

pub(super) struct Local {
    core: Rc<Core>,
    chosen: Vec<u32>,
    inside: Vec<bool>,
    /// What a column would cover, or would leave uncovered, by weight.
    score: Vec<f64>,
    weight: Vec<f64>,
    /// How many chosen columns cover a row, and the sum of their numbers: where it is one, the sum is its number.
    times: Vec<u32>,
    sum: Vec<u64>,
    uncovered: Vec<u32>,
    place: Vec<u32>,
    /// Has a neighbour changed since the column was taken away?
    may: Vec<bool>,
    since: Vec<u64>,
    tabu: Vec<u32>,
    slack: Vec<f64>,
    spent: f64,
    clock: u64,
    random: Random,
    /// The choice that left the fewest rows uncovered, and how many.
    nearest: Option<(usize, Vec<u32>)>,
}

impl Local {
    /// Starts from these sites, and greedily where they leave something uncovered.
    pub fn new(core: Rc<Core>, start: &[u32], random: Random) -> Self {
        let (rows, cols) = (core.rows.len(), core.cols.len());
        let mut it = Self {
            chosen: Vec::new(),
            inside: vec![false; cols],
            score: (0..cols).map(|c| core.cols.of(c).len() as f64).collect(),
            weight: vec![1.0; rows],
            times: vec![0; rows],
            sum: vec![0; rows],
            uncovered: (0..rows as u32).collect(),
            place: (0..rows as u32).collect(),
            may: vec![true; cols],
            since: vec![0; cols],
            tabu: Vec::new(),
            slack: core.slack.clone(),
            spent: core.spent,
            clock: 0,
            random,
            nearest: None,
            core,
        };
        for c in 0..cols {
            if start.contains(&it.core.site[c]) && it.score[c] > 0.0 {
                it.add(c as u32);
            }
        }
        it
    }

    /// Works off about so much with covers of at most `limit`; the sites of a cover as soon as one is found.
    pub fn step(&mut self, sides: &Sides, limit: f64, budget: &mut i64) -> Option<(f64, Vec<u32>)> {
        if self.clock == 0 {
            self.clock = 1;
            self.repair(sides);
            self.greedy(sides, budget);
        }
        loop {
            if self.uncovered.is_empty() {
                self.thin(sides);
                if self.spent <= limit {
                    return Some((self.spent, self.sites()));
                }
            }
            if self.spent <= limit && self.nearest.as_ref().is_none_or(|n| self.uncovered.len() < n.0) {
                self.nearest = Some((self.uncovered.len(), self.sites()));
            }
            if *budget <= 0 {
                return None;
            }
            *budget -= 1 + self.chosen.len() as i64;
            self.clock += 1;
            self.shrink(sides, limit, budget);
            self.grow(sides, limit, budget);
        }
    }

    fn sites(&self) -> Vec<u32> {
        let chosen = self.chosen.iter().map(|c| self.core.site[*c as usize]);
        self.core.fixed.iter().copied().chain(chosen).collect()
    }

    /// The sites of the choice so far that leaves the fewest rows uncovered.
    pub fn nearest(&self) -> Option<&[u32]> {
        self.nearest.as_ref().map(|n| n.1.as_slice())
    }

    /// The same, to hand over to the search on the smaller problem; it gives way to the first choice found there.
    pub fn into_nearest(self) -> Option<Vec<u32>> {
        self.nearest.map(|n| n.1)
    }

    /// With what an earlier search found.
    pub fn with_nearest(mut self, sites: Option<Vec<u32>>) -> Self {
        self.nearest = sites.map(|s| (usize::MAX, s));
        self
    }

    /// Takes away until the limit leaves room for one more.
    fn shrink(&mut self, sides: &Sides, limit: f64, budget: &mut i64) {
        let mut first = true;
        while first || self.spent > limit {
            first = false;
            let Some(c) = self.least(|it, c| !it.tabu.contains(&c)).or_else(|| self.least(|_, _| true)) else { return };
            self.remove(c, sides, budget);
        }
    }

    fn grow(&mut self, sides: &Sides, limit: f64, budget: &mut i64) {
        self.tabu.clear();
        let mut tries = 3;
        while !self.uncovered.is_empty() && tries > 0 {
            tries -= 1;
            let r = self.uncovered[self.random.below(self.uncovered.len())];
            let core = Rc::clone(&self.core);
            let list = core.rows.of(r as usize);
            *budget -= list.len() as i64;
            let affordable = |it: &Self, c: u32| it.spent + core.cost[c as usize] <= limit;
            let fits = |it: &Self, c: u32| core.slack.is_empty() || sides.fits(core.site[c as usize], &it.slack);
            let mut found = self.most(list, |it, c| it.may[c as usize] && affordable(it, c) && fits(it, c));
            if found.is_none() && !core.slack.is_empty() {
                // Side limits stand in the way: make room for one.
                found = self.most(list, |it, c| it.may[c as usize] && affordable(it, c));
                if let Some(c) = found {
                    self.make_room(c, sides, budget);
                }
            }
            let Some(c) = found else { break };
            if !fits(self, c) {
                break;
            }
            self.take(c, sides, budget);
            self.tabu.push(c);
        }
        for at in 0..self.uncovered.len() {
            let r = self.uncovered[at];
            self.weight[r as usize] += 1.0;
            let core = Rc::clone(&self.core);
            let list = core.rows.of(r as usize);
            *budget -= list.len() as i64;
            for c in list {
                self.score[*c as usize] += 1.0;
            }
        }
    }

    fn worth(&self, c: u32) -> f64 {
        self.score[c as usize] / self.core.cost[c as usize].max(1e-3)
    }

    /// The chosen column whose loss is least, the one longest there of equals.
    fn least(&self, counts: impl Fn(&Self, u32) -> bool) -> Option<u32> {
        let mut best: Option<(f64, u64, u32)> = None;
        for c in self.chosen.iter().copied().filter(|c| counts(self, *c)) {
            let key = (self.worth(c), self.since[c as usize], c);
            if best.is_none_or(|b| (key.0, key.1, key.2) < b) {
                best = Some(key);
            }
        }
        best.map(|b| b.2)
    }

    /// The column of a list whose gain is most, the one longest away of equals.
    fn most(&self, list: &[u32], counts: impl Fn(&Self, u32) -> bool) -> Option<u32> {
        let mut best: Option<(f64, u64, u32)> = None;
        for c in list.iter().copied().filter(|c| !self.inside[*c as usize] && counts(self, *c)) {
            let key = (-self.worth(c), self.since[c as usize], c);
            if best.is_none_or(|b| key < b) {
                best = Some(key);
            }
        }
        best.map(|b| b.2)
    }

    /// Takes away what breaks side limits together with this column.
    fn make_room(&mut self, c: u32, sides: &Sides, budget: &mut i64) {
        let core = Rc::clone(&self.core);
        for (r, w) in sides.of(core.site[c as usize]) {
            while *w > self.slack[*r as usize] {
                let heavy = |d: u32| sides.of(core.site[d as usize]).iter().any(|(q, _)| q == r);
                let Some(d) = self.least(|_, d| heavy(d)) else { return };
                self.remove(d, sides, budget);
            }
        }
    }

    /// A start that breaks side limits loses what breaks them.
    fn repair(&mut self, sides: &Sides) {
        let mut none = 0;
        for c in self.chosen.clone() {
            for (r, w) in sides.of(self.core.site[c as usize]) {
                self.slack[*r as usize] -= w;
            }
        }
        for r in 0..self.slack.len() {
            while self.slack[r] < 0.0 {
                let heavy =
                    |it: &Self, d: u32| sides.of(it.core.site[d as usize]).iter().any(|(q, _)| *q as usize == r);
                let Some(d) = self.least(heavy) else { break };
                self.remove(d, sides, &mut none);
            }
        }
    }

    fn greedy(&mut self, sides: &Sides, budget: &mut i64) {
        let all: Vec<u32> = (0..self.core.cols.len() as u32).collect();
        while !self.uncovered.is_empty() {
            *budget -= all.len() as i64;
            let fits =
                |it: &Self, c: u32| it.score[c as usize] > 0.0 && sides.fits(it.core.site[c as usize], &it.slack);
            let Some(c) = self.most(&all, fits) else { break };
            self.take(c, sides, budget);
        }
    }

    /// Takes away what nothing is lost with.
    fn thin(&mut self, sides: &Sides) {
        let mut none = 0;
        let mut idle: Vec<u32> = self.chosen.iter().copied().filter(|c| self.score[*c as usize] == 0.0).collect();
        idle.sort_by(|a, b| self.core.cost[*b as usize].total_cmp(&self.core.cost[*a as usize]).then(a.cmp(b)));
        for c in idle {
            if self.score[c as usize] == 0.0 {
                self.remove(c, sides, &mut none);
            }
        }
    }

    fn take(&mut self, c: u32, sides: &Sides, budget: &mut i64) {
        for (r, w) in sides.of(self.core.site[c as usize]) {
            self.slack[*r as usize] -= w;
        }
        *budget -= self.add(c);
    }

    fn add(&mut self, c: u32) -> i64 {
        let core = Rc::clone(&self.core);
        let mut work = 1;
        self.inside[c as usize] = true;
        self.chosen.push(c);
        self.spent += core.cost[c as usize];
        self.since[c as usize] = self.clock;
        let mut own = 0.0;
        for r in core.cols.of(c as usize) {
            let r = *r as usize;
            work += 1;
            match self.times[r] {
                0 => {
                    own += self.weight[r];
                    for d in core.rows.of(r) {
                        self.score[*d as usize] -= self.weight[r];
                        self.may[*d as usize] = true;
                    }
                    work += core.rows.of(r).len() as i64;
                    let at = self.place[r] as usize;
                    self.uncovered.swap_remove(at);
                    if let Some(moved) = self.uncovered.get(at) {
                        self.place[*moved as usize] = at as u32;
                    }
                }
                1 => self.score[self.sum[r] as usize] -= self.weight[r],
                _ => {}
            }
            self.times[r] += 1;
            self.sum[r] += u64::from(c);
        }
        self.score[c as usize] = own;
        work
    }

    fn remove(&mut self, c: u32, sides: &Sides, budget: &mut i64) {
        let core = Rc::clone(&self.core);
        self.inside[c as usize] = false;
        if let Some(at) = self.chosen.iter().position(|d| *d == c) {
            self.chosen.swap_remove(at);
        }
        self.spent -= core.cost[c as usize];
        for (r, w) in sides.of(core.site[c as usize]) {
            self.slack[*r as usize] += w;
        }
        self.since[c as usize] = self.clock;
        let mut own = 0.0;
        for r in core.cols.of(c as usize) {
            let r = *r as usize;
            *budget -= 1;
            self.times[r] -= 1;
            self.sum[r] -= u64::from(c);
            match self.times[r] {
                0 => {
                    own += self.weight[r];
                    for d in core.rows.of(r) {
                        self.score[*d as usize] += self.weight[r];
                        self.may[*d as usize] = true;
                    }
                    *budget -= core.rows.of(r).len() as i64;
                    self.place[r] = self.uncovered.len() as u32;
                    self.uncovered.push(r as u32);
                }
                1 => self.score[self.sum[r] as usize] += self.weight[r],
                _ => {}
            }
        }
        self.score[c as usize] = own;
        self.may[c as usize] = false;
    }
}
