//! Who sends what where, what is short, and what more would be worth.

use super::use_shared;
use yew::prelude::*;

#[component]
pub fn BalancePanel() -> Html {
    let shared = use_shared();
    html! { <p class="hint margin-hint" role="status">{ shared.t("allocation-wait") }</p> }
}

#[component]
pub fn PricesPanel() -> Html {
    let shared = use_shared();
    html! { <p class="hint margin-hint" role="status">{ shared.t("allocation-wait") }</p> }
}
