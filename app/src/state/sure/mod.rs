//! How sure the figures are, as the page knows it: which futures are asked for, what is at work, and what many draws gave.

mod chart;
mod csv;
#[cfg(test)]
pub mod drawn;
mod facts;
mod look;
mod rows;
mod words;
mod worth;

pub use chart::{DOT, DOTS_CHART, DotsDrawing, DotsRow, StripDrawing, dots_drawing, strip_drawing};
pub use csv::{SureTable, sure_csv};
pub use facts::{RULE_BASES, RULE_CONFIDENCES, SureFacts, sure_facts};
pub use look::BandOf;
pub use rows::{SureFilter, SureRow, sure_rows};
pub use words::{
    OddsLine, band_words, caveat_words, dots_words, indicator_words, odds_lines, plan_called, range_words,
    regret_number, regret_words, regrets, sure_number, sure_unit,
};
pub use worth::{Worth, WorthRow, moves_words, variance_words, worth, worth_together, worth_words};

use super::{AppState, Choice, compare::same_work};
use crate::compute::protocol::{FuturesFar, FuturesNews, FuturesQuestion, FuturesTold};
use atlas_core::{
    profile::Measure,
    response::Aim,
    scenario::Scenario,
    uncertainty::{MOST_RUNS, Outlook},
};
use std::rc::Rc;

/// Everything about how sure the figures are.
#[derive(Clone, Debug, PartialEq)]
pub struct Sure {
    /// The indicator that is looked at.
    pub aim: Aim,
    /// What the draws gave last; while they are made, what they say so far.
    pub found: Option<Rc<Futures>>,
    /// How many runs are wanted, as typed.
    pub runs: String,
    /// Seed of the draws, as typed.
    pub seed: String,
    /// So many workers may make them.
    pub workers: u32,
    /// So many this machine is good for.
    pub most_workers: u32,
    /// True where all runs are made; else more come, or somebody stopped it.
    pub whole: bool,
    /// Runs, workers and seconds behind what was found.
    pub made: FuturesFar,
    /// Number of the question; 0 before the first.
    pub run: u64,
    /// The question.
    pub question: Option<Rc<FuturesQuestion>>,
    /// True while runs are made.
    pub running: bool,
    /// True where it is asked to stop.
    pub stopping: bool,
    /// How far it is, and at the end how long it took.
    pub far: FuturesFar,
    /// Why nothing was drawn: the code, and what it is about.
    pub refused: Option<(String, String)>,
}

/// What many draws gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Futures {
    /// The plans, in the order of the outlook's: the first is the one that the others are compared with.
    pub plans: Vec<Scenario>,
    /// What was found.
    pub outlook: Outlook,
}

/// Runs to begin with.
const RUNS: u64 = 200;
/// Most plans at once.
const MOST_PLANS: usize = 5;
/// From so many trials on it is worth starting helpers, each of which takes some seconds to load.
const MANY: u64 = 60;

impl Default for Sure {
    fn default() -> Self {
        Self {
            aim: Aim::of(Measure::Cost, None),
            found: None,
            runs: RUNS.to_string(),
            seed: "1".into(),
            workers: 1,
            most_workers: 1,
            whole: false,
            made: FuturesFar::default(),
            run: 0,
            question: None,
            running: false,
            stopping: false,
            far: FuturesFar::default(),
            refused: None,
        }
    }
}

/// Something about how sure the figures are.
#[derive(Debug)]
pub enum SureAction {
    /// Another indicator is looked at.
    Aim(Aim),
    /// Another number of runs, as typed.
    Runs(String),
    /// Another seed, as typed.
    Seed(String),
    /// So many workers may make the runs.
    Workers(u32),
    /// Begins to draw.
    Begin,
    /// Enough: what is known so far stays.
    Stop,
    /// The worker said something.
    Told(Box<FuturesTold>),
}

impl From<SureAction> for super::Action {
    fn from(a: SureAction) -> Self {
        Self::Sure(a)
    }
}

impl Sure {
    /// Which runs and which seed the fields say.
    ///
    /// # Errors
    /// The code of what is wrong with them.
    pub fn typed(&self) -> Result<(u64, u64), &'static str> {
        let number = |typed: &str| typed.trim().replace([',', '，', ' ', '\u{202f}'], "").parse::<u64>();
        let runs = number(&self.runs).map_err(|_| "sure-bad-runs")?;
        match runs {
            0 => return Err("draws-no-runs"),
            n if n > MOST_RUNS => return Err("draws-too-many-runs"),
            _ => {}
        }
        Ok((runs, number(&self.seed).map_err(|_| "sure-bad-seed")?))
    }

    /// How many helpers the question is worth.
    #[must_use]
    pub fn helpers(&self) -> u32 {
        let trials = self.question.as_ref().map_or(0, |q| q.runs * q.plans.len() as u64);
        if trials < MANY { 0 } else { self.workers.min(self.most_workers).saturating_sub(1) }
    }

    /// How far it is, from 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        if self.far.all > 0 { self.far.done as f64 / self.far.all as f64 } else { 0.0 }
    }

    /// About so many seconds are left, once some runs are made.
    #[must_use]
    pub fn seconds_left(&self) -> Option<f64> {
        let FuturesFar { done, all, seconds, .. } = self.far;
        // The first runs wait for ways and full solves, and say little of the rest.
        (done >= 10).then(|| seconds / done as f64 * (all - done) as f64)
    }
}

impl AppState {
    /// The plans that futures are drawn for, with their names: the baseline, the plan on the screen where it differs, and what is
    /// chosen among the scenarios. None twice.
    #[must_use]
    pub fn sure_plans(&self) -> Vec<(String, Rc<Scenario>)> {
        let chosen = self.compare.chosen.clone().unwrap_or_default();
        let choices = [Choice::Baseline, Choice::Plan].into_iter().chain(chosen);
        let mut plans: Vec<(String, Rc<Scenario>)> = Vec::new();
        for choice in choices {
            if let Some(scenario) = self.compare_scenario(&choice)
                && plans.len() < MOST_PLANS
                && !plans.iter().any(|(_, p)| same_work(p, &scenario))
            {
                plans.push((self.compare_name(&choice), scenario));
            }
        }
        plans
    }

    /// True where the outlook is about other plans than would be drawn for now.
    #[must_use]
    pub fn sure_is_old(&self) -> bool {
        let Some(found) = &self.sure.found else { return false };
        let now = self.sure_plans();
        found.plans.len() != now.len() || found.plans.iter().zip(&now).any(|(a, (_, b))| !same_work(a, b))
    }

    pub(super) fn sure(&mut self, action: SureAction) {
        match action {
            SureAction::Aim(aim) => self.sure.aim = aim,
            SureAction::Runs(typed) => self.sure.runs = typed,
            SureAction::Seed(typed) => self.sure.seed = typed,
            SureAction::Workers(n) => self.sure.workers = n.clamp(1, self.sure.most_workers),
            SureAction::Begin if self.sure.running => {}
            SureAction::Begin => {
                let plans: Vec<Scenario> = self
                    .sure_plans()
                    .into_iter()
                    .map(|(name, scenario)| Scenario { name, ..(*scenario).clone() })
                    .collect();
                let sure = &mut self.sure;
                match sure.typed() {
                    Ok((runs, seed)) => {
                        sure.run += 1;
                        sure.question = Some(Rc::new(FuturesQuestion { plans, seed, runs }));
                        (sure.running, sure.stopping, sure.refused) = (true, false, None);
                        sure.far = FuturesFar { all: runs, workers: 1, ..FuturesFar::default() };
                    }
                    Err(code) => sure.refused = Some((code.to_owned(), String::new())),
                }
            }
            SureAction::Stop => self.sure.stopping = self.sure.running,
            SureAction::Told(told) => self.sure.take(*told),
        }
    }
}

impl Sure {
    fn take(&mut self, told: FuturesTold) {
        if told.run != self.run {
            return;
        }
        match told.what {
            FuturesNews::Far(far) => self.far = far,
            FuturesNews::Glimpse(outlook, far) => self.keep(*outlook, far, false),
            FuturesNews::Done(outlook, far) => {
                (self.running, self.stopping) = (false, false);
                self.keep(*outlook, far, true);
            }
            FuturesNews::Stopped(outlook, far) => {
                (self.running, self.stopping) = (false, false);
                if let Some(outlook) = outlook {
                    self.keep(*outlook, far, false);
                }
            }
            FuturesNews::Refused { code, subject } => {
                (self.running, self.stopping) = (false, false);
                self.refused = Some((code, subject));
            }
            FuturesNews::Give(..) | FuturesNews::Ready | FuturesNews::Made(_) => {}
        }
    }

    fn keep(&mut self, outlook: Outlook, far: FuturesFar, whole: bool) {
        (self.far, self.made, self.whole) = (far, far, whole);
        let plans = self.question.as_ref().map(|q| q.plans.clone()).unwrap_or_default();
        self.found = Some(Rc::new(Futures { plans, outlook }));
    }
}

#[cfg(test)]
mod tests;
