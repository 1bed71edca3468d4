//! Who sends what where, what is short, and what more would be worth.

mod balance;

pub use balance::BalancePanel;

use super::use_shared;
use yew::prelude::*;

#[component]
pub fn PricesPanel() -> Html {
    let shared = use_shared();
    html! { <p class="hint margin-hint" role="status">{ shared.t("allocation-wait") }</p> }
}
