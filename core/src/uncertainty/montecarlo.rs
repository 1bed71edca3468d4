//! Many futures: parameters drawn, every plan measured in each of them.
//!
//! Plans meet the same draws, so that what differs between two of them is theirs. What a plan itself sets is not drawn for it, and
//! what policy decides (`policy.*`) for none: a lever is a choice and no uncertainty. Plans are measured by the quick grain
//! ([`crate::allocation::Grain::Prefectures`]); each is also solved in full once, at the table's values, and in some of the runs
//! where that is asked for ([`MonteCarlo::check`]), and both numbers are told.
//! A run depends on its number and the seed alone: several workers may share the runs, in any order.

use super::{Draws, DrawsRefusal, Outlook, Sample};
use crate::{
    allocation::Grain,
    model::{Baseline, Region},
    response::{Aim, Bench, Running, Seen, Trial},
    scenario::{Change, Document, Scenario},
};
use std::{collections::BTreeMap, ops::Range, sync::Arc};

/// Most runs that are kept: of every indicator they take some 50 megabytes a plan.
pub const MOST_RUNS: u64 = 10_000;

/// What policy decides is no uncertainty.
const POLICY: &str = "policy.";

/// Runs of some plans.
pub struct MonteCarlo {
    seed: u64,
    draws: Draws,
    plans: Vec<Document>,
    plain: Vec<Arc<Scenario>>,
    aims: Vec<Aim>,
    runs: Range<u64>,
    /// Trials that come before the runs, the next one last.
    before: Vec<(usize, Grain)>,
    /// The next run, and the plan in it.
    next: (u64, usize),
    /// Runs that are also solved in full, after the others, the next one last.
    full: Vec<(usize, u64)>,
    running: Option<(Running, Step)>,
    sample: Sample,
}

/// What a trial is for.
#[derive(Clone, Copy)]
enum Step {
    Before(usize, Grain),
    Run,
    Full(usize, u64),
}

/// How far the runs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many trials of so many.
    Far(u64, u64),
    /// All are done.
    Done,
}

impl MonteCarlo {
    /// Begins runs of the plans. `confirm`: each plan is also solved in full, once.
    ///
    /// # Errors
    /// Where no run is asked for, too many are, no plan is named, or a parameter's ends are crossed.
    pub fn new(
        baseline: &Baseline,
        plans: Vec<Document>,
        aims: Vec<Aim>,
        seed: u64,
        runs: Range<u64>,
        confirm: bool,
    ) -> Result<Self, DrawsRefusal> {
        if runs.is_empty() {
            return Err(DrawsRefusal::NoRuns);
        }
        let draws = Self::refused(baseline, plans.len(), seed, runs.end)?;
        // The first plan by the quick grain comes last of these: from there every run starts.
        let mut before: Vec<(usize, Grain)> = vec![(0, Grain::Prefectures)];
        before.extend((1..plans.len()).map(|p| (p, Grain::Prefectures)));
        if confirm {
            before.extend((0..plans.len()).map(|p| (p, Grain::Points)));
        }
        let sample = Sample::new(plans.len(), aims.len());
        let next = (runs.start, 0);
        let plain = plans.iter().map(|p| Arc::new(p.scenario().clone())).collect();
        Ok(Self { seed, draws, plans, plain, aims, runs, before, next, full: Vec::new(), running: None, sample })
    }

    /// The draws, or why nothing can be drawn.
    fn refused(baseline: &Baseline, plans: usize, seed: u64, runs: u64) -> Result<Draws, DrawsRefusal> {
        if runs > MOST_RUNS {
            return Err(DrawsRefusal::TooManyRuns { asked: runs, most: MOST_RUNS });
        }
        if plans == 0 {
            return Err(DrawsRefusal::NoPlans);
        }
        Ok(Draws::new(&baseline.parameters, seed)?.without(|key| key.starts_with(POLICY)))
    }

    /// One that makes the same runs of the same plans when it is told which ([`Self::more`]), and tells nothing of the plans at the
    /// table's values: what a worker is that helps another.
    ///
    /// # Errors
    /// Likewise.
    pub fn helper(baseline: &Baseline, plans: Vec<Document>, aims: Vec<Aim>, seed: u64) -> Result<Self, DrawsRefusal> {
        let mut helper = Self::new(baseline, plans, aims, seed, 0..1, false)?;
        // From the first plan every run starts.
        helper.before.truncate(1);
        helper.more(0..0);
        Ok(helper)
    }

    /// Goes on with these runs, once those before are made. What they gave stays in the sample.
    pub const fn more(&mut self, runs: Range<u64>) {
        self.next = (runs.start, 0);
        self.runs = runs;
    }

    /// The first so many of the runs are also solved in full, after the others: it takes many times as long.
    pub fn check(&mut self, runs: u64) {
        let runs = self.runs.start..(self.runs.start + runs).min(self.runs.end);
        let all = runs.rev().flat_map(|run| (0..self.plans.len()).rev().map(move |plan| (plan, run)));
        self.full = all.collect();
    }

    /// One slice of work.
    pub fn step(&mut self, region: &Region, bench: &mut Bench) -> Progress {
        match self.running.take() {
            Some((running, what)) => match bench.step(region, running) {
                Ok(seen) => self.told(&seen, what),
                Err((running, _)) => self.running = Some((running, what)),
            },
            None => match self.begin(region, bench) {
                Some(running) => self.running = Some(running),
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

    /// Takes the runs so far out, so that each is told once.
    #[must_use]
    pub fn take(&mut self) -> Sample {
        self.sample.take()
    }

    /// Takes in the runs of another worker with the same plans, aims and seed.
    pub fn join(&mut self, other: &Sample) {
        self.sample.join(other);
    }

    fn begin(&self, region: &Region, bench: &mut Bench) -> Option<(Running, Step)> {
        if let Some((plan, grain)) = self.before.last().copied() {
            let trial = Trial { document: self.plans[plan].clone(), grain, first: true };
            return Some((bench.begin(region, &trial), Step::Before(plan, grain)));
        }
        let (run, plan) = self.next;
        let (plan, run, grain, step) = if self.runs.contains(&run) {
            (plan, run, Grain::Prefectures, Step::Run)
        } else {
            let (plan, run) = self.full.last().copied()?;
            (plan, run, Grain::Points, Step::Full(plan, run))
        };
        let document = drawn(&region.baseline, &self.plans[plan], &self.draws, run);
        let trial = Trial { document, grain, first: matches!(step, Step::Full(..)) };
        Some((bench.begin_drawn(region, &trial, &self.plain[plan]), step))
    }

    fn told(&mut self, seen: &Seen, what: Step) {
        let values: Vec<_> = self.aims.iter().map(|a| a.value(&seen.profiles)).collect();
        match what {
            Step::Before(plan, grain) => {
                self.before.pop();
                for (slot, value) in self.sample.central[plan].iter_mut().zip(values) {
                    match grain {
                        Grain::Prefectures => slot.0 = value.ok(),
                        Grain::Points => slot.1 = value.ok(),
                    }
                }
            }
            Step::Run => {
                let (run, plan) = self.next;
                self.sample.push(plan, &values, seen.status);
                self.next = if plan + 1 < self.plans.len() {
                    (run, plan + 1)
                } else {
                    self.sample.runs.push(run);
                    (run + 1, 0)
                };
            }
            Step::Full(plan, run) => {
                self.full.pop();
                self.sample.full.push((plan as u32, run, values.into_iter().map(Result::ok).collect()));
            }
        }
    }

    /// What the runs so far say.
    #[must_use]
    pub fn outlook(&self) -> Outlook {
        Outlook::new(&self.draws, self.seed, &self.aims, &self.sample, &self.own(), true)
    }

    /// The same but for which parameters matter: quick, while the runs are being made.
    #[must_use]
    pub fn glimpse(&self) -> Outlook {
        Outlook::new(&self.draws, self.seed, &self.aims, &self.sample, &self.own(), false)
    }

    /// Which of the drawn parameters each plan sets itself.
    fn own(&self) -> Vec<Vec<bool>> {
        let of = |plain: &Arc<Scenario>| {
            self.draws.keys().iter().map(|(key, _)| plain.parameters.contains_key(key)).collect()
        };
        self.plain.iter().map(of).collect()
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
