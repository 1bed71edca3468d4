//! Plans across what may happen, and which of them loses least.
//!
//! Every plan meets every case: things as they are, and each shock by itself. Regret is how much worse a plan does than the best of
//! the plans in the same case. The plan whose largest regret is the smallest loses least (minimax regret, Savage 1951); the one
//! whose worst outcome is the best is the safest (maximin, Wald 1950). They need not be the same.
//!
//! A plan is solved by the quick grain, each case of it from the plan as it is. A case that a plan cannot suffer, because what
//! would stand still is not in it, leaves the plan as it is.

use super::{ALIKE, Shock};
use crate::{
    allocation::Grain,
    model::{Baseline, Region},
    response::{Aim, Bench, Running, Seen, Trial},
    scenario::Document,
};
use serde::{Deserialize, Serialize};

/// Outcomes of plans in all cases.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Payoffs {
    /// What was looked at.
    pub aims: Vec<Aim>,
    /// What happens; `None`: nothing.
    pub cases: Vec<Option<Shock>>,
    /// By plan, case and aim; `None` where there is no number, or none yet.
    pub values: Vec<Vec<Vec<Option<f64>>>>,
    /// By plan and case: true where the plan cannot suffer it, and stays as it is.
    pub spared: Vec<Vec<bool>>,
}

/// The regret of plans by one aim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RegretMatrix {
    /// By case: rows of the plans that do best; more than one where they are alike. Empty where no plan has a number.
    pub best: Vec<Vec<u32>>,
    /// By plan and case: how much worse than the best, 0 or above; `None` where the plan has no number.
    pub regret: Vec<Vec<Option<f64>>>,
    /// By plan.
    pub plans: Vec<PlanRegret>,
    /// Rows of the plans that lose least: the smallest of the largest regrets.
    pub least: Vec<u32>,
    /// Rows of the plans whose worst outcome is the best.
    pub safest: Vec<u32>,
    /// Rows of the plans that have no number in some case: they are compared in no sum.
    pub unknown: Vec<u32>,
}

/// What a plan may lose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanRegret {
    /// The mean over all cases, each counting alike; `None` where some case has no number.
    pub mean: Option<f64>,
    /// The largest, and its case.
    pub most: Option<(f64, u32)>,
    /// The plan's worst outcome, and its case.
    pub worst: Option<(f64, u32)>,
}

impl Payoffs {
    /// Regret by one aim. `None` where the aim is none of those that were looked at, or neither less nor more of it is better.
    #[must_use]
    pub fn regret(&self, aim: &Aim) -> Option<RegretMatrix> {
        let column = self.aims.iter().position(|a| a == aim)?;
        let less = aim.measure.less_is_better()?;
        let sign = if less { 1.0 } else { -1.0 };
        // As a loss: less is better.
        let loss = |plan: usize, case: usize| self.values[plan].get(case)?[column].map(|v| sign * v);
        let (plans, cases) = (self.values.len(), self.cases.len());
        let all = || (0..plans).flat_map(|p| (0..cases).map(move |c| (p, c)));
        let size = all().filter_map(|(p, c)| loss(p, c)).fold(0.0, |m: f64, v| m.max(v.abs()));
        let alike = ALIKE * size;
        let mut found = RegretMatrix { regret: vec![vec![None; cases]; plans], ..RegretMatrix::default() };
        for case in 0..cases {
            let least = (0..plans).filter_map(|p| loss(p, case)).fold(f64::INFINITY, f64::min);
            let mut best = vec![];
            for plan in 0..plans {
                let Some(own) = loss(plan, case) else { continue };
                let behind = own - least;
                found.regret[plan][case] = Some(if behind <= alike { 0.0 } else { behind });
                if behind <= alike {
                    best.push(plan as u32);
                }
            }
            found.best.push(best);
        }
        for plan in 0..plans {
            let regrets: Option<Vec<f64>> = found.regret[plan].iter().copied().collect();
            let losses: Option<Vec<f64>> = (0..cases).map(|c| loss(plan, c)).collect();
            let Some((regrets, losses)) = regrets.zip(losses).filter(|(r, _)| !r.is_empty()) else {
                found.unknown.push(plan as u32);
                found.plans.push(PlanRegret::default());
                continue;
            };
            let (at, worst) = largest(&losses);
            let (of, most) = largest(&regrets);
            found.plans.push(PlanRegret {
                mean: Some(regrets.iter().sum::<f64>() / regrets.len() as f64),
                most: Some((most, of)),
                worst: Some((sign * worst, at)),
            });
        }
        let smallest = |of: &dyn Fn(&PlanRegret) -> Option<f64>| {
            let least = found.plans.iter().filter_map(of).fold(f64::INFINITY, f64::min);
            let is = |p: &PlanRegret| of(p).is_some_and(|v| v - least <= alike);
            (0u32..).zip(&found.plans).filter(|(_, p)| is(p)).map(|(row, _)| row).collect::<Vec<_>>()
        };
        let least = smallest(&|p| p.most.map(|m| m.0));
        let safest = smallest(&|p| p.worst.map(|w| sign * w.0));
        (found.least, found.safest) = (least, safest);
        Some(found)
    }
}

/// The largest, and its place; of equals the first.
fn largest(of: &[f64]) -> (u32, f64) {
    let mut found = (0, of[0]);
    for (at, v) in (0u32..).zip(of) {
        if *v > found.1 {
            found = (at, *v);
        }
    }
    found
}

/// Plans in all cases, one after the other.
pub struct PayoffJob {
    plans: Vec<Document>,
    found: Payoffs,
    running: Option<Running>,
}

impl PayoffJob {
    /// Begins. The first case is that nothing happens; then each shock.
    #[must_use]
    pub fn new(plans: Vec<Document>, shocks: &[Shock], aims: Vec<Aim>) -> Self {
        let cases = std::iter::once(None).chain(shocks.iter().cloned().map(Some)).collect();
        let values = vec![vec![]; plans.len()];
        let spared = vec![vec![]; plans.len()];
        Self { plans, found: Payoffs { aims, cases, values, spared }, running: None }
    }

    /// The same about these plans.
    #[must_use]
    pub fn of(self, plans: Vec<Document>) -> Self {
        let (values, spared) = (vec![vec![]; plans.len()], vec![vec![]; plans.len()]);
        Self { plans, found: Payoffs { values, spared, ..self.found }, running: None }
    }

    /// One slice of work: how many outcomes of how many are known, or `None` at the end.
    pub fn step(&mut self, region: &Region, bench: &mut Bench) -> Option<(usize, usize)> {
        match self.running.take() {
            Some(running) => match bench.step(region, running) {
                Ok(seen) => self.told(&seen),
                Err((running, _)) => self.running = Some(running),
            },
            None => self.begin(region, bench)?,
        }
        let done = self.found.values.iter().map(Vec::len).sum();
        Some((done, self.plans.len() * self.found.cases.len()))
    }

    /// The plan at work, where there is one.
    fn plan(&self) -> Option<usize> {
        self.found.values.iter().position(|of| of.len() < self.found.cases.len())
    }

    fn begin(&mut self, region: &Region, bench: &mut Bench) -> Option<()> {
        let plan = self.plan()?;
        let case = self.found.values[plan].len();
        let trial = match &self.found.cases[case] {
            None => Trial { document: self.plans[plan].clone(), grain: Grain::Prefectures, first: true },
            Some(shock) => match self.struck(&region.baseline, plan, shock) {
                Some(document) => Trial { document, grain: Grain::Prefectures, first: false },
                None => {
                    let as_it_is = self.found.values[plan][0].clone();
                    self.found.values[plan].push(as_it_is);
                    self.found.spared[plan].push(true);
                    return Some(());
                }
            },
        };
        self.running = Some(bench.begin(region, &trial));
        Some(())
    }

    fn struck(&self, baseline: &Baseline, plan: usize, shock: &Shock) -> Option<Document> {
        shock.strike(baseline, &self.plans[plan])
    }

    fn told(&mut self, seen: &Seen) {
        let Some(plan) = self.plan() else { return };
        let values = self.found.aims.iter().map(|a| a.value(&seen.profiles).ok()).collect();
        self.found.values[plan].push(values);
        self.found.spared[plan].push(false);
    }

    /// What is known so far.
    #[must_use]
    pub const fn payoffs(&self) -> &Payoffs {
        &self.found
    }

    /// Works it off at once.
    pub fn finish(mut self, region: &Region, bench: &mut Bench) -> Payoffs {
        while self.step(region, bench).is_some() {}
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Measure;

    fn payoffs(values: &[[Option<f64>; 3]]) -> Payoffs {
        Payoffs {
            aims: vec![Aim::of(Measure::Cost, None), Aim::of(Measure::Made(None), None)],
            cases: vec![None, Some(Shock::DearFreight), Some(Shock::ClaimedDemand)],
            // The second aim is the first with its sign turned: the same regret.
            values: values.iter().map(|p| p.iter().map(|v| vec![*v, v.map(|v| -v)]).collect()).collect(),
            spared: vec![],
        }
    }

    /// The textbook's case: the plan that is never best loses least.
    #[test]
    fn a_plan_that_is_never_far_behind_loses_least() {
        let p = payoffs(&[
            [Some(10.0), Some(30.0), Some(20.0)],
            [Some(14.0), Some(18.0), Some(24.0)],
            [Some(12.0), Some(20.0), Some(22.0)],
        ]);
        let m = p.regret(&Aim::of(Measure::Cost, None)).unwrap();
        assert_eq!(m.best, [vec![0], vec![1], vec![0]]);
        assert_eq!(m.regret[0], [Some(0.0), Some(12.0), Some(0.0)]);
        assert_eq!(m.regret[1], [Some(4.0), Some(0.0), Some(4.0)]);
        assert_eq!(m.regret[2], [Some(2.0), Some(2.0), Some(2.0)]);
        assert_eq!((m.least.as_slice(), m.safest.as_slice()), ([2].as_slice(), [2].as_slice()));
        assert_eq!(m.plans[0], PlanRegret { mean: Some(4.0), most: Some((12.0, 1)), worst: Some((30.0, 1)) });
        assert_eq!(m.plans[1].worst, Some((24.0, 2)));
        let other = p.regret(&Aim::of(Measure::Made(None), None)).unwrap();
        assert_eq!((other.regret, other.least), (m.regret, m.least));
        assert_eq!(p.regret(&Aim::of(Measure::Imported, None)), None, "not looked at");
    }

    #[test]
    fn ties_and_plans_without_a_number_are_told() {
        let p = payoffs(&[
            [Some(10.0), Some(30.0), Some(20.0)],
            [Some(10.0), Some(30.0), Some(20.0)],
            [Some(1.0), None, Some(1.0)],
        ]);
        let m = p.regret(&Aim::of(Measure::Cost, None)).unwrap();
        assert_eq!(m.best[1], [0, 1], "they are alike");
        assert_eq!((m.least.as_slice(), m.unknown.as_slice()), ([0, 1].as_slice(), [2].as_slice()));
        assert_eq!(m.plans[2], PlanRegret::default());
        assert_eq!(m.regret[2], [Some(0.0), None, Some(0.0)]);
        let none = payoffs(&[[None; 3]]).regret(&Aim::of(Measure::Cost, None)).unwrap();
        assert!(none.least.is_empty() && none.best.iter().all(Vec::is_empty));
    }
}
