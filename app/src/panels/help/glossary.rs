//! The terms in both languages side by side, and the sign beside a word that leads to them.

use crate::{
    app::Shared,
    i18n::{Lang, t, tr},
    panels::use_shared,
    platform,
    state::{HelpAction, TERMS},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[component]
pub fn Glossary() -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let wanted = shared.state.help.term;
    let typed = use_state(String::new);
    use_effect_with(wanted, |wanted| {
        if let Some(term) = wanted {
            platform::bring_into_view(&format!("term-{term}"));
        }
    });
    let input = {
        let typed = typed.clone();
        Callback::from(move |e: InputEvent| typed.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let needle = typed.trim().to_lowercase();
    let word = |lang: Lang, key: &str| t(lang, &format!("term-{key}"));
    let meaning = |key: &str| shared.t(&format!("term-{key}-text"));
    let fits = |key: &&&str| {
        let all = [word(Lang::Zh, key), word(Lang::En, key), meaning(key)];
        needle.is_empty() || all.iter().any(|w| w.to_lowercase().contains(&needle))
    };
    let found: Vec<&&str> = TERMS.iter().filter(fits).collect();
    let line = |key: &&&str| {
        html! {
            <tr id={format!("term-{key}")} class={classes!((wanted == Some(**key)).then_some("told-row"))}>
                <th scope="row">{ word(lang, key) }</th>
                <td lang={lang.other().tag()}>{ word(lang.other(), key) }</td>
                <td>{ meaning(key) }</td>
            </tr>
        }
    };
    html! {
        <>
            <label class="inline">{ shared.t("glossary-search") }<input type="search" id="glossary-field" oninput={input} value={(*typed).clone()} /></label>
            if found.is_empty() {
                <p class="hint" role="status">{ tr(lang, "glossary-none", &[("text", &typed)]) }</p>
            } else {
                <table class="plain glossary">
                    <thead><tr><th scope="col">{ shared.t("glossary-own") }</th><th scope="col">{ shared.t("glossary-other") }</th><th scope="col">{ shared.t("glossary-means") }</th></tr></thead>
                    <tbody>{ for found.iter().map(line) }</tbody>
                </table>
            }
        </>
    }
}

/// A small sign beside a word, which opens the glossary at its term.
pub fn term_link(shared: &Shared, term: &'static str) -> Html {
    debug_assert!(TERMS.contains(&term), "{term}");
    let label = tr(shared.state.lang, "term-look-up", &[("term", &shared.t(&format!("term-{term}")))]);
    let open = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(HelpAction::Term(term)))
    };
    html! { <button class="term" aria-label={label.clone()} title={label} onclick={open}>{ "?" }</button> }
}
