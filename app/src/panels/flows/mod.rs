//! The allocation on the map: what is shown of it, what its signs mean, and what is told of a flow or point.

mod controls;
mod legend;
mod words;

pub use controls::{flow_controls, spots_control};
pub use legend::allocation_legend;
pub use words::{pick_line, pick_words, point_parts, what_words};
