//! Why not there: the best plan that has a site at a place.

use super::{
    WhyNot,
    engine::Engine,
    job::{SitingJob, nothing},
    pose::{Posed, standing},
    trouble,
    ways::line_m,
};
use crate::{
    diagnostics::Diagnostic,
    geo::LonLat,
    model::Region,
    siting::{Lock, Status, Unfit},
};

/// A place asked about.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// The candidate of an id.
    Id(String),
    /// The nearest candidate, in a straight line.
    At(LonLat),
}

/// The search with a site forced in.
pub struct WhyNotJob {
    site: u32,
    posed: Posed,
    engine: Engine,
    over: bool,
}

impl SitingJob {
    /// Begins to force a place in. It starts from the best plan with the place in the stead of the site that is missed least.
    ///
    /// # Errors
    /// Where no candidate stands for the place, or limits forbid it.
    pub fn why_not(&self, place: &Place) -> Result<WhyNotJob, Diagnostic> {
        let model = &self.model;
        let all = || (0u32..).zip(&model.candidates);
        let found = match place {
            Place::Id(id) => all().find(|(_, c)| c.id == *id).map(|(s, _)| s),
            Place::At(at) => all().min_by_key(|(s, c)| (line_m(c.at, *at), *s)).map(|(s, _)| s),
        };
        let name = match place {
            Place::Id(id) => id.clone(),
            Place::At(at) => format!("{}, {}", at.lon, at.lat),
        };
        let site = found.ok_or_else(|| trouble::unknown_lock(&name, None))?;
        let mut posed = self.posed.clone();
        if posed.problem.lists.is_empty() {
            return Err(trouble::no_demand());
        }
        posed.problem.locks[site as usize] = Lock::Open;
        let start = self.with(site);
        let engine = match self.across.as_ref().filter(|_| self.is_robust()) {
            Some(across) => {
                let mut problem = across.pose(model);
                problem.base.locks[site as usize] = Lock::Open;
                Engine::measured(problem, across, model.question.seed, &[start])
            }
            None => Engine::new(model, &posed, Some(&start)),
        };
        let engine = engine.map_err(|unfit| match unfit {
            Unfit::LockedOpen { locked, most } => trouble::locked_open(locked, most),
            Unfit::LockedRow(r) if r < model.spacing => trouble::locked_row(super::Limit::Apart),
            Unfit::LockedRow(_) => trouble::locked_row(super::Limit::Budget),
            other => trouble::unposed(&other.to_string()),
        })?;
        Ok(WhyNotJob { site, posed, engine, over: false })
    }

    /// The best plan with a site in the stead of the one that is missed least.
    fn with(&self, site: u32) -> Vec<u32> {
        let best = &self.best.open;
        if best.contains(&site) {
            return best.clone();
        }
        let mut least: Option<(f64, u32)> = None;
        self.swaps(best, |out, into, cost| {
            if into == site && least.is_none_or(|l| (cost, out) < l) {
                least = Some((cost, out));
            }
        });
        let mut open: Vec<u32> = match least {
            Some((_, out)) => best.iter().copied().filter(|s| *s != out).chain([site]).collect(),
            // Whom it is too near to goes, and others fill up.
            None => {
                let clash = |s: u32| {
                    let holds = |r: &crate::siting::Row, s: u32| r.terms.iter().any(|t| t.0 == s);
                    self.model.sides.iter().any(|r| r.limit < 2.0 && holds(r, s) && holds(r, site))
                };
                let keep: Vec<u32> = best.iter().copied().filter(|s| !clash(*s)).chain([site]).collect();
                self.filled(&keep)
            }
        };
        open.sort_unstable();
        open
    }
}

impl WhyNotJob {
    /// One slice of work; true while there is more to do.
    pub fn step(&mut self) -> bool {
        self.over = self.over || !self.engine.step();
        !self.over
    }

    /// What is known so far.
    #[must_use]
    pub fn answer(&self, job: &SitingJob, region: &Region) -> WhyNot {
        let model = &job.model;
        let mut answer = self.engine.answer();
        if answer.status == Status::Infeasible {
            answer = nothing(Status::Infeasible);
        }
        let open = if answer.objective.is_some() { answer.open.clone() } else { job.with(self.site) };
        let (proposal, assigned) = job.read(region, &open, &answer);
        let cost = answer.objective.map(|_| model.true_cost(&open, &assigned));
        let (mut objective, mut bound, _) = standing(model, &self.posed, &answer, cost);
        if job.is_robust() {
            let known = answer.objective.is_some();
            (objective, bound) = (proposal.objective.filter(|_| known), proposal.bound);
        }
        let id = |s: &u32| model.candidates[*s as usize].id.clone();
        let own = id(&self.site);
        let site = proposal.sites.into_iter().find(|s| s.id == own);
        let out = job.best.open.iter().filter(|s| !open.contains(s)).map(id).collect();
        let into = open.iter().filter(|s| !job.best.open.contains(s)).map(id).collect();
        WhyNot { site: site.unwrap_or_else(|| job.blank(self.site)), objective, bound, out, into }
    }
}
