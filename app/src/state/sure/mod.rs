//! How sure the figures are, as the page knows it: what many draws gave, of which plans.

use super::{AppState, compare::same_work};
use atlas_core::{
    profile::Measure,
    response::Aim,
    scenario::Scenario,
    uncertainty::{Band, Outlook},
};
use std::rc::Rc;

/// Everything about how sure the figures are.
#[derive(Clone, Debug, PartialEq)]
pub struct Sure {
    /// The indicator that is looked at.
    pub aim: Aim,
    /// What the draws gave last.
    pub found: Option<Rc<Futures>>,
}

/// What many draws gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Futures {
    /// The plans, in the order of the outlook's: the first is the one that the others are compared with.
    pub plans: Vec<Scenario>,
    /// What was found.
    pub outlook: Outlook,
}

impl Default for Sure {
    fn default() -> Self {
        Self { aim: Aim::of(Measure::Cost, None), found: None }
    }
}

/// Something about how sure the figures are.
#[derive(Debug)]
pub enum SureAction {
    /// Another indicator is looked at.
    Aim(Aim),
}

impl From<SureAction> for super::Action {
    fn from(a: SureAction) -> Self {
        Self::Sure(a)
    }
}

impl AppState {
    pub(super) fn sure(&mut self, action: SureAction) {
        match action {
            SureAction::Aim(aim) => self.sure.aim = aim,
        }
    }

    /// Where an indicator of the plan on the map lies; `None` where nobody has drawn futures for that plan.
    #[must_use]
    pub fn band(&self, aim: &Aim) -> Option<&Band> {
        let found = self.sure.found.as_ref()?;
        let plan = found.plans.iter().position(|p| same_work(p, self.document.scenario()))?;
        let column = found.outlook.aims.iter().position(|a| a == aim)?;
        found.outlook.plans.get(plan)?.bands.get(column)?.as_ref()
    }
}
