//! What is known of a norm: its limit, where it was made for, and where it comes from, in both languages where the table has both.

use super::words::limit_words;
use crate::{
    app::Shared,
    i18n::{Lang, source_words},
};
use atlas_core::model::{Basis, Confidence, Name, Norm};
use yew::prelude::*;

/// Limit, area, and a word of warning where the source is weak.
pub fn facts(shared: &Shared, n: &Norm, id: &str) -> Html {
    let lang = shared.state.lang;
    let weak = n.origin.confidence == Confidence::Low || n.origin.basis == Basis::Recalled;
    html! {
        <p class="fine" id={id.to_owned()}>
            { limit_words(lang, n) }{ " · " }{ lang.name(&n.area) }
            if weak { { " · " }<b class="weak">{ shared.t("norms-weak") }</b> }
        </p>
    }
}

/// The source, opened by a press.
pub fn source(shared: &Shared, n: &Norm) -> Html {
    let lang = shared.state.lang;
    let o = &n.origin;
    let year = if o.year.is_empty() { String::new() } else { format!(", {}", o.year) };
    let basis = format!(
        "{} · {}",
        shared.t(&format!("basis-{}", o.basis.key())),
        shared.t(&format!("confidence-{}", o.confidence.key()))
    );
    let row = |key: &str, value: Html| html! { <><dt>{ shared.t(key) }</dt><dd>{ value }</dd></> };
    html! {
        <details>
            <summary aria-label={format!("{}: {}", n.id, shared.t("card-source"))}>{ shared.t("card-source") }</summary>
            <dl class="origin">
                { row("card-source", html! { <>{ source_words(lang, &o.source) }{ year }{ format!(" ({}.csv, {})", o.table, n.id) }</> }) }
                { row("card-basis", html! { basis }) }
                { row("norms-rule", both(lang, &n.rule)) }
                { row("norms-area", both(lang, &n.area)) }
                if !o.note.is_empty() { { row("card-note", html! { &o.note }) } }
            </dl>
        </details>
    }
}

/// The page's language first, the other one below it.
fn both(lang: Lang, name: &Name) -> Html {
    let (own, other) = (lang.name(name), lang.other().name(name));
    html! {
        <>
            { own }
            if other != own { <><br /><span lang={lang.other().tag()}>{ other }</span></> }
        </>
    }
}
