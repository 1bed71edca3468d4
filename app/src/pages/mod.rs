//! The pages: a layout of panels each.

mod compare;
mod plan;
mod present;
mod report;
mod sources;

pub use compare::ComparePage;
pub use plan::PlanPage;
pub use present::PresentPage;
pub use report::{ReportPage, open_report};
pub use sources::SourcesPage;
