//! The pages: a layout of panels each.

mod compare;
mod embed;
mod plan;
mod present;
mod report;
mod sources;

pub use compare::ComparePage;
pub use embed::EmbedPage;
pub use plan::PlanPage;
pub use present::{Player, PresentPage};
pub use report::{ReportPage, open_report};
pub use sources::SourcesPage;
