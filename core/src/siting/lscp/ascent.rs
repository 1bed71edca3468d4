//! Lagrangian lower bound of a covering problem.
//!
//! Prices `u_i >= 0` on covering a row and `v_r >= 0` on side limits give
//! `L = sum_i u_i - sum_r v_r slack_r + sum_j min(0, c_j - sum_i a_ij u_i + sum_r w_rj v_r)`, below every cover. Prices rise along what the
//! mean of the choices so far leaves uncovered: the volume algorithm of Barahona and Anbil, Mathematical Programming 87 (2000). Plain
//! subgradients crawl here, where many sites cover nearly the same and become cheap all at once.

use super::core::{Core, Sides};
use std::rc::Rc;

/// Rounds without a better bound after which steps become shorter.
const PATIENCE: u32 = 10;
/// Rounds after which a bound that hardly rises is left as it is.
const STALE: u32 = 60;

pub(super) struct Ascent {
    pub core: Rc<Core>,
    /// Prices of rows, then of side limits: those of this round, and the best.
    price: Vec<f64>,
    best: Vec<f64>,
    /// The best bound, with what was spent on the way.
    pub bound: f64,
    reduced: Vec<f64>,
    /// What this round's choice leaves uncovered, and what the mean of all does.
    gradient: Vec<f64>,
    mean: Vec<f64>,
    length: f64,
    share: f64,
    round: u32,
    rounds: u32,
    idle: u32,
    before: f64,
}

impl Ascent {
    pub fn new(core: Rc<Core>, sides: &Sides, rounds: u32) -> Self {
        // An equal share in the cheapest site, unless known prices are better: those of a smaller radius may be far too high.
        let share: Vec<f64> =
            (0..core.cols.len()).map(|c| core.cost[c] / core.cols.of(c).len().max(1) as f64).collect();
        let mut price: Vec<f64> = (0..core.rows.len())
            .map(|r| core.rows.of(r).iter().map(|c| share[*c as usize]).fold(f64::INFINITY, f64::min))
            .collect();
        price.resize(price.len() + core.slack.len(), 0.0);
        let mut it = Self {
            bound: f64::NEG_INFINITY,
            reduced: vec![0.0; core.cols.len()],
            gradient: vec![0.0; price.len()],
            mean: Vec::new(),
            best: price.clone(),
            price,
            length: 0.1,
            share: 0.1,
            round: 0,
            rounds,
            idle: 0,
            before: f64::NEG_INFINITY,
            core,
        };
        let even = it.value(sides);
        let known: Vec<f64> = it.core.price.iter().chain(&it.core.side_price).copied().collect();
        it.price = known;
        if it.value(sides) < even {
            it.price.clone_from(&it.best);
        }
        it.best.clone_from(&it.price);
        it
    }

    /// Works off about so much; true while there is more to do. `target`: where the bound should get to.
    pub fn step(&mut self, sides: &Sides, target: f64, budget: &mut i64) -> bool {
        let core = Rc::clone(&self.core);
        if core.rows.len() == 0 {
            return false;
        }
        while *budget > 0 {
            *budget -= (core.rows.pairs() + 6 * core.rows.len()) as i64;
            let value = self.value(sides);
            self.slope(sides);
            if self.round == 0 {
                self.mean.clone_from(&self.gradient);
                self.bound = value;
                self.before = value;
            } else if value > self.bound {
                let along: f64 = self.mean.iter().zip(&self.gradient).map(|(m, g)| m * g).sum();
                self.length = (self.length * if along >= 0.0 { 1.6 } else { 1.1 }).min(2.0);
                self.bound = value;
                self.best.copy_from_slice(&self.price);
                self.idle = 0;
            } else {
                self.idle += 1;
                if self.idle.is_multiple_of(PATIENCE) {
                    self.length = (self.length * 0.66).max(0.0005);
                }
            }
            self.round += 1;
            if self.bound >= target || self.round >= self.rounds {
                return false;
            }
            if self.round.is_multiple_of(STALE) {
                let missing = if target.is_finite() { target - self.bound } else { self.bound.abs() };
                if self.bound - self.before < 0.01 * missing {
                    return false;
                }
                if self.bound - self.before < 0.01 * self.bound.abs() {
                    self.share = (self.share * 0.5).max(1e-4);
                }
                self.before = self.bound;
            }
            let missing = if target.is_finite() { (target - self.bound) * 1.05 } else { 1.0 + self.bound.abs() * 0.05 };
            self.walk(missing);
        }
        true
    }

    /// The bound by the prices of now; leaves reduced costs behind.
    fn value(&mut self, sides: &Sides) -> f64 {
        let core = &self.core;
        let (rows, side) = self.price.split_at(core.rows.len());
        let mut value = core.spent + rows.iter().sum::<f64>();
        for (v, slack) in side.iter().zip(&core.slack) {
            value -= v * slack;
        }
        for c in 0..core.cols.len() {
            let mut reduced = core.cost[c];
            for r in core.cols.of(c) {
                reduced -= rows[*r as usize];
            }
            if !side.is_empty() {
                for (r, w) in sides.of(core.site[c]) {
                    reduced += w * side[*r as usize];
                }
            }
            value += reduced.min(0.0);
            self.reduced[c] = reduced;
        }
        value
    }

    /// What the cheapest choice by the prices of now leaves open.
    fn slope(&mut self, sides: &Sides) {
        let core = &self.core;
        let (rows, side) = self.gradient.split_at_mut(core.rows.len());
        rows.fill(1.0);
        for (g, slack) in side.iter_mut().zip(&core.slack) {
            *g = -slack;
        }
        for (c, reduced) in self.reduced.iter().enumerate() {
            if *reduced < 0.0 {
                for r in core.cols.of(c) {
                    rows[*r as usize] -= 1.0;
                }
                if !side.is_empty() {
                    for (r, w) in sides.of(core.site[c]) {
                        side[*r as usize] += w;
                    }
                }
            }
        }
    }

    /// From the best prices along the mean.
    fn walk(&mut self, missing: f64) {
        let (mut mm, mut mg, mut gg) = (0.0, 0.0, 0.0);
        for (m, g) in self.mean.iter().zip(&self.gradient) {
            mm += m * m;
            mg += m * g;
            gg += g * g;
        }
        // The share of the new choice that makes the mean shortest.
        let apart = mm - 2.0 * mg + gg;
        let shortest = if apart > 0.0 { (mm - mg) / apart } else { self.share };
        let share = shortest.clamp(self.share / 10.0, self.share);
        let mut norm = 0.0;
        for ((m, g), u) in self.mean.iter_mut().zip(&self.gradient).zip(&self.best) {
            *m += share * (g - *m);
            if *m > 0.0 || *u > 0.0 {
                norm += *m * *m;
            }
        }
        if norm < 1e-12 {
            // The mean covers all: the prices cannot be bettered.
            self.round = self.rounds;
            return;
        }
        let step = self.length * missing / norm;
        for ((u, best), m) in self.price.iter_mut().zip(&self.best).zip(&self.mean) {
            *u = (best + step * m).max(0.0);
        }
    }

    /// The core with the best prices, and the reduced costs that belong to them.
    pub fn close(mut self, sides: &Sides) -> (Core, f64, Vec<f64>) {
        self.price.copy_from_slice(&self.best);
        let value = self.value(sides);
        let mut core = Rc::try_unwrap(self.core).unwrap_or_else(|shared| (*shared).clone());
        core.side_price = self.best.split_off(core.rows.len());
        core.price = self.best;
        (core, value, self.reduced)
    }
}
