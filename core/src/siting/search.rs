//! Stand-in until the solver comes: greedy, then single swaps. No bound, no proof.

use super::{Answer, Lock, NONE, Problem, Solver, Status, Unfit};

/// See the head of the file.
pub struct Search {
    problem: Problem,
    open: Vec<u32>,
    pool: Vec<(f64, Vec<u32>)>,
    done: bool,
    failed: bool,
}

impl Search {
    /// A search from nothing.
    ///
    /// # Errors
    /// Where the problem is not well posed.
    pub fn new(problem: Problem, _seed: u64) -> Result<Self, Unfit> {
        problem.validate()?;
        let open = (0..problem.sites() as u32).filter(|s| problem.locks[*s as usize] == Lock::Open).collect();
        Ok(Self { problem, open, pool: Vec::new(), done: false, failed: false })
    }

    /// A search from a plan.
    ///
    /// # Errors
    /// Where the problem is not well posed.
    pub fn with_start(problem: Problem, seed: u64, open: &[u32]) -> Result<Self, Unfit> {
        let mut s = Self::new(problem, seed)?;
        for o in open {
            if !s.open.contains(o) && s.problem.locks[*o as usize] != Lock::Closed {
                s.open.push(*o);
            }
        }
        s.open.sort_unstable();
        Ok(s)
    }

    /// Plans met, best first.
    #[must_use]
    pub fn pool(&self) -> Vec<(f64, Vec<u32>)> {
        let mut pool = self.pool.clone();
        pool.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        pool.dedup();
        pool
    }

    fn cost(&self, open: &[u32]) -> f64 {
        let mut sum: f64 = open.iter().map(|s| self.problem.opening[*s as usize]).sum();
        for i in 0..self.problem.lists.len() {
            let (sites, costs) = self.problem.lists.of(i);
            let best = sites.iter().zip(costs).find(|(s, _)| open.contains(s)).map_or(f64::INFINITY, |(_, c)| *c);
            let paid = best.min(self.problem.otherwise[i]);
            sum += if paid == f64::INFINITY { 1e14 } else { paid };
        }
        sum
    }

    fn keeps(&self, open: &[u32]) -> bool {
        self.problem
            .rows
            .iter()
            .all(|r| r.terms.iter().filter(|(s, _)| open.contains(s)).map(|(_, a)| a).sum::<f64>() <= r.limit)
    }
}

impl Solver for Search {
    fn step(&mut self) -> bool {
        if self.done {
            return false;
        }
        let sites = self.problem.sites() as u32;
        let now = self.cost(&self.open);
        // Greedy: the best site more, while asked for or worth it.
        let mut best: Option<(f64, Vec<u32>)> = None;
        if self.open.len() < self.problem.count.1 {
            for s in (0..sites).filter(|s| self.problem.locks[*s as usize] == Lock::Free && !self.open.contains(s)) {
                let mut tried = self.open.clone();
                tried.push(s);
                tried.sort_unstable();
                if self.keeps(&tried) {
                    let cost = self.cost(&tried);
                    if best.as_ref().is_none_or(|b| cost < b.0) {
                        best = Some((cost, tried));
                    }
                }
            }
        }
        if let Some((cost, tried)) = best
            && (self.open.len() < self.problem.count.0 || cost < now)
        {
            self.open = tried;
            return true;
        }
        if self.open.len() < self.problem.count.0 || now >= 1e14 {
            self.failed = true;
            self.done = true;
            return false;
        }
        self.pool.push((now, self.open.clone()));
        for k in 0..self.open.len() {
            if self.problem.locks[self.open[k] as usize] == Lock::Open {
                continue;
            }
            for s in (0..sites).filter(|s| self.problem.locks[*s as usize] == Lock::Free && !self.open.contains(s)) {
                let mut tried = self.open.clone();
                tried[k] = s;
                tried.sort_unstable();
                if self.keeps(&tried) && self.cost(&tried) < now {
                    self.open = tried;
                    return true;
                }
            }
        }
        self.done = true;
        false
    }

    fn answer(&self) -> Answer {
        let cost = self.cost(&self.open);
        if self.failed {
            return Answer {
                status: Status::Infeasible,
                objective: None,
                bound: None,
                open: vec![],
                assignment: vec![],
            };
        }
        if self.open.len() < self.problem.count.0 || cost >= 1e14 {
            return Answer { status: Status::Unknown, objective: None, bound: None, open: vec![], assignment: vec![] };
        }
        let assignment = (0..self.problem.lists.len())
            .map(|i| {
                let (sites, costs) = self.problem.lists.of(i);
                let by = sites.iter().zip(costs).find(|(s, _)| self.open.contains(s));
                by.filter(|(_, c)| **c <= self.problem.otherwise[i]).map_or(NONE, |(s, _)| *s)
            })
            .collect();
        let status = if self.done { Status::Optimal } else { Status::Feasible };
        Answer { status, objective: Some(cost), bound: self.done.then_some(cost), open: self.open.clone(), assignment }
    }
}
