//! Widgets that know nothing of recycling.

mod icon;

pub use icon::{Icon, icon};
