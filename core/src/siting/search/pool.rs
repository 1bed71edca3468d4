//! Good plans that were met, and paths between them.

use super::{
    interchange::{Exchange, Move, Near},
    reduced::Reduced,
};
use crate::random::Random;

/// How many plans are kept.
const SIZE: usize = 40;

/// Distinct plans, best first.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    plans: Vec<(f64, Vec<bool>)>,
    /// The least cost met, penalties counted.
    met: f64,
}

impl Default for Pool {
    fn default() -> Self {
        Self { plans: Vec::new(), met: f64::INFINITY }
    }
}

impl Pool {
    /// Takes a plan in, unless it is there or not good enough. Plans that leave somebody unserved (cost of `penalty` or more)
    /// are kept only while nothing better is known.
    pub fn offer(&mut self, cost: f64, open: &[bool], penalty: f64) {
        self.met = self.met.min(cost);
        if cost >= penalty && self.plans.first().is_some_and(|p| p.0 < penalty) {
            return;
        }
        if cost < penalty {
            self.plans.retain(|p| p.0 < penalty);
        }
        let at = self.plans.partition_point(|p| p.0 <= cost);
        let same = self.plans[..at].iter().rev().take_while(|p| p.0 == cost).any(|p| p.1 == open);
        if !same && at < SIZE {
            self.plans.insert(at, (cost, open.to_vec()));
            self.plans.truncate(SIZE);
        }
    }

    pub fn plans(&self) -> &[(f64, Vec<bool>)] {
        &self.plans
    }

    pub fn best(&self) -> Option<&(f64, Vec<bool>)> {
        self.plans.first()
    }

    pub const fn cost_met(&self) -> f64 {
        self.met
    }

    /// True where no such plan is kept.
    pub fn is_new(&self, open: &[bool]) -> bool {
        self.plans.iter().all(|p| p.1 != open)
    }

    /// One of the better half, at random.
    pub fn pick(&self, random: &mut Random) -> Option<Vec<bool>> {
        let half = self.plans.len().div_ceil(2).min(10);
        (half > 0).then(|| self.plans[random.below(half)].1.clone())
    }
}

/// The best plan on the way from one plan to another, neither end counted; each step is the best of those that lead there.
pub(super) fn relink(problem: &Reduced, near: &Near, from: &Exchange, to: &[bool]) -> Option<Vec<bool>> {
    let mut now = from.clone();
    let mut best: Option<(f64, Vec<bool>)> = None;
    loop {
        let differs = |s: &u32| now.open[*s as usize] != to[*s as usize];
        let left: Vec<u32> = (0..problem.len() as u32).filter(differs).collect();
        if left.len() <= 2 {
            return best.map(|b| b.1);
        }
        let (ins, outs): (Vec<u32>, Vec<u32>) = left.into_iter().partition(|s| to[*s as usize]);
        let mut step: Option<Move> = None;
        let mut take = |m: Option<Move>| {
            if let Some(m) = m
                && step.is_none_or(|s| m.profit > s.profit)
            {
                step = Some(m);
            }
        };
        for s in &ins {
            take(now.candidate(problem, Some(*s), None));
            outs.iter().for_each(|o| take(now.candidate(problem, Some(*s), Some(*o))));
        }
        outs.iter().for_each(|o| take(now.candidate(problem, None, Some(*o))));
        now.make(problem, near, step?);
        if best.as_ref().is_none_or(|b| now.cost < b.0) && now.open != to {
            best = Some((now.cost, now.open.clone()));
        }
    }
}
