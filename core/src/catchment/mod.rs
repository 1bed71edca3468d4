//! Who is served by whom: the nearest open facility of every demand cell.
//!
//! The owner of a cell is the facility with the least access leg + network distance + access leg; ties go to the smaller
//! id. Distances are in metres of the source network, which [`crate::account::Rates::km`] turns into road kilometres, or in
//! tenths of a second ([`Lengths`]). By straight line ([`Measure::Line`]) no network is asked.

mod answer;
mod areas;
mod coverage;
mod demand;
mod field;
mod isochrone;
mod land;
mod lengths;
mod mesh;
mod outline;
mod pickup;
pub mod norms;
mod question;
mod survey;

pub use answer::{
    Amount, Band, CellAnswer, Coverage, CurvePoint, Difference, Equity, Gap, Loss, Served, Share, Survey,
};
pub use areas::{Areas, Drawn};
pub(crate) use coverage::{equity, quantile};
pub use demand::{CellDemand, Demands, HOUSEHOLD_SIZE_KEY};
pub use field::{FacilitySet, Field, Fields, Remote};
pub use isochrone::Within;
pub use land::Land;
pub use lengths::{Lengths, ROAD_SPEED_KEYS, Speeds};
pub use mesh::{Mesh, Polygons, Ring, is_inside};
pub use outline::outline;
pub use pickup::Pickup;
pub use question::{Demand, Measure, Question};
pub use survey::{CellChange, Surveyed, difference, served, survey, survey_shares, value_of};

use crate::{
    geo::{LonLat, NearestIndex},
    graph::Label,
    model::Ground,
};

/// The label of every demand cell, by row; `None` where no facility can be reached.
#[must_use]
pub fn cell_owners(ground: &Ground, field: &Field) -> Vec<Option<Label>> {
    let reach = |access: &crate::graph::Access| {
        let at_node = field.label(access.node)?;
        Some(Label { distance_m: at_node.distance_m + access.leg_m, owner: at_node.owner })
    };
    ground.cell_access.iter().map(reach).collect()
}

/// The nearest facility of each position in a straight line, by row of `facilities`; through an R-tree.
#[must_use]
pub fn straight_line_owners(positions: &[LonLat], facilities: &[LonLat]) -> Vec<Option<u32>> {
    let index = NearestIndex::new(facilities.iter().copied());
    positions.iter().map(|at| index.nearest(*at)).collect()
}
