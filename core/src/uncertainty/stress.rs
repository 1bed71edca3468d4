//! What breaks the network: one thing at a time goes wrong, and the plan is solved again.
//!
//! Harm comes in the order of the allocation: first what is short (scrap that nobody takes any more, and demand that nothing meets
//! any more), then what the rest costs more, then what is earned less. It is against the plan as it is: what is short without any
//! shock is no harm of one. Shocks are measured by the quick grain, the worst of them again in full.
//!
//! **What needs no solving.** A hub or smelter that does nothing, imports of a metal that come in nowhere: without them the flows found are still allowed and cost the same, and of all other flows none is new or cheaper.
//! So they are still the best, and the harm is nothing. See [`Stressed::idle`].

use super::{Shock, Toll, solving::Solving, toll::unmet};
use crate::{
    allocation::{Answer, End, Grain},
    model::{Baseline, FacilityKind, PerStream, Region},
    response::Bench,
    scenario::Document,
};
use serde::{Deserialize, Serialize};

/// A shock with what it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stressed {
    /// What went wrong.
    pub shock: Shock,
    /// What it does, by the quick grain.
    pub harm: Toll,
    /// The same in full, where it was solved in full.
    pub full: Option<Toll>,
    /// True where it strikes something that the plan makes no use of: there is no harm, and nothing was solved.
    pub idle: bool,
    /// More demand that nothing meets, by stream, tonnes a year.
    pub unmet: PerStream<f64>,
    /// What a hub or smelter handles while it runs: gross tonnes a year at hubs, recycled metal at smelters. 0 for others.
    pub handled_t: f64,
    /// Facilities of its kind that handle more instead, by id, in the same tonnes; most first, [`INSTEAD`] at most.
    pub instead: Vec<(String, f64)>,
    /// What all others of its kind handle more, together.
    pub taken_over_t: f64,
}

/// So many of the worst are solved in full, where nobody asks for more.
pub const CONFIRMED: usize = 3;

/// So many of those that take over are named.
pub const INSTEAD: usize = 5;

/// What all shocks do to a plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// What the plan leaves undone and costs as it is, by the quick grain.
    pub base: Toll,
    /// The same in full, where something was solved in full.
    pub base_full: Option<Toll>,
    /// The shocks measured so far, the worst first.
    pub shocks: Vec<Stressed>,
    /// What the plan cannot suffer.
    pub refused: Vec<Shock>,
}

/// All shocks of a plan, one after the other.
pub struct Stress {
    document: Document,
    shocks: Vec<Shock>,
    /// What the plan cannot suffer: nothing of that name, or closed already.
    refused: Vec<Shock>,
    found: Vec<Stressed>,
    base: Option<Box<Answer>>,
    base_full: Option<Toll>,
    /// So many of the worst are solved in full.
    confirm: usize,
    full: Vec<(usize, Toll)>,
    running: Option<Solving>,
}

impl Stress {
    /// Begins; so many of the worst are solved in full at the end. Shocks that the plan cannot suffer are set aside
    /// ([`Ranking::refused`]).
    #[must_use]
    pub fn new(baseline: &Baseline, document: &Document, shocks: Vec<Shock>, confirm: usize) -> Self {
        let (shocks, refused): (Vec<_>, Vec<_>) =
            shocks.into_iter().partition(|s| s.strike(baseline, document).is_some());
        let confirm = confirm.min(shocks.len());
        Self {
            document: document.clone(),
            shocks,
            refused,
            found: vec![],
            base: None,
            base_full: None,
            confirm,
            full: vec![],
            running: None,
        }
    }

    /// One slice of work: how many plans of how many are solved, or `None` at the end.
    pub fn step(&mut self, region: &Region, bench: &mut Bench) -> Option<(usize, usize)> {
        match self.running.take() {
            Some(running) => match running.step(region, bench) {
                Ok(answer) => self.told(answer),
                Err(running) => self.running = Some(running),
            },
            None => self.begin(region, bench)?,
        }
        let all = self.shocks.len() + 1 + if self.confirm > 0 { self.confirm + 1 } else { 0 };
        let bases = usize::from(self.base.is_some()) + usize::from(self.base_full.is_some());
        Some((bases + self.found.len() + self.full.len(), all))
    }

    /// Works it off at once.
    pub fn finish(mut self, region: &Region, bench: &mut Bench) -> Ranking {
        while self.step(region, bench).is_some() {}
        self.ranked()
    }

    /// True in the middle of a full solve: the bench's ways by points are in use.
    #[must_use]
    pub fn is_in_full(&self) -> bool {
        self.running.as_ref().is_some_and(Solving::is_full)
    }

    /// What the plan cannot suffer.
    #[must_use]
    pub fn refused(&self) -> &[Shock] {
        &self.refused
    }

    fn struck(&self, baseline: &Baseline, row: usize) -> Document {
        self.shocks[row].strike(baseline, &self.document).expect("tried at the beginning")
    }

    /// Begins what comes next; `None` where nothing does.
    fn begin(&mut self, region: &Region, bench: &mut Bench) -> Option<()> {
        let begin = |bench: &mut Bench, document: &Document, grain, first| {
            Some(Solving::begin(region, bench, document, grain, first))
        };
        let row = self.found.len();
        self.running = match &self.base {
            None => begin(bench, &self.document, Grain::Prefectures, true),
            Some(base) if row < self.shocks.len() => {
                let shock = &self.shocks[row];
                if is_idle(shock, &self.document, base) {
                    self.found.push(Stressed {
                        shock: shock.clone(),
                        harm: Toll::default(),
                        full: None,
                        idle: true,
                        unmet: PerStream::default(),
                        handled_t: 0.0,
                        instead: vec![],
                        taken_over_t: 0.0,
                    });
                    None
                } else {
                    begin(bench, &self.struck(&region.baseline, row), Grain::Prefectures, false)
                }
            }
            _ if self.full.len() >= self.confirm => return None,
            _ if self.base_full.is_none() => begin(bench, &self.document, Grain::Points, true),
            _ => {
                let row = self.order()[self.full.len()];
                begin(bench, &self.struck(&region.baseline, row), Grain::Points, false)
            }
        };
        Some(())
    }

    fn told(&mut self, answer: Box<Answer>) {
        let toll = Toll::of(&answer);
        match (&self.base, self.base_full) {
            (None, _) => self.base = Some(answer),
            (Some(base), _) if self.found.len() < self.shocks.len() => {
                let shock = self.shocks[self.found.len()].clone();
                self.found.push(stressed(shock, &self.document, base, &answer));
            }
            (_, None) => self.base_full = Some(toll),
            (_, Some(base)) => {
                let row = self.order()[self.full.len()];
                self.full.push((row, toll.above(&base).settled(&base)));
            }
        }
    }

    /// Rows of the shocks, the worst first; of equals the one that comes first.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.found.len()).collect();
        order.sort_by(|a, b| {
            let key = |i: &usize| {
                let h = &self.found[*i].harm;
                [h.short_t(), h.yuan, -h.value_yuan]
            };
            let (x, y) = (key(a), key(b));
            y.iter().zip(&x).map(|(y, x)| y.total_cmp(x)).find(|o| o.is_ne()).unwrap_or(a.cmp(b))
        });
        order
    }

    /// What is known so far.
    #[must_use]
    pub fn ranked(&self) -> Ranking {
        let full = |row: usize| self.full.iter().find(|(r, _)| *r == row).map(|(_, h)| *h);
        let row = |i: usize| Stressed { full: full(i), ..self.found[i].clone() };
        Ranking {
            base: self.base.as_deref().map(Toll::of).unwrap_or_default(),
            base_full: self.base_full,
            shocks: self.order().into_iter().map(row).collect(),
            refused: self.refused.clone(),
        }
    }
}

/// What a shock does, read from the plan without it and with it.
fn stressed(shock: Shock, document: &Document, before: &Answer, after: &Answer) -> Stressed {
    let base = Toll::of(before);
    let harm = Toll::of(after).above(&base).settled(&base);
    let (was, is) = (unmet(before), unmet(after));
    let more = |t: f64| if t.abs() < 1.0 { 0.0 } else { t };
    let mut found = Stressed {
        harm,
        full: None,
        idle: false,
        unmet: PerStream::from_fn(|s| more(is[s] - was[s])),
        handled_t: 0.0,
        instead: vec![],
        taken_over_t: 0.0,
        shock,
    };
    let Shock::Out(id) = &found.shock else { return found };
    let Some(own) = before.facilities.iter().find(|f| f.id == *id) else { return found };
    // Hubs and smelters are used in different tonnes.
    let kind = |id: &str| document.plan().get(id).map(|p| p.facility.kind);
    let alike = kind(id);
    found.handled_t = own.used_t.total();
    let mut instead: Vec<(String, f64)> = after
        .facilities
        .iter()
        .filter(|f| kind(&f.id) == alike)
        .filter_map(|f| {
            let was = before.facilities.iter().find(|b| b.id == f.id)?.used_t.total();
            Some((f.id.clone(), f.used_t.total() - was))
        })
        .collect();
    found.taken_over_t = instead.iter().map(|(_, t)| t).sum();
    instead.retain(|(_, t)| *t >= 1.0);
    instead.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    instead.truncate(INSTEAD);
    found.instead = instead;
    found
}

/// True where a plan makes no use of what a shock strikes; see the module's words for why there is no harm then.
fn is_idle(shock: &Shock, document: &Document, base: &Answer) -> bool {
    match shock {
        Shock::Out(id) => {
            let Some(found) = document.plan().get(id) else { return false };
            if document.scenario().goal.contracts.iter().any(|c| c.plant == *id) {
                return false;
            }
            match found.facility.kind {
                FacilityKind::Hub | FacilityKind::Smelter => {
                    base.facilities.iter().all(|f| f.id != *id || f.used_t.total() == 0.0)
                }
                // Ways may pass a terminal wherever they begin and end.
                _ => false,
            }
        }
        Shock::NoImports(stream) => {
            let imports = |row: u32| matches!(base.places[row as usize].end, End::Import(_));
            !base.flows.iter().any(|f| f.stream == *stream && imports(f.from))
        }
        _ => false,
    }
}
