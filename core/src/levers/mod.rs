//! Every lever that a plan can turn: where it stands, how far it goes, where its default comes from, and what it moves.
//!
//! A lever is a parameter of the table, one of the scenario's own levers, or a cap of its goal; all of them are read and set
//! here by one name, on the page, by `atlas sweep` and by what searches for answers.

mod bill;
mod catalogue;
mod lever;
mod merger;

pub use bill::{Bill, BillItem, BillLine, bill, upgrade_yuan};
pub use catalogue::{all, find};
pub use lever::{Handle, Kind, LeverInfo, LeverRefusal, Need};
pub use merger::{MergerRefusal, can_merge, merger};
