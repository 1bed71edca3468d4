//! Subsidies by metal and cluster: one slider for the pair in hand, and all that are set.

use crate::{
    i18n::{exact, t, tr, unit_words},
    panels::{
        assumptions::{open_source, set, settle, slide},
        facility::cluster_name,
        use_shared,
    },
    state::subsidies_set,
    ui::{Icon, icon},
};
use atlas_core::model::{Cluster, Parameter, Stream, subsidy_key};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[component]
pub fn Subsidies() -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    // Apart, so that choosing one before the other is drawn loses neither.
    let chosen_stream = use_state(|| Stream::Al);
    let chosen_cluster = use_state(|| Cluster::Bohai);
    let (stream, cluster) = (*chosen_stream, *chosen_cluster);
    let parameters = shared.state.parameters();
    let key = subsidy_key(stream, cluster);
    let Some(p) = parameters.get(&key) else { return Html::default() };
    let unit = unit_words(lang, &p.unit);
    let shown = |v: f64| format!("{} {unit}", exact(v));
    let (low, high) = (p.low.unwrap_or(0.0), p.high.unwrap_or(400.0));
    let most = high.max(p.value);
    let choose_stream = Callback::from(move |e: Event| {
        let key = e.target_unchecked_into::<HtmlSelectElement>().value();
        if let Some(s) = Stream::ALL.into_iter().find(|s| s.key() == key) {
            chosen_stream.set(s);
        }
    });
    let choose_cluster = Callback::from(move |e: Event| {
        if let Some(c) = Cluster::from_key(&e.target_unchecked_into::<HtmlSelectElement>().value()) {
            chosen_cluster.set(c);
        }
    });
    let name = |s: Stream, c: Cluster| {
        tr(
            lang,
            "subsidy-name",
            &[("metal", &t(lang, &format!("stream-{}", s.key()))), ("cluster", &cluster_name(&shared, Some(c)))],
        )
    };
    let range = tr(lang, "lever-range", &[("low", &exact(low)), ("high", &exact(high))]);
    let line = |(s, c, p): &(Stream, Cluster, Parameter)| {
        let name = name(*s, *c);
        let reset = {
            let (shared, key) = (shared.clone(), p.key.clone());
            Callback::from(move |_: MouseEvent| set(&shared, &key, None))
        };
        let label = tr(lang, "set-reset-name", &[("name", &name)]);
        html! {
            <li key={p.key.clone()} data-key={p.key.clone()}>
                <button class="link" onclick={open_source(&shared, &p.key)}>{ name }</button>
                <span class="fine num">{ shown(p.value) }</span>
                <button class="undo-one" onclick={reset} aria-label={label.clone()} title={label}>{ icon(Icon::Undo) }</button>
            </li>
        }
    };
    let all = subsidies_set(&shared.state);
    html! {
        <div id="subsidies" class="lever">
            <h3>{ shared.t("subsidy-title") }</h3>
            <div class="row pair">
                <select id="subsidy-stream" onchange={choose_stream} aria-label={shared.t("scrap-metal")}>
                    { for Stream::ALL.map(|s| html! { <option value={s.key()} selected={s == stream}>{ t(lang, &format!("stream-{}", s.key())) }</option> }) }
                </select>
                <select id="subsidy-cluster" onchange={choose_cluster} aria-label={shared.t("table-cluster")}>
                    { for Cluster::ALL.map(|c| html! { <option value={c.key()} selected={c == cluster}>{ cluster_name(&shared, Some(c)) }</option> }) }
                </select>
            </div>
            <label>
                <span>{ shared.t("subsidy-label") }</span><b class="num">{ shown(p.value) }</b>
                <input id="subsidy" type="range" min={low.to_string()} max={most.to_string()} step="10" value={p.value.to_string()} oninput={slide(&shared, &key)} onchange={settle(&shared)} aria-label={name(stream, cluster)} aria-valuetext={shown(p.value)} />
            </label>
            <p class="fine">{ tr(lang, "lever-default", &[("value", &shown(p.default.unwrap_or(p.value)))]) }{ range }{ " " }
                <button class="link" onclick={open_source(&shared, &key)}>{ shared.t("sources-source") }</button>
            </p>
            if (stream, cluster) == (Stream::Al, Cluster::Bohai) { <p class="fine">{ shared.t("subsidy-claim") }</p> }
            if !all.is_empty() { <div class="set-list"><ul>{ for all.iter().map(line) }</ul></div> }
        </div>
    }
}
