//! Who sends what where, what is short, and what more would be worth.

mod balance;
mod capacity;
mod contracts;
mod goal;
mod moved;
mod prices;
mod subsidy;
mod trace;

pub use balance::{BalancePanel, balance_because};
pub use goal::AllocationLevers;
pub use prices::PricesPanel;
pub use trace::CardAllocation;
