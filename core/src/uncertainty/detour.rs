//! Where scrap and metal go when something stands still: what is carried no more, what is carried instead, and what is left.
//!
//! Both plans are solved in full. Points of a prefecture are tied together; everything else stands by itself. A flow is one from
//! place to place, of one leg and stream, by the mode that carries it furthest. What differs between the two plans adds up: yuan,
//! CO2 and tonnes of [`Detour::gained`] less those of [`Detour::lost`], with [`Detour::rest`] and the stages of processing, are
//! the [`Detour::harm`].

use super::{Shock, Toll, solving::Solving};
use crate::{
    allocation::{Account, Answer, End, Flow, Grain, Leg, Place, Remembered},
    geo::LonLat,
    model::{Cluster, Mode, PerStream, Region, Stream},
    response::Bench,
    scenario::{Document, Scenario},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

/// A flow that differs by less than this many gross tonnes a year is told with the rest.
const ROUNDING_T: f64 = 1.0;

/// An end of flows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// The id of a hub, smelter or port; `points:320100` for the collection points of a prefecture; else as in
    /// [`End::key`].
    pub key: String,
    /// Where it is: of points the middle, by tonnes of both plans.
    pub at: LonLat,
    /// Its cluster, where it has one.
    pub cluster: Option<Cluster>,
    /// Its province in Chinese.
    pub province: String,
    /// Code of its prefecture.
    pub adcode: u32,
    /// What it is.
    pub kind: StopKind,
}

/// What an end of flows is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopKind {
    /// The collection points of a prefecture.
    Points,
    /// A hub, smelter or port.
    Facility,
    /// A prefecture between the clusters.
    Corridor,
    /// Imports at a port.
    Import,
    /// Users of recycled metal in a province.
    Demand,
}

/// A flow that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Row of [`Detour::stops`] where it begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// Stage of the journey.
    pub leg: Leg,
    /// Stream.
    pub stream: Stream,
    /// The mode that carries it furthest.
    pub mode: Mode,
    /// Gross tonnes a year while everything runs.
    pub before_t: f64,
    /// Gross tonnes a year after the shock.
    pub after_t: f64,
    /// By how much they differ, above 0.
    pub gross_t: f64,
    /// The way in km, a mean by tonnes.
    pub km: f64,
    /// What the difference of its hauls costs a year, above 0 but for ways that changed.
    pub yuan: f64,
    /// What the difference gives off, kg CO2e a year.
    pub kg_co2e: f64,
}

/// What is left at a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stranded {
    /// Row of [`Detour::stops`].
    pub at: u32,
    /// More than before, by stream, tonnes a year: of metal in scrap, or of recycled metal that is missed. Below 0: less.
    pub tonnes: PerStream<f64>,
}

/// How much more each stage costs and gives off a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stages {
    /// All hauls, yuan: what lost and gained flows and the rest make together.
    pub haul_yuan: f64,
    /// Sorting, yuan.
    pub sorting_yuan: f64,
    /// Smelting, yuan.
    pub smelting_yuan: f64,
    /// Scrap bought from elsewhere, yuan.
    pub inflow_yuan: f64,
    /// Price of emissions, yuan.
    pub carbon_yuan: f64,
    /// Subsidies, which lower the cost, yuan.
    pub subsidy_yuan: f64,
    /// All hauls, kg CO2e.
    pub haul_kg_co2e: f64,
    /// Smelting, kg CO2e.
    pub smelting_kg_co2e: f64,
}

/// Differences too small to be told one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rest {
    /// How many.
    pub flows: u32,
    /// Their gross tonnes, after less before.
    pub gross_t: f64,
    /// Their yuan, likewise.
    pub yuan: f64,
    /// Their kg CO2e, likewise.
    pub kg_co2e: f64,
}

/// The ways around something that stands still.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detour {
    /// What went wrong.
    pub shock: Shock,
    /// The plan without it.
    pub base: Toll,
    /// How much worse it is with it: both in full.
    pub harm: Toll,
    /// Ends of flows.
    pub stops: Vec<Stop>,
    /// Flows that shrink or vanish, the largest first.
    pub lost: Vec<Turn>,
    /// Flows that grow or are new, the largest first.
    pub gained: Vec<Turn>,
    /// The rest.
    pub rest: Rest,
    /// Scrap that nobody takes any more, by where it is.
    pub stranded: Vec<Stranded>,
    /// Recycled metal that is missed, by where it is.
    pub missed: Vec<Stranded>,
    /// What the stages cost more.
    pub stages: Stages,
}

/// Solves detours, and keeps the plan without any shock.
#[derive(Default)]
pub struct Detours {
    /// What was remembered of the plan: apart, so that other questions find theirs.
    aside: Remembered,
    base: Option<(Scenario, Arc<Answer>)>,
    asked: Option<(Document, Shock)>,
    running: Option<Solving>,
}

impl Detours {
    /// Asks for another; what was at work is given up. False where the plan cannot suffer the shock.
    pub fn begin(&mut self, region: &Region, document: &Document, shock: Shock) -> bool {
        self.running = None;
        self.asked = None;
        if shock.strike(&region.baseline, document).is_none() {
            return false;
        }
        if self.base.as_ref().is_some_and(|(of, _)| *of != *document.scenario()) {
            self.base = None;
        }
        self.asked = Some((document.clone(), shock));
        true
    }

    /// True in the middle of a solve: the bench's ways by points are in use.
    #[must_use]
    pub const fn is_in_full(&self) -> bool {
        self.running.is_some()
    }

    /// One slice of work; the detour once it is known, and nothing where nobody asks.
    pub fn step(&mut self, region: &Region, bench: &mut Bench) -> Option<Detour> {
        let (document, shock) = self.asked.clone()?;
        bench.allocator(Grain::Points).1.swap(&mut self.aside);
        let found = self.slice(region, bench, &document, &shock);
        bench.allocator(Grain::Points).1.swap(&mut self.aside);
        let (_, base) = self.base.as_ref().filter(|_| found.is_some())?;
        self.asked = None;
        Some(Detour::between(shock, base, &*found?))
    }

    fn slice(&mut self, region: &Region, bench: &mut Bench, document: &Document, shock: &Shock) -> Option<Box<Answer>> {
        let Some(running) = self.running.take() else {
            self.running = Some(if self.base.is_none() {
                Solving::begin(region, bench, document, Grain::Points, true)
            } else {
                let struck = shock.strike(&region.baseline, document)?;
                Solving::begin(region, bench, &struck, Grain::Points, false)
            });
            return None;
        };
        match running.step(region, bench) {
            Err(running) => self.running = Some(running),
            Ok(answer) if self.base.is_some() => return Some(answer),
            Ok(answer) => self.base = Some((document.scenario().clone(), Arc::from(answer))),
        }
        None
    }

    /// Works it off at once; `None` where nobody asks.
    pub fn finish(&mut self, region: &Region, bench: &mut Bench) -> Option<Detour> {
        while self.asked.is_some() {
            if let Some(found) = self.step(region, bench) {
                return Some(found);
            }
        }
        None
    }
}

/// A flow by what it is: from, to, leg, stream, mode.
type Key = (String, String, Leg, u8, u8);

#[derive(Default)]
struct Sum {
    gross_t: [f64; 2],
    tonne_km: f64,
    yuan: f64,
    kg_co2e: f64,
    ends: (u32, u32),
}

#[derive(Default)]
struct Stops {
    rows: BTreeMap<String, u32>,
    all: Vec<Stop>,
    /// Sums of longitude, latitude and tonnes, to find the middle.
    weights: Vec<[f64; 3]>,
}

impl Stops {
    fn row(&mut self, place: &Place, is_point: bool, tonnes: f64) -> u32 {
        let (key, kind) = match &place.end {
            End::Facility(_) if is_point => (format!("points:{}", place.adcode), StopKind::Points),
            End::Facility(id) => (id.clone(), StopKind::Facility),
            End::Corridor(_) => (place.end.key(), StopKind::Corridor),
            End::Import(_) => (place.end.key(), StopKind::Import),
            End::Demand(_) => (place.end.key(), StopKind::Demand),
        };
        let row = *self.rows.entry(key.clone()).or_insert_with(|| {
            let (cluster, province, adcode) = (place.cluster, place.province.clone(), place.adcode);
            self.all.push(Stop { key, at: place.at, cluster, province, adcode, kind });
            self.weights.push([0.0; 3]);
            self.all.len() as u32 - 1
        });
        let sum = &mut self.weights[row as usize];
        sum[0] += tonnes * place.at.lon;
        sum[1] += tonnes * place.at.lat;
        sum[2] += tonnes;
        row
    }

    fn told(self) -> Vec<Stop> {
        let mut all = self.all;
        for (stop, [lon, lat, tonnes]) in all.iter_mut().zip(self.weights) {
            if stop.kind == StopKind::Points && tonnes > 0.0 {
                stop.at = LonLat::new(lon / tonnes, lat / tonnes);
            }
        }
        all
    }
}

impl Detour {
    /// What differs between a plan and the same after a shock, both allocated by points.
    #[must_use]
    pub fn between(shock: Shock, before: &Answer, after: &Answer) -> Self {
        let mut stops = Stops::default();
        let mut sums: BTreeMap<Key, Sum> = BTreeMap::new();
        let mut stranded: BTreeMap<u32, PerStream<f64>> = BTreeMap::new();
        let mut missed: BTreeMap<u32, PerStream<f64>> = BTreeMap::new();
        for (side, answer) in [before, after].into_iter().enumerate() {
            let sign = if side == 0 { -1.0 } else { 1.0 };
            let points = points(answer);
            for flow in &answer.flows {
                let (from, to) = (flow.from as usize, flow.to as usize);
                let ends = (
                    stops.row(&answer.places[from], points[from], flow.gross_t),
                    stops.row(&answer.places[to], false, flow.gross_t),
                );
                let key = (
                    stops.all[ends.0 as usize].key.clone(),
                    stops.all[ends.1 as usize].key.clone(),
                    flow.leg,
                    flow.stream as u8,
                    main_mode(flow) as u8,
                );
                let sum = sums.entry(key).or_default();
                sum.ends = ends;
                sum.gross_t[side] += flow.gross_t;
                sum.tonne_km += flow.gross_t * Mode::ALL.iter().map(|m| flow.km[*m]).sum::<f64>();
                sum.yuan += sign * flow.gross_t * flow.haul.yuan_per_t;
                sum.kg_co2e += sign * flow.gross_t * flow.haul.kg_co2e_per_t;
            }
            for (row, entry) in answer.ledger.iter().enumerate() {
                if entry.unallocated_t.total() > 0.0 {
                    let at = stops.row(&answer.places[row], points[row], 0.0);
                    add(stranded.entry(at).or_default(), sign, &entry.unallocated_t);
                }
            }
            for (row, place) in answer.places.iter().enumerate() {
                let End::Demand(province) = &place.end else { continue };
                let Some((_, balance)) = answer.by_province.iter().find(|(name, _)| name == province) else { continue };
                let unmet = PerStream::from_fn(|s| balance[s].unmet_t);
                if unmet.total() > 0.0 {
                    let at = stops.row(&answer.places[row], false, 0.0);
                    add(missed.entry(at).or_default(), sign, &unmet);
                }
            }
        }
        let (mut lost, mut gained, mut rest) = (vec![], vec![], Rest::default());
        for ((_, _, leg, stream, mode), sum) in sums {
            let [before_t, after_t] = sum.gross_t;
            let more = after_t - before_t;
            if more.abs() < ROUNDING_T {
                rest.flows += u32::from(more != 0.0);
                rest.gross_t += more;
                rest.yuan += sum.yuan;
                rest.kg_co2e += sum.kg_co2e;
                continue;
            }
            let turn = Turn {
                from: sum.ends.0,
                to: sum.ends.1,
                leg,
                stream: Stream::ALL[stream as usize],
                mode: Mode::ALL[mode as usize],
                before_t,
                after_t,
                gross_t: more.abs(),
                km: sum.tonne_km / (before_t + after_t),
                yuan: more.signum() * sum.yuan,
                kg_co2e: more.signum() * sum.kg_co2e,
            };
            if more > 0.0 { gained.push(turn) } else { lost.push(turn) }
        }
        for list in [&mut lost, &mut gained] {
            list.sort_by(|a, b| b.gross_t.total_cmp(&a.gross_t));
        }
        let left = |of: BTreeMap<u32, PerStream<f64>>| {
            let mut all: Vec<Stranded> = of
                .into_iter()
                .map(|(at, tonnes)| Stranded { at, tonnes })
                .filter(|s| s.tonnes.values().into_iter().any(|t| t.abs() >= ROUNDING_T))
                .collect();
            all.sort_by(|a, b| b.tonnes.total().total_cmp(&a.tonnes.total()));
            all
        };
        let base = Toll::of(before);
        Self {
            base,
            harm: Toll::of(after).above(&base),
            stops: stops.told(),
            lost,
            gained,
            rest,
            stranded: left(stranded),
            missed: left(missed),
            stages: Stages::between(&before.account, &after.account),
            shock,
        }
    }
}

impl Stages {
    fn between(a: &Account, b: &Account) -> Self {
        Self {
            haul_yuan: b.scrap_haul_yuan + b.product_haul_yuan - a.scrap_haul_yuan - a.product_haul_yuan,
            sorting_yuan: b.sorting_yuan - a.sorting_yuan,
            smelting_yuan: b.smelting_yuan - a.smelting_yuan,
            inflow_yuan: b.inflow_yuan - a.inflow_yuan,
            carbon_yuan: b.carbon_yuan - a.carbon_yuan,
            subsidy_yuan: b.subsidy_yuan - a.subsidy_yuan,
            haul_kg_co2e: b.transport_kg_co2e - a.transport_kg_co2e,
            smelting_kg_co2e: b.smelting_kg_co2e - a.smelting_kg_co2e,
        }
    }

    /// What all stages cost more, yuan a year.
    #[must_use]
    pub fn yuan(&self) -> f64 {
        self.haul_yuan + self.sorting_yuan + self.smelting_yuan + self.inflow_yuan + self.carbon_yuan
            - self.subsidy_yuan
    }
}

fn add(sum: &mut PerStream<f64>, sign: f64, more: &PerStream<f64>) {
    for s in Stream::ALL {
        sum[s] += sign * more[s];
    }
}

/// Which places are collection points: those of facilities whose scrap is priced, which is all that collect.
fn points(answer: &Answer) -> Vec<bool> {
    let mut found = vec![false; answer.places.len()];
    for price in &answer.scrap_prices {
        found[price.place as usize] = matches!(answer.places[price.place as usize].end, End::Facility(_));
    }
    found
}

/// The mode that carries a flow furthest; the road where it goes nowhere.
fn main_mode(flow: &Flow) -> Mode {
    let mut best = Mode::Road;
    for mode in Mode::ALL {
        if flow.km[mode] > flow.km[best] {
            best = mode;
        }
    }
    best
}
