//! Ways between any two places: what is asked above, what was found below.

mod form;
mod ways;

use super::use_shared;
use crate::{
    keys::close_journey,
    platform,
    ui::{Icon, icon},
};
use yew::prelude::*;

#[component]
pub fn JourneyPanel() -> Html {
    let shared = use_shared();
    // The first field takes the focus, and on a phone comes into view.
    use_effect_with((), |()| platform::focus("journey-from"));
    let close = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| close_journey(&shared))
    };
    html! {
        <section class="journey" aria-labelledby="journey-title">
            <header>
                <h2 id="journey-title">{ shared.t("journey-title") }</h2>
                <button class="icon-button" onclick={close} aria-label={shared.t("journey-close")} title={shared.t("journey-close")}>{ icon(Icon::Close) }</button>
            </header>
            { form::form(&shared) }
            { ways::ways(&shared) }
        </section>
    }
}
