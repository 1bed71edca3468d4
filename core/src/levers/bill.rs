//! What upgrades and new sites cost, against the budget.

use crate::{
    model::{BUDGET_KEY, Effect, Facility, FacilityKind, Parameters, PlantFeatures, Technology, site_cost_key},
    scenario::{Plan, Standing},
};
use serde::{Deserialize, Serialize};

/// What is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillItem {
    /// An upgrade of a plant or hub.
    Upgrade(Technology),
    /// A facility that the planner adds.
    NewSite(FacilityKind),
}

/// One line of a bill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BillLine {
    /// What for.
    pub item: BillItem,
    /// Of which facility.
    pub id: String,
    /// Paid once, yuan; `None` where it goes by capacity and that is not known.
    pub investment_yuan: Option<f64>,
    /// Paid each year beside, yuan.
    pub yearly_yuan: Option<f64>,
}

/// What upgrades and new sites of a plan cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bill {
    /// Line by line, by facility.
    pub lines: Vec<BillLine>,
    /// All investment, yuan.
    pub investment_yuan: f64,
    /// All yearly cost, yuan. No part of the allocation's cost.
    pub yearly_yuan: f64,
    /// What may be invested, yuan; `None` where nobody set a budget.
    pub budget_yuan: Option<f64>,
}

impl Bill {
    /// What is left of the budget, yuan; below 0 where it does not suffice.
    #[must_use]
    pub fn left_yuan(&self) -> Option<f64> {
        Some(self.budget_yuan? - self.investment_yuan)
    }
}

/// Adds up a plan: facilities that are open.
#[must_use]
pub fn bill(plan: &Plan, parameters: &Parameters) -> Bill {
    let features = PlantFeatures::new(parameters);
    let budget = parameters.number_or(BUDGET_KEY, 0.0) * 1e9;
    let mut bill = Bill { budget_yuan: (budget > 0.0).then_some(budget), ..Bill::default() };
    for found in plan.facilities().iter().filter(|p| p.open) {
        let f = &found.facility;
        if matches!(found.standing, Standing::Added(_)) && !f.kind.is_terminal() {
            let item = BillItem::NewSite(f.kind);
            bill.add(BillLine {
                item,
                id: f.id.clone(),
                investment_yuan: site_yuan(f, parameters),
                yearly_yuan: Some(0.0),
            });
        }
        for technology in features.upgrades(f) {
            let [investment_yuan, yearly_yuan] = upgrade_yuan(f, technology, parameters);
            bill.add(BillLine { item: BillItem::Upgrade(technology), id: f.id.clone(), investment_yuan, yearly_yuan });
        }
    }
    bill
}

/// What an upgrade of a facility costs once and each year, by its capacity in its own unit; `None` where that is not known.
#[must_use]
pub fn upgrade_yuan(f: &Facility, technology: Technology, parameters: &Parameters) -> [Option<f64>; 2] {
    [Effect::Investment, Effect::Upkeep]
        .map(|effect| f.capacity.map(|c| c.tonnes * technology.effect(effect, "all", parameters)))
}

fn site_yuan(f: &Facility, parameters: &Parameters) -> Option<f64> {
    let cost = parameters.number_or(&site_cost_key(f.kind)?, 0.0);
    match f.kind {
        FacilityKind::Smelter => f.capacity.map(|c| c.tonnes * cost),
        _ => Some(cost * 1e6),
    }
}

impl Bill {
    fn add(&mut self, line: BillLine) {
        self.investment_yuan += line.investment_yuan.unwrap_or(0.0);
        self.yearly_yuan += line.yearly_yuan.unwrap_or(0.0);
        self.lines.push(line);
    }
}
