//! A place: typed with suggestions among places and facilities, or set from elsewhere.

use crate::{
    app::Shared,
    compute::protocol::Stop,
    i18n::tr,
    panels::use_shared,
    state::{Hit, search},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

const MOST: usize = 7;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Id of the field.
    pub id: &'static str,
    /// The key of its label.
    pub label: &'static str,
    /// The place that is set.
    pub set: Option<Stop>,
    /// Sets another one, or none.
    pub on_set: Callback<Option<Stop>>,
}

#[component]
pub fn PlaceField(props: &Props) -> Html {
    let shared = use_shared();
    // What is being typed; nothing while the field shows the place that is set.
    let typed = use_state(|| None::<String>);
    let chosen = use_state(|| 0usize);
    let lang = shared.state.lang;
    let (id, label, set) = (props.id, props.label, &props.set);
    let hits: Vec<(Hit, Stop)> = typed.as_deref().map(|t| suggestions(&shared, t)).unwrap_or_default();
    let pick = {
        let (typed, on_set) = (typed.clone(), props.on_set.clone());
        Callback::from(move |stop: Stop| {
            typed.set(None);
            on_set.emit(Some(stop));
        })
    };
    let input = {
        let (typed, chosen) = (typed.clone(), chosen.clone());
        Callback::from(move |e: InputEvent| {
            typed.set(Some(e.target_unchecked_into::<HtmlInputElement>().value()));
            chosen.set(0);
        })
    };
    let keys = {
        let (typed, chosen, pick, stops) =
            (typed.clone(), chosen.clone(), pick.clone(), hits.iter().map(|h| h.1.clone()).collect::<Vec<_>>());
        Callback::from(move |e: KeyboardEvent| {
            match e.key().as_str() {
                "ArrowDown" if !stops.is_empty() => chosen.set((*chosen + 1).min(stops.len() - 1)),
                "ArrowUp" => chosen.set(chosen.saturating_sub(1)),
                "Enter" => {
                    if let Some(stop) = stops.get(*chosen) {
                        pick.emit(stop.clone());
                    }
                }
                "Escape" => typed.set(None),
                _ => return,
            }
            e.prevent_default();
        })
    };
    let leave = {
        let (typed, on_set) = (typed.clone(), props.on_set.clone());
        Callback::from(move |_: FocusEvent| {
            // An emptied field is no place; a half-typed one keeps the place that was set.
            if typed.as_deref().is_some_and(|t| t.trim().is_empty()) {
                on_set.emit(None);
            }
            typed.set(None);
        })
    };
    let shown =
        (*typed).clone().unwrap_or_else(|| set.as_ref().map_or_else(String::new, |s| lang.name(&s.name).to_owned()));
    let list = format!("{id}-hits");
    let line = |(i, (hit, stop)): (usize, &(Hit, Stop))| {
        let pick = {
            let (pick, stop) = (pick.clone(), stop.clone());
            Callback::from(move |e: MouseEvent| {
                // Before the field loses the focus, and with it the list.
                e.prevent_default();
                pick.emit(stop.clone());
            })
        };
        html! {
            <li role="option" id={format!("{list}-{i}")} aria-selected={(i == *chosen).to_string()} onmousedown={pick}>
                { lang.name(&stop.name) }<span class="fine">{ detail(&shared, hit) }</span>
            </li>
        }
    };
    html! {
        <div class="stop">
            <label for={id}>{ shared.t(label) }</label>
            <input {id} type="text" role="combobox" autocomplete="off" aria-expanded={(!hits.is_empty()).to_string()} aria-controls={list.clone()}
                aria-activedescendant={(!hits.is_empty()).then(|| format!("{list}-{}", *chosen))}
                placeholder={shared.t("journey-place")} value={shown} oninput={input} onkeydown={keys} onblur={leave} />
            <ul id={list.clone()} role="listbox" aria-label={shared.t(label)} hidden={hits.is_empty()}>{ for hits.iter().enumerate().map(line) }</ul>
            if hits.is_empty() && typed.as_deref().is_some_and(|t| !t.trim().is_empty()) {
                <p class="fine nothing" role="status">{ tr(lang, "search-none", &[("text", typed.as_deref().unwrap_or_default())]) }</p>
            }
        </div>
    }
}

/// Places and facilities that fit what was typed.
fn suggestions(shared: &Shared, typed: &str) -> Vec<(Hit, Stop)> {
    if typed.trim().is_empty() {
        return vec![];
    }
    let state = &shared.state;
    let stop = |hit: &Hit| match hit {
        Hit::Place(row) => state.places.get(*row).map(|p| Stop { name: p.name.clone(), at: p.at }),
        Hit::Facility(id) => {
            state.document.plan().get(id).map(|p| Stop { name: p.facility.name.clone(), at: p.facility.at })
        }
        Hit::Command(_) => None,
    };
    let found = search(state, typed, state.lang, 4 * MOST);
    found.into_iter().filter_map(|hit| stop(&hit).map(|s| (hit, s))).take(MOST).collect()
}

fn detail(shared: &Shared, hit: &Hit) -> String {
    let state = &shared.state;
    match hit {
        Hit::Place(row) => {
            let code = state.places.get(*row).map(|p| p.adcode);
            let home = state.baseline.prefectures.iter().find(|p| Some(p.adcode) == code);
            home.map_or_else(String::new, |p| state.lang.name(&p.name).to_owned())
        }
        Hit::Facility(id) => state
            .document
            .plan()
            .get(id)
            .map_or_else(String::new, |p| shared.t(&format!("kind-{}", p.facility.kind.key()))),
        Hit::Command(_) => String::new(),
    }
}
