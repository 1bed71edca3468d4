//! What more capacity of one facility would be worth: the last problem solved again with more and more of it.
//!
//! Capacity only grows, so every flow found before still fits, and each step goes on from what is known.

use super::{
    Allocator, ROOM, Solved,
    answer::{End, Price, Worth, WorthStep},
    places::Plant,
    problem::{FLOW, Kind, Limit},
    reading,
};
use crate::flow::coupled::{self, Coupled};

/// The least increase that is tried: so much that the gap of the solution is small beside what it saves.
const FIRST_T: f64 = 1_000.0;
/// The second is twice the first, and each further one so many times the one before.
const GROWTH: f64 = 1.5;
/// More capacity than this is another plant.
const MOST_ADDED_T: f64 = 600_000.0;
/// Less slack than this is rounding.
const NOISE_T: f64 = 1e-3;

/// A [`Worth`] in the making, a step at a time. It belongs to the allocator's last plan.
pub struct WorthJob {
    worth: Worth,
    place: u32,
    kind: Kind,
    capacity_t: f64,
    solver: Coupled,
    /// Cost without slack, and slack, before.
    before: (f64, f64),
    added_t: f64,
    /// True while every step so far saved the same a tonne.
    same: bool,
}

impl WorthJob {
    pub(super) fn new(solved: &Solved, id: &str) -> Option<Self> {
        let problem = &solved.problem;
        let is_it = |p: &&Plant| matches!(&problem.cast.places[p.place as usize].end, End::Facility(f) if f == id);
        let hub = problem.cast.hubs.iter().find(is_it).map(|p| (p, Kind::Hub));
        let (plant, kind) = hub.or_else(|| problem.cast.smelters.iter().find(is_it).map(|p| (p, Kind::Smelter)))?;
        let costs = reading::costs(problem, &solved.solver, &solved.solver.answer());
        Some(Self {
            worth: Worth { id: id.to_owned(), steps: vec![WorthStep::default()], ..Worth::default() },
            place: plant.place,
            kind,
            capacity_t: plant.capacity_t,
            solver: solved.solver.clone(),
            before: (costs.objective, costs.slack_t),
            added_t: FIRST_T,
            same: true,
        })
    }

    /// One more step; the whole once it is done. `None` also where the allocator has meanwhile solved another plan: then it never
    /// ends, and should be dropped.
    pub fn step(&mut self, allocator: &Allocator) -> Option<Worth> {
        let step = self.solve(allocator.last.as_ref()?);
        let is_first = self.worth.steps.len() == 1;
        if is_first {
            // What a gap could explain is nothing.
            let noise = 2.5 * coupled::AIM * self.before.0.abs();
            if step.slack_t < NOISE_T && step.saved_yuan < noise {
                return Some(std::mem::take(&mut self.worth));
            }
            self.worth.price = Price { yuan_per_t: step.saved_yuan / FIRST_T, slack_t: step.slack_t / FIRST_T };
        }
        self.same = self.same && self.is_like_the_first(&step);
        if self.same {
            self.worth.upto_t = self.added_t;
        }
        self.worth.steps.push(step);
        self.added_t *= if is_first { 2.0 } else { GROWTH };
        (self.added_t > MOST_ADDED_T).then(|| std::mem::take(&mut self.worth))
    }

    fn is_like_the_first(&self, step: &WorthStep) -> bool {
        let near = |sum: f64, each: f64| (sum - each * step.added_t).abs() <= 0.01 * (each * step.added_t).abs() + 1.0;
        near(step.slack_t, self.worth.price.slack_t) && near(step.saved_yuan, self.worth.price.yuan_per_t)
    }

    fn solve(&mut self, solved: &Solved) -> WorthStep {
        let problem = &solved.problem;
        let capacity_t = self.capacity_t * (1.0 + ROOM) + self.added_t;
        let unit = |stream| match self.kind {
            Kind::Hub => problem.terms.streams[stream].gross_collected,
            _ => 1.0,
        };
        let through = problem.blocks.iter().enumerate().filter_map(|(b, block)| {
            let arc = *block.through.get(&self.place)?;
            Some((b, arc, libm::round(capacity_t / unit(block.stream) * FLOW) as i64 + 1))
        });
        let arcs: Vec<(usize, usize, i64)> = through.collect();
        let own = problem.limits.iter().position(|l| *l == Limit::Facility(self.place));
        let limits: Vec<(usize, f64)> = own.map(|r| (r, capacity_t * FLOW)).into_iter().collect();
        self.solver.widen(&arcs, &limits);
        while self.solver.step() == coupled::Status::More {}
        let after = reading::costs(problem, &self.solver, &self.solver.answer());
        WorthStep {
            added_t: self.added_t,
            saved_yuan: self.before.0 - after.objective,
            slack_t: self.before.1 - after.slack_t,
        }
    }
}
