//! What changed, in a sentence. Every number leads to its row.

use super::row_id;
use crate::{
    app::Shared,
    i18n::{count, tr},
    panels::use_shared,
    platform,
    state::{Piece, compare_sentence, letter, most_changed, shown_cluster},
};
use atlas_core::comparison::Differences;
use yew::prelude::*;

#[component]
pub fn Headline() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let (compare, lang) = (&state.compare, state.lang);
    let outcomes = compare.pair().and_then(|(a, b)| {
        let outcome = |row: usize| compare.all[row].outcome.clone();
        outcome(a).zip(outcome(b))
    });
    let Some((before, after)) = outcomes else {
        return html! { <p class="compare-say fine" id="compare-sentence">{ shared.t("compare-say-wait") }</p> };
    };
    let name = |row: usize| {
        tr(lang, "compare-called", &[("letter", letter(row)), ("name", &state.compare_name(&compare.all[row].choice))])
    };
    let (a, b) = compare.pair().map(|(a, b)| (name(a), name(b))).unwrap_or_default();
    let cluster = shown_cluster(state);
    let pieces = compare_sentence(lang, (&before, &after), (&a, &b), cluster);
    let most = most_changed(lang, &before, &after, cluster);
    let stale = compare.fresh_pair().is_none();
    html! {
        <div class={classes!("compare-say", stale.then_some("stale"))} id="compare-sentence" aria-busy={stale.to_string()}>
            <p>{ for pieces.iter().map(piece) }{ " " }
                if let Some(found) = compare.differences() { { facilities(&shared, found) } }</p>
            if let Some(most) = most {
                <p class="most" id="compare-most" title={shared.t("compare-rule")}>{ for most.iter().map(piece) }{ " " }<span class="fine">{ shared.t("compare-rule") }</span></p>
            }
        </div>
    }
}

fn piece(piece: &Piece) -> Html {
    match piece {
        Piece::Words(words) => html! { { words } },
        Piece::Number(indicator, words) => {
            let id = row_id(&indicator.key());
            let go = {
                let id = id.clone();
                Callback::from(move |e: MouseEvent| {
                    e.prevent_default();
                    platform::focus(&id);
                })
            };
            // No address: the fragment is what shared links live in.
            html! { <button class="number" data-row={indicator.key()} onclick={go}>{ words }</button> }
        }
    }
}

/// How many facilities were opened, closed, moved and resized; leads to their table.
fn facilities(shared: &Shared, found: &Differences) -> Html {
    let lang = shared.state.lang;
    let parts: Vec<String> = ["opened", "closed", "moved", "resized"]
        .into_iter()
        .filter_map(|key| {
            let n = found.facilities.iter().filter(|f| f.change.key() == key).count();
            (n > 0).then(|| tr(lang, &format!("compare-count-{key}"), &[("n", &count(n))]))
        })
        .collect();
    if parts.is_empty() {
        return html! { <span>{ shared.t("compare-count-none") }</span> };
    }
    let comma = if lang == crate::i18n::Lang::Zh { "，" } else { ", " };
    let go = Callback::from(|_: MouseEvent| platform::focus("compare-facilities"));
    let words = tr(lang, "compare-count", &[("list", &parts.join(comma))]);
    html! { <button class="number plain-number" onclick={go}>{ words }</button> }
}
