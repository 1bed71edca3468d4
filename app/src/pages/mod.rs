//! The pages: a layout of panels each.

mod plan;
mod sources;

pub use plan::PlanPage;
pub use sources::SourcesPage;
