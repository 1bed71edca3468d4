//! The tables behind: elements of transport, processing, primary metal, lanes.

use crate::{
    app::Shared,
    compute::protocol::Insight,
    i18n::{Quantity, co2_words, province, significant},
    panels::{inputs::inputs, use_shared, why::use_why_button},
    platform,
    state::{LANES_SHOWN, element_id, element_words, heaviest_lanes},
    ui::{Icon, icon},
};
use atlas_core::{
    footprint::{ElementKind, Processing},
    format::{export, footprint::inputs as behind},
    model::{Parameter, Stream},
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub insight: Rc<Insight>,
}

fn optional(v: Option<f64>) -> String {
    v.map_or_else(|| "–".into(), significant)
}

/// A table with its why and its file.
fn framed(
    shared: &Shared,
    id: &'static str,
    (button, because): (Html, Html),
    csv: Callback<MouseEvent>,
    table: Html,
) -> Html {
    let name = shared.t(id);
    html! {
        <section class="compare-table" {id}>
            <div class="row"><h3>{ &name }</h3>{ button }<button class="btn" aria-label={format!("{name}: CSV")} onclick={csv}>{ icon(Icon::Save) }{ "CSV" }</button></div>
            { because }
            <div class="scroll" tabindex="0" role="region" aria-label={name.clone()}>{ table }</div>
        </section>
    }
}

/// The formula and the parameters whose keys begin so.
fn because(shared: &Shared, open: bool, formula: &str, insight: &Insight, starts: &[&str]) -> Html {
    if !open {
        return Html::default();
    }
    let parameters = shared.state.parameters();
    let keys = behind(&insight.footprint);
    let keys = keys.iter().filter(|k| starts.iter().any(|s| k.starts_with(s)));
    let rows: Vec<&Parameter> = keys.filter_map(|k| parameters.get(k)).collect();
    html! { <div class="because"><p>{ shared.t(formula) }</p>{ inputs(shared, &rows) }</div> }
}

fn head(shared: &Shared, keys: &[&str]) -> Html {
    html! { <thead><tr>{ for keys.iter().enumerate().map(|(i, k)| html! { <th scope="col" class={(i > 0).then_some("num")}>{ shared.t(k) }</th> }) }</tr></thead> }
}

#[component]
pub fn Elements(props: &Props) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let (button, open) = use_why_button(&shared.t("carbon-elements"));
    let of = &props.insight.footprint;
    let save = {
        let insight = Rc::clone(&props.insight);
        Callback::from(move |_: MouseEvent| {
            platform::save_text("carbon-elements.csv", "text/csv", &export::carbon_elements(&insight.footprint).csv());
        })
    };
    let row = |e: &atlas_core::footprint::Element| {
        let unit = if e.kind == ElementKind::Transfer { "g/t" } else { "g/t-km" };
        html! {
            <tr id={element_id(e)} tabindex="-1">
                <th scope="row">{ element_words(lang, e) }</th>
                <td class="num">{ significant(Quantity::TonnesPerYear.scaled(e.total.gross_t, lang)) }</td>
                <td class="num">{ optional(e.mean_km()) }</td>
                <td class="num">{ significant(Quantity::TonneKm.scaled(e.total.tonne_km, lang)) }</td>
                <td class="num">{ e.intensity.g.map_or_else(|| shared.t("carbon-not-covered"), |g| format!("{} {unit}", significant(g))) }</td>
                <td class="num"><b>{ e.kg().map_or_else(|| shared.t("carbon-not-covered"), |kg| co2_words(lang, kg)) }</b></td>
                <td class="num">{ e.energy_mj.map_or_else(|| shared.t("carbon-not-stated"), significant) }</td>
            </tr>
        }
    };
    let heads = [
        "carbon-head-element",
        "carbon-head-tonnes",
        "carbon-head-km",
        "carbon-head-tkm",
        "carbon-head-intensity",
        "carbon-head-co2",
        "carbon-head-energy",
    ];
    let table = html! { <table class="plain" id="carbon-elements-table">{ head(&shared, &heads) }<tbody>{ for of.elements.iter().map(row) }</tbody></table> };
    let because = because(&shared, open, "formula-carbon-elements", &props.insight, &["freight."]);
    framed(&shared, "carbon-elements", (button, because), save, table)
}

#[component]
pub fn ProcessingTable(props: &Props) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let (button, open) = use_why_button(&shared.t("carbon-processing"));
    let of = &props.insight.footprint;
    let save = {
        let insight = Rc::clone(&props.insight);
        Callback::from(move |_: MouseEvent| {
            platform::save_text(
                "carbon-processing.csv",
                "text/csv",
                &export::carbon_processing(&insight.footprint).csv(),
            );
        })
    };
    let unfolded = use_state(|| None::<Stream>);
    let row = |head: Html, p: &Processing, sum: bool| {
        html! {
            <tr class={sum.then_some("sum")}>
                <th scope="row">{ head }</th>
                <td class="num">{ significant(Quantity::TonnesPerYear.scaled(p.product_t, lang)) }</td>
                <td class="num">{ co2_words(lang, p.fuel_kg) }</td>
                <td class="num">{ co2_words(lang, p.electricity_kg) }</td>
                <td class="num">{ optional(p.grid_kg_per_kwh) }</td>
                <td class="num">{ p.kwh.map_or_else(|| shared.t("carbon-not-stated"), |v| significant(v / 1e6)) }</td>
                <td class="num">{ p.kgce.map_or_else(|| shared.t("carbon-not-stated"), |v| significant(v / 1e6)) }</td>
            </tr>
        }
    };
    let heads = [
        "carbon-head-metal",
        "carbon-head-made",
        "carbon-row-fuel",
        "carbon-row-electricity",
        "carbon-head-grid",
        "carbon-head-gwh",
        "carbon-head-ktce",
    ];
    let metal = |s: Stream| {
        let made: Vec<&Processing> = of.processing.iter().filter(|p| p.stream == s && p.product_t > 0.0).collect();
        let all = Processing::together(made.iter().copied())?;
        let open = *unfolded == Some(s);
        let toggle = {
            let unfolded = unfolded.clone();
            Callback::from(move |_: MouseEvent| unfolded.set((*unfolded != Some(s)).then_some(s)))
        };
        let name = shared.t(&format!("stream-{}", s.key()));
        let button = html! { <button class="link" aria-expanded={open.to_string()} data-stream={s.key()} onclick={toggle}>{ if open { "▾ " } else { "▸ " } }{ name }</button> };
        let places = made.into_iter().filter(|_| open);
        Some(
            html! { <>{ row(button, &all, true) }{ for places.map(|p| row(province(lang, &p.province).into(), p, false)) }</> },
        )
    };
    let table = html! { <table class="plain" id="carbon-processing-table">{ head(&shared, &heads) }<tbody>{ for Stream::ALL.into_iter().filter_map(metal) }</tbody></table> };
    let because = because(
        &shared,
        open,
        "formula-carbon-processing",
        &props.insight,
        &["process.co2_recycled", "process.energy_recycled"],
    );
    framed(&shared, "carbon-processing", (button, because), save, table)
}

#[component]
pub fn PrimaryTable(props: &Props) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let (button, open) = use_why_button(&shared.t("carbon-primary"));
    let of = &props.insight.footprint;
    let save = {
        let insight = Rc::clone(&props.insight);
        Callback::from(move |_: MouseEvent| {
            platform::save_text("carbon.csv", "text/csv", &export::carbon_sums(&insight.footprint).csv());
        })
    };
    let boundary = of.choice.boundary.key();
    let row = |s: Stream| {
        let (primary, sums) = (&of.primary[s], &of.by_stream[s]);
        let saved = (sums.saved_kgce > 0.0).then_some(sums.saved_kgce / 1e6);
        html! {
            <tr id={format!("carbon-primary-{}", s.key())} tabindex="-1">
                <th scope="row">{ shared.t(&format!("stream-{}", s.key())) }<span class="fine">{ " " }{ shared.t(&format!("carbon-primary-{}-{boundary}", s.key())) }</span></th>
                <td class="num">{ significant(Quantity::TonnesPerYear.scaled(sums.product_t, lang)) }</td>
                <td class="num">{ optional(primary.t_per_t) }</td>
                <td class="num"><b>{ co2_words(lang, sums.avoided_kg) }</b></td>
                <td class="num">{ co2_words(lang, sums.net_kg()) }</td>
                <td class="num">{ saved.map_or_else(|| shared.t("carbon-not-stated"), significant) }</td>
            </tr>
        }
    };
    let heads = [
        "carbon-head-metal",
        "carbon-head-made",
        "carbon-head-primary",
        "carbon-row-avoided",
        "carbon-row-net",
        "carbon-head-saved",
    ];
    let table =
        html! { <table class="plain">{ head(&shared, &heads) }<tbody>{ for Stream::ALL.map(row) }</tbody></table> };
    let because = because(
        &shared,
        open,
        "formula-carbon-primary",
        &props.insight,
        &["process.co2_primary", "process.energy_saving"],
    );
    framed(&shared, "carbon-primary", (button, because), save, table)
}

#[component]
pub fn Lanes(props: &Props) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let (button, open) = use_why_button(&shared.t("carbon-lanes"));
    let of = &props.insight.footprint;
    let save = {
        let insight = Rc::clone(&props.insight);
        Callback::from(move |_: MouseEvent| {
            platform::save_text("carbon-lanes.csv", "text/csv", &export::carbon_lanes(&insight.footprint).csv());
        })
    };
    let row = |l: &&atlas_core::footprint::Lane| {
        html! {
            <tr>
                <th scope="row">{ province(lang, &l.from) }{ " → " }{ province(lang, &l.to) }<span class="fine">{ " " }{ shared.t(&format!("stream-{}", l.stream.key())) }{ " · " }{ shared.t(&format!("leg-{}", l.leg.key())) }</span></th>
                <td class="num">{ significant(Quantity::TonnesPerYear.scaled(l.gross_t, lang)) }</td>
                <td class="num"><b>{ co2_words(lang, l.carbon.transport_kg) }</b></td>
                <td class="num">{ co2_words(lang, l.carbon.smelting_kg) }</td>
                <td class="num">{ co2_words(lang, l.carbon.avoided_kg) }</td>
            </tr>
        }
    };
    let heads =
        ["carbon-head-lane", "carbon-head-tonnes", "carbon-row-transport", "carbon-row-smelting", "carbon-row-avoided"];
    let shown = heaviest_lanes(&of.lanes);
    let note = (of.lanes.len() > LANES_SHOWN)
        .then(|| html! { <caption class="fine">{ shared.t("carbon-lanes-note") }</caption> });
    let table = html! { <table class="plain">{ note }{ head(&shared, &heads) }<tbody>{ for shown.iter().map(row) }</tbody></table> };
    let because = because(&shared, open, "formula-carbon-lanes", &props.insight, &["freight."]);
    framed(&shared, "carbon-lanes", (button, because), save, table)
}
