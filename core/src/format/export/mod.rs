//! What a plan is handed out as: sheets of named columns, each written as CSV, GeoJSON or a page of a workbook.
//!
//! Headings are English keys, the same in both languages, so that what was taken out can be taken in again
//! ([`super::import`] reads them). Positions are WGS84.

mod carbon;
mod catchments;
mod facilities;
mod flows;
mod indicators;
mod sheet;
#[cfg(test)]
mod tests;
mod workbook;

pub use carbon::{carbon_elements, carbon_flows, carbon_lanes, carbon_processing, carbon_sums, loops};
pub use catchments::{bands, catchments};
pub use facilities::facilities;
pub use flows::flows;
pub use indicators::indicators;
pub use sheet::{Cell, Sheet, guarded, unguarded};
pub use workbook::workbook;

/// The word for the datum of every position that is written.
pub const DATUM: &str = "WGS84";

/// What joins several values in one cell.
pub const SEPARATOR: &str = ";";
