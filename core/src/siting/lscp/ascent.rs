//! Lagrangian lower bound of a covering problem, by subgradients.
//!
//! Prices `u_i >= 0` on covering a row and `v_r >= 0` on side limits give
//! `L = sum_i u_i - sum_r v_r slack_r + sum_j min(0, c_j - sum_i a_ij u_i + sum_r w_rj v_r)`, below every cover. The step length adapts
//! as in Caprara, Fischetti and Toth, A heuristic method for the set covering problem, Operations Research 47 (1999).

use super::core::{Core, Sides};
use std::rc::Rc;

/// Rounds between two looks at the step length.
const WINDOW: u32 = 20;

pub(super) struct Ascent {
    pub core: Rc<Core>,
    price: Vec<f64>,
    side_price: Vec<f64>,
    best_price: Vec<f64>,
    best_side: Vec<f64>,
    /// The best bound, with what was spent on the way.
    pub bound: f64,
    reduced: Vec<f64>,
    gradient: Vec<f64>,
    length: f64,
    round: u32,
    rounds: u32,
    least: f64,
    most: f64,
    before: f64,
}

impl Ascent {
    pub fn new(core: Rc<Core>, rounds: u32) -> Self {
        // A first price: an equal share in the cheapest site.
        let share: Vec<f64> =
            (0..core.cols.len()).map(|c| core.cost[c] / core.cols.of(c).len().max(1) as f64).collect();
        let price: Vec<f64> = (0..core.rows.len())
            .map(|r| {
                let first = core.rows.of(r).iter().map(|c| share[*c as usize]).fold(f64::INFINITY, f64::min);
                if core.price[r] > 0.0 { core.price[r] } else { first }
            })
            .collect();
        Self {
            best_price: price.clone(),
            best_side: core.side_price.clone(),
            side_price: core.side_price.clone(),
            bound: core.spent,
            reduced: vec![0.0; core.cols.len()],
            gradient: vec![0.0; core.rows.len()],
            price,
            length: 0.1,
            round: 0,
            rounds,
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
            before: core.spent,
            core,
        }
    }

    /// Works off about so much; true while there is more to do. `target`: where the bound should get to.
    pub fn step(&mut self, sides: &Sides, target: f64, budget: &mut i64) -> bool {
        let core = Rc::clone(&self.core);
        if core.rows.len() == 0 {
            return false;
        }
        while *budget > 0 {
            *budget -= (core.rows.pairs() + 2 * core.rows.len()) as i64;
            let value = self.value(sides);
            if value > self.bound {
                self.bound = value;
                self.best_price.copy_from_slice(&self.price);
                self.best_side.copy_from_slice(&self.side_price);
            }
            if self.bound >= target || self.round >= self.rounds {
                return false;
            }
            self.least = self.least.min(value);
            self.most = self.most.max(value);
            self.round += 1;
            if self.round.is_multiple_of(WINDOW) {
                let spread = (self.most - self.least) / self.most.abs().max(1.0);
                if spread > 0.01 {
                    self.length *= 0.5;
                } else if spread < 0.001 {
                    self.length *= 1.5;
                }
                (self.least, self.most) = (f64::INFINITY, f64::NEG_INFINITY);
            }
            if self.round.is_multiple_of(3 * WINDOW) {
                // No hope to get to the target at this pace: branching does more.
                if self.bound - self.before < 0.02 * (target - self.bound) {
                    return false;
                }
                self.before = self.bound;
            }
            self.walk(sides, target - value);
        }
        true
    }

    /// The bound by the prices of now; leaves reduced costs behind.
    fn value(&mut self, sides: &Sides) -> f64 {
        let core = &self.core;
        let mut value = core.spent + self.price.iter().sum::<f64>();
        for (v, slack) in self.side_price.iter().zip(&core.slack) {
            value -= v * slack;
        }
        for c in 0..core.cols.len() {
            let mut reduced = core.cost[c];
            for r in core.cols.of(c) {
                reduced -= self.price[*r as usize];
            }
            if !core.slack.is_empty() {
                for (r, w) in sides.of(core.site[c]) {
                    reduced += w * self.side_price[*r as usize];
                }
            }
            value += reduced.min(0.0);
            self.reduced[c] = reduced;
        }
        value
    }

    fn walk(&mut self, sides: &Sides, missing: f64) {
        let core = &self.core;
        self.gradient.fill(1.0);
        let mut side: Vec<f64> = core.slack.iter().map(|s| -s).collect();
        for (c, reduced) in self.reduced.iter().enumerate() {
            if *reduced < 0.0 {
                for r in core.cols.of(c) {
                    self.gradient[*r as usize] -= 1.0;
                }
                for (r, w) in sides.of(core.site[c]) {
                    side[*r as usize] += w;
                }
            }
        }
        let mut norm = 0.0;
        for (g, u) in self.gradient.iter_mut().zip(&self.price) {
            if *g < 0.0 && *u == 0.0 {
                *g = 0.0;
            }
            norm += *g * *g;
        }
        for (g, v) in side.iter_mut().zip(&self.side_price) {
            if *g < 0.0 && *v == 0.0 {
                *g = 0.0;
            }
            norm += *g * *g;
        }
        if norm == 0.0 {
            // The prices cannot be bettered: let the rounds run out.
            self.round = self.rounds;
            return;
        }
        let step = self.length * missing / norm;
        for (u, g) in self.price.iter_mut().zip(&self.gradient) {
            *u = (*u + step * g).max(0.0);
        }
        for (v, g) in self.side_price.iter_mut().zip(&side) {
            *v = (*v + step * g).max(0.0);
        }
    }

    /// The core with the best prices, and the reduced costs that belong to them.
    pub fn close(mut self, sides: &Sides) -> (Core, f64, Vec<f64>) {
        self.price.copy_from_slice(&self.best_price);
        self.side_price.copy_from_slice(&self.best_side);
        let value = self.value(sides);
        let mut core = Rc::try_unwrap(self.core).unwrap_or_else(|shared| (*shared).clone());
        core.price = self.best_price;
        core.side_price = self.best_side;
        (core, value, self.reduced)
    }
}
