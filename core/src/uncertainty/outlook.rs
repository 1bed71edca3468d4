//! What many futures say of plans.

use super::{ALIKE, Band, Draws, Odds, Ranks, Sample, Share, Spread};
use crate::{
    allocation::Status,
    model::Cluster,
    profile::{Measure, NoValue},
    response::{Aim, Confirmed},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many parameters are named that move an indicator most.
pub const MOST_SHARES: usize = 8;

/// So many futures are told one by one, for every plan the same: hypothetical outcomes.
pub const OUTCOMES: usize = 20;

/// What many futures say of the plans.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The seed of the draws.
    pub seed: u64,
    /// How many runs there were.
    pub runs: u32,
    /// The parameters that were drawn, with how far they may be off.
    pub drawn: Vec<(String, Spread)>,
    /// What was looked at.
    pub aims: Vec<Aim>,
    /// Each plan.
    pub plans: Vec<PlanOutlook>,
    /// Every two of the plans.
    pub pairs: Vec<Pair>,
    /// A share of the variance that chance alone would show: see [`Ranks::chance`].
    pub chance: f64,
}

/// What many futures say of one plan, by aim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanOutlook {
    /// Where the number lies.
    pub bands: Vec<Option<Band>>,
    /// At the table's values: by the quick grain and in full.
    pub central: Vec<Option<Confirmed>>,
    /// The worst relative error of the quick grain against full solves: at the table's values, and in the runs that were also
    /// solved in full; `None` where nothing was solved in full, or the full number is 0.
    pub off: Vec<Option<f64>>,
    /// How many full solves that rests on.
    pub full_solves: u32,
    /// How much worse than the best of the plans it is, where less or more is better; `None` where neither is.
    pub regret: Vec<Option<Regret>>,
    /// Which parameters move it most, the largest share of its variance first, at most [`MOST_SHARES`].
    pub shares: Vec<Vec<Share>>,
    /// What these explain together: the sum of those that are above chance, at most 1.
    pub explained: Vec<f64>,
    /// Its number in each of the first [`OUTCOMES`] draws.
    pub outcomes: Vec<Vec<Option<f64>>>,
    /// Runs that gave no number, by reason.
    pub lacking: Vec<Vec<(NoValue, u32)>>,
    /// Runs whose allocation is not proved to be the best.
    pub unproved: u32,
    /// Runs in which the plan cannot keep a contract or a cap: its numbers are those of the nearest that can be.
    pub infeasible: u32,
}

/// Two plans in the same futures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// Row of the one.
    pub plan: u32,
    /// Row of the other, which comes before it.
    pub other: u32,
    /// By aim: in how many draws the one is below the other.
    pub below: Vec<Option<Odds>>,
}

/// How much worse than the best plan of each draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Regret {
    /// On the mean.
    pub mean: f64,
    /// In the worst draw.
    pub most: f64,
    /// The plan's own number in its worst draw.
    pub worst: f64,
}

/// Every measure, of all clusters and of each.
#[must_use]
pub fn every_aim() -> Vec<Aim> {
    let all = |cluster| Measure::all().into_iter().map(move |m| Aim::of(m, cluster));
    std::iter::once(None).chain(Cluster::ALL.map(Some)).flat_map(all).collect()
}

/// Numbers of one plan and aim, run by run.
type Column = Vec<Option<f64>>;

impl Outlook {
    /// Reads it out of a sample. `own` says of each plan which of the drawn parameters it sets itself. Without `explain` it is not
    /// said which parameters matter, which takes most of the time.
    pub(super) fn new(
        draws: &Draws,
        seed: u64,
        aims: &[Aim],
        sample: &Sample,
        own: &[Vec<bool>],
        explain: bool,
    ) -> Self {
        let order = sample.order();
        let column = |plan: usize, aim: usize| -> Column {
            order.iter().map(|row| sample.value(plan, *row, aim).ok()).collect()
        };
        let rows: Vec<Vec<f64>> =
            if explain { order.iter().map(|r| draws.run(sample.runs[*r])).collect() } else { Vec::new() };
        let ranks = Ranks::new(&rows);
        let chance = ranks.chance();
        let count = sample.values.len();
        let mut plans: Vec<PlanOutlook> = (0..count).map(|p| plan_outlook(sample, p, &order)).collect();
        let two = |q: usize| (0..q).map(move |p| (q, p));
        let mut pairs: Vec<Pair> = (1..count)
            .flat_map(two)
            .map(|(plan, other)| Pair { plan: plan as u32, other: other as u32, below: Vec::new() })
            .collect();
        for (a, aim) in aims.iter().enumerate() {
            let all: Vec<Column> = (0..count).map(|p| column(p, a)).collect();
            for (p, plan) in plans.iter_mut().enumerate() {
                let found: Vec<f64> = all[p].iter().flatten().copied().collect();
                plan.bands.push(Band::of(&found));
                plan.outcomes.push(all[p].iter().take(OUTCOMES).copied().collect());
                let (quick, full) = sample.central[p][a];
                plan.central.push(quick.zip(full).map(|(quick, full)| Confirmed { quick, full }));
                plan.off.push(off(sample, p, a));
                plan.regret.push(aim.measure.less_is_better().and_then(|less| regret(&all, p, less)));
                plan.lacking.push(lacking(sample, p, a));
                let counts = |i: usize| !own[p].get(i).copied().unwrap_or(false);
                let (shares, chance) = if found.len() == rows.len() {
                    (ranks.shares(&found, MOST_SHARES, counts), chance)
                } else {
                    let known = rows.iter().zip(&all[p]).filter(|(_, v)| v.is_some());
                    let rows: Vec<Vec<f64>> = known.map(|(row, _)| row.clone()).collect();
                    let ranks = Ranks::new(&rows);
                    (ranks.shares(&found, MOST_SHARES, counts), ranks.chance())
                };
                let above = shares.iter().map(|s| s.first_order).filter(|s| *s > chance);
                plan.explained.push(above.sum::<f64>().min(1.0));
                plan.shares.push(shares);
            }
            for pair in &mut pairs {
                pair.below.push(odds(&all[pair.plan as usize], &all[pair.other as usize]));
            }
        }
        let drawn = draws.keys().to_vec();
        Self { seed, runs: order.len() as u32, drawn, aims: aims.to_vec(), plans, pairs, chance }
    }

    /// In how many draws one plan is below another that comes before it, by an aim.
    #[must_use]
    pub fn odds(&self, plan: usize, other: usize, aim: &Aim) -> Option<Odds> {
        let pair = self.pairs.iter().find(|p| (p.plan as usize, p.other as usize) == (plan, other))?;
        *pair.below.get(self.row(aim)?)?
    }

    /// The row of an aim.
    #[must_use]
    pub fn row(&self, aim: &Aim) -> Option<usize> {
        self.aims.iter().position(|a| a == aim)
    }
}

fn plan_outlook(sample: &Sample, plan: usize, order: &[usize]) -> PlanOutlook {
    let count = |status: Status| order.iter().filter(|row| sample.status[plan][**row] == status).count() as u32;
    let central = sample.central[plan].iter().any(|c| c.1.is_some());
    let full = sample.full.iter().filter(|f| f.0 as usize == plan).count();
    PlanOutlook {
        unproved: count(Status::Feasible),
        infeasible: count(Status::Infeasible),
        full_solves: full as u32 + u32::from(central),
        ..PlanOutlook::default()
    }
}

/// The worst relative error of the quick grain.
fn off(sample: &Sample, plan: usize, aim: usize) -> Option<f64> {
    let of = |quick: Option<f64>, full: Option<f64>| {
        let (quick, full) = quick.zip(full)?;
        Confirmed { quick, full }.off().map(f64::abs)
    };
    let (quick, full) = sample.central[plan][aim];
    let runs = sample.full.iter().filter(|f| f.0 as usize == plan).filter_map(|(_, run, values)| {
        let row = sample.runs.iter().position(|r| r == run)?;
        of(sample.value(plan, row, aim).ok(), values[aim])
    });
    runs.chain(of(quick, full)).reduce(f64::max)
}

fn lacking(sample: &Sample, plan: usize, aim: usize) -> Vec<(NoValue, u32)> {
    let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
    for row in 0..sample.runs.len() {
        if let Err(why) = sample.value(plan, row, aim) {
            let at = NoValue::ALL.iter().position(|w| *w == why).unwrap_or(0);
            *counts.entry(at).or_default() += 1;
        }
    }
    counts.into_iter().map(|(at, n)| (NoValue::ALL[at], n)).collect()
}

fn odds(plan: &Column, other: &Column) -> Option<Odds> {
    let pairs: Vec<(f64, f64)> = plan.iter().zip(other).filter_map(|(x, y)| (*x).zip(*y)).collect();
    let size = pairs.iter().map(|(x, y)| x.abs().max(y.abs())).fold(0.0, f64::max);
    Odds::of(&pairs, ALIKE * size)
}

/// The regret of a plan over the draws in which all plans have a number.
fn regret(all: &[Column], plan: usize, less: bool) -> Option<Regret> {
    let sign = if less { 1.0 } else { -1.0 };
    let mut found = Regret { worst: f64::NEG_INFINITY, ..Regret::default() };
    // What the odds call alike is not behind.
    let noise = ALIKE * all.iter().flatten().flatten().fold(0.0, |most: f64, v| most.max(v.abs()));
    let mut runs = 0.0;
    for r in 0..all[plan].len() {
        let row: Option<Vec<f64>> = all.iter().map(|p| p[r].map(|v| sign * v)).collect();
        let Some(row) = row else { continue };
        let best = row.iter().copied().fold(f64::INFINITY, f64::min);
        let behind = if row[plan] - best <= noise { 0.0 } else { row[plan] - best };
        found.mean += behind;
        found.most = found.most.max(behind);
        found.worst = found.worst.max(row[plan]);
        runs += 1.0;
    }
    (runs > 0.0).then(|| Regret { mean: found.mean / runs, most: found.most, worst: sign * found.worst })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, Confidence, Origin, Parameter, Parameters};

    #[test]
    fn regret_is_what_the_best_of_each_draw_would_have_saved() {
        let a = vec![Some(10.0), Some(4.0), None];
        let b = vec![Some(7.0), Some(6.0), Some(1.0)];
        let all = [a, b];
        assert_eq!(regret(&all, 0, true), Some(Regret { mean: 1.5, most: 3.0, worst: 10.0 }));
        assert_eq!(regret(&all, 1, true), Some(Regret { mean: 1.0, most: 2.0, worst: 7.0 }));
        // Where more is better the other one is behind.
        assert_eq!(regret(&all, 0, false), Some(Regret { mean: 1.0, most: 2.0, worst: 4.0 }));
        assert_eq!(regret(&[vec![None]], 0, true), None);
    }

    /// Cost = 2a + 5b with a from 0 over 1 to 4 and b from 4 over 5 to 6: mean, quantiles and shares follow by hand. The other plan
    /// costs 6 less where a is above its median, 6 more where it is not.
    #[test]
    fn a_case_solved_by_hand_comes_back_within_its_errors() {
        let row = |key: &str, value: f64, low: f64, high: f64| Parameter {
            key: key.into(),
            value,
            low: Some(low),
            high: Some(high),
            unit: "yuan/t".into(),
            origin: Origin { basis: Basis::Recalled, confidence: Confidence::Low, ..Origin::default() },
            default: None,
        };
        let parameters =
            Parameters::new(vec![row("a", 1.0, 0.0, 4.0), row("b", 5.0, 4.0, 6.0), row("c", 1.0, 0.0, 2.0)]);
        let draws = Draws::new(&parameters, 11).unwrap();
        let aims = [Aim::of(Measure::Cost, None), Aim::of(Measure::Made(None), None)];
        let mut sample = Sample::new(2, 2);
        let n = 4_000;
        let median = 4.0 - 6.0_f64.sqrt();
        for run in 0..n {
            let d = draws.run(run);
            let cost = 2.0 * d[0] + 5.0 * d[1];
            let other = if d[0] > median { cost - 6.0 } else { cost + 6.0 };
            sample.push(0, &[Ok(cost), Err(NoValue::NoPlants)], Status::Optimal);
            sample.push(1, &[Ok(other), Ok(run as f64)], Status::Feasible);
            sample.runs.push(run);
        }
        // The second plan sets a itself.
        let outlook = Outlook::new(&draws, 11, &aims, &sample, &[vec![], vec![true]], true);
        let band = outlook.plans[0].bands[0].unwrap();
        // Mean 2 x 5/3 + 25; variances 4 x 13/18 and 25 x 1/6.
        let (va, vb): (f64, f64) = (4.0 * 13.0 / 18.0, 25.0 / 6.0);
        assert!((band.mean - (10.0 / 3.0 + 25.0)).abs() < 3.5 * band.error, "{band:?}");
        assert!((band.error - ((va + vb) / n as f64).sqrt()).abs() < 0.05 * band.error, "{band:?}");
        let shares = &outlook.plans[0].shares[0];
        let of = |p: u32| shares.iter().find(|s| s.parameter == p).unwrap().first_order;
        assert!((of(0) - va / (va + vb)).abs() < 0.03 && (of(1) - vb / (va + vb)).abs() < 0.03, "{shares:?}");
        assert!(of(2) < 0.01 && (outlook.plans[0].explained[0] - 1.0).abs() < 0.04, "{shares:?}");
        assert!(outlook.plans[1].shares[0].iter().all(|s| s.parameter != 0));
        // Half of the draws, and the loss is 6 in each of the others.
        let odds = outlook.pairs[0].below[0].unwrap();
        assert!(odds.low < 0.5 && odds.high > 0.5 && outlook.odds(1, 0, &aims[0]) == Some(odds), "{odds:?}");
        let [first, second] = [0, 1].map(|p| outlook.plans[p].regret[0].unwrap());
        assert!((first.most - 6.0).abs() < 1e-9 && (second.most - 6.0).abs() < 1e-9);
        assert!((first.mean + second.mean - 6.0).abs() < 1e-9);
        assert_eq!(outlook.plans[0].lacking[1], [(NoValue::NoPlants, n as u32)]);
        assert_eq!((outlook.plans[0].bands[1], outlook.plans[1].unproved), (None, n as u32));
    }

    #[test]
    fn the_quantiles_of_one_parameter_come_back() {
        let spread = Spread { low: 0.0, mode: 1.0, high: 4.0, stated: true };
        let n = 2_000;
        let values: Vec<f64> = (0..n).map(|r| spread.quantile(crate::random::Random::at(3, r, 0).unit())).collect();
        let band = Band::of(&values).unwrap();
        for (q, found) in super::super::QUANTILES.iter().zip(band.quantiles) {
            // Standard error of a quantile: sqrt(q (1 - q) / n) over the density there.
            let at = spread.quantile(*q);
            let density = if at < 1.0 { at / 2.0 } else { (4.0 - at) / 6.0 };
            let error = (q * (1.0 - q) / n as f64).sqrt() / density;
            assert!((found - at).abs() < 3.5 * error, "{q}: {found} against {at}");
        }
    }
}
