//! One lever from end to end.

use super::{Course, first, turned};
use crate::{
    allocation::Grain,
    levers::{LeverInfo, find},
    model::Baseline,
    response::{Answer, Refusal, Seen, SweepAnswer, SweepPoint, question::values, trial::Trial},
    scenario::Document,
};

pub(in crate::response) struct Sweep {
    document: Document,
    lever: LeverInfo,
    values: Vec<f64>,
    exact: bool,
    /// The scenario as it stands was measured, for the others to start from.
    begun: bool,
    points: Vec<SweepPoint>,
    confirmed: Option<SweepPoint>,
}

impl Sweep {
    pub(in crate::response) fn new(
        baseline: &Baseline,
        document: &Document,
        lever: &str,
        (from, to): (f64, f64),
        steps: u32,
        exact: bool,
    ) -> Result<Self, Refusal> {
        let lever = find(baseline, lever)?;
        let values = values(&lever, from, to, steps)?;
        for value in &values {
            turned(baseline, document, &lever, *value)?;
        }
        let document = document.clone();
        Ok(Self { document, lever, values, exact, begun: false, points: vec![], confirmed: None })
    }
}

impl Course for Sweep {
    fn next(&mut self, baseline: &Baseline) -> Option<Trial> {
        let grain = if self.exact { Grain::Points } else { Grain::Prefectures };
        if !self.begun {
            return Some(first(self.document.clone(), grain));
        }
        let at = |value| turned(baseline, &self.document, &self.lever, value).ok();
        if let Some(value) = self.values.get(self.points.len()) {
            return Some(Trial { document: at(*value)?, grain, first: false });
        }
        let wanted = !self.exact && self.confirmed.is_none();
        Some(first(at(*self.values.last().filter(|_| wanted)?)?, Grain::Points))
    }

    fn told(&mut self, seen: Seen) {
        if !self.begun {
            self.begun = true;
            return;
        }
        let row = self.points.len();
        let value = self.values[row.min(self.values.len() - 1)];
        let point = SweepPoint { value, profiles: seen.profiles };
        if row < self.values.len() {
            self.points.push(point);
        } else {
            self.confirmed = Some(point);
        }
    }

    fn far(&self) -> (usize, usize) {
        let done = usize::from(self.begun) + self.points.len() + usize::from(self.confirmed.is_some());
        (done, 1 + self.values.len() + usize::from(!self.exact))
    }

    fn answer(&self) -> Answer {
        Answer::Sweep(SweepAnswer {
            lever: self.lever.key.clone(),
            exact: self.exact,
            points: self.points.clone(),
            confirmed: self.confirmed.clone(),
        })
    }
}
