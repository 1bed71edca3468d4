//! Futures that sites are to be good in: what parameters drawn from their spreads change of a question.
//!
//! Drawn are, of the same futures as `uncertainty` has them, the parameters that demand and prices rest on: what scrap arises and is
//! collected, its metal content, how much longer roads are than the network says, freight rates, what a new site costs where the question does
//! not say it. Residents do not move. The table's values stay: speeds of roads and what leaves a hub, because they would change which way
//! is the shortest; what lies within a limit; norms; and the budget. What the plan itself sets is not drawn, nor what policy decides.
//!
//! In a future the mean way is the mean over that future's demand, and a share is one of that future's demand: a future with more scrap counts
//! no more than another, except where yuan a year are added up.

use super::{
    AcrossFutures, Aim, By, Futures, FuturesOf, Question,
    begin::site_cost,
    demand::{Origins, Rows},
    model::Model,
    reading::Assigned,
    trouble,
    ways::FAR,
};
use crate::{
    account::Rates,
    catchment::{self, Demand, HOUSEHOLD_SIZE_KEY, value_of},
    diagnostics::Diagnostic,
    model::{FacilityKind, Region, Stream},
    scenario::Scenario,
    siting::{Lists, Problem, robust::RobustProblem},
    uncertainty::{Band, Draws},
};
use std::collections::BTreeMap;

/// Places of demand times futures that a question may have.
const MOST: usize = 4_000_000;
/// Costs of the averaged problem add up to about this at most.
const WHOLE: f64 = 1_125_899_906_842_624.0;
/// Differences below this share of a number are rounding.
const NOISE: f64 = 1e-9;

/// What is drawn.
#[derive(Clone)]
pub(super) struct Drawn {
    pub asked: Futures,
    /// By future and row of demand: weight, or tonnes where yuan are added up.
    amounts: Vec<Vec<f64>>,
    /// By future: what a length of 1 is in the objective's unit.
    each: Vec<f64>,
    /// By future: what a new site costs in the objective's unit.
    opening: Vec<f64>,
}

impl Drawn {
    /// Draws them.
    #[allow(clippy::too_many_arguments, reason = "what a future touches comes from so many sides")]
    pub fn new(
        region: &Region,
        scenario: &Scenario,
        question: &Question,
        asked: Futures,
        origins: &Origins,
        demand: &Rows,
        problems: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let before = problems.len();
        if asked.runs == 0 || asked.runs > Futures::MOST {
            problems.push(trouble::futures_number(asked.runs));
        }
        if matches!(question.aim, Aim::FewestSites | Aim::LeastLongest) {
            problems.push(trouble::futures_cannot_matter(question.aim));
        }
        if question.aim == Aim::LeastCost && question.capacity_t.is_some() {
            problems.push(trouble::futures_capacity());
        }
        let size = demand.rows.len() * asked.runs as usize;
        if size > MOST {
            problems.push(trouble::futures_too_large(MOST / demand.rows.len().max(1)));
        }
        let draws = match Draws::new(&region.baseline.parameters, asked.seed) {
            Ok(draws) => draws.without(|key| key.starts_with("policy.") || scenario.parameters.contains_key(key)),
            Err(refusal) => {
                problems.push(trouble::futures_draws(&refusal));
                return None;
            }
        };
        if problems.len() > before || demand.rows.is_empty() {
            return None;
        }
        let measure = if question.aim == Aim::LeastCost { catchment::Measure::Km } else { question.measure };
        let of = catchment::Question { measure, stream: question.stream, ..catchment::Question::usual(question.kind) };
        let mut all = Self { asked, amounts: Vec::new(), each: Vec::new(), opening: Vec::new() };
        for run in 0..u64::from(asked.runs) {
            let mut own: BTreeMap<String, f64> = scenario.parameters.clone();
            own.extend(draws.named(run));
            let parameters = region.baseline.parameters.with(&own);
            let rates = Rates::new(&parameters, &scenario.levers);
            let household = parameters.number(HOUSEHOLD_SIZE_KEY);
            let amounts = origins.amounts(region, &parameters, &scenario.levers);
            let amount = |i: &u32| {
                let (people, tonnes) = amounts[*i as usize];
                match question.demand {
                    _ if question.aim == Aim::LeastCost => tonnes,
                    Demand::People => people,
                    Demand::Households => people / household,
                    Demand::Tonnes => tonnes,
                }
            };
            all.amounts.push(demand.from.iter().map(amount).collect());
            all.each.push(match question.aim {
                Aim::LeastCost => {
                    let per_tkm = match question.kind {
                        FacilityKind::CollectionPoint => rates.collect_yuan_per_tkm,
                        _ => rates.modes.road.yuan_per_tkm[question.stream.unwrap_or(Stream::Al)],
                    };
                    rates.km(1) * per_tkm
                }
                Aim::MostCovered => 1.0,
                _ => value_of(&of, &rates)(1),
            });
            let cost = if question.aim == Aim::LeastCost { site_cost(question, &parameters, problems) } else { 0.0 };
            all.opening.push(cost);
        }
        if all.is_alike() {
            notes.push(trouble::futures_alike());
        }
        Some(all)
    }

    /// True where all futures are the first one times a number: they then agree on which sites are best.
    fn is_alike(&self) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() <= NOISE * a.abs().max(b.abs());
        let first = &self.amounts[0];
        let pays = self.opening[0] > 0.0;
        self.amounts.iter().enumerate().all(|(k, amounts)| {
            let of = |a: &[f64]| a.iter().sum::<f64>();
            let ratio = of(amounts) / of(first);
            let opening = near(self.opening[k] * self.each[0], self.opening[0] * ratio * self.each[k]);
            (!pays || opening) && amounts.iter().zip(first).all(|(a, f)| near(*a, f * ratio))
        })
    }
}

/// Futures of a question whose ways are known.
pub(super) struct Across {
    pub asked: Futures,
    /// By future and row of the model: what a length of 1 costs in the objective's unit; 0 where a row does not count.
    factors: Vec<Vec<f64>>,
    opening: Vec<f64>,
    /// The plan for the table's values, once it is known, with its costs in every future and by the table.
    pub plain: Option<Plain>,
    /// Each future's own best lies between these; 0 where they are not asked about.
    pub low: Vec<f64>,
    pub high: Vec<f64>,
}

/// The plan for the table's values.
pub(super) struct Plain {
    pub open: Vec<u32>,
    costs: Vec<f64>,
    table: f64,
}

/// The averaged futures as whole numbers, in place of the table's values.
pub(super) struct Averaged {
    /// What a length of 1 costs, by row.
    pub factors: Vec<f64>,
    pub opening: f64,
    /// A cost of 1 in the objective's unit.
    pub unit: f64,
}

impl Across {
    /// Futures over the rows that count.
    pub fn new(model: &Model, drawn: Drawn) -> Self {
        let Drawn { asked, amounts, each, opening } = drawn;
        let counts: Vec<bool> = (0..model.lists.len()).map(|row| model.counts(row)).collect();
        let adds_up = model.question.aim == Aim::LeastCost;
        let factors = amounts.into_iter().zip(each).map(|(mut amounts, each)| {
            amounts.iter_mut().zip(&counts).filter(|(_, c)| !**c).for_each(|(a, _)| *a = 0.0);
            let sum: f64 = if adds_up { 1.0 } else { amounts.iter().sum() };
            let scale = if sum > 0.0 { each / sum } else { 0.0 };
            amounts.iter_mut().for_each(|a| *a *= scale);
            amounts
        });
        let factors: Vec<Vec<f64>> = factors.collect();
        let none = vec![0.0; factors.len()];
        Self { asked, factors, opening, plain: None, low: none.clone(), high: none }
    }

    /// Costs of sites in every future, true to the last row.
    pub fn costs(&self, model: &Model, open: usize, assigned: &Assigned) -> Vec<f64> {
        let lengths: Vec<f64> = assigned.total.iter().map(|total| model.length_paid(*total)).collect();
        self.of_lengths(open, &lengths)
    }

    fn of_lengths(&self, open: usize, lengths: &[f64]) -> Vec<f64> {
        let sum = |f: &Vec<f64>| f.iter().zip(lengths).filter(|(a, _)| **a > 0.0).map(|(a, l)| a * l).sum::<f64>();
        self.factors.iter().zip(&self.opening).map(|(f, o)| sum(f) + o * open as f64).collect()
    }

    /// The objective as things are.
    pub fn before(&self, model: &Model) -> f64 {
        let there = model.candidates.iter().filter(|c| c.open_now).count();
        let length = |row: usize| match model.question.aim {
            Aim::MostCovered => f64::from(u8::from(!model.is_within(model.now.near[row]))),
            _ => model.length_paid(model.now.total[row].0),
        };
        let lengths: Vec<f64> = (0..model.lists.len()).map(length).collect();
        self.objective(model, &self.of_lengths(there, &lengths))
    }

    /// What is made best, of costs in every future, in the objective's unit.
    pub fn objective(&self, model: &Model, costs: &[f64]) -> f64 {
        let cost = match self.asked.by {
            By::Mean => costs.iter().sum::<f64>() / costs.len() as f64,
            By::WorstCase | By::Regret => {
                costs.iter().zip(&self.low).map(|(c, r)| c - r).fold(f64::NEG_INFINITY, f64::max)
            }
        };
        self.value(model, cost)
    }

    /// A cost in the objective's unit: coverage is what is left.
    pub fn value(&self, model: &Model, cost: f64) -> f64 {
        let rest = model.question.aim == Aim::MostCovered && self.asked.by != By::Regret;
        if rest { 1.0 - cost } else { cost }
    }

    /// The greatest cost, beside which differences are large or small.
    pub fn scale(costs: &[f64]) -> f64 {
        costs.iter().fold(0.0, |m: f64, c| m.max(c.abs()))
    }

    /// Remembers the plan for the table's values.
    pub fn remember(&mut self, model: &Model, open: &[u32], assigned: &Assigned, table: f64) {
        let costs = self.costs(model, open.len(), assigned);
        self.plain = Some(Plain { open: open.to_vec(), costs, table });
    }

    /// The mean of all futures as a problem of whole numbers.
    pub fn averaged(&self, model: &Model) -> Averaged {
        let n = self.factors.len() as f64;
        let mut factors = vec![0.0; model.lists.len()];
        for future in &self.factors {
            factors.iter_mut().zip(future).for_each(|(sum, a)| *sum += a / n);
        }
        let opening = self.opening.iter().sum::<f64>() / n;
        let longest = if model.covers() { 1.0 } else { f64::from(model.penalty.max(1)) };
        let all = factors.iter().sum::<f64>() * longest + opening * model.candidates.len() as f64;
        let unit = if all > 0.0 { WHOLE / all } else { 1.0 };
        factors.iter_mut().for_each(|f| *f *= unit);
        Averaged { factors, opening: libm::round(opening * unit), unit }
    }

    /// The problem over all futures: rows that no site serves are constant.
    pub fn pose(&self, model: &Model) -> RobustProblem {
        let (mut rows, mut fixed) = (Vec::new(), Vec::new());
        for row in (0..model.lists.len()).filter(|row| model.counts(*row)) {
            if !model.lists[row].is_empty() {
                rows.push(row);
            } else if !(model.covers() && model.is_within(model.stay.near[row])) {
                fixed.push((row, model.length_otherwise(row)));
            }
        }
        let list = |row: &usize| {
            let row = *row;
            model.lists[row].iter().map(move |(site, way_in)| {
                (*site, if model.covers() { 0.0 } else { f64::from(model.total(row, *site, *way_in)) })
            })
        };
        RobustProblem {
            base: Problem {
                lists: Lists::new(rows.iter().map(list)),
                otherwise: rows.iter().map(|row| model.length_otherwise(*row)).collect(),
                opening: vec![1.0; model.candidates.len()],
                locks: model.candidates.iter().map(|c| c.lock).collect(),
                count: model.count(),
                rows: model.sides.clone(),
            },
            factors: self.factors.iter().map(|f| rows.iter().map(|row| f[*row]).collect()).collect(),
            opening: self.opening.clone(),
            constant: self.factors.iter().map(|f| fixed.iter().map(|(row, l)| f[*row] * l).sum()).collect(),
        }
    }

    /// What is told of a plan with these costs.
    pub fn told(&self, model: &Model, open: &[u32], costs: &[f64], table: f64) -> Option<AcrossFutures> {
        let plain = self.plain.as_ref()?;
        let covers = model.question.aim == Aim::MostCovered;
        let shown = |costs: &[f64]| costs.iter().map(|c| if covers { 1.0 - c } else { *c }).collect::<Vec<f64>>();
        let of = |costs: &[f64], table: f64| {
            let values = shown(costs);
            let most = |from: &[f64]| costs.iter().zip(from).map(|(c, r)| c - r).fold(0.0, f64::max);
            let known = self.asked.by == By::Regret && self.low.iter().all(|l| l.is_finite());
            let start = if covers { f64::INFINITY } else { f64::NEG_INFINITY };
            Some(FuturesOf {
                band: Band::of(&values)?,
                worst: values.iter().copied().fold(start, if covers { f64::min } else { f64::max }),
                table,
                regret: known.then(|| [most(&self.high), most(&self.low)]),
            })
        };
        let noise = NOISE * Self::scale(&plain.costs);
        let count =
            |keep: &dyn Fn(f64) -> bool| costs.iter().zip(&plain.costs).filter(|(a, b)| keep(**a - **b)).count() as u32;
        let mean = |costs: &[f64]| costs.iter().sum::<f64>() / costs.len() as f64;
        let price = mean(costs) - mean(&plain.costs);
        Some(AcrossFutures {
            by: self.asked.by,
            runs: self.asked.runs,
            seed: self.asked.seed,
            plan: of(costs, table)?,
            plain: of(&plain.costs, plain.table)?,
            plain_sites: plain.open.iter().map(|s| model.candidates[*s as usize].id.clone()).collect(),
            same: open == plain.open,
            better: count(&|d| d < -noise),
            alike: count(&|d| d.abs() <= noise),
            worse: count(&|d| d > noise),
            // The mean of a mean is given up by nobody.
            price: if price.abs() <= noise { 0.0 } else { price },
            values: shown(costs).into_iter().zip(shown(&plain.costs)).map(|(a, b)| [a, b]).collect(),
        })
    }
}

impl Model {
    /// A way that may be none as a length that is paid for; where coverage counts, 1 for what is not covered.
    pub fn length_paid(&self, total: u32) -> f64 {
        match (self.question.aim, total) {
            (Aim::MostCovered, FAR) => 1.0,
            (Aim::MostCovered, _) => 0.0,
            (_, FAR) => f64::from(self.penalty),
            _ => f64::from(total),
        }
    }

    /// What a length costs a row at the table's values: yuan, or its weight times the length.
    pub fn at_table(&self, row: usize, length: f64) -> f64 {
        let r = &self.demand.rows[row];
        match self.question.aim {
            Aim::LeastCost => r.tonnes * self.yuan * length,
            _ => r.weight * length,
        }
    }

    /// What a site costs there.
    pub const fn opening_at_table(&self) -> f64 {
        if matches!(self.question.aim, Aim::LeastCost) { self.site_cost } else { 0.0 }
    }

    /// The length that a row pays which no site serves: see [`Model::otherwise`].
    fn length_otherwise(&self, row: usize) -> f64 {
        let (stay, floor) = (self.stay.total[row].0, self.floor[row]);
        match self.question.aim {
            Aim::MostCovered => 1.0,
            _ if self.must[row] && floor == FAR => f64::INFINITY,
            _ if self.must[row] => f64::from(floor),
            _ if stay == FAR && floor == FAR => f64::from(self.penalty),
            _ => f64::from(stay.min(floor)),
        }
    }
}
