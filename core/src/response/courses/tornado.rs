//! All levers, each at both ends.

use super::{Course, first, quick, turned};
use crate::{
    allocation::Grain,
    levers::all,
    model::Baseline,
    response::{Aim, Answer, Bar, Confirmed, Extent, Seen, TornadoAnswer, question::ranges, trial::Trial},
    scenario::Document,
};

/// Less than this share of the base is the solver's, not the lever's.
const NOTHING: f64 = 2e-6;

/// A lever at one end, and the scenario in which it is there.
struct End {
    row: usize,
    high: bool,
    document: Document,
}

pub(in crate::response) struct Tornado {
    document: Document,
    aim: Aim,
    levers: Vec<(String, Extent)>,
    ends: Vec<End>,
    unset: Vec<String>,
    /// The scenario as it stands: from nothing, and again from itself, as all others start.
    base: Vec<Option<f64>>,
    found: Vec<Option<f64>>,
    confirmed: Option<Option<Confirmed>>,
}

impl Tornado {
    pub(in crate::response) fn new(baseline: &Baseline, document: &Document, aim: Aim) -> Self {
        let (mut levers, mut ends, mut unset) = (Vec::new(), Vec::new(), Vec::new());
        for lever in all(baseline) {
            let Some((low, high, stated)) = ranges(baseline, &lever) else {
                unset.push(lever.key);
                continue;
            };
            let documents = [low, high].map(|value| turned(baseline, document, &lever, value));
            // A lever that this scenario does not take at one of its ends has no bar.
            let [Ok(at_low), Ok(at_high)] = documents else {
                unset.push(lever.key);
                continue;
            };
            let row = levers.len();
            ends.push(End { row, high: false, document: at_low });
            ends.push(End { row, high: true, document: at_high });
            levers.push((lever.key, Extent { low, high, stated }));
        }
        let document = document.clone();
        Self { document, aim, levers, ends, unset, base: vec![], found: vec![], confirmed: None }
    }

    fn bars(&self) -> Vec<Bar> {
        let base = self.base.last().copied().flatten();
        let mut bars = Vec::new();
        for ((lever, extent), found) in self.levers.iter().zip(self.found.chunks_exact(2)) {
            let (at_low, at_high) = (found[0], found[1]);
            let numbers = [base, at_low, at_high].into_iter().flatten();
            let (least, most) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, m), v| (l.min(v), m.max(v)));
            let swing = if least <= most { most - least } else { 0.0 };
            bars.push(Bar { lever: lever.clone(), extent: *extent, at_low, at_high, swing });
        }
        // Equal swings stay in the order of the list.
        bars.sort_by(|a, b| b.swing.total_cmp(&a.swing));
        bars
    }

    fn moves(&self, bar: &Bar) -> bool {
        let largest = [self.base.last().copied().flatten(), bar.at_low, bar.at_high]
            .into_iter()
            .flatten()
            .map(f64::abs)
            .fold(0.0, f64::max);
        bar.swing > NOTHING * largest
    }

    /// The wider end of the widest bar: the row of its end, and the number there.
    fn widest(&self) -> Option<(usize, f64)> {
        let bar = self.bars().into_iter().next().filter(|b| self.moves(b))?;
        let base = self.base.last().copied().flatten().unwrap_or(0.0);
        let off = |v: Option<f64>| v.map_or(-1.0, |v| (v - base).abs());
        let high = off(bar.at_high) > off(bar.at_low);
        let row = self.levers.iter().position(|(key, _)| *key == bar.lever)?;
        let end = self.ends.iter().position(|e| e.row == row && e.high == high)?;
        Some((end, if high { bar.at_high? } else { bar.at_low? }))
    }
}

impl Course for Tornado {
    fn next(&mut self, _: &Baseline) -> Option<Trial> {
        match self.base.len() {
            0 => return Some(first(self.document.clone(), Grain::Prefectures)),
            1 => return Some(quick(self.document.clone())),
            _ => {}
        }
        if let Some(end) = self.ends.get(self.found.len()) {
            return Some(quick(end.document.clone()));
        }
        if self.confirmed.is_some() {
            return None;
        }
        let (end, _) = self.widest()?;
        Some(first(self.ends[end].document.clone(), Grain::Points))
    }

    fn told(&mut self, seen: Seen) {
        let value = self.aim.value(&seen.profiles).ok();
        if self.base.len() < 2 {
            self.base.push(value);
        } else if self.found.len() < self.ends.len() {
            self.found.push(value);
        } else {
            let numbers = self.widest().zip(value).map(|((_, quick), full)| Confirmed { quick, full });
            self.confirmed = Some(numbers);
        }
    }

    fn far(&self) -> (usize, usize) {
        let done = self.base.len() + self.found.len() + usize::from(self.confirmed.is_some());
        (done, 3 + self.ends.len())
    }

    fn answer(&self) -> Answer {
        let (bars, still): (Vec<_>, Vec<_>) = self.bars().into_iter().partition(|b| self.moves(b));
        Answer::Tornado(TornadoAnswer {
            aim: self.aim,
            base: self.base.last().copied().flatten(),
            bars,
            still: still.into_iter().map(|b| b.lever).collect(),
            unset: self.unset.clone(),
            confirmed: self.confirmed.flatten(),
        })
    }
}
