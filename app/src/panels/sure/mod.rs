//! How sure the figures are.

use super::use_shared;
use yew::prelude::*;

#[component]
pub fn SureTab() -> Html {
    let shared = use_shared();
    html! { <section id="sure" aria-label={shared.t("compare-title-sure")}></section> }
}
