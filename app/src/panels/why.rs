//! The button that opens an explanation: the same for every figure of every panel.

use super::use_shared;
use yew::prelude::*;

/// The button beside a figure, named for a screen reader, and whether its explanation is open.
#[hook]
pub fn use_why_button(name: &str) -> (Html, bool) {
    let shared = use_shared();
    let open = use_state(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let verb = shared.t(if *open { "why-close" } else { "why" });
    let button = html! {
        <button class="link why" aria-expanded={open.to_string()} onclick={toggle} aria-label={format!("{name}: {verb}")}>{ &verb }</button>
    };
    (button, *open)
}
