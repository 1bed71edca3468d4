//! One face for all solvers that a question may need.

use super::{Aim, model::Model, pose::Posed};
use crate::siting::{Answer, Problem, Search, Solver, Status, Unfit};

/// A solver at work.
pub(super) enum Engine {
    Sum(Box<Search>),
    /// Nothing depends on which sites are chosen: the first that fit.
    Settled(Answer),
}

impl Engine {
    /// The solver of a posed question, from a plan where one is known.
    pub fn new(model: &Model, posed: &Posed, start: Option<&[u32]>) -> Result<Self, Unfit> {
        let problem = posed.problem.clone();
        if problem.lists.is_empty() {
            return Ok(Self::Settled(settled(&problem)));
        }
        let seed = model.question.seed;
        Ok(Self::Sum(Box::new(match start {
            Some(open) => Search::with_start(problem, seed, open)?,
            None => Search::new(problem, seed)?,
        })))
    }

    /// The fewest sites that cover what a limit must hold for.
    pub fn cover(problem: Problem, seed: u64) -> Result<Self, Unfit> {
        Ok(Self::Sum(Box::new(Search::new(problem, seed)?)))
    }

    pub fn step(&mut self) -> bool {
        match self {
            Self::Sum(s) => s.step(),
            Self::Settled(_) => false,
        }
    }

    pub fn answer(&self) -> Answer {
        match self {
            Self::Sum(s) => s.answer(),
            Self::Settled(a) => a.clone(),
        }
    }

    /// Good plans met, best first.
    pub fn pool(&self) -> Vec<Vec<u32>> {
        match self {
            Self::Sum(s) => s.pool().into_iter().map(|(_, open)| open).collect(),
            Self::Settled(_) => Vec::new(),
        }
    }
}

/// Where no site can better anything: as few as must be, the first that fit.
fn settled(problem: &Problem) -> Answer {
    let mut used = vec![0.0; problem.rows.len()];
    let mut open: Vec<u32> = Vec::new();
    let mut take = |s: u32, open: &mut Vec<u32>| {
        let weight = |r: usize| problem.rows[r].terms.iter().find(|t| t.0 == s).map_or(0.0, |t| t.1);
        let fits = (0..used.len()).all(|r| used[r] + weight(r) <= problem.rows[r].limit);
        if fits {
            (0..used.len()).for_each(|r| used[r] += weight(r));
            open.push(s);
        }
    };
    let sites = || 0..problem.sites() as u32;
    for s in sites().filter(|s| problem.locks[*s as usize] == crate::siting::Lock::Open) {
        take(s, &mut open);
    }
    for s in sites().filter(|s| problem.locks[*s as usize] == crate::siting::Lock::Free) {
        if open.len() < problem.count.0 {
            take(s, &mut open);
        }
    }
    open.sort_unstable();
    let objective: f64 = open.iter().map(|s| problem.opening[*s as usize]).sum();
    if open.len() < problem.count.0 {
        return Answer {
            status: Status::Unknown,
            objective: None,
            bound: Some(objective),
            open: vec![],
            assignment: vec![],
        };
    }
    Answer { status: Status::Optimal, objective: Some(objective), bound: Some(objective), open, assignment: vec![] }
}

/// True where the aim's number of sites is asked for.
pub(super) fn is_counted(aim: Aim) -> bool {
    matches!(aim, Aim::Nearest | Aim::MostCovered | Aim::LeastLongest)
}
