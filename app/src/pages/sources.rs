//! Where every number comes from: parameters with their sources, credits, licences.

use crate::{
    i18n::{count, source_words, tr},
    panels::use_shared,
};
use atlas_core::model::Parameter;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[component]
pub fn SourcesPage() -> Html {
    let shared = use_shared();
    let typed = use_state(String::new);
    let state = shared.state.clone();
    let wanted = typed.trim().to_lowercase();
    let all = state.baseline.parameters.rows();
    let fits = |p: &&Parameter| {
        wanted.is_empty()
            || [&p.key, &p.origin.source, &p.unit, &p.origin.note].iter().any(|t| t.to_lowercase().contains(&wanted))
    };
    let found: Vec<&Parameter> = all.iter().filter(fits).collect();
    let input = {
        let typed = typed.clone();
        Callback::from(move |e: InputEvent| typed.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let row = |p: &&Parameter| {
        let range = match (p.low, p.high) {
            (Some(low), Some(high)) => format!("{low} – {high}"),
            _ => "–".into(),
        };
        html! {
            <tr key={p.origin.row.clone() + &p.key}>
                <th scope="row"><code>{ &p.key }</code></th>
                <td class="num">{ p.value }</td><td class="num">{ range }</td><td>{ &p.unit }</td><td>{ &p.origin.year }</td>
                <td>{ shared.t(&format!("basis-{}", p.origin.basis.key())) }</td><td>{ shared.t(&format!("confidence-{}", p.origin.confidence.key())) }</td>
                <td>{ source_words(state.lang, &p.origin.source) }{ if p.origin.note.is_empty() { String::new() } else { format!(" ({})", p.origin.note) } }</td>
            </tr>
        }
    };
    html! {
        <main class="sources">
            <h2 class="title">{ shared.t("sources-title") }</h2>
            <p>{ shared.t("sources-intro") }</p>
            <h3>{ shared.t("sources-credits") }</h3>
            <ul class="list">{ for ["credit-osm", "credit-ne", "credit-gshhg", "credit-geonames", "credit-census"].map(|k| html! { <li>{ shared.t(k) }</li> }) }</ul>
            <h3>{ tr(state.lang, "sources-parameters", &[("n", &count(all.len()))]) }</h3>
            <label class="inline">{ shared.t("sources-filter") }<input type="search" oninput={input} value={(*typed).clone()} /></label>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("sources-title")}>
                <table class="plain wide">
                    <thead><tr>{ for ["key", "value", "range", "unit", "year", "basis", "confidence", "source"].map(|k| html! { <th scope="col">{ shared.t(&format!("sources-{k}")) }</th> }) }</tr></thead>
                    <tbody>{ for found.iter().map(row) }</tbody>
                </table>
            </div>
            if found.is_empty() && !all.is_empty() { <p class="hint" role="status">{ shared.t("sources-none") }</p> }
        </main>
    }
}
