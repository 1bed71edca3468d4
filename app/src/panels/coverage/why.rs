//! Where a figure of the panel comes from: its formula, what was measured and how, the parameters and the data.

use crate::{
    app::Shared,
    i18n::{Lang, t},
    panels::{inputs::inputs, use_shared, why::use_why_button},
    state::{Basis, basis},
};
use atlas_core::{catchment::Question, model::Parameter};
use yew::prelude::*;

/// The button that opens an explanation, and the explanation where it is open.
#[hook]
pub fn use_why(of: Basis, name: &str, question: &Question) -> (Html, Html) {
    let shared = use_shared();
    let (button, open) = use_why_button(name);
    (button, if open { explanation(&shared, of, question) } else { Html::default() })
}

/// The formula of a part of coverage, with its data and parameters.
pub fn explanation(shared: &Shared, of: Basis, question: &Question) -> Html {
    let lang = shared.state.lang;
    let parameters = shared.state.parameters();
    let (keys, data) = basis(of, question);
    let rows: Vec<&Parameter> = keys.iter().filter_map(|k| parameters.get(k)).collect();
    let sets: Vec<String> = data.iter().map(|d| t(lang, d)).collect();
    let (between, colon) = if lang == Lang::Zh { ("；", "：") } else { ("; ", ": ") };
    html! {
        <div class="because">
            <p>{ t(lang, of.formula()) }</p>
            <p>{ t(lang, &format!("measure-how-{}", question.measure.key())) }</p>
            <p>{ t(lang, &format!("demand-how-{}", question.demand.key())) }</p>
            <p class="fine"><b>{ t(lang, "why-data") }</b>{ colon }{ sets.join(between) }</p>
            if !rows.is_empty() { { inputs(shared, &rows) } }
        </div>
    }
}
