//! A [`Problem`] without what is settled: the form that all methods work on.
//!
//! Sites that are locked open become part of what demand points cost otherwise, those that are closed vanish, and so do pairs
//! that could never pay. What is left over is small, and everything in it is undecided.

use super::{Lists, Lock, Problem, Row};

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
        all.fix(&problem.locks)
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
