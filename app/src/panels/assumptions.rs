//! Parameters on the plan panel: those that are set, and the ones that planners reach for: charges at borders, the family of
//! emission factors, the weights of the scrap model.

use super::use_shared;
use crate::{
    app::Shared,
    i18n::{exact, parameter_name, t, tr, unit_words},
    state::{EditAction, Page, Section, SourcesView, ViewAction},
    ui::{Icon, icon},
};
use atlas_core::{
    account::{CLUSTER_FRICTION_KEY, EMISSION_FAMILY_KEY, EmissionFamily, PROVINCE_FRICTION_KEY},
    model::{Basis, GRID_MODE_KEY, Parameter, SUBSIDY_CLASS_KEY, ScrapModel, Stream, weight_keys},
    scenario::{Change, Lever},
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The charge a slider goes up to, in yuan a tonne: what planners think of, and not all that the parameter takes.
const MOST_FRICTION: f64 = 200.0;

/// Sets a parameter, or with `None` puts the table's value back.
pub fn set(shared: &Shared, key: &str, value: Option<f64>) {
    shared.act(EditAction::Make(Change::Parameter(key.to_owned(), value)));
}

/// Opens the row of a parameter on the sources page.
pub fn open_source(shared: &Shared, key: &str) -> Callback<MouseEvent> {
    let (shared, key) = (shared.clone(), key.to_owned());
    Callback::from(move |_| {
        shared.act(ViewAction::Sources(SourcesView { section: Section::Parameters, wanted: Some(key.clone()) }));
    })
}

/// The value of a parameter with its unit; one that the user set says so and shows the table's beside it.
pub fn value(shared: &Shared, p: &Parameter) -> Html {
    let lang = shared.state.lang;
    let words = |v: f64| choice(&p.key, v).map_or_else(|| exact(v), |key| t(lang, key));
    let unit = unit_words(lang, &p.unit);
    html! {
        <>
            <span class="num">{ words(p.value) }</span>{ " " }{ unit }
            if p.origin.basis == Basis::User { { " " }{ mine(shared) } }
            if let Some(table) = p.default { { " " }{ struck(shared, &words(table)) } }
            if shared.state.baseline.is_disputed(&p.key) { { " " }{ disputed_word(shared) } }
        </>
    }
}

/// The word that a disputed claim is never shown without.
pub fn disputed_word(shared: &Shared) -> Html {
    html! { <b class="disputed-word">{ shared.t("standing-disputed") }</b> }
}

/// The mark of what the user set.
pub fn mine(shared: &Shared) -> Html {
    html! { <span class="mine-badge">{ shared.t("set-mine") }</span> }
}

/// The table's value beside one that was set.
pub fn struck(shared: &Shared, value: &str) -> Html {
    html! { <span class="fine struck">{ shared.t("set-table-value") }{ " " }
        // A zero that is struck reads as another letter.
        if value == "0" { <span class="num">{ value }</span> } else { <s class="num">{ value }</s> }
    </span> }
}

/// The words of a parameter that is a choice and no quantity.
pub fn choice(key: &str, value: f64) -> Option<&'static str> {
    let second = value >= 2.0;
    let [first, other] = match key {
        EMISSION_FAMILY_KEY => return Some(family_name(family_of(value))),
        SUBSIDY_CLASS_KEY => ["lv-option-every", "lv-option-clean"],
        GRID_MODE_KEY => ["lv-option-national", "lv-option-province"],
        _ if key.starts_with("policy.mode.") => ["lv-option-allowed", "lv-option-banned"],
        _ => return None,
    };
    Some(if second { other } else { first })
}

fn family_of(value: f64) -> EmissionFamily {
    EmissionFamily::ALL.into_iter().find(|f| f.number() == value).unwrap_or_default()
}

const fn family_name(family: EmissionFamily) -> &'static str {
    match family {
        EmissionFamily::Glec => "family-glec",
        EmissionFamily::Gbt51366 => "family-gbt",
    }
}

/// The two families of emission factors to choose from. `label` is shown where there is one, and only said otherwise.
pub fn family_select(shared: &Shared, id: &'static str, shown: bool) -> Html {
    let parameters = shared.state.parameters();
    let Some(p) = parameters.get(EMISSION_FAMILY_KEY) else { return Html::default() };
    let now = family_of(p.value);
    let choose = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let index = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let family = usize::try_from(index).ok().and_then(|i| EmissionFamily::ALL.get(i));
            set(&shared, EMISSION_FAMILY_KEY, family.map(|f| f.number()));
        })
    };
    let name = shared.t("family-label");
    let option = |f: EmissionFamily| html! { <option selected={f == now}>{ shared.t(family_name(f)) }</option> };
    html! {
        <>
            if shown { <label for={id}>{ name.clone() }</label> }
            <select {id} onchange={choose} aria-label={(!shown).then_some(name)}>{ for EmissionFamily::ALL.map(option) }</select>
        </>
    }
}

/// Scrap of a prefecture that a person set, in words.
fn scrap_name(shared: &Shared, adcode: u32, s: Stream) -> String {
    let lang = shared.state.lang;
    let home = shared.state.baseline.prefectures.iter().find(|p| p.adcode == adcode);
    let place = home.map_or_else(|| adcode.to_string(), |p| lang.name(&p.name).to_owned());
    tr(lang, "scrap-set-name", &[("place", &place), ("metal", &t(lang, &format!("stream-{}", s.key())))])
}

/// So many of them are listed: a table of scrap sets a thousand.
const MOST_SET: usize = 60;

/// The parameters that the plan sets, each with its way back.
#[component]
pub fn SetList() -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let parameters = shared.state.parameters();
    let set_ones: Vec<&Parameter> = parameters.rows().iter().filter(|p| p.origin.basis == Basis::User).collect();
    if set_ones.is_empty() {
        return Html::default();
    }
    let line = |p: &&Parameter| {
        let scrap = ScrapModel::read_key(&p.key);
        let name = scrap.map_or_else(|| parameter_name(lang, &p.key), |(adcode, s)| scrap_name(&shared, adcode, s));
        let open = match scrap {
            Some((adcode, _)) => {
                let shared = shared.clone();
                Callback::from(move |_: MouseEvent| shared.act(ViewAction::Prefecture(Some(adcode))))
            }
            None => open_source(&shared, &p.key),
        };
        let reset = {
            let (shared, key) = (shared.clone(), p.key.clone());
            Callback::from(move |_: MouseEvent| set(&shared, &key, None))
        };
        let label = tr(lang, "set-reset-name", &[("name", &name)]);
        html! {
            <li key={p.key.clone()}>
                <button class="link" onclick={open}>{ name }</button>
                <span class="fine">{ value(&shared, p) }</span>
                <button class="undo-one" onclick={reset} aria-label={label.clone()} title={label}>{ icon(Icon::Undo) }</button>
            </li>
        }
    };
    html! {
        <div class="set-list">
            <h3>{ tr(lang, "set-list", &[("n", &set_ones.len().to_string())]) }</h3>
            <ul>{ for set_ones.iter().take(MOST_SET).map(line) }</ul>
            if set_ones.len() > MOST_SET { <p class="fine">{ tr(lang, "edits-more", &[("n", &(set_ones.len() - MOST_SET).to_string())]) }</p> }
        </div>
    }
}

/// Charges at borders, the family of emission factors and the scrap model.
#[component]
pub fn Assumptions() -> Html {
    let shared = use_shared();
    let metal = use_state(|| Stream::Al);
    html! {
        <>
            { friction(&shared, PROVINCE_FRICTION_KEY, "friction-province") }
            { friction(&shared, CLUSTER_FRICTION_KEY, "friction-cluster") }
            <div class="lever choice">
                { family_select(&shared, "emission-family", true) }
                <p class="fine">{ shared.t("family-note") }{ by_user(&shared, &[EMISSION_FAMILY_KEY.to_owned()]) }</p>
            </div>
            { scrap_model(&shared, &metal) }
            <button class="link" onclick={all_parameters(&shared)}>{ shared.t("set-list-all") }</button>
        </>
    }
}

fn all_parameters(shared: &Shared) -> Callback<MouseEvent> {
    let shared = shared.clone();
    Callback::from(move |_| shared.act(ViewAction::Page(Page::Sources)))
}

/// Says that the user set any of these, with the way back.
fn by_user(shared: &Shared, keys: &[String]) -> Html {
    let set_ones: Vec<String> =
        keys.iter().filter(|k| shared.state.document.scenario().parameters.contains_key(*k)).cloned().collect();
    if set_ones.is_empty() {
        return Html::default();
    }
    let reset = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| set_ones.iter().for_each(|key| set(&shared, key, None)))
    };
    html! { <><span class="mine">{ shared.t("set-mine") }</span><button class="link" onclick={reset}>{ shared.t("set-reset") }</button></> }
}

/// A parameter that a slider moves.
pub fn slide(shared: &Shared, key: &str) -> Callback<InputEvent> {
    let (shared, key) = (shared.clone(), key.to_owned());
    Callback::from(move |e: InputEvent| {
        let field: HtmlInputElement = e.target().expect("an event of the field").unchecked_into();
        shared.act(EditAction::Slide(Change::Parameter(key.clone(), Some(field.value_as_number()))));
    })
}

/// The end of a slider's way.
pub fn settle(shared: &Shared) -> Callback<Event> {
    let shared = shared.clone();
    Callback::from(move |_: Event| shared.act(EditAction::Settle))
}

/// A lever that a slider moves.
pub fn slide_lever(shared: &Shared, lever: Lever) -> Callback<InputEvent> {
    let shared = shared.clone();
    Callback::from(move |e: InputEvent| {
        let field: HtmlInputElement = e.target().expect("an event of the field").unchecked_into();
        shared.act(EditAction::Slide(Change::Lever(lever, Some(field.value_as_number()))));
    })
}

fn friction(shared: &Shared, key: &str, name: &str) -> Html {
    let lang = shared.state.lang;
    let parameters = shared.state.parameters();
    let Some(p) = parameters.get(key) else { return Html::default() };
    let unit = unit_words(lang, &p.unit);
    let shown = |v: f64| format!("{} {unit}", exact(v));
    // A value set on the sources page may lie beyond the slider's end.
    let most = MOST_FRICTION.max(p.value);
    let default = shown(p.default.unwrap_or(p.value));
    html! {
        <div class="lever">
            <label>
                <span>{ shared.t(name) }</span><b class="num">{ shown(p.value) }</b>
                <input type="range" min="0" max={most.to_string()} step="5" value={p.value.to_string()} oninput={slide(shared, key)} onchange={settle(shared)} aria-valuetext={shown(p.value)} />
            </label>
            <p class="fine">{ tr(lang, "lever-default", &[("value", &default)]) }{ by_user(shared, &[key.to_owned()]) }</p>
        </div>
    }
}

fn scrap_model(shared: &Shared, metal: &UseStateHandle<Stream>) -> Html {
    let lang = shared.state.lang;
    let parameters = shared.state.parameters();
    let keys = weight_keys(**metal);
    let weights: Vec<&Parameter> = keys.iter().filter_map(|k| parameters.get(k)).collect();
    let sum: f64 = weights.iter().map(|p| p.value).sum();
    let choose = |s: Stream| {
        let metal = metal.clone();
        let pressed = (*metal == s).to_string();
        let take = Callback::from(move |_: MouseEvent| metal.set(s));
        html! { <button aria-pressed={pressed} onclick={take}>{ t(lang, &format!("stream-{}", s.key())) }</button> }
    };
    let weight = |(i, p): (usize, &&Parameter)| {
        let share = if sum > 0.0 { p.value / sum } else { 1.0 / weights.len() as f64 };
        let words = tr(lang, "scrap-share", &[("percent", &format!("{:.0}", share * 100.0))]);
        let shown = format!("{:.2}", p.value);
        html! {
            <label>
                <span>{ t(lang, &format!("param-part-{}", i + 1)) }</span><span class="num"><b>{ &shown }</b>{ " " }<span class="fine">{ &words }</span></span>
                <input type="range" min="0" max={1.0_f64.max(p.value).to_string()} step="0.05" value={p.value.to_string()} oninput={slide(shared, &p.key)} onchange={settle(shared)} aria-valuetext={format!("{shown}, {words}")} />
            </label>
        }
    };
    html! {
        <details class="scrap-model">
            <summary>{ shared.t("scrap-title") }</summary>
            <p class="fine">{ shared.t("scrap-text") }</p>
            <div class="segments" role="group" aria-label={shared.t("scrap-metal")}>{ for Stream::ALL.map(choose) }</div>
            <div class="lever">{ for weights.iter().enumerate().map(weight) }<p class="fine">{ by_user(shared, &keys) }</p></div>
        </details>
    }
}
