//! What the tab of carbon and energy shows: choice, rows, sentences, picture.

mod picture;
mod rows;
mod sentence;

pub use picture::{PICTURE, Square as CarbonSquare, Strip as CarbonStrip, carbon_picture};
pub use rows::{CarbonRow, carbon_cell, carbon_unit, element_id, element_words};
pub use sentence::carbon_sentences;

use super::AppState;
use atlas_core::{
    account::EmissionFamily,
    footprint::{Boundary, Choice, Lane},
};

/// Whether sums are shown as they are or by tonne of recycled metal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CarbonPer {
    /// A year.
    #[default]
    Year,
    /// A tonne of recycled metal.
    Tonne,
}

/// What a person chose on the tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CarbonView {
    /// The family of transport factors; `None` follows the plan's own.
    pub family: Option<EmissionFamily>,
    /// The boundary of primary metal.
    pub boundary: Boundary,
    /// Sums or a tonne's.
    pub per: CarbonPer,
}

/// A choice on the tab.
#[derive(Debug)]
pub enum CarbonAction {
    /// Another family of factors.
    Family(EmissionFamily),
    /// Another boundary.
    Boundary(Boundary),
    /// Sums or a tonne's.
    Per(CarbonPer),
}

impl From<CarbonAction> for super::Action {
    fn from(a: CarbonAction) -> Self {
        Self::Carbon(a)
    }
}

impl AppState {
    pub(super) fn carbon(&mut self, action: CarbonAction) {
        match action {
            CarbonAction::Family(family) => self.carbon.family = Some(family),
            CarbonAction::Boundary(boundary) => self.carbon.boundary = boundary,
            CarbonAction::Per(per) => self.carbon.per = per,
        }
        self.ask_insight();
    }

    /// The account that is asked for.
    #[must_use]
    pub fn carbon_choice(&self) -> Choice {
        let family = self.carbon.family.unwrap_or_else(|| EmissionFamily::of(&self.parameters()));
        Choice { family, boundary: self.carbon.boundary }
    }
}

/// So many lanes are shown; all of them are in the file.
pub const LANES_SHOWN: usize = 20;

/// The lanes whose transport gives off most.
#[must_use]
pub fn heaviest_lanes(lanes: &[Lane]) -> Vec<&Lane> {
    let mut all: Vec<&Lane> = lanes.iter().collect();
    // A stable sort: equal ones stay in the order of the account.
    all.sort_by(|a, b| b.carbon.transport_kg.total_cmp(&a.carbon.transport_kg));
    all.truncate(LANES_SHOWN);
    all
}
