//! What breaks the network: one thing at a time goes wrong, and the plan is solved again.
//!
//! Harm comes in the order of the allocation: first the scrap that nobody takes any more, then the demand that nothing meets any
//! more, then what the rest costs more. Shocks are measured by the quick grain, the worst of them again in full.

use crate::{
    allocation::Grain,
    model::{Baseline, FacilityKind, Region, Stream},
    profile::{Measure, Normal},
    response::{Bench, Running, Seen, Trial},
    scenario::{Change, Document, Edit},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shock {
    /// A smelter, hub, port or rail hub stands still, by its id.
    Out(String),
    /// No scrap of a metal is imported.
    NoImports(Stream),
    /// Demand grows as the sector report claims: lithium, cobalt and nickel by 55 %, aluminium and copper by 32 % (disputed).
    ClaimedDemand,
    /// Freight costs half as much again.
    DearFreight,
    /// The product of a metal fetches a fifth less.
    CheapMetal(Stream),
}

impl Shock {
    /// The stable key in files: `out:SM001`, `no_imports:cu`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Out(id) => format!("out:{id}"),
            Self::NoImports(s) => format!("no_imports:{}", s.key()),
            Self::ClaimedDemand => "claimed_demand".into(),
            Self::DearFreight => "dear_freight".into(),
            Self::CheapMetal(s) => format!("cheap_metal:{}", s.key()),
        }
    }

    /// The change of a plan that it is.
    #[must_use]
    pub fn change(&self, baseline: &Baseline, document: &Document) -> Change {
        let parameters = document.scenario().parameters(baseline);
        let set = |pairs: Vec<(String, f64)>| {
            Change::Parameters(pairs.into_iter().map(|(k, v)| (k, Some(v))).collect::<BTreeMap<_, _>>())
        };
        match self {
            Self::Out(id) => Change::Edit(Edit::Close { id: id.clone() }),
            Self::NoImports(s) => set(vec![(import_key(*s), 0.0)]),
            Self::ClaimedDemand => set([(Stream::Al, 32.0), (Stream::Cu, 32.0), (Stream::Other, 55.0)]
                .map(|(s, percent)| (format!("policy.demand_growth.{}", s.table_key()), percent))
                .into()),
            Self::DearFreight => {
                let lever = crate::scenario::Lever::FreightPrice;
                let now = document.scenario().levers.value(lever, &parameters);
                Change::Lever(lever, Some((1.5 * now).min(lever.range().1)))
            }
            Self::CheapMetal(s) => {
                let key = format!("price.product.{}", s.table_key());
                set(parameters.get(&key).map(|p| (key.clone(), 0.8 * p.value)).into_iter().collect())
            }
        }
    }
}

fn import_key(s: Stream) -> String {
    format!("national.scrap_import_gross.{}", s.table_key())
}

/// Everything that may go wrong with a plan: every open hub, smelter, port and rail hub, then the rest.
#[must_use]
pub fn shocks(baseline: &Baseline, document: &Document) -> Vec<Shock> {
    let breaks = |k: FacilityKind| k != FacilityKind::CollectionPoint;
    let open = document.plan().facilities().iter().filter(|p| p.open && breaks(p.facility.kind));
    let mut all: Vec<Shock> = open.map(|p| Shock::Out(p.facility.id.clone())).collect();
    let has = |key: String| baseline.parameters.get(&key).is_some();
    all.extend(Stream::ALL.into_iter().filter(|s| has(import_key(*s))).map(Shock::NoImports));
    all.extend([Shock::ClaimedDemand, Shock::DearFreight]);
    let priced = |s: &Stream| has(format!("price.product.{}", s.table_key()));
    all.extend(Stream::ALL.into_iter().filter(priced).map(Shock::CheapMetal));
    all
}

/// What a shock does, against the plan as it is. More is worse, but for `value_yuan`, of which less is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Harm {
    /// More scrap that nobody takes, tonnes of metal a year.
    pub unallocated_t: f64,
    /// More demand that nothing meets, tonnes a year.
    pub unmet_t: f64,
    /// More cost, yuan a year.
    pub yuan: f64,
    /// More emissions, kg CO2e a year.
    pub kg_co2e: f64,
    /// More value of what is made, yuan a year.
    pub value_yuan: f64,
}

/// A shock with what it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stressed {
    /// What went wrong.
    pub shock: Shock,
    /// What it does, by the quick grain.
    pub harm: Harm,
    /// The same in full, where it was solved in full.
    pub full: Option<Harm>,
}

/// Less than this many tonnes is rounding.
const NOTHING_T: f64 = 2.0;
/// A cost that moves by less than this share does not.
const NOTHING: f64 = 4e-6;

/// All shocks of a plan, one after the other.
pub struct Stress {
    document: Document,
    shocks: Vec<Shock>,
    /// What the plan cannot suffer: nothing of that name, or closed already.
    refused: Vec<Shock>,
    found: Vec<Harm>,
    base: Vec<Seen>,
    /// So many of the worst are solved in full.
    confirm: usize,
    full: Vec<(usize, Harm)>,
    running: Option<Running>,
}

impl Stress {
    /// Begins; so many of the worst are solved in full at the end. Shocks that the plan cannot suffer are set aside
    /// ([`Stress::refused`]).
    #[must_use]
    pub fn new(baseline: &Baseline, document: &Document, shocks: Vec<Shock>, confirm: usize) -> Self {
        let (shocks, refused): (Vec<_>, Vec<_>) =
            shocks.into_iter().partition(|s| broken(baseline, document, s).is_some());
        let confirm = confirm.min(shocks.len());
        Self {
            document: document.clone(),
            shocks,
            refused,
            found: vec![],
            base: vec![],
            confirm,
            full: vec![],
            running: None,
        }
    }

    /// One slice of work: how many trials of how many are done, or `None` at the end.
    pub fn step(&mut self, region: &Region, bench: &mut Bench) -> Option<(usize, usize)> {
        match self.running.take() {
            Some(running) => match bench.step(region, running) {
                Ok(seen) => self.told(seen),
                Err((running, _)) => self.running = Some(running),
            },
            None => {
                let trial = self.trial(&region.baseline)?;
                self.running = Some(bench.begin(region, &trial));
            }
        }
        let all = self.shocks.len() + 1 + if self.confirm > 0 { self.confirm + 1 } else { 0 };
        Some((self.base.len() + self.found.len() + self.full.len(), all))
    }

    /// Works it off at once.
    pub fn finish(mut self, region: &Region, bench: &mut Bench) -> Vec<Stressed> {
        while self.step(region, bench).is_some() {}
        self.ranked()
    }

    /// What the plan cannot suffer.
    #[must_use]
    pub fn refused(&self) -> &[Shock] {
        &self.refused
    }

    fn broken(&self, baseline: &Baseline, row: usize) -> Document {
        broken(baseline, &self.document, &self.shocks[row]).expect("tried at the beginning")
    }

    fn trial(&self, baseline: &Baseline) -> Option<Trial> {
        if self.base.is_empty() {
            return Some(Trial { document: self.document.clone(), grain: Grain::Prefectures, first: true });
        }
        if self.found.len() < self.shocks.len() {
            let document = self.broken(baseline, self.found.len());
            return Some(Trial { document, grain: Grain::Prefectures, first: false });
        }
        if self.full.len() >= self.confirm {
            return None;
        }
        if self.base.len() < 2 {
            return Some(Trial { document: self.document.clone(), grain: Grain::Points, first: true });
        }
        let row = self.order()[self.full.len()];
        Some(Trial { document: self.broken(baseline, row), grain: Grain::Points, first: false })
    }

    fn told(&mut self, seen: Seen) {
        if self.base.is_empty() {
            self.base.push(seen);
        } else if self.found.len() < self.shocks.len() {
            self.found.push(harm(&self.base[0], &seen));
        } else if self.base.len() < 2 {
            self.base.push(seen);
        } else {
            let row = self.order()[self.full.len()];
            self.full.push((row, harm(&self.base[1], &seen)));
        }
    }

    /// Rows of the shocks, the worst first; of equals the one that comes first.
    fn order(&self) -> Vec<usize> {
        let cost = self.base.first().map_or(0.0, |b| b.profiles.all.account.yuan());
        let worth = |t: f64| if t.abs() < NOTHING_T { 0.0 } else { t };
        let yuan = |y: f64| if y.abs() < NOTHING * cost.abs() { 0.0 } else { y };
        let mut order: Vec<usize> = (0..self.found.len()).collect();
        order.sort_by(|a, b| {
            let key = |i: &usize| {
                let h = &self.found[*i];
                [worth(h.unallocated_t), worth(h.unmet_t), yuan(h.yuan), yuan(-h.value_yuan)]
            };
            let (x, y) = (key(a), key(b));
            y.iter().zip(&x).map(|(y, x)| y.total_cmp(x)).find(|o| o.is_ne()).unwrap_or(a.cmp(b))
        });
        order
    }

    /// The shocks measured so far, the worst first.
    #[must_use]
    pub fn ranked(&self) -> Vec<Stressed> {
        let full = |row: usize| self.full.iter().find(|(r, _)| *r == row).map(|(_, h)| *h);
        let row = |i: usize| Stressed { shock: self.shocks[i].clone(), harm: self.found[i], full: full(i) };
        self.order().into_iter().map(row).collect()
    }
}

/// The plan after a shock; `None` where it cannot suffer it.
fn broken(baseline: &Baseline, document: &Document, shock: &Shock) -> Option<Document> {
    let mut broken = document.clone();
    broken.make(baseline, shock.change(baseline, document)).ok().map(|()| broken)
}

fn harm(before: &Seen, after: &Seen) -> Harm {
    let (a, b) = (&before.profiles.all, &after.profiles.all);
    let more = |m: Measure| {
        let value = |p| m.value(p, Normal::Absolute).unwrap_or(0.0);
        value(b) - value(a)
    };
    Harm {
        unallocated_t: more(Measure::Unallocated),
        unmet_t: after.unmet_t - before.unmet_t,
        yuan: b.account.yuan() - a.account.yuan(),
        kg_co2e: b.account.kg_co2e() - a.account.kg_co2e(),
        value_yuan: b.account.product_value_yuan - a.account.product_value_yuan,
    }
}
