//! Who is served by whom: the nearest open facility of every demand cell.
//!
//! The owner of a cell is the facility with the least access leg + network distance + access leg; ties go to the smaller
//! id. Distances are in metres of the source network; [`crate::account::Rates::km`] turns them into road metres.

mod field;
mod outline;

pub use field::{Field, Fields};
pub use outline::{Outline, outline};

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
