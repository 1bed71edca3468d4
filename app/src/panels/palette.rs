//! The search box: places, facilities and commands by keyboard.

use super::{help::keys_words, use_shared};
use crate::{
    app::Shared,
    commands::run,
    i18n::tr,
    panels::plan::show,
    platform,
    state::{Command, Hit, Page, ViewAction, chords_of, search},
    ui::{Icon, icon},
};
use atlas_core::model::PlaceKind;
use web_sys::HtmlInputElement;
use yew::prelude::*;

const MOST: usize = 12;

#[component]
pub fn Palette() -> Html {
    let shared = use_shared();
    let typed = use_state(String::new);
    let chosen = use_state(|| 0usize);
    let lang = shared.state.lang;
    use_effect_with((), |()| {
        let before = platform::focused();
        platform::focus("palette-field");
        // Where nothing else took it, the focus goes back to where it came from.
        move || {
            if let Some(before) = before
                && platform::focused().is_none_or(|now| now.tag_name() == "BODY")
            {
                let _ = before.focus();
            }
        }
    });
    use_effect_with(*chosen, |chosen| platform::bring_into_view(&format!("hit-{chosen}")));
    let hits = search(&shared.state, &typed, lang, MOST);
    let input = {
        let (typed, chosen) = (typed.clone(), chosen.clone());
        Callback::from(move |e: InputEvent| {
            typed.set(e.target_unchecked_into::<HtmlInputElement>().value());
            chosen.set(0);
        })
    };
    let keys = {
        let (shared, chosen, hits) = (shared.clone(), chosen.clone(), hits.clone());
        Callback::from(move |e: KeyboardEvent| {
            let last = hits.len().saturating_sub(1);
            match e.key().as_str() {
                "ArrowDown" => chosen.set((*chosen + 1).min(last)),
                "ArrowUp" => chosen.set(chosen.saturating_sub(1)),
                "Enter" => {
                    // The key may come before the list of the last letter: what counts is what stands in the field.
                    let field: HtmlInputElement = e.target_unchecked_into();
                    let hits = search(&shared.state, &field.value(), shared.state.lang, MOST);
                    if let Some(hit) = hits.get(*chosen).or_else(|| hits.first()) {
                        go(&shared, hit);
                    }
                }
                "Escape" => shared.palette.set(false),
                _ => return,
            }
            e.prevent_default();
        })
    };
    let dismiss = {
        let palette = shared.palette.clone();
        Callback::from(move |_: MouseEvent| palette.set(false))
    };
    let line = |(i, hit): (usize, &Hit)| {
        let (which, name, detail) = words(&shared, hit);
        let pick = {
            let (shared, hit) = (shared.clone(), hit.clone());
            Callback::from(move |_: MouseEvent| go(&shared, &hit))
        };
        html! {
            <li role="option" id={format!("hit-{i}")} aria-selected={(i == *chosen).to_string()} onclick={pick}>
                { icon(which) }<span>{ name }</span><span class="fine">{ detail }</span>
            </li>
        }
    };
    html! {
        <div class="veil" onclick={dismiss}>
            <div class="palette" role="dialog" aria-modal="true" aria-label={shared.t("search-label")} onclick={|e: MouseEvent| e.stop_propagation()}>
                <input id="palette-field" type="text" role="combobox" autocomplete="off" aria-expanded="true" aria-controls="hits"
                    aria-activedescendant={(!hits.is_empty()).then(|| format!("hit-{}", *chosen))} aria-label={shared.t("search-label")} placeholder={shared.t("search-open")}
                    oninput={input} onkeydown={keys} value={(*typed).clone()} />
                <ul id="hits" role="listbox" aria-label={shared.t("search-label")}>{ for hits.iter().enumerate().map(line) }</ul>
                if hits.is_empty() { <p class="hint" role="status">{ tr(lang, "search-none", &[("text", &typed)]) }</p> }
                <p class="fine pad">{ shared.t("search-hint") }</p>
            </div>
        </div>
    }
}

fn words(shared: &Shared, hit: &Hit) -> (Icon, String, String) {
    let state = &shared.state;
    match hit {
        Hit::Facility(id) => {
            let name = state
                .document
                .plan()
                .get(id)
                .map_or_else(|| id.clone(), |p| state.lang.name(&p.facility.name).to_owned());
            let kind = state.document.plan().get(id).map_or("", |p| p.facility.kind.key());
            (Icon::Hub, name, shared.t(&format!("kind-{kind}")))
        }
        Hit::Place(i) => {
            let p = &state.places[*i];
            let home = state.baseline.prefectures.iter().find(|x| x.adcode == p.adcode);
            let home = home
                .filter(|_| p.kind == PlaceKind::Place)
                .map_or(String::new(), |h| state.lang.name(&h.name).to_owned());
            (Icon::Point, state.lang.name(&p.name).to_owned(), format!("{} {home}", shared.t("search-kind-place")))
        }
        Hit::Command(command) => {
            let keys = chords_of(*command).first().map(|c| keys_words(state.lang, c));
            let detail = keys.unwrap_or_else(|| shared.t("search-kind-command"));
            (Icon::Arrow, shared.t(command.key()), detail)
        }
    }
}

fn go(shared: &Shared, hit: &Hit) {
    shared.palette.set(false);
    shared.act(ViewAction::Found(hit.clone()));
    match hit {
        Hit::Facility(id) => {
            shared.act(ViewAction::Page(Page::Plan));
            show(shared, id);
        }
        Hit::Place(i) => {
            let at = shared.state.places[*i].at;
            shared.act(ViewAction::Page(Page::Plan));
            shared.map.go(at, 9.0);
            platform::focus("map");
        }
        Hit::Command(Command::Search) => {}
        Hit::Command(command) => {
            run(shared, *command, "", false);
        }
    }
}
