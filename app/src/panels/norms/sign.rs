//! The three signs of a verdict, as on the map: a disc with a cross, a hollow ring, a tick. Words stand beside them.

use crate::{
    app::Shared,
    map::view::Outcome,
    state::{MapLayer, OWN},
};
use yew::prelude::*;

/// The sign alone; it says nothing to a screen reader.
pub fn sign(outcome: Outcome) -> Html {
    let drawing = match outcome {
        Outcome::Fails => {
            html! { <><circle cx="7" cy="7" r="6.500" /><path d="M4.400 4.400l5.200 5.200M9.600 4.400l-5.200 5.200" /></> }
        }
        Outcome::CannotSay => html! { <circle cx="7" cy="7" r="4" /> },
        Outcome::Passes => html! { <path d="M2.800 7.400 5.800 10.400 11.600 3.400" /> },
    };
    html! { <svg class={classes!("verdict", outcome.key())} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">{ drawing }</svg> }
}

/// The word of a verdict.
pub fn word(shared: &Shared, outcome: Outcome) -> String {
    shared.t(&format!("verdict-{}", outcome.key()))
}

/// The name of a set of norms.
pub fn profile_name(shared: &Shared) -> String {
    let choice = &shared.state.norms;
    shared.t(&format!("norms-profile-{}", if choice.is_own() { OWN } else { &choice.profile }))
}

/// The legend's part on norms, where they are on the map.
pub fn norms_legend(shared: &Shared) -> Html {
    if !shared.state.layers.shows(MapLayer::Norms) {
        return Html::default();
    }
    let item = |o: Outcome| html! { <li>{ sign(o) }<span>{ word(shared, o) }</span></li> };
    html! {
        <div class="lines" id="legend-norms"><h2>{ shared.t("legend-norms") }</h2><ul>
            { for Outcome::ALL.map(item) }
            <li>{ profile_name(shared) }</li><li class="fine">{ shared.t("legend-norms-points") }</li>
        </ul></div>
    }
}
