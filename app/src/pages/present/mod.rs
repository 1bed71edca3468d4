//! A story, step by step.

use yew::prelude::*;

#[component]
pub fn PresentPage() -> Html {
    html! { <main class="present"></main> }
}
