//! Local search by opening, closing and exchanging sites, after Resende and Werneck (2007).
//!
//! For every closed site what opening it gains, for every open one what closing it loses, and for the few pairs where the two
//! meet what is counted twice: the best of all exchanges is read off, and after a move only demand points near it are counted
//! again. Numbers are whole, so they never drift.

use super::reduced::Reduced;
use crate::siting::NONE;

/// Pairs by site, for finding the demand points near one.
#[derive(Clone, Debug, Default)]
pub(super) struct Near {
    starts: Vec<u32>,
    demand: Vec<(u32, f64)>,
}

impl Near {
    pub fn new(problem: &Reduced) -> Self {
        let mut starts = vec![0u32; problem.len() + 1];
        for s in &problem.sites {
            starts[*s as usize + 1] += 1;
        }
        for s in 0..problem.len() {
            starts[s + 1] += starts[s];
        }
        let mut at = starts.clone();
        let mut demand = vec![(0, 0.0); problem.sites.len()];
        for i in 0..problem.demand() {
            let (sites, costs) = problem.of(i);
            for (s, c) in sites.iter().zip(costs) {
                demand[at[*s as usize] as usize] = (i as u32, *c);
                at[*s as usize] += 1;
            }
        }
        Self { starts, demand }
    }

    fn of(&self, site: usize) -> &[(u32, f64)] {
        &self.demand[self.starts[site] as usize..self.starts[site + 1] as usize]
    }
}

/// Opens the site that saves most, one after the other, while that pays or the count asks for it.
pub(super) fn greedy(problem: &Reduced, near: &Near) -> Vec<bool> {
    let (least, most) = problem.count;
    let mut open = vec![false; problem.len()];
    let mut used = vec![0.0; problem.rows.len()];
    let mut paid = problem.otherwise.clone();
    let mut gain: Vec<f64> = problem.opening.iter().map(|o| -o).collect();
    for (i, paid) in paid.iter().enumerate() {
        let (sites, costs) = problem.of(i);
        sites.iter().zip(costs).for_each(|(s, c)| gain[*s as usize] += paid - c);
    }
    for opened in 0..most {
        let fits = |s: &usize| {
            let rows = &problem.rows_of[*s];
            !open[*s] && rows.iter().all(|(r, a)| used[*r as usize] + a <= problem.rows[*r as usize].limit)
        };
        let all = (0..problem.len()).filter(fits);
        let best = all.reduce(|a, b| if gain[b] > gain[a] { b } else { a });
        let Some(best) = best.filter(|s| opened < least || gain[*s] > 0.5) else { break };
        open[best] = true;
        problem.rows_of[best].iter().for_each(|(r, a)| used[*r as usize] += a);
        for (i, cost) in near.of(best) {
            let i = *i as usize;
            if *cost >= paid[i] {
                continue;
            }
            let (sites, costs) = problem.of(i);
            for (s, c) in sites.iter().zip(costs) {
                if *c >= paid[i] {
                    break;
                }
                gain[*s as usize] -= paid[i] - c.max(*cost);
            }
            paid[i] = *cost;
        }
    }
    open
}

/// A choice of sites with what every move would change.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    pub open: Vec<bool>,
    list: Vec<u32>,
    /// Nearest and second nearest open site of each demand point, with their costs.
    first: Vec<(u32, f64)>,
    second: Vec<(u32, f64)>,
    gain: Vec<f64>,
    loss: Vec<f64>,
    /// By closed site: what an exchange with an open one costs less than closing and opening apart.
    extra: Vec<Vec<(u32, f64)>>,
    used: Vec<f64>,
    pub cost: f64,
}

/// A move: a site to open, one to close, or both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Move {
    pub into: Option<u32>,
    pub out: Option<u32>,
    pub profit: f64,
}

impl Exchange {
    /// Begins with these sites open, which keep the side limits.
    pub fn new(problem: &Reduced, open: Vec<bool>) -> Self {
        let sites = problem.len();
        let mut all = Self {
            list: (0..sites as u32).filter(|s| open[*s as usize]).collect(),
            first: vec![(NONE, 0.0); problem.demand()],
            second: vec![(NONE, 0.0); problem.demand()],
            gain: vec![0.0; sites],
            loss: vec![0.0; sites],
            extra: vec![Vec::new(); sites],
            used: vec![0.0; problem.rows.len()],
            cost: problem.cost(&open),
            open,
        };
        for s in &all.list {
            for (r, a) in &problem.rows_of[*s as usize] {
                all.used[*r as usize] += a;
            }
        }
        for i in 0..problem.demand() {
            all.serve(problem, i);
            all.count(problem, i, 1.0);
        }
        all
    }

    /// Finds the two nearest open sites of a demand point.
    fn serve(&mut self, problem: &Reduced, i: usize) {
        let (sites, costs) = problem.of(i);
        let none = (NONE, problem.otherwise[i]);
        let (mut first, mut second) = (none, none);
        for (s, c) in sites.iter().zip(costs) {
            if self.open[*s as usize] {
                if first.0 == NONE {
                    first = (*s, *c);
                } else {
                    second = (*s, *c);
                    break;
                }
            }
        }
        (self.first[i], self.second[i]) = (first, second);
    }

    /// Adds what a demand point contributes, or takes it out again.
    fn count(&mut self, problem: &Reduced, i: usize, sign: f64) {
        let ((by, near), (_, far)) = (self.first[i], self.second[i]);
        if by != NONE {
            self.loss[by as usize] += sign * (far - near);
        }
        let (sites, costs) = problem.of(i);
        for (s, c) in sites.iter().zip(costs) {
            if *c >= far {
                break;
            }
            if *s == by {
                continue;
            }
            if *c < near {
                self.gain[*s as usize] += sign * (near - c);
            }
            if by != NONE {
                let saved = sign * (far - near.max(*c));
                let extra = &mut self.extra[*s as usize];
                match extra.iter().position(|(o, _)| *o == by) {
                    Some(k) => {
                        extra[k].1 += saved;
                        if extra[k].1 == 0.0 {
                            extra.swap_remove(k);
                        }
                    }
                    None => extra.push((by, saved)),
                }
            }
        }
    }

    /// How many sites are open.
    pub fn opened(&self) -> usize {
        self.list.len()
    }

    /// True where opening one and closing another keeps the side limits.
    pub fn fits(&self, problem: &Reduced, into: Option<u32>, out: Option<u32>) -> bool {
        let Some(into) = into else { return true };
        problem.rows_of[into as usize].iter().all(|(r, a)| {
            let row = *r as usize;
            let freed =
                out.map_or(0.0, |o| problem.rows_of[o as usize].iter().find(|(q, _)| q == r).map_or(0.0, |(_, b)| *b));
            self.used[row] + a - freed <= problem.rows[row].limit
        })
    }

    /// The profit of a move: cost before less cost after.
    fn profit(&self, problem: &Reduced, into: Option<u32>, out: Option<u32>) -> f64 {
        let mut profit = 0.0;
        if let Some(s) = into {
            profit += self.gain[s as usize] - problem.opening[s as usize];
        }
        if let Some(s) = out {
            profit += problem.opening[s as usize] - self.loss[s as usize];
        }
        if let (Some(s), Some(o)) = (into, out) {
            profit += self.extra[s as usize].iter().find(|(q, _)| *q == o).map_or(0.0, |(_, v)| *v);
        }
        profit
    }

    /// A move, where it keeps count and side limits.
    pub fn candidate(&self, problem: &Reduced, into: Option<u32>, out: Option<u32>) -> Option<Move> {
        let after = self.list.len() + usize::from(into.is_some()) - usize::from(out.is_some());
        let (least, most) = problem.count;
        (after >= least && after <= most && self.fits(problem, into, out)).then(|| Move {
            into,
            out,
            profit: self.profit(problem, into, out),
        })
    }

    /// The best site to open among some; `None` where none fits.
    pub fn best_opening(&self, problem: &Reduced, among: impl Iterator<Item = u32>) -> Option<Move> {
        let mut best: Option<Move> = None;
        for s in among {
            if self.open[s as usize] {
                continue;
            }
            let profit = self.profit(problem, Some(s), None);
            if best.is_none_or(|b| profit > b.profit) && self.fits(problem, Some(s), None) {
                best = Some(Move { into: Some(s), out: None, profit });
            }
        }
        best
    }

    /// The best move that keeps count and side limits. `tabu` sites are neither opened nor closed.
    pub fn best(&self, problem: &Reduced, tabu: impl Fn(u32) -> bool) -> Option<Move> {
        let (least, most) = problem.count;
        let mut best: Option<Move> = None;
        let mut take = |m: Move| {
            if best.is_none_or(|b| m.profit > b.profit) {
                best = Some(m);
            }
        };
        // The open site that is missed least, whatever comes instead.
        let closing = |o: u32| problem.opening[o as usize] - self.loss[o as usize];
        let mut spare: Option<(u32, f64)> = None;
        for o in self.list.iter().filter(|o| !tabu(**o)) {
            let profit = closing(*o);
            if spare.is_none_or(|(s, p)| profit > p || (profit == p && *o < s)) {
                spare = Some((*o, profit));
            }
        }
        if let Some((o, profit)) = spare
            && self.list.len() > least
        {
            take(Move { into: None, out: Some(o), profit });
        }
        for s in 0..problem.len() as u32 {
            if self.open[s as usize] || tabu(s) {
                continue;
            }
            let opening = self.gain[s as usize] - problem.opening[s as usize];
            if self.list.len() < most && self.fits(problem, Some(s), None) {
                take(Move { into: Some(s), out: None, profit: opening });
            }
            let limited = !problem.rows_of[s as usize].is_empty();
            if limited && !self.fits(problem, Some(s), None) {
                // Only some exchanges fit: look at all.
                for o in self.list.iter().filter(|o| !tabu(**o)) {
                    if self.fits(problem, Some(s), Some(*o)) {
                        take(Move { into: Some(s), out: Some(*o), profit: self.profit(problem, Some(s), Some(*o)) });
                    }
                }
                continue;
            }
            if let Some((o, profit)) = spare {
                let extra = self.extra[s as usize].iter().find(|(q, _)| *q == o).map_or(0.0, |(_, v)| *v);
                take(Move { into: Some(s), out: Some(o), profit: opening + profit + extra });
            }
            for (o, extra) in &self.extra[s as usize] {
                if self.open[*o as usize] && !tabu(*o) {
                    take(Move { into: Some(s), out: Some(*o), profit: opening + closing(*o) + extra });
                }
            }
        }
        best
    }

    /// Makes a move. Returns how many demand points were counted again.
    pub fn make(&mut self, problem: &Reduced, near: &Near, step: Move) -> usize {
        let mut touched: Vec<u32> = Vec::new();
        if let Some(o) = step.out {
            let served = |i: &u32| self.first[*i as usize].0 == o || self.second[*i as usize].0 == o;
            touched.extend(near.of(o as usize).iter().map(|(i, _)| *i).filter(served));
        }
        if let Some(s) = step.into {
            let nearer = |(i, c): &&(u32, f64)| *c < self.second[*i as usize].1;
            touched.extend(near.of(s as usize).iter().filter(nearer).map(|(i, _)| *i));
        }
        touched.sort_unstable();
        touched.dedup();
        for i in &touched {
            self.count(problem, *i as usize, -1.0);
        }
        if let Some(o) = step.out {
            self.open[o as usize] = false;
            self.list.retain(|s| *s != o);
            problem.rows_of[o as usize].iter().for_each(|(r, a)| self.used[*r as usize] -= a);
        }
        if let Some(s) = step.into {
            self.open[s as usize] = true;
            self.list.push(s);
            problem.rows_of[s as usize].iter().for_each(|(r, a)| self.used[*r as usize] += a);
        }
        for i in &touched {
            self.serve(problem, *i as usize);
            self.count(problem, *i as usize, 1.0);
        }
        self.cost -= step.profit;
        touched.len()
    }

    /// Moves downhill until nothing improves.
    pub fn descend(&mut self, problem: &Reduced, near: &Near) {
        // Every move lowers a whole number; the cap is for sums above 2^53, where they need not.
        for _ in 0..20 * problem.len() + 100 {
            match self.best(problem, |_| false) {
                Some(m) if m.profit > 0.5 => self.make(problem, near, m),
                _ => break,
            };
        }
    }
}
