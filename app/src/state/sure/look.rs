//! What the drawn futures say, read through few doors: by plan, and by indicator.

use super::Futures;
use crate::state::{AppState, compare::same_work};
use atlas_core::{
    model::Cluster,
    profile::{Measure, NoValue},
    response::Aim,
    scenario::Scenario,
    uncertainty::{Band, Odds, Regret, Share},
};

/// Below so many runs the ends of a band are little more than the lowest and the highest draw.
const FEW_RUNS: u32 = 100;

/// A band with what it is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandOf {
    /// Where the number lies.
    pub band: Band,
    /// The number at the table's values, of the full solve where there was one.
    pub table: Option<f64>,
}

impl BandOf {
    /// False where no parameter that was drawn moves the number: then nothing is to be said.
    #[must_use]
    pub fn moves(&self) -> bool {
        let (low, high) = (self.band.dots[0], self.band.dots[self.band.dots.len() - 1]);
        high - low > 1e-6 * low.abs().max(high.abs())
    }
}

impl Futures {
    /// How many plans there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.outlook.plans.len()
    }

    /// How many futures were drawn.
    #[must_use]
    pub const fn runs(&self) -> u32 {
        self.outlook.runs
    }

    /// True where more runs would say more.
    #[must_use]
    pub const fn is_few(&self) -> bool {
        self.runs() < FEW_RUNS
    }

    /// The measures that were looked at, in the order of the table, and the places.
    #[must_use]
    pub fn measures(&self) -> Vec<Measure> {
        let mut all: Vec<Measure> = Vec::new();
        for aim in &self.outlook.aims {
            if !all.contains(&aim.measure) {
                all.push(aim.measure);
            }
        }
        all
    }

    /// The places where a measure was looked at: all clusters first.
    #[must_use]
    pub fn places(&self, measure: Measure) -> Vec<Option<Cluster>> {
        let known = |place: &Option<Cluster>| self.column(&Aim::of(measure, *place)).is_some();
        [None].into_iter().chain(Cluster::ALL.map(Some)).filter(known).collect()
    }

    fn column(&self, aim: &Aim) -> Option<usize> {
        self.outlook.aims.iter().position(|a| a == aim)
    }

    /// The indicator, or where it was not looked at the first that was.
    #[must_use]
    pub fn nearest(&self, aim: &Aim) -> Option<Aim> {
        let known = |a: &&Aim| self.column(a).is_some();
        let whole = Aim::of(aim.measure, None);
        [aim, &whole].into_iter().find(known).or_else(|| self.outlook.aims.first()).copied()
    }

    /// Where an indicator of a plan lies.
    #[must_use]
    pub fn band(&self, plan: usize, aim: &Aim) -> Option<BandOf> {
        let column = self.column(aim)?;
        let band = (*self.outlook.plans.get(plan)?.bands.get(column)?)?;
        Some(BandOf { band, table: self.table(plan, column) })
    }

    fn table(&self, plan: usize, column: usize) -> Option<f64> {
        self.outlook.plans.get(plan)?.central.get(column)?.as_ref().map(|c| c.full)
    }

    /// In how many futures the plan is below another that comes before it.
    #[must_use]
    pub fn odds(&self, plan: usize, other: usize, aim: &Aim) -> Option<Odds> {
        self.outlook.odds(plan, other, aim)
    }

    /// How much worse than the best plan of each future it is.
    #[must_use]
    pub fn regret(&self, plan: usize, aim: &Aim) -> Option<Regret> {
        *self.outlook.plans.get(plan)?.regret.get(self.column(aim)?)?
    }

    /// Which parameters move the indicator, the strongest first, and what share of its variance they explain together.
    #[must_use]
    pub fn shares(&self, plan: usize, aim: &Aim) -> Option<(&[Share], f64)> {
        let (plan, column) = (self.outlook.plans.get(plan)?, self.column(aim)?);
        Some((plan.shares.get(column)?, plan.explained.get(column).copied().unwrap_or(0.0)))
    }

    /// A share that chance alone may give.
    #[must_use]
    pub const fn chance(&self) -> f64 {
        self.outlook.chance
    }

    /// The worst relative error of the quick measuring against full solves, and how many those were.
    #[must_use]
    pub fn off(&self, plan: usize, aim: &Aim) -> Option<(f64, u32)> {
        let (plan, column) = (self.outlook.plans.get(plan)?, self.column(aim)?);
        Some(((*plan.off.get(column)?)?, plan.full_solves))
    }

    /// Futures in which the indicator has no number, by reason.
    #[must_use]
    pub fn lacking(&self, plan: usize, aim: &Aim) -> &[(NoValue, u32)] {
        let found = self.outlook.plans.get(plan).zip(self.column(aim));
        found.and_then(|(plan, column)| plan.lacking.get(column)).map_or(&[], Vec::as_slice)
    }

    /// The indicator in the first futures, one by one: a number a plan. Futures in which a plan has none are left out.
    #[must_use]
    pub fn outcomes(&self, aim: &Aim) -> Vec<Vec<f64>> {
        let Some(column) = self.column(aim) else { return Vec::new() };
        let of = |plan: usize| self.outlook.plans[plan].outcomes.get(column).map_or(&[][..], Vec::as_slice);
        let most = (0..self.count()).map(|p| of(p).len()).min().unwrap_or(0);
        (0..most).filter_map(|run| (0..self.count()).map(|plan| of(plan)[run]).collect()).collect()
    }
}

impl AppState {
    /// The row of a scenario among the plans whose futures were drawn.
    #[must_use]
    pub fn futures_row(&self, of: &Scenario) -> Option<usize> {
        self.sure.found.as_ref()?.plans.iter().position(|p| same_work(p, of))
    }

    /// Where an indicator of a scenario lies; `None` where nobody has drawn futures for it, or where nothing drawn moves it.
    #[must_use]
    pub fn band_of(&self, of: &Scenario, aim: &Aim) -> Option<BandOf> {
        let row = self.futures_row(of)?;
        self.sure.found.as_ref()?.band(row, aim).filter(BandOf::moves)
    }

    /// The same of the plan on the map.
    #[must_use]
    pub fn plan_band(&self, aim: &Aim) -> Option<BandOf> {
        self.band_of(self.document.scenario(), aim)
    }
}
