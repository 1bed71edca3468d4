//! Who sends what where, what is short, and what more would be worth.

mod capacity;
mod contracts;
mod goal;
mod moved;
mod prices;
mod subsidy;
mod trace;

pub use goal::AllocationLevers;
pub use prices::PricesPanel;
pub use trace::CardAllocation;

use super::use_shared;
use yew::prelude::*;

#[component]
pub fn BalancePanel() -> Html {
    let shared = use_shared();
    html! { <p class="hint margin-hint" role="status">{ shared.t("allocation-wait") }</p> }
}
