//! Scenarios side by side.

use yew::prelude::*;

#[component]
pub fn ComparePage() -> Html {
    html! { <main class="compare"></main> }
}
