//! One face for all solvers that a question may need.

use super::{Aim, By, futures::Across, model::Model, pose::Posed};
use crate::siting::{
    Answer, Lists, Lock, Problem, Search, Solver, Status, Unfit,
    capacitated::{Capacitated, CapacitatedProblem, Shares},
    lscp::{Cover, SetCover},
    p_center::{Center, PCenter},
    robust::{Against, Robust, RobustProblem},
};

/// A solver at work.
pub(super) enum Engine {
    /// Least sum: nearest, most covered, least cost.
    Sum(Box<Search>),
    /// Fewest sites.
    Cover(Box<SetCover>),
    /// Least longest way; what stays is a site of its own, the last one, locked open.
    Longest(Box<PCenter>, u32),
    /// Least cost with capacities.
    Capacitated(Box<Capacitated>),
    /// Least worst case or regret over futures.
    Robust(Box<Robust>),
    /// Nothing depends on which sites are chosen: the first that fit.
    Settled(Answer),
}

impl Engine {
    /// The solver of a posed question, from a plan where one is known.
    pub fn new(model: &Model, posed: &Posed, start: Option<&[u32]>) -> Result<Self, Unfit> {
        let problem = &posed.problem;
        if problem.lists.is_empty() {
            return Ok(Self::Settled(settled(problem)));
        }
        let seed = model.question.seed;
        Ok(match model.question.aim {
            Aim::FewestSites => Self::Cover(Box::new(SetCover::new(cover(problem), seed)?)),
            Aim::LeastLongest => {
                let stays = problem.sites() as u32;
                Self::Longest(Box::new(PCenter::new(center(problem), seed)?), stays)
            }
            Aim::LeastCost if model.question.capacity_t.is_some() => {
                Self::Capacitated(Box::new(Capacitated::multi(&capacitated(model, posed), seed)?))
            }
            Aim::Nearest | Aim::MostCovered | Aim::LeastCost => Self::Sum(Box::new(match start {
                Some(open) => Search::with_start(problem.clone(), seed, open)?,
                None => Search::new(problem.clone(), seed)?,
            })),
        })
    }

    /// The best across futures, from plans that are known.
    pub fn across(problem: RobustProblem, by: By, seed: u64, known: &[Vec<u32>]) -> Result<Self, Unfit> {
        let against = if by == By::Regret { Against::OwnBest } else { Against::Nothing };
        Ok(Self::Robust(Box::new(Robust::new(problem, against, seed, known)?)))
    }

    /// The same, each future's own best being known.
    pub fn measured(problem: RobustProblem, across: &Across, seed: u64, known: &[Vec<u32>]) -> Result<Self, Unfit> {
        Ok(Self::Robust(Box::new(Robust::measured(problem, (&across.low, &across.high), seed, known)?)))
    }

    /// At most so many sites that cover what a limit must hold for: ends with the first that do, or the proof that none do.
    pub fn deciding(problem: &Problem, most: usize, seed: u64) -> Result<Self, Unfit> {
        Ok(Self::Cover(Box::new(SetCover::deciding(cover(problem), most, seed)?)))
    }

    pub fn step(&mut self) -> bool {
        match self {
            Self::Sum(s) => s.step(),
            Self::Cover(s) => s.step(),
            Self::Longest(s, _) => s.step(),
            Self::Capacitated(s) => s.step(),
            Self::Robust(s) => s.step(),
            Self::Settled(_) => false,
        }
    }

    pub fn answer(&self) -> Answer {
        match self {
            Self::Sum(s) => s.answer(),
            Self::Cover(s) => s.answer(),
            Self::Longest(s, stays) => {
                let mut answer = s.answer();
                answer.open.retain(|site| site != stays);
                answer
            }
            Self::Capacitated(s) => s.answer(),
            Self::Robust(s) => s.answer(),
            Self::Settled(a) => a.clone(),
        }
    }

    /// Good plans met, best first.
    pub fn pool(&self) -> Vec<Vec<u32>> {
        match self {
            Self::Sum(s) => s.pool().into_iter().map(|(_, open)| open).collect(),
            Self::Robust(s) => s.pool(),
            Self::Capacitated(s) => s.pool().iter().map(|(_, open)| open.clone()).collect(),
            Self::Cover(_) | Self::Longest(..) | Self::Settled(_) => Vec::new(),
        }
    }

    /// Where demand comes from, where capacities divide it.
    pub fn shares(&self) -> Option<Shares> {
        match self {
            Self::Capacitated(s) => Some(s.shares()),
            _ => None,
        }
    }
}

/// Who covers whom: every pair that is listed.
fn cover(problem: &Problem) -> Cover {
    let lists = &problem.lists;
    Cover {
        covers: (0..lists.len()).map(|i| lists.of(i).0.to_vec()).collect(),
        cost: problem.opening.clone(),
        locks: problem.locks.clone(),
        rows: problem.rows.clone(),
        covered: vec![false; lists.len()],
    }
}

fn center(problem: &Problem) -> Center {
    let stays = problem.sites() as u32;
    let list = |i: usize| {
        let (sites, costs) = problem.lists.of(i);
        let other = Some((stays, problem.otherwise[i])).filter(|o| o.1.is_finite());
        sites.iter().copied().zip(costs.iter().copied()).chain(other)
    };
    Center {
        lists: Lists::new((0..problem.lists.len()).map(list)),
        weights: vec![1.0; problem.lists.len()],
        p: problem.count.1 + 1,
        locks: problem.locks.iter().copied().chain([Lock::Open]).collect(),
        rows: problem.rows.clone(),
    }
}

/// Demand in whole kilograms a year; what stays takes what the sites do not.
fn capacitated(model: &Model, posed: &Posed) -> CapacitatedProblem {
    let problem = &posed.problem;
    let demands: Vec<f64> =
        posed.rows.iter().map(|row| libm::round(model.demand.rows[*row as usize].tonnes * 1000.0).max(1.0)).collect();
    let all: f64 = demands.iter().sum();
    let new = model.question.capacity_t.map_or(all, |t| libm::trunc(t * 1000.0));
    let capacity = |c: &super::candidates::Candidate| match c.existing {
        None => new.min(all),
        Some(_) => c.capacity_t.map_or(all, |t| libm::trunc(t * 1000.0)).min(all),
    };
    CapacitatedProblem {
        lists: problem.lists.clone(),
        demands,
        capacities: model.candidates.iter().map(capacity).collect(),
        opening: problem.opening.clone(),
        otherwise: problem.otherwise.clone(),
        locks: problem.locks.clone(),
        count: problem.count,
        rows: problem.rows.clone(),
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
    for s in sites().filter(|s| problem.locks[*s as usize] == Lock::Open) {
        take(s, &mut open);
    }
    for s in sites().filter(|s| problem.locks[*s as usize] == Lock::Free) {
        if open.len() < problem.count.0 {
            take(s, &mut open);
        }
    }
    open.sort_unstable();
    let objective: f64 = open.iter().map(|s| problem.opening[*s as usize]).sum();
    let known = Answer { status: Status::Unknown, objective: None, bound: Some(0.0), open: vec![], assignment: vec![] };
    if open.len() < problem.count.0 {
        return known;
    }
    // Any number that must be open costs the same, and more would cost more.
    Answer { status: Status::Optimal, objective: Some(objective), bound: Some(objective), open, ..known }
}

/// True where the aim's number of sites is asked for.
pub(super) fn is_counted(aim: Aim) -> bool {
    matches!(aim, Aim::Nearest | Aim::MostCovered | Aim::LeastLongest)
}
