//! A [`Problem`] without what is settled: the form that all methods work on.
//!
//! Sites that are locked open become part of what demand points cost otherwise, those that are closed vanish, and so do pairs
//! that could never pay. What is left over is small, and everything in it is undecided.

use super::{Lists, Lock, Problem, Row};
use std::collections::HashMap;

/// Pairs that are looked at for dominated sites at most: some ten milliseconds.
const EFFORT: usize = 10_000_000;

/// What is undecided.
#[derive(Clone, Debug, Default)]
pub(super) struct Reduced {
    /// By demand point: where its pairs begin; one more than there are demand points.
    pub starts: Vec<u32>,
    /// Sites, cheapest first.
    pub sites: Vec<u32>,
    /// Costs, each below what the demand point costs otherwise.
    pub costs: Vec<f64>,
    /// What each demand point costs if none of its sites is open. Finite: see [`Reduced::penalty`].
    pub otherwise: Vec<f64>,
    /// Opening costs.
    pub opening: Vec<f64>,
    /// Sites still to be opened, at least and at most.
    pub count: (usize, usize),
    /// Side limits, less what is used.
    pub rows: Vec<Row>,
    /// The side limits of each site, with its weight.
    pub rows_of: Vec<Vec<(u32, f64)>>,
    /// Cost that is settled.
    pub constant: f64,
    /// Numbers of the sites in the problem that was posed.
    pub names: Vec<u32>,
    /// Sites of the problem that was posed that are settled to be open.
    pub settled: Vec<u32>,
    /// Numbers of the demand points in the form that this one was made from.
    pub kept: Vec<u32>,
    /// From this on an objective means that somebody who must be served is not.
    pub penalty: f64,
}

impl Reduced {
    /// What is undecided of a problem; `None` where its locks cannot be kept.
    pub fn new(problem: &Problem) -> Option<Self> {
        let sites = problem.sites();
        let must = problem.otherwise.contains(&f64::INFINITY);
        let penalty = if must { penalty(problem) } else { f64::INFINITY };
        let mut all = Self {
            starts: vec![0],
            opening: problem.opening.clone(),
            count: (problem.count.0, problem.count.1.min(sites)),
            rows: problem.rows.clone(),
            names: (0..sites as u32).collect(),
            penalty,
            ..Self::default()
        };
        for i in 0..problem.lists.len() {
            let (listed, costs) = problem.lists.of(i);
            all.sites.extend_from_slice(listed);
            all.costs.extend_from_slice(costs);
            all.starts.push(all.sites.len() as u32);
            all.otherwise.push(problem.otherwise[i].min(penalty));
        }
        let mut all = all.fix(&problem.locks)?;
        all.merge();
        let locks = all.dominated();
        let mut all = if locks.contains(&Lock::Closed) { all.fix(&locks)? } else { all };
        all.merge();
        Some(all)
    }

    /// Joins demand points that the same sites serve in the same order: one site is the cheapest for them all.
    fn merge(&mut self) {
        let mut first: HashMap<&[u32], usize> = HashMap::new();
        let mut into: Vec<usize> = Vec::with_capacity(self.demand());
        for i in 0..self.demand() {
            let range = self.starts[i] as usize..self.starts[i + 1] as usize;
            into.push(*first.entry(&self.sites[range]).or_insert(i));
        }
        if into.iter().enumerate().all(|(i, f)| i == *f) {
            return;
        }
        let mut costs = self.costs.clone();
        for (i, f) in into.iter().enumerate().filter(|(i, f)| i != *f) {
            let (from, to) = (self.starts[i] as usize, self.starts[*f] as usize);
            for k in 0..self.starts[i + 1] as usize - from {
                costs[to + k] += self.costs[from + k];
            }
            self.otherwise[*f] += self.otherwise[i];
        }
        let (mut starts, mut sites, mut kept_costs, mut otherwise) = (vec![0], Vec::new(), Vec::new(), Vec::new());
        for (i, _) in into.iter().enumerate().filter(|(i, f)| i == *f) {
            let range = self.starts[i] as usize..self.starts[i + 1] as usize;
            sites.extend_from_slice(&self.sites[range.clone()]);
            kept_costs.extend_from_slice(&costs[range]);
            starts.push(sites.len() as u32);
            otherwise.push(self.otherwise[i]);
        }
        (self.starts, self.sites, self.costs, self.otherwise) = (starts, sites, kept_costs, otherwise);
        self.kept = (0..self.demand() as u32).collect();
    }

    /// Closes sites that another serves everybody at least as cheaply as, while more than enough are left.
    fn dominated(&self) -> Vec<Lock> {
        let mut locks = vec![Lock::Free; self.len()];
        let alike = self.opening.windows(2).all(|o| o[0] == o[1]);
        if self.count.0 > 0 && !(alike && self.rows.is_empty()) {
            // It may be needed to make up the number where side limits keep others out, or be the cheapest for that.
            return locks;
        }
        let mut served: Vec<Vec<(u32, f64)>> = vec![Vec::new(); self.len()];
        for i in 0..self.demand() {
            let (sites, costs) = self.of(i);
            sites.iter().zip(costs).for_each(|(s, c)| served[*s as usize].push((i as u32, *c)));
        }
        let (mut left, mut effort) = (self.len(), 0usize);
        for a in 0..self.len() {
            if left <= self.count.1 || effort > EFFORT {
                break;
            }
            let Some((i, c)) = served[a].iter().min_by_key(|(i, _)| self.of(*i as usize).0.len()) else { continue };
            let (sites, costs) = self.of(*i as usize);
            let near = sites.iter().zip(costs).take_while(|(_, d)| *d <= c).map(|(s, _)| *s as usize);
            let better = |b: usize, effort: &mut usize| {
                if b == a
                    || locks[b] == Lock::Closed
                    || !self.rows_of[b].is_empty()
                    || self.opening[b] > self.opening[a]
                {
                    return false;
                }
                served[a].iter().all(|(i, c)| {
                    let (sites, costs) = self.of(*i as usize);
                    let mut near = sites.iter().zip(costs).take_while(|(_, d)| *d <= c);
                    near.any(|(s, _)| {
                        *effort += 1;
                        *s as usize == b
                    })
                })
            };
            if near.into_iter().any(|b| better(b, &mut effort)) {
                locks[a] = Lock::Closed;
                left -= 1;
            }
        }
        locks
    }

    /// How many demand points.
    pub fn demand(&self) -> usize {
        self.otherwise.len()
    }

    /// How many sites.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// The pairs of a demand point.
    pub fn of(&self, demand: usize) -> (&[u32], &[f64]) {
        let range = self.starts[demand] as usize..self.starts[demand + 1] as usize;
        (&self.sites[range.clone()], &self.costs[range])
    }

    /// The same with more sites settled; `None` where they cannot be.
    pub fn fix(&self, locks: &[Lock]) -> Option<Self> {
        let mut locks = locks.to_vec();
        let mut limits: Vec<f64> = self.rows.iter().map(|r| r.limit).collect();
        for (row, limit) in self.rows.iter().zip(&mut limits) {
            for (site, weight) in &row.terms {
                if locks[*site as usize] == Lock::Open {
                    *limit -= weight;
                }
            }
            if *limit < 0.0 {
                return None;
            }
            // What no longer fits is closed.
            for (site, weight) in &row.terms {
                if locks[*site as usize] == Lock::Free && *weight > *limit {
                    locks[*site as usize] = Lock::Closed;
                }
            }
        }
        let open = locks.iter().filter(|l| **l == Lock::Open).count();
        let free = locks.iter().filter(|l| **l == Lock::Free).count();
        if open > self.count.1 || open + free < self.count.0 {
            return None;
        }
        let mut to = vec![u32::MAX; self.len()];
        let mut next = Self {
            starts: vec![0],
            count: (self.count.0.saturating_sub(open), (self.count.1 - open).min(free)),
            constant: self.constant,
            settled: self.settled.clone(),
            penalty: self.penalty,
            ..Self::default()
        };
        for (s, lock) in locks.iter().enumerate() {
            match lock {
                Lock::Free => {
                    to[s] = next.names.len() as u32;
                    next.names.push(self.names[s]);
                    next.opening.push(self.opening[s]);
                }
                Lock::Open => {
                    next.constant += self.opening[s];
                    next.settled.push(self.names[s]);
                }
                Lock::Closed => {}
            }
        }
        for i in 0..self.demand() {
            let (sites, costs) = self.of(i);
            let mut otherwise = self.otherwise[i];
            for (s, c) in sites.iter().zip(costs) {
                // Cheapest first: from the first open one on nothing pays.
                if *c >= otherwise {
                    break;
                }
                match locks[*s as usize] {
                    Lock::Free => {
                        next.sites.push(to[*s as usize]);
                        next.costs.push(*c);
                    }
                    Lock::Open => otherwise = *c,
                    Lock::Closed => {}
                }
            }
            if next.sites.len() as u32 == next.starts[next.starts.len() - 1] {
                next.constant += otherwise;
            } else {
                next.starts.push(next.sites.len() as u32);
                next.otherwise.push(otherwise);
                next.kept.push(i as u32);
            }
        }
        next.rows_of = vec![Vec::new(); next.len()];
        for (row, limit) in self.rows.iter().zip(limits) {
            let terms: Vec<(u32, f64)> = row
                .terms
                .iter()
                .filter(|(s, _)| to[*s as usize] != u32::MAX)
                .map(|(s, a)| (to[*s as usize], *a))
                .collect();
            if terms.iter().map(|(_, a)| a).sum::<f64>() > limit {
                for (s, a) in &terms {
                    next.rows_of[*s as usize].push((next.rows.len() as u32, *a));
                }
                next.rows.push(Row { terms, limit });
            }
        }
        Some(next)
    }

    /// No choice costs less: everybody by the cheapest of all sites, nothing for opening.
    pub fn floor(&self) -> f64 {
        self.constant + (0..self.demand()).map(|i| self.of(i).1[0]).sum::<f64>()
    }

    /// What a choice of sites costs; `open` says of each site whether it is open.
    pub fn cost(&self, open: &[bool]) -> f64 {
        let mut sum = self.constant;
        for (s, o) in open.iter().enumerate() {
            if *o {
                sum += self.opening[s];
            }
        }
        for i in 0..self.demand() {
            let (sites, costs) = self.of(i);
            let first = sites.iter().position(|s| open[*s as usize]);
            sum += first.map_or(self.otherwise[i], |k| costs[k]);
        }
        sum
    }

    /// The sites of the problem that was posed, ascending.
    pub fn named(&self, open: &[bool]) -> Vec<u32> {
        let mut all = self.settled.clone();
        all.extend(open.iter().zip(&self.names).filter(|(o, _)| **o).map(|(_, n)| *n));
        all.sort_unstable();
        all
    }
}

/// More than any choice costs that serves everybody.
fn penalty(problem: &Problem) -> f64 {
    let served: f64 = (0..problem.lists.len())
        .map(|i| {
            let dearest = problem.lists.of(i).1.last().copied().unwrap_or(0.0);
            if problem.otherwise[i].is_finite() { problem.otherwise[i].max(dearest) } else { dearest }
        })
        .sum();
    1.0 + served + problem.opening.iter().sum::<f64>()
}

/// Who serves whom when these sites are open, with what it costs in all.
pub(super) fn assign(problem: &Problem, open: &[u32]) -> (Vec<u32>, f64) {
    let mut is_open = vec![false; problem.sites()];
    open.iter().for_each(|s| is_open[*s as usize] = true);
    let mut sum: f64 = open.iter().map(|s| problem.opening[*s as usize]).sum();
    let assignment = (0..problem.lists.len())
        .map(|i| {
            let (sites, costs) = Lists::of(&problem.lists, i);
            let best = sites.iter().position(|s| is_open[*s as usize]).filter(|k| costs[*k] <= problem.otherwise[i]);
            sum += best.map_or(problem.otherwise[i], |k| costs[k]);
            best.map_or(super::NONE, |k| sites[k])
        })
        .collect();
    (assignment, sum)
}
