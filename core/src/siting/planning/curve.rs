//! The trade-off: how good a plan can be with so many sites.

use super::{
    Aim, Curve, CurvePoint, Proposal,
    engine::{Engine, is_counted},
    job::{SitingJob, nothing},
    pose::{Posed, standing},
};
use crate::{
    model::Region,
    siting::{Lock, Status},
};

/// Slices for one number of sites, and the gap that is small enough.
const PATIENCE: usize = 80;
const SMALL: f64 = 1e-3;

/// The trade-off in the making, number by number, each from the plan before.
pub struct CurveJob {
    counts: Vec<usize>,
    next: usize,
    engine: Option<(Posed, Engine, usize)>,
    open: Vec<u32>,
    points: Vec<CurvePoint>,
}

impl SitingJob {
    /// Begins the trade-off over some numbers of sites. Empty for the fewest sites, which ask for no number, and where the worst case or the
    /// regret is what is made least: each number would be a search over all futures of its own.
    #[must_use]
    pub fn curve(&self, counts: impl IntoIterator<Item = usize>) -> CurveJob {
        let model = &self.model;
        let locked = model.candidates.iter().filter(|c| c.lock == Lock::Open).count().max(1);
        let counted = is_counted(model.question.aim) || model.question.aim == Aim::LeastCost;
        let may = counted && !self.is_robust();
        let mut counts: Vec<usize> =
            counts.into_iter().filter(|n| may && *n >= locked && *n <= model.candidates.len()).collect();
        counts.sort_unstable();
        counts.dedup();
        CurveJob { counts, next: 0, engine: None, open: Vec::new(), points: Vec::new() }
    }
}

impl CurveJob {
    /// One slice of work; true while there is more to do.
    pub fn step(&mut self, job: &SitingJob, region: &Region) -> bool {
        let Some(count) = self.counts.get(self.next).copied() else { return false };
        let model = &job.model;
        let Some((posed, engine, slices)) = &mut self.engine else {
            let mut posed = job.posed.clone();
            posed.problem.count = (count, count);
            let mut open = std::mem::take(&mut self.open);
            while open.len() < count {
                match job.best_addition(&open) {
                    Some(site) => open.push(site),
                    None => break,
                }
            }
            open.sort_unstable();
            // The plan of the question itself is a start where it has as many sites.
            if job.best.objective.is_some() && job.best.open.len() == count {
                open.clone_from(&job.best.open);
            }
            match Engine::new(model, &posed, Some(&open)) {
                Ok(engine) => {
                    self.open = open;
                    self.engine = Some((posed, engine, 0));
                }
                Err(_) => {
                    self.points.push(CurvePoint { count, objective: None, bound: None, sites: Vec::new() });
                    self.open = open;
                    self.next += 1;
                }
            }
            return self.next < self.counts.len();
        };
        let more = engine.step();
        *slices += 1;
        let answer = engine.answer();
        let close = answer.gap().is_some_and(|g| g <= SMALL);
        if more && !close && *slices < PATIENCE {
            return true;
        }
        let has = answer.objective.is_some();
        let cost = has.then(|| model.true_cost(&answer.open, &model.assign(region, &answer.open)));
        let (objective, bound, _) = standing(model, posed, &answer, cost);
        let sites = answer.open.iter().map(|s| model.candidates[*s as usize].id.clone()).collect();
        self.points.push(CurvePoint { count, objective, bound, sites });
        if has {
            self.open = answer.open;
        }
        self.engine = None;
        self.next += 1;
        self.next < self.counts.len()
    }

    /// How many numbers are done, and of how many.
    #[must_use]
    pub const fn progress(&self) -> (usize, usize) {
        (self.next, self.counts.len())
    }

    /// The curve so far, with its elbow.
    #[must_use]
    pub fn curve(&self) -> Curve {
        Curve { elbow: elbow(&self.points), points: self.points.clone() }
    }

    /// The plan of one number, in full.
    #[must_use]
    pub fn proposal(&self, job: &SitingJob, region: &Region, count: usize) -> Option<Proposal> {
        let point = self.points.iter().find(|p| p.count == count).filter(|p| p.objective.is_some())?;
        let open = job.open_of(&point.sites);
        let mut proposal = job.read(region, &open, &nothing(Status::Feasible)).0;
        proposal.bound = point.bound;
        proposal.gap = proposal.objective.zip(point.bound).and_then(|(o, b)| crate::siting::relative_gap(o, b));
        if proposal.gap == Some(0.0) {
            proposal.status = Status::Optimal;
        }
        Some(proposal)
    }
}

/// The count furthest from the chord between the first point and the last, both axes from 0 to 1.
fn elbow(points: &[CurvePoint]) -> Option<usize> {
    let known: Vec<(f64, f64, usize)> =
        points.iter().filter_map(|p| Some((p.count as f64, p.objective?, p.count))).collect();
    let (first, last) = (known.first()?, known.last()?);
    let (width, height) = (last.0 - first.0, last.1 - first.1);
    if known.len() < 3 || width == 0.0 || height == 0.0 {
        return None;
    }
    let off = |p: &(f64, f64, usize)| ((p.0 - first.0) / width - (p.1 - first.1) / height).abs();
    let best = known[1..known.len() - 1].iter().max_by(|a, b| off(a).total_cmp(&off(b)).then(b.2.cmp(&a.2)))?;
    (off(best) > 0.0).then_some(best.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_elbow_is_furthest_from_the_chord() {
        let point =
            |count: usize, objective: f64| CurvePoint { count, objective: Some(objective), bound: None, sites: vec![] };
        assert_eq!(elbow(&[point(1, 10.0), point(2, 4.0), point(3, 3.0), point(4, 2.0)]), Some(2));
        assert_eq!(elbow(&[point(1, 0.1), point(2, 0.5), point(3, 0.8), point(5, 0.9)]), Some(3));
        assert_eq!(elbow(&[point(1, 3.0), point(2, 2.0), point(3, 1.0)]), None);
        assert_eq!(elbow(&[point(1, 3.0), point(2, 2.0)]), None);
    }
}
