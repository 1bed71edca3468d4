//! Widgets that know nothing of plans.

mod basis;
mod head;
mod icon;
mod sheet;
mod tabs;

pub use basis::basis_mark;
pub use head::sort_head;
pub use icon::{Icon, icon};
pub use sheet::Sheet;
pub use tabs::Tabs;
