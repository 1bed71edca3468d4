//! How sure a thing is, as the legend draws it: solid, hollow, dashed.

use atlas_core::model::Certainty;
use yew::prelude::*;

/// The ring of a basis; the word stands beside it.
pub fn basis_mark(certainty: Certainty) -> Html {
    let look = match certainty {
        Certainty::Known => "dot",
        Certainty::Estimated => "hollow",
        Certainty::Modelled => "dashed",
    };
    html! { <svg class="basis-mark" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><circle class={look} cx="7" cy="7" r="5" /></svg> }
}
