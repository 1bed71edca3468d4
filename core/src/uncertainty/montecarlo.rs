//! Many futures: parameters drawn, every plan measured in each of them.
//!
//! Plans meet the same draws, so that what differs between two of them is theirs. What a plan itself sets is not drawn for it, and
//! what policy decides (`policy.*`) for none: a lever is a choice and no uncertainty. Plans are measured by the quick grain
//! ([`crate::allocation::Grain::Prefectures`]); each is also solved in full once, at the table's values, and both numbers are told.
//! A run depends on its number and the seed alone: several workers may share the runs, in any order.

use super::{Band, Draws, DrawsRefusal, Odds, Share, Spread, sensitivity};
use crate::{
    allocation::Grain,
    model::{Baseline, Region},
    response::{Aim, Bench, Confirmed, Running, Seen, Trial},
    scenario::{Change, Document},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::Range};

/// So many draws of an outlook are told one by one: hypothetical outcomes.
pub const OUTCOMES: usize = 20;

/// Differences below this share of a number are the solver's.
const NOISE: f64 = 4e-6;

/// Runs of some plans.
pub struct MonteCarlo {
    seed: u64,
    draws: Draws,
    plans: Vec<Document>,
    aims: Vec<Aim>,
    runs: Range<u64>,
    /// Trials that come before the runs, the next one last.
    before: Vec<(usize, Grain)>,
    next: (u64, usize),
    running: Option<Running>,
    sample: Sample,
}

/// What the runs gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// The numbers of the runs.
    pub runs: Vec<u64>,
    /// By plan, run and aim; `None` where there is no number.
    pub values: Vec<Vec<Vec<Option<f64>>>>,
    /// By plan and aim, at the table's values: by the quick grain, and in full where that was asked for.
    pub central: Vec<Vec<(Option<f64>, Option<f64>)>>,
}

/// How far the runs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many trials of so many.
    Far(u64, u64),
    /// All are done.
    Done,
}

/// What many futures say of the plans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The seed of the draws.
    pub seed: u64,
    /// How many runs there were.
    pub runs: u32,
    /// The parameters that were drawn, with how far they may be off.
    pub drawn: Vec<(String, Spread)>,
    /// What was looked at.
    pub aims: Vec<Aim>,
    /// Each plan.
    pub plans: Vec<PlanOutlook>,
}

/// What many futures say of one plan, by aim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanOutlook {
    /// Where the number lies.
    pub bands: Vec<Option<Band>>,
    /// At the table's values: by the quick grain and in full.
    pub central: Vec<Option<Confirmed>>,
    /// In how many draws it is below the first plan; `None` for the first.
    pub below_first: Vec<Option<Odds>>,
    /// How much worse than the best of the plans it is, where less or more is better; `None` where neither is.
    pub regret: Vec<Option<Regret>>,
    /// Which parameter moves it most.
    pub shares: Vec<Vec<Share>>,
    /// Its number in each of the first [`OUTCOMES`] draws, which are the same futures for every plan.
    pub outcomes: Vec<Vec<Option<f64>>>,
}

/// How much worse than the best plan of each draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Regret {
    /// On the mean.
    pub mean: f64,
    /// In the worst draw.
    pub most: f64,
    /// The plan's own number in its worst draw.
    pub worst: f64,
}

impl MonteCarlo {
    /// Begins runs of the plans. `confirm`: each plan is also solved in full, once.
    ///
    /// # Errors
    /// Where no run is asked for, or a parameter's ends are crossed.
    pub fn new(
        baseline: &Baseline,
        plans: Vec<Document>,
        aims: Vec<Aim>,
        seed: u64,
        runs: Range<u64>,
        confirm: bool,
    ) -> Result<Self, DrawsRefusal> {
        if runs.is_empty() || plans.is_empty() {
            return Err(DrawsRefusal::NoRuns);
        }
        let draws = Draws::new(&baseline.parameters, seed)?.without(|key| key.starts_with("policy."));
        // The first plan by the quick grain comes last of these: from there every run starts.
        let mut before: Vec<(usize, Grain)> = vec![(0, Grain::Prefectures)];
        before.extend((1..plans.len()).map(|p| (p, Grain::Prefectures)));
        if confirm {
            before.extend((0..plans.len()).map(|p| (p, Grain::Points)));
        }
        let none = vec![(None, None); aims.len()];
        let sample =
            Sample { runs: Vec::new(), values: vec![Vec::new(); plans.len()], central: vec![none; plans.len()] };
        let next = (runs.start, 0);
        Ok(Self { seed, draws, plans, aims, runs, before, next, running: None, sample })
    }

    /// One slice of work.
    pub fn step(&mut self, region: &Region, bench: &mut Bench) -> Progress {
        match self.running.take() {
            Some(running) => match bench.step(region, running) {
                Ok(seen) => self.told(&seen),
                Err((running, _)) => self.running = Some(running),
            },
            None => match self.trial(&region.baseline) {
                Some(trial) => self.running = Some(bench.begin(region, &trial)),
                None => return Progress::Done,
            },
        }
        let plans = self.plans.len() as u64;
        let done = (self.next.0 - self.runs.start) * plans + self.next.1 as u64;
        Progress::Far(done, (self.runs.end - self.runs.start) * plans)
    }

    /// Works it off at once.
    pub fn finish(mut self, region: &Region, bench: &mut Bench) -> Outlook {
        while self.step(region, bench) != Progress::Done {}
        self.outlook()
    }

    /// The runs so far, to be put together with those of another worker.
    #[must_use]
    pub const fn sample(&self) -> &Sample {
        &self.sample
    }

    /// Takes in the runs of another worker with the same plans, aims and seed.
    pub fn join(&mut self, other: &Sample) {
        for (mine, theirs) in self.sample.values.iter_mut().zip(&other.values) {
            mine.extend(theirs.iter().cloned());
        }
        self.sample.runs.extend(&other.runs);
    }

    fn trial(&self, baseline: &Baseline) -> Option<Trial> {
        if let Some((plan, grain)) = self.before.last() {
            return Some(Trial { document: self.plans[*plan].clone(), grain: *grain, first: true });
        }
        let (run, plan) = self.next;
        self.runs.contains(&run).then(|| Trial {
            document: drawn(baseline, &self.plans[plan], &self.draws, run),
            grain: Grain::Prefectures,
            first: false,
        })
    }

    fn told(&mut self, seen: &Seen) {
        let values: Vec<Option<f64>> = self.aims.iter().map(|a| a.value(&seen.profiles).ok()).collect();
        if let Some((plan, grain)) = self.before.pop() {
            for (slot, value) in self.sample.central[plan].iter_mut().zip(values) {
                match grain {
                    Grain::Prefectures => slot.0 = value,
                    Grain::Points => slot.1 = value,
                }
            }
            return;
        }
        let (run, plan) = self.next;
        self.sample.values[plan].push(values);
        self.next = if plan + 1 < self.plans.len() {
            (run, plan + 1)
        } else {
            self.sample.runs.push(run);
            (run + 1, 0)
        };
    }

    /// What the runs so far say.
    #[must_use]
    pub fn outlook(&self) -> Outlook {
        // In the order of their numbers, whoever made them; a run that not all plans have seen yet waits.
        let whole = self.sample.runs.len();
        let mut order: Vec<usize> = (0..whole).collect();
        order.sort_by_key(|i| self.sample.runs[*i]);
        let column = |plan: usize, aim: usize| -> Vec<Option<f64>> {
            order.iter().map(|i| self.sample.values[plan][*i][aim]).collect()
        };
        let draws: Vec<Vec<f64>> = order.iter().map(|i| self.draws.run(self.sample.runs[*i])).collect();
        let plans = (0..self.plans.len())
            .map(|p| {
                let mut plan = PlanOutlook::default();
                for (a, aim) in self.aims.iter().enumerate() {
                    let own = column(p, a);
                    let found: Vec<f64> = own.iter().flatten().copied().collect();
                    plan.bands.push(Band::of(&found));
                    let (quick, full) = self.sample.central[p][a];
                    plan.central.push(quick.zip(full).map(|(quick, full)| Confirmed { quick, full }));
                    let pairs: Vec<(f64, f64)> =
                        own.iter().zip(column(0, a)).filter_map(|(x, y)| (*x).zip(y)).collect();
                    let size = pairs.iter().map(|(x, y)| x.abs().max(y.abs())).fold(0.0, f64::max);
                    plan.below_first.push(if p > 0 { Odds::of(&pairs, NOISE * size) } else { None });
                    let less = aim.measure.less_is_better();
                    let all: Vec<Vec<Option<f64>>> = (0..self.plans.len()).map(|q| column(q, a)).collect();
                    plan.regret.push(less.and_then(|less| regret(&all, p, less)));
                    let known: Vec<usize> = (0..own.len()).filter(|r| own[*r].is_some()).collect();
                    let rows: Vec<Vec<f64>> = known.iter().map(|r| draws[*r].clone()).collect();
                    plan.shares.push(sensitivity(&rows, &found));
                    plan.outcomes.push(own.into_iter().take(OUTCOMES).collect());
                }
                plan
            })
            .collect();
        Outlook {
            seed: self.seed,
            runs: whole as u32,
            drawn: self.draws.keys().to_vec(),
            aims: self.aims.clone(),
            plans,
        }
    }
}

/// A plan in a future: its own settings stay, everything else is drawn.
fn drawn(baseline: &Baseline, plan: &Document, draws: &Draws, run: u64) -> Document {
    let own = &plan.scenario().parameters;
    let values: BTreeMap<String, Option<f64>> =
        draws.named(run).into_iter().filter(|(key, _)| !own.contains_key(key)).map(|(k, v)| (k, Some(v))).collect();
    let mut document = plan.clone();
    // Spreads end where parameters do, so that none is refused; if one were, the run would tell the table's values.
    let made = document.make(baseline, Change::Parameters(values));
    debug_assert!(made.is_ok(), "{made:?}");
    document
}

/// The regret of a plan over the draws in which all plans have a number.
fn regret(all: &[Vec<Option<f64>>], plan: usize, less: bool) -> Option<Regret> {
    let sign = if less { 1.0 } else { -1.0 };
    let mut found = Regret { worst: f64::NEG_INFINITY, ..Regret::default() };
    let mut runs = 0.0;
    for r in 0..all[plan].len() {
        let row: Option<Vec<f64>> = all.iter().map(|p| p[r].map(|v| sign * v)).collect();
        let Some(row) = row else { continue };
        let best = row.iter().copied().fold(f64::INFINITY, f64::min);
        let behind = row[plan] - best;
        found.mean += behind;
        found.most = found.most.max(behind);
        found.worst = found.worst.max(row[plan]);
        runs += 1.0;
    }
    (runs > 0.0).then(|| Regret { mean: found.mean / runs, most: found.most, worst: sign * found.worst })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regret_is_what_the_best_of_each_draw_would_have_saved() {
        let a = vec![Some(10.0), Some(4.0), None];
        let b = vec![Some(7.0), Some(6.0), Some(1.0)];
        let all = [a, b];
        assert_eq!(regret(&all, 0, true), Some(Regret { mean: 1.5, most: 3.0, worst: 10.0 }));
        assert_eq!(regret(&all, 1, true), Some(Regret { mean: 1.0, most: 2.0, worst: 7.0 }));
        // Where more is better the other one is behind.
        assert_eq!(regret(&all, 0, false), Some(Regret { mean: 1.0, most: 2.0, worst: 4.0 }));
        assert_eq!(regret(&[vec![None]], 0, true), None);
    }
}
