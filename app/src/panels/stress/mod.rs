//! What breaks the network, and which plan loses least.

use super::use_shared;
use yew::prelude::*;

#[component]
pub fn StressTab() -> Html {
    let shared = use_shared();
    html! { <section id="stress" aria-label={shared.t("compare-title-stress")}></section> }
}
