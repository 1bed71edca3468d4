//! From the plan for the table's values on to the plan for many futures.

use super::{
    By, Progress,
    engine::Engine,
    futures::Across,
    job::{SitingJob, Stage, nothing},
};
use crate::{
    model::Region,
    siting::{Answer, Status, TOLERANCE, robust::Robust},
};

impl SitingJob {
    /// True once the worst case or the regret is what is made least.
    pub(super) fn is_robust(&self) -> bool {
        self.across.as_ref().is_some_and(|a| a.asked.by != By::Mean)
    }

    /// The plan for the table's values is known: on to the futures.
    pub(super) fn come_to_futures(&mut self, region: &Region) -> Progress {
        let Some(drawn) = self.drawn.take() else { return self.done(region) };
        let open = self.best.open.clone();
        let assigned = self.model.assign(region, &open);
        let table = self.table_cost(&open, &assigned);
        let mut across = Across::new(&self.model, drawn);
        across.remember(&self.model, &open, &assigned, table);
        let by = across.asked.by;
        self.told = None;
        self.carried = None;
        if by == By::Mean {
            self.model.averaged = Some(across.averaged(&self.model));
            self.across = Some(across);
            self.posed = self.model.pose();
            let cost = self.model.true_cost(&open, &assigned) - self.posed.constant;
            self.best = Answer { objective: Some(cost), open: open.clone(), ..nothing(Status::Feasible) };
            match Engine::new(&self.model, &self.posed, Some(&open)) {
                Ok(engine) => self.stage = Stage::Search(engine),
                Err(unfit) => {
                    self.unfit(&unfit);
                    return self.done(region);
                }
            }
            return Progress::Searching { objective: None, bound: None, gap: None, plan: None };
        }
        self.across = Some(across);
        self.best = Answer { open, ..nothing(Status::Feasible) };
        self.go_on_across(region)
    }

    /// The search over all futures, from the plans that are known.
    pub(super) fn go_on_across(&mut self, region: &Region) -> Progress {
        let Some(across) = &mut self.across else { return self.done(region) };
        let by = across.asked.by;
        if by == By::Regret {
            across.low.fill(f64::NEG_INFINITY);
            across.high.fill(f64::INFINITY);
        }
        let problem = across.pose(&self.model);
        let best = self.best.open.clone();
        let known: Vec<Vec<u32>> = std::iter::once(best.clone()).chain(self.pool.iter().cloned()).collect();
        self.best.status = Status::Feasible;
        self.best.objective = None;
        if by == By::WorstCase {
            let costs = self.costs_across(region, &best);
            self.best.objective = costs.map(|c| c.into_iter().fold(f64::NEG_INFINITY, f64::max));
        }
        if problem.base.lists.is_empty() {
            // Nothing depends on which sites are chosen.
            self.best.bound = self.best.objective;
            return self.done(region);
        }
        match Engine::across(problem, by, self.model.question.seed, &known) {
            Ok(engine) => self.stage = Stage::Search(engine),
            Err(unfit) => {
                self.unfit(&unfit);
                return self.done(region);
            }
        }
        let (objective, bound, gap) = self.standing_across(self.best.objective, self.best.bound, None);
        Progress::Searching { objective, bound, gap, plan: None }
    }

    fn costs_across(&self, region: &Region, open: &[u32]) -> Option<Vec<f64>> {
        let across = self.across.as_ref()?;
        Some(across.costs(&self.model, open.len(), &self.model.assign(region, open)))
    }

    /// Takes note of each future's own best; where lists end early its true cost is told to the search.
    pub(super) fn references(&mut self, region: &Region, robust: &mut Robust) {
        if !robust.is_waiting() {
            return;
        }
        if self.model.is_truncated() {
            let owners = robust.owners().to_vec();
            let true_costs: Vec<f64> = owners
                .iter()
                .enumerate()
                .map(|(k, open)| self.costs_across(region, open).map_or(f64::INFINITY, |c| c[k]))
                .collect();
            robust.correct(&true_costs);
        }
        if let Some(across) = &mut self.across {
            let (low, high) = robust.references();
            across.low.copy_from_slice(low);
            across.high.copy_from_slice(high);
        }
    }

    /// Objective, bound and gap of greatest costs, in the objective's unit. The gap is beside the greatest cost, which `scale` is where it
    /// is not the objective.
    pub(super) fn standing_across(
        &self,
        objective: Option<f64>,
        bound: Option<f64>,
        scale: Option<f64>,
    ) -> (Option<f64>, Option<f64>, Option<f64>) {
        let Some(across) = &self.across else { return (None, None, None) };
        let objective = objective.filter(|o| o.is_finite());
        let value = |c: Option<f64>| c.map(|c| across.value(&self.model, c));
        let scale = scale.or(objective).filter(|s| *s > 0.0);
        let gap = objective.zip(bound).and_then(|(o, b)| match scale {
            _ if o == b => Some(0.0),
            Some(scale) => Some((o - b).max(0.0) / scale),
            None => None,
        });
        (value(objective), value(bound), gap)
    }

    /// What is known of a plan with these costs in every future: objective, bound, gap and status.
    pub(super) fn judged(&self, costs: &[f64], answer: &Answer) -> (Option<f64>, Option<f64>, Option<f64>, Status) {
        let Some(across) = &self.across else { return (None, None, None, answer.status) };
        let worst = costs.iter().zip(&across.low).map(|(c, r)| c - r).fold(f64::NEG_INFINITY, f64::max);
        let scale = Across::scale(costs);
        let known = across.low.iter().all(|l| l.is_finite());
        let bound = answer.bound.filter(|b| b.is_finite() && known);
        let (objective, bound, gap) = self.standing_across(known.then_some(worst), bound, Some(scale));
        let status = match answer.status {
            Status::Optimal if gap.is_none_or(|g| g > TOLERANCE) => Status::Feasible,
            other => other,
        };
        (objective, bound, gap, status)
    }
}
