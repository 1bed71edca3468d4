//! The smallest change that reaches a goal.

use super::{Course, first, quick, turned};
use crate::{
    allocation::Grain,
    levers::{LeverInfo, find},
    model::Baseline,
    response::{
        Aim, Answer, Confirmed, Finder, Found, FoundAnswer, Goal, Outcome, Refusal, Seen, question::within,
        trial::Trial,
    },
    scenario::Document,
};

pub(in crate::response) struct Find {
    document: Document,
    lever: LeverInfo,
    aim: Aim,
    goal: Goal,
    within: (f64, f64),
    tolerance: f64,
    stands: Option<f64>,
    finder: Finder,
    begun: bool,
    confirmed: Option<Option<Found>>,
}

impl Find {
    pub(in crate::response) fn new(
        baseline: &Baseline,
        document: &Document,
        lever: &str,
        (aim, goal): (Aim, Goal),
        range: Option<(f64, f64)>,
        tolerance: Option<f64>,
    ) -> Result<Self, Refusal> {
        let lever = find(baseline, lever)?;
        let (low, high) = range.unwrap_or((lever.low, lever.high));
        within(&lever, low)?;
        within(&lever, high)?;
        let tolerance = tolerance.unwrap_or((high - low) / 1000.0);
        let stands = lever.value(baseline, document.scenario());
        let whole = baseline.parameters.get(&lever.key).is_some_and(|p| p.options().is_some());
        // A cap that nobody set lies above every value of it.
        let finder = Finder::new((low, high), stands.unwrap_or(high), goal, tolerance, whole)?;
        Ok(Self {
            document: document.clone(),
            lever,
            aim,
            goal,
            within: (low, high),
            tolerance,
            stands,
            finder,
            begun: false,
            confirmed: None,
        })
    }

    /// What is to be confirmed: where the lever would stand, and the number there.
    fn found(&self) -> Option<(f64, f64)> {
        match self.finder.outcome() {
            Outcome::Reached { value, found, .. } => Some((value, found)),
            Outcome::Already { found } => Some((self.stands?.clamp(self.within.0, self.within.1), found)),
            Outcome::Unreachable { best } => best,
        }
    }
}

impl Course for Find {
    fn next(&mut self, baseline: &Baseline) -> Option<Trial> {
        if !self.begun {
            return Some(first(self.document.clone(), Grain::Prefectures));
        }
        while let Some(value) = self.finder.next() {
            match turned(baseline, &self.document, &self.lever, value) {
                Ok(document) => return Some(quick(document)),
                // The scenario does not take it there: no number.
                Err(_) => self.finder.tell(None),
            }
        }
        if self.confirmed.is_some() {
            return None;
        }
        let document = turned(baseline, &self.document, &self.lever, self.found()?.0).ok()?;
        Some(first(document, Grain::Points))
    }

    fn told(&mut self, seen: Seen) {
        let value = self.aim.value(&seen.profiles).ok();
        if !self.begun {
            self.begun = true;
        } else if self.finder.next().is_some() {
            self.finder.tell(value);
        } else {
            self.confirmed = Some(self.found().zip(value).map(|((_, quick), full)| Found {
                numbers: Confirmed { quick, full },
                reached: self.goal.is_reached(full),
            }));
        }
    }

    fn far(&self) -> (usize, usize) {
        let (done, all) = self.finder.far();
        (done + usize::from(self.begun) + usize::from(self.confirmed.is_some()), all + 2)
    }

    fn answer(&self) -> Answer {
        Answer::Find(FoundAnswer {
            lever: self.lever.key.clone(),
            aim: self.aim,
            goal: self.goal,
            stands: self.stands,
            within: self.within,
            tolerance: self.tolerance,
            outcome: self.finder.outcome(),
            shape: self.finder.shape(),
            steps: self.finder.steps().to_vec(),
            confirmed: self.confirmed.flatten(),
        })
    }
}
