//! The detour around what stands still: its map, in words, and as a table.

use super::Head;
use crate::{
    app::Shared,
    i18n::{Quantity, count, significant, tr},
    map::{
        Map,
        view::{Camera, FlowsView, Source, Territories},
    },
    panels::{
        compare::{Both, use_side},
        legend::scale_bar,
        map_buttons::MapButtons,
        use_shared,
    },
    state::{StressAction, case_words, detour_geojson, detour_marks, detour_rows, harm_words, stress_sentence},
};
use atlas_core::{scenario::Document, uncertainty::Detour};
use std::{cell::Cell, rc::Rc};
use yew::prelude::*;

/// A document without features.
const EMPTY: &[u8] = br#"{"type":"FeatureCollection","features":[]}"#;

#[component]
pub fn DetourPart() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let s = &state.stress;
    let document: Rc<Document> =
        s.ranked.as_ref().map_or_else(|| Rc::clone(&state.document), |r| Rc::clone(&r.document));
    let detour = s.around().cloned();
    let words = s.looked_at().map(|row| stress_sentence(state, &document, row));
    let keep = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(StressAction::Keep))
    };
    let known = detour.is_some();
    html! {
        <section class="figure-box stress-detour" aria-labelledby="stress-detour-title" data-shock={s.shown.as_ref().map(|x| x.key())} data-drawn={known.to_string()}>
            <Head part="detour" {known} />
            if let Some(shown) = &s.shown {
                <h4 id="stress-shown">{ case_words(state, &document, Some(shown)) }</h4>
                if let Some(words) = words { <p>{ words }</p> }
                if s.seek.running && !known { <p class="hint" role="status">{ shared.t("stress-detour-wait") }</p> }
                if !known && !s.seek.running { <p class="fine">{ shared.t("stress-detour-none") }</p> }
            } else {
                <p class="fine" id="stress-detour-choose">{ shared.t("stress-detour-choose") }</p>
            }
            <DetourMap document={Rc::clone(&document)} detour={detour.clone()} />
            if let Some(detour) = &detour {
                { sums(&shared, detour) }
                { table(&shared, &document, detour) }
                <button class="btn" id="stress-keep" onclick={keep} aria-describedby="stress-keep-note">{ shared.t("stress-keep") }</button>
                <span class="fine" id="stress-keep-note">{ shared.t("stress-keep-note") }</span>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct MapProps {
    document: Rc<Document>,
    detour: Option<Rc<Detour>>,
}

#[component]
fn DetourMap(props: &MapProps) -> Html {
    let shared = use_shared();
    let container = use_node_ref();
    let camera = use_state_eq(|| None::<Camera>);
    let failed = use_state(|| None::<&'static str>);
    let led = use_memo((), |()| Rc::new(Cell::new(false)));
    let both = Both { camera: camera.clone(), failed: failed.clone(), led: Rc::clone(&led) };
    use_side(&shared, 0, true, &container, &both);
    {
        let link = shared.sides[0].clone();
        use_effect_with((), move |()| {
            let territories = Territories { of: None, bands: false, difference: false, loss: false, opacity: 1.0 };
            link.with(|m| {
                m.set_territories(territories);
                m.set_flows(&FlowsView { shown: false, ..FlowsView::default() });
            });
            move || link.document(Source::Compared, EMPTY.to_vec())
        });
    }
    {
        let (link, document, detour) = (shared.sides[0].clone(), Rc::clone(&props.document), props.detour.clone());
        let key = (Rc::as_ptr(&document), detour.as_ref().map(Rc::as_ptr));
        use_effect_with(key, move |_| {
            let drawn = detour.as_ref().map_or_else(|| EMPTY.to_vec(), |d| detour_geojson(&document, d));
            link.document(Source::Compared, drawn);
            let lists = detour_marks(&document, detour.as_ref().map(|d| &d.shock));
            link.with(|m| {
                m.set_points(&lists.points);
                m.set_facilities(&lists.facilities);
            });
        });
    }
    {
        let link = shared.sides[0].clone();
        let words = shared.t("stress-map-label");
        use_effect_with(words, move |words| {
            link.with(|m| m.set_aria_label(words));
        });
    }
    html! {
        <div class="compare-map stress-map">
            <div class="plate">
                <div class="stage">
                    <div id="stress-map" ref={container} class="map" tabindex="-1"></div>
                    if let Some(key) = *failed { <p class="strip nomap" role="alert">{ shared.t(key) }</p> }
                    <MapButtons link={shared.sides[0].clone()} />
                </div>
                <footer class="compare-margin">
                    <div class="compare-legend"><ul>
                        <li><i class="sign" aria-hidden="true">{ "×" }</i><span>{ shared.t("stress-legend-out") }</span></li>
                        <li><i class="stress-line lost" aria-hidden="true"></i><span>{ shared.t("stress-legend-lost") }</span></li>
                        <li><i class="stress-line gained" aria-hidden="true"></i><span>{ shared.t("stress-legend-gained") }</span></li>
                    </ul><p class="fine">{ shared.t("stress-legend-note") }</p></div>
                    <div class="foot">{ scale_bar(*camera) }<span class="credits">{ shared.t("credit-short") }</span></div>
                </footer>
            </div>
        </div>
    }
}

/// What the detour comes to, part by part.
fn sums(shared: &Shared, detour: &Detour) -> Html {
    let lang = shared.state.lang;
    let g = &detour.stages;
    let row = |key: &str, q: Quantity, v: f64| html! { <tr><th scope="row">{ shared.t(&format!("stress-sum-{key}")) }</th><td class="num">{ harm_words(lang, q, v) }</td></tr> };
    let yuan = |key: &str, v: f64| if v == 0.0 { Html::default() } else { row(key, Quantity::YuanPerYear, v) };
    html! {
        <table class="plain" id="stress-sums">
            <caption>{ shared.t("stress-sum-title") }</caption>
            <tbody>
                { row("left", Quantity::TonnesPerYear, detour.harm.unallocated_t) }{ row("unmet", Quantity::TonnesPerYear, detour.harm.unmet_t) }
                { yuan("haul", g.haul_yuan) }{ yuan("sorting", g.sorting_yuan) }{ yuan("smelting", g.smelting_yuan) }
                { yuan("inflow", g.inflow_yuan) }{ yuan("carbon", g.carbon_yuan) }{ yuan("subsidy", -g.subsidy_yuan) }
                { row("yuan", Quantity::YuanPerYear, detour.harm.yuan) }{ row("co2", Quantity::Co2PerYear, detour.harm.kg_co2e) }
            </tbody>
        </table>
    }
}

fn table(shared: &Shared, document: &Document, detour: &Detour) -> Html {
    let (lang, q) = (shared.state.lang, Quantity::TonnesPerYear);
    let [lost, gained] = detour_rows(&shared.state, document, detour);
    let body = |key: &'static str, (rows, all): &(Vec<crate::state::DetourRow>, usize)| {
        let words = tr(lang, &format!("stress-{key}-rows"), &[("n", &count(rows.len())), ("all", &count(*all))]);
        let line = |r: &crate::state::DetourRow| {
            html! {
                <tr data-change={key}>
                    <th scope="row">{ format!("{} → {}", r.from, r.to) }</th>
                    <td>{ shared.t(&format!("stream-{}", r.stream.key())) }</td><td>{ shared.t(&format!("leg-{}", r.leg.key())) }</td>
                    <td>{ shared.t(&format!("mode-{}", r.mode.key())) }</td>
                    <td class="num">{ significant(q.scaled(r.gross_t, lang)) }</td><td class="num">{ significant(r.km) }</td>
                    <td class="num">{ significant(Quantity::YuanPerYear.scaled(r.yuan, lang)) }</td>
                </tr>
            }
        };
        html! { <tbody><tr class="group"><th colspan="7" scope="rowgroup">{ words }</th></tr>{ for rows.iter().map(line) }</tbody> }
    };
    let head = |key: &str, unit: &'static str| html! { <th scope="col" class={(!unit.is_empty()).then_some("num")}>{ shared.t(&format!("stress-col-{key}")) }{ " " }<small class="unit">{ unit }</small></th> };
    html! {
        <div class="scroll short" tabindex="0" role="region" aria-label={shared.t("stress-detour-table")}>
            <table class="plain" id="stress-detour-table">
                <thead><tr>{ head("way", "") }{ head("stream", "") }{ head("leg", "") }{ head("mode", "") }{ head("gross", q.unit(lang)) }{ head("km", "km") }{ head("haul", Quantity::YuanPerYear.unit(lang)) }</tr></thead>
                { body("lost", &lost) }{ body("gained", &gained) }
            </table>
        </div>
    }
}
