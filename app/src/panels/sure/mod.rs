//! How sure the figures are.

mod controls;

use super::use_shared;
use controls::SureControls;
use yew::prelude::*;

#[component]
pub fn SureTab() -> Html {
    let shared = use_shared();
    html! { <section id="sure" aria-label={shared.t("compare-title-sure")}><SureControls /></section> }
}
