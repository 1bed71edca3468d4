//! Why nothing keeps all limits, and the least that would have to give.
//!
//! Each limit is relaxed alone, as a question of its own: the fewest sites that keep the others (set covering), the least limit
//! that so many sites can keep (p-center), the budget that they would cost; spacing by halving.

use super::{Aim, Clash, Limit, Question, Relaxation, Siting, engine::is_counted, job::SitingJob};
use crate::{model::Region, siting::Status};
use std::collections::VecDeque;

/// Slices that one question behind the question gets.
const PATIENCE: usize = 400;
/// Halvings of the spacing.
const HALVINGS: usize = 5;

/// What is tried.
#[derive(Clone, Copy, Debug)]
enum Try {
    /// Fewest sites with everything else as it is.
    Count,
    /// The longest way that so many sites can make.
    Limit,
    /// Without locks.
    Locks,
    /// With more capacity.
    Capacity,
    /// Without a budget.
    Budget,
    /// With a spacing in between.
    Apart { works: Option<f64>, fails: f64, at: f64, left: usize },
}

/// The search for reasons.
pub(super) struct Reasons {
    left: VecDeque<Try>,
    now: Option<(Try, Box<SitingJob>, usize)>,
    limits: Vec<Limit>,
    relax: Vec<Relaxation>,
    /// Rows that the limit must hold for now, and for a wider limit.
    only: Vec<bool>,
    wide: Vec<bool>,
}

/// What came out of a question behind the question.
struct Outcome {
    sites: Option<usize>,
    objective: Option<f64>,
    proved: bool,
}

impl Reasons {
    pub fn new(job: &SitingJob, _region: &Region) -> Self {
        let q = &job.model.question;
        let must = binds(job);
        let mut left = VecDeque::new();
        let mut limits = Vec::new();
        let mut add = |there: bool, limit: Limit, of: Try| {
            if there {
                limits.push(limit);
                left.push_back(of);
            }
        };
        add(is_counted(q.aim), Limit::Count, Try::Count);
        add(q.limit.is_some() && must, Limit::Limit, Try::Limit);
        let km = q.apart_km.unwrap_or(0.0);
        let halving = Try::Apart { works: None, fails: km, at: 0.0, left: HALVINGS };
        add(q.apart_km.is_some() && job.model.spacing > 0, Limit::Apart, halving);
        add(q.budget.is_some(), Limit::Budget, Try::Budget);
        add(q.aim == Aim::LeastCost && q.capacity_t.is_some() && must, Limit::Capacity, Try::Capacity);
        add(!(q.open.is_empty() && q.closed.is_empty()), Limit::Locks, Try::Locks);
        let only = if must { job.model.must.clone() } else { vec![true; job.model.must.len()] };
        Self { left, now: None, limits, relax: Vec::new(), wide: only.clone(), only }
    }

    /// One slice; the clash once all is known.
    pub fn step(&mut self, job: &SitingJob, siting: &mut Siting, region: &Region) -> Option<Clash> {
        if let Some((of, mut sub, slices)) = self.now.take() {
            let progress = sub.step(siting, region);
            let done = matches!(progress, super::Progress::Done { .. });
            if done || slices >= PATIENCE || is_enough(job, of, &sub) {
                self.note(job, of, &outcome(&sub, region));
            } else {
                self.now = Some((of, sub, slices + 1));
            }
            return None;
        }
        let Some(of) = self.left.pop_front() else { return Some(self.clash(job)) };
        if let Some(simple) = self.at_once(job, of) {
            self.relax.push(simple);
            return None;
        }
        let question = asked(&job.model.question, of);
        let only = if matches!(of, Try::Limit) { &self.wide } else { &self.only };
        match siting.begin_for(region, &job.plan, &job.scenario, &question, Some(only)) {
            Ok(sub) => self.now = Some((of, Box::new(sub), 0)),
            Err(_) => self.note(job, of, &Outcome { sites: None, objective: None, proved: false }),
        }
        None
    }

    /// Relaxations that need no search.
    fn at_once(&self, job: &SitingJob, of: Try) -> Option<Relaxation> {
        let model = &job.model;
        let must = binds(job);
        match of {
            Try::Count if !must => {
                // How many can stand side by side at all: those that the greedy choice finds do.
                let most = job.filled(&[]).len();
                let to = (most < model.count().0 && most > 0).then_some(most as f64);
                let paid = model.question.budget.map(|b| b / model.site_cost.max(1.0));
                let least = model.spacing == 0 && paid.is_some_and(|p| most as f64 == libm::trunc(p));
                Some(Relaxation { limit: Limit::Count, to, least })
            }
            Try::Capacity => {
                // Enough for one site to take all that the limit must hold for.
                let rows = model.demand.rows.iter().zip(&model.must).filter(|(_, must)| **must);
                let all: f64 = rows.map(|(r, _)| r.tonnes).sum();
                Some(Relaxation { limit: Limit::Capacity, to: Some(libm::ceil(all)), least: false })
            }
            Try::Budget if !must && model.spacing == 0 => {
                let there = model.candidates.iter().filter(|c| c.open_now).count();
                let new = model.count().0.saturating_sub(there) as f64;
                Some(Relaxation { limit: Limit::Budget, to: Some(new * model.site_cost), least: true })
            }
            _ => None,
        }
    }

    fn note(&mut self, job: &SitingJob, of: Try, found: &Outcome) {
        let (least, most) = job.model.count();
        let works = found.sites.filter(|n| *n <= most);
        if matches!(of, Try::Limit) && self.widen(job, found) {
            self.left.push_front(Try::Limit);
            return;
        }
        let relaxation = match of {
            Try::Count => Relaxation { limit: Limit::Count, to: found.sites.map(|n| n as f64), least: found.proved },
            Try::Limit => Relaxation { limit: Limit::Limit, to: found.objective, least: found.proved },
            Try::Capacity => Relaxation { limit: Limit::Capacity, to: None, least: false },
            Try::Locks => Relaxation { limit: Limit::Locks, to: works.map(|_| 0.0), least: false },
            Try::Budget => {
                let to = works.map(|n| n.max(least) as f64 * job.model.site_cost);
                Relaxation { limit: Limit::Budget, to, least: found.proved }
            }
            Try::Apart { works: known, fails, at, left } => {
                let (known, fails) = if works.is_some() { (Some(at), fails) } else { (known, at) };
                if let Some(low) = known.filter(|_| left > 0) {
                    let next = Try::Apart { works: known, fails, at: (low + fails) / 2.0, left: left - 1 };
                    self.left.push_front(next);
                    return;
                }
                Relaxation { limit: Limit::Apart, to: known, least: false }
            }
        };
        self.relax.push(relaxation);
    }

    /// A wider limit must also hold for demand that was out of reach and then is not. True where there is more of it: any
    /// limit that works serves it too, so the least one is asked for again.
    fn widen(&mut self, job: &SitingJob, found: &Outcome) -> bool {
        let Some(limit) = found.objective.map(|o| job.model.metric.within(o)) else { return false };
        let mut more = false;
        for (row, wide) in self.wide.iter_mut().enumerate() {
            let best = job.model.lists[row].iter().map(|(_, way_in)| *way_in).min();
            let now = job.model.lost[row] && job.model.stay.near[row] > limit && best.is_some_and(|b| b <= limit);
            more |= now && !*wide;
            *wide |= now;
        }
        more
    }

    fn clash(&mut self, job: &SitingJob) -> Clash {
        let helps = |limit: &Limit| self.relax.iter().any(|r| r.limit == *limit && r.to.is_some());
        let mut limits: Vec<Limit> = self.limits.iter().copied().filter(helps).collect();
        if limits.is_empty() {
            limits.clone_from(&self.limits);
        }
        let model = &job.model;
        let lost = model.demand.rows.iter().zip(&model.lost).filter(|(_, lost)| **lost).map(|(r, _)| r.weight);
        Clash {
            limits,
            relax: std::mem::take(&mut self.relax),
            out_of_reach: lost.fold(0.0, |sum, w| sum + w) * model.demand.unit,
        }
    }
}

/// True where somebody must be served within the limit; a limit that only says what counts as covered binds nobody.
fn binds(job: &SitingJob) -> bool {
    job.model.question.aim != Aim::MostCovered && job.model.must.iter().any(|m| *m)
}

/// A question about spacing or locks is answered by any plan.
fn is_enough(job: &SitingJob, of: Try, sub: &SitingJob) -> bool {
    let few = sub.best.objective.is_some() && sub.best.open.len() <= job.model.count().1;
    few && matches!(of, Try::Apart { .. } | Try::Locks)
}

/// The question behind the question.
fn asked(question: &Question, of: Try) -> Question {
    let mut q = question.clone();
    if q.aim == Aim::MostCovered {
        q.limit = None;
    }
    q.aim = if q.limit.is_some() { Aim::FewestSites } else { Aim::Nearest };
    match of {
        Try::Count | Try::Capacity => {}
        Try::Limit => {
            q.aim = Aim::LeastLongest;
            q.limit = None;
        }
        Try::Locks => {
            q.open.clear();
            q.closed.clear();
        }
        Try::Budget => q.budget = None,
        Try::Apart { at, .. } => q.apart_km = (at > 0.0).then_some(at),
    }
    q
}

fn outcome(sub: &SitingJob, region: &Region) -> Outcome {
    let proposal = sub.proposal(region);
    let has = proposal.objective.is_some();
    Outcome {
        sites: has.then_some(proposal.sites.len()),
        objective: proposal.objective,
        proved: proposal.status == Status::Optimal,
    }
}
