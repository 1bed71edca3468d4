//! The pages: a layout of panels each.

mod compare;
mod plan;
mod present;
mod sources;

pub use compare::ComparePage;
pub use plan::PlanPage;
pub use present::{Player, PresentPage};
pub use sources::SourcesPage;
