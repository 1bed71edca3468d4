//! Sentences whose numbers lead to their rows.

use crate::{platform, state::Said};
use yew::prelude::*;

/// Sentences, one a paragraph.
pub fn sentences(id: &'static str, all: &[Vec<Said>]) -> Html {
    html! { <div class="compare-say" {id}>{ for all.iter().map(|s| html! { <p>{ for s.iter().map(piece) }</p> }) }</div> }
}

fn piece(piece: &Said) -> Html {
    match piece {
        Said::Words(words) => html! { { words } },
        Said::Number { row, words } => {
            let to = row.clone();
            let go = Callback::from(move |_: MouseEvent| platform::focus(&to));
            html! { <button class="number" data-row={row.clone()} onclick={go}>{ words }</button> }
        }
    }
}
