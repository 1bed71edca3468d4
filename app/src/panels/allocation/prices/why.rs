//! Where a price comes from: its formula, what it rests on, the parameters with their sources.

use crate::{
    app::Shared,
    i18n::{Lang, t},
    panels::{inputs::inputs, use_shared, why::use_why_button},
};
use atlas_core::{allocation::keys, model::Parameter};
use yew::prelude::*;

/// The button that opens an explanation, and the explanation where it is open. `formula` is the key of its words.
#[hook]
pub fn use_why(formula: &'static str, name: &str) -> (Html, Html) {
    let shared = use_shared();
    let (button, open) = use_why_button(name);
    (button, if open { explanation(&shared, formula) } else { Html::default() })
}

fn explanation(shared: &Shared, formula: &str) -> Html {
    let lang = shared.state.lang;
    let parameters = shared.state.parameters();
    let keys = keys();
    let rows: Vec<&Parameter> = keys.iter().filter_map(|k| parameters.get(k)).collect();
    let (between, colon) = if lang == Lang::Zh { ("；", "：") } else { ("; ", ": ") };
    let sets = ["data-scrap", "data-networks", "data-prices-plants"].map(|d| t(lang, d));
    html! {
        <div class="because">
            <p>{ t(lang, formula) }</p>
            <p>{ t(lang, "formula-prices-all") }</p>
            <p class="fine"><b>{ t(lang, "why-data") }</b>{ colon }{ sets.join(between) }</p>
            { inputs(shared, &rows) }
        </div>
    }
}
