//! What a plan moves over the edge of a cluster against the baseline: the shifted catchment of a subsidy, as a small table.

use super::prices::PricesProps;
use crate::{
    app::Shared,
    i18n::{Quantity, signed, significant, t, tr},
    panels::{facility::cluster_name, use_shared},
    state::{MovedRow, moved, moved_first, smelters_load},
};
use atlas_core::model::{Cluster, Stream};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// From here on smelters have no room worth the word.
const FULL: f64 = 0.995;

#[component]
pub fn MovedTable(props: &PricesProps) -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let lang = state.lang;
    // What the user chose; else what the plan's subsidies say.
    let chosen = use_state(|| None::<(Cluster, Stream)>);
    let (cluster, stream) = chosen.unwrap_or_else(|| moved_first(state.document.scenario()));
    let title = shared.t("moved-title");
    if state.document.scenario().changes() == 0 {
        return Html::default();
    }
    let choose_cluster = {
        let chosen = chosen.clone();
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            chosen.set(Cluster::from_key(&key).map(|c| (c, stream)));
        })
    };
    let choose_stream = {
        let chosen = chosen.clone();
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            chosen.set(Stream::ALL.into_iter().find(|s| s.key() == key).map(|s| (cluster, s)));
        })
    };
    let found = state.base_allocation.as_ref().map(|base| moved(&props.answer, base, cluster, stream));
    let load = smelters_load(state, &props.answer, cluster, stream);
    let into = |r: &MovedRow| {
        let name = r.other.map_or_else(|| shared.t("moved-outside"), |c| cluster_name(&shared, Some(c)));
        line(&shared, "into", tr(lang, "moved-from", &[("name", &name)]), r)
    };
    let out =
        |r: &MovedRow| line(&shared, "out", tr(lang, "moved-to", &[("name", &cluster_name(&shared, r.other))]), r);
    html! {
        <section class="figure" id="prices-moved" data-known={found.is_some().to_string()}>
            <h3>{ &title }</h3><span class="unit">{ Quantity::TonnesPerYear.unit(lang) }</span>
            <div class="wide two">
                <label class="inline">{ shared.t("table-cluster") }
                    <select id="moved-cluster" onchange={choose_cluster}>
                        { for Cluster::ALL.map(|c| html! { <option value={c.key()} selected={c == cluster}>{ cluster_name(&shared, Some(c)) }</option> }) }
                    </select>
                </label>
                <label class="inline">{ shared.t("scrap-metal") }
                    <select id="moved-stream" onchange={choose_stream}>
                        { for Stream::ALL.map(|s| html! { <option value={s.key()} selected={s == stream}>{ t(lang, &format!("stream-{}", s.key())) }</option> }) }
                    </select>
                </label>
            </div>
            if let Some(m) = found {
                <table class="plain wide-row moved">
                    <caption class="sr-only">{ &title }</caption>
                    <thead><tr>
                        <th scope="col">{ shared.t("moved-what") }</th>
                        <th scope="col" class="num">{ shared.t("moved-base") }</th>
                        <th scope="col" class="num">{ shared.t("moved-plan") }</th>
                        <th scope="col" class="num">{ shared.t("moved-change") }</th>
                    </tr></thead>
                    <tbody>
                        { for m.into.iter().map(into) }
                        { for m.out.iter().map(out) }
                        { line(&shared, "made", shared.t("moved-made"), &m.made) }
                    </tbody>
                </table>
                if let Some(load) = load { <p id="moved-load" class="wide">{ tr(lang, if load > FULL { "moved-full" } else { "moved-room" }, &[("percent", &significant(load * 100.0)), ("name", &cluster_name(&shared, Some(cluster)))]) }</p> }
                <p class="fine wide">{ shared.t("moved-note") }</p>
            } else {
                <p class="wide" role="status">{ shared.t("moved-wait") }</p>
            }
        </section>
    }
}

fn line(shared: &Shared, kind: &'static str, name: String, r: &MovedRow) -> Html {
    let lang = shared.state.lang;
    let scaled = |t: f64| Quantity::TonnesPerYear.scaled(t, lang);
    html! {
        <tr data-way={kind} data-other={r.other.map_or("outside", Cluster::key)} data-base={format!("{:.0}", r.base_t)} data-plan={format!("{:.0}", r.plan_t)}>
            <th scope="row">{ name }</th>
            <td class="num">{ significant(scaled(r.base_t)) }</td>
            <td class="num">{ significant(scaled(r.plan_t)) }</td>
            <td class="num"><b>{ signed(scaled(r.plan_t - r.base_t)) }</b></td>
        </tr>
    }
}
