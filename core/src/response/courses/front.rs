//! Cost against CO2 against coverage.

use super::{Course, first, quick, turned};
use crate::{
    allocation::Grain,
    levers::find,
    model::Baseline,
    response::{
        Answer, Chords, Confirmed, FrontAnswer, FrontPoint, Refusal, Seen,
        chords::Weight,
        question::values,
        trial::{Trial, usual},
        undominated,
    },
    scenario::{Change, Document, Objective},
};

/// One value of the lever, and the plans found there.
struct Layer {
    value: Option<f64>,
    document: Document,
    chords: Chords,
    asked: u32,
}

/// A plan that was tried.
struct Tried {
    point: FrontPoint,
    document: Document,
}

pub(in crate::response) struct Front {
    document: Document,
    lever: Option<String>,
    most: u32,
    layers: Vec<Layer>,
    /// The layer at work, and the objective that was asked of it.
    at: usize,
    asked: Option<(Objective, Document)>,
    begun: bool,
    tried: Vec<Tried>,
    confirmed: Option<Option<Confirmed>>,
}

/// Fewer than the two ends are no front.
const FEWEST: u32 = 2;

impl Front {
    pub(in crate::response) fn new(
        baseline: &Baseline,
        document: &Document,
        lever: Option<&(String, f64, f64, u32)>,
        most: u32,
    ) -> Result<Self, Refusal> {
        let layer = |value, document| Layer { value, document, chords: Chords::default(), asked: 0 };
        let mut layers = Vec::new();
        if let Some((key, from, to, steps)) = lever {
            let info = find(baseline, key)?;
            for value in values(&info, *from, *to, *steps)? {
                layers.push(layer(Some(value), turned(baseline, document, &info, value)?));
            }
        } else {
            layers.push(layer(None, document.clone()));
        }
        Ok(Self {
            document: document.clone(),
            lever: lever.map(|l| l.0.clone()),
            most: most.max(FEWEST),
            layers,
            at: 0,
            asked: None,
            begun: false,
            tried: vec![],
            confirmed: None,
        })
    }

    /// Which of the tried plans none beats: cost and CO2 small, coverage large.
    fn stay(&self) -> Vec<bool> {
        let all: Vec<[f64; 3]> = self.tried.iter().map(|t| [t.point.yuan, t.point.kg_co2e, -t.point.covered]).collect();
        undominated(&all)
    }

    fn cheapest(&self) -> Option<&Tried> {
        self.tried.iter().min_by(|a, b| a.point.yuan.total_cmp(&b.point.yuan))
    }
}

impl Course for Front {
    fn next(&mut self, baseline: &Baseline) -> Option<Trial> {
        if !self.begun {
            return Some(first(self.document.clone(), Grain::Prefectures));
        }
        while let Some(layer) = self.layers.get(self.at) {
            let Some(weight) = layer.chords.next().filter(|_| layer.asked < self.most) else {
                self.at += 1;
                continue;
            };
            let objective = match weight {
                Weight::First => Objective::Cost,
                Weight::Second => Objective::Co2,
                Weight::Sum(w) => Objective::Weighted { yuan: 1.0, kg_co2e: w, metal_kg: 0.0 },
            };
            let mut document = layer.document.clone();
            let mut goal = document.scenario().goal.clone();
            goal.objective = objective;
            document.make(baseline, Change::Goal(goal)).ok()?;
            self.asked = Some((objective, document.clone()));
            return Some(quick(document));
        }
        if self.confirmed.is_some() {
            return None;
        }
        Some(first(self.cheapest()?.document.clone(), Grain::Points))
    }

    fn told(&mut self, seen: Seen) {
        let account = &seen.profiles.all.account;
        let (yuan, kg_co2e) = (account.yuan(), account.kg_co2e());
        if !self.begun {
            self.begun = true;
        } else if let Some((objective, document)) = self.asked.take() {
            let layer = &mut self.layers[self.at];
            layer.asked += 1;
            if layer.chords.tell([yuan, kg_co2e]) {
                let point = FrontPoint { value: layer.value, objective, yuan, kg_co2e, covered: seen.covered };
                self.tried.push(Tried { point, document });
            }
        } else {
            self.confirmed = Some(self.cheapest().map(|c| Confirmed { quick: c.point.yuan, full: yuan }));
        }
    }

    fn far(&self) -> (usize, usize) {
        let asked: u32 = self.layers.iter().map(|l| l.asked).sum();
        let left: u32 = self.layers.iter().skip(self.at).map(|l| self.most.saturating_sub(l.asked)).sum();
        let ends = usize::from(self.begun) + usize::from(self.confirmed.is_some());
        (asked as usize + ends, (asked + left) as usize + 2)
    }

    fn answer(&self) -> Answer {
        let stay = self.stay();
        let mut points: Vec<FrontPoint> =
            self.tried.iter().zip(&stay).filter(|(_, stays)| **stays).map(|(t, _)| t.point.clone()).collect();
        let value = |p: &FrontPoint| p.value.unwrap_or(0.0);
        points.sort_by(|a, b| value(a).total_cmp(&value(b)).then(a.yuan.total_cmp(&b.yuan)));
        Answer::Front(FrontAnswer {
            lever: self.lever.clone(),
            points,
            beaten: stay.iter().filter(|s| !**s).count(),
            whole: self.layers.iter().all(|l| l.chords.is_whole()),
            limit_km: usual().limit,
            confirmed: self.confirmed.flatten(),
        })
    }
}
