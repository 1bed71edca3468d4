//! The search box: places, facilities and commands by keyboard.

use super::{top_bar, use_shared};
use crate::{
    app::{Overlay, Shared},
    i18n::tr,
    keys::{open_journey, open_siting, take_tool},
    map::Map,
    pages::open_report,
    panels::plan::{save_file, show},
    platform,
    state::{EditAction, Hit, ResultsTab, Tool, ViewAction, search},
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
    use_effect_with((), |()| platform::focus("palette-field"));
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
                    aria-activedescendant={format!("hit-{}", *chosen)} aria-label={shared.t("search-label")} placeholder={shared.t("search-open")}
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
        Hit::Command(key) => (Icon::Arrow, shared.t(key), shared.t("search-kind-command")),
    }
}

fn go(shared: &Shared, hit: &Hit) {
    shared.palette.set(false);
    match hit {
        Hit::Facility(id) => show(shared, id),
        Hit::Place(i) => {
            let at = shared.state.places[*i].at;
            shared.map.with(|m| m.fly_to(at, Some(9.0)));
            platform::focus("map");
        }
        Hit::Command(key) => command(shared, key),
    }
}

fn command(shared: &Shared, key: &str) {
    match key {
        "command-place-point" => take_tool(shared, Tool::Point),
        "command-place-hub" => take_tool(shared, Tool::Hub),
        "command-siting" => open_siting(shared),
        "command-journey" => open_journey(shared),
        "command-coverage" => shared.act(ViewAction::Results(ResultsTab::Coverage)),
        "command-norms" => shared.act(ViewAction::Results(ResultsTab::Norms)),
        "command-balance" => shared.act(ViewAction::Results(ResultsTab::Balance)),
        "command-prices" => shared.act(ViewAction::Results(ResultsTab::Prices)),
        "command-undo" => shared.act(EditAction::Undo),
        "command-redo" => shared.act(EditAction::Redo),
        "command-home" => {
            shared.map.with(Map::home);
        }
        "command-language" => top_bar::switch_language(shared),
        "command-theme" => top_bar::switch_theme(shared),
        "command-open" => platform::click("scenario-file"),
        "command-save" => save_file(shared),
        "command-export" => shared.overlay.set(Some(Overlay::Export)),
        "command-report" => open_report(shared),
        _ => unreachable!("all of state::COMMANDS are here"),
    }
}
