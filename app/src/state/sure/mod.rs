//! How sure the figures are, as the page knows it: what many draws gave, of which plans.

mod chart;
mod csv;
#[cfg(test)]
pub mod drawn;
mod look;
mod rows;
mod words;
mod worth;

pub use chart::{DOT, DOTS_CHART, DotsDrawing, DotsRow, StripDrawing, dots_drawing, strip_drawing};
pub use csv::{SureTable, sure_csv};
pub use look::BandOf;
pub use rows::{SureFilter, SureRow, sure_rows};
pub use words::{
    OddsLine, band_words, caveat_words, dots_words, indicator_words, odds_lines, plan_called, range_words,
    regret_number, regret_words, regrets, sure_number, sure_unit,
};
pub use worth::{Worth, WorthRow, moves_words, variance_words, worth, worth_together, worth_words};

use super::AppState;
use atlas_core::{profile::Measure, response::Aim, scenario::Scenario, uncertainty::Outlook};
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
}
