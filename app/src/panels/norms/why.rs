//! Where the verdicts come from: how each kind of norm is held against a plan, the data, and the parameters with their sources.

use crate::{
    app::Shared,
    i18n::{Lang, t},
    panels::{inputs::inputs, use_shared, why::use_why_button},
    state::Method,
};
use atlas_core::model::Parameter;
use yew::prelude::*;

/// The button that opens the explanation, and the explanation where it is open.
#[hook]
pub fn use_why(name: &str) -> (Html, Html) {
    let shared = use_shared();
    let (button, open) = use_why_button(name);
    (button, if open { explanation(&shared) } else { Html::default() })
}

fn explanation(shared: &Shared) -> Html {
    let state = &shared.state;
    let lang = state.lang;
    let chosen = state.baseline.norms.iter().filter(|n| state.norms.holds(n)).map(Method::of);
    let mut methods: Vec<Method> = Vec::new();
    for m in chosen {
        if !methods.contains(&m) {
            methods.push(m);
        }
    }
    let parameters = state.parameters();
    let keys = methods.iter().flat_map(|m| m.inputs().0);
    let rows: Vec<&Parameter> = keys.filter_map(|k| parameters.get(k)).collect();
    let mut data: Vec<String> = Vec::new();
    for words in methods.iter().flat_map(|m| m.inputs().1).map(|d| t(lang, d)) {
        if !data.contains(&words) {
            data.push(words);
        }
    }
    let (between, colon) = if lang == Lang::Zh { ("；", "：") } else { ("; ", ": ") };
    html! {
        <div class="because">
            { for methods.iter().map(|m| html! { <p>{ t(lang, m.formula()) }</p> }) }
            if !data.is_empty() { <p class="fine"><b>{ t(lang, "why-data") }</b>{ colon }{ data.join(between) }</p> }
            if !rows.is_empty() { { inputs(shared, &rows) } }
        </div>
    }
}
