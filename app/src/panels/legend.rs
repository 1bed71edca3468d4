//! The foot of the map: legend, scale bar, one line of what is shown, credits.

use super::{
    facility::precision_words,
    flows::allocation_legend,
    norms::norms_legend,
    siting::{siting_legend, siting_say},
    territory::{changes, territory},
    use_shared,
};
use crate::{
    app::Shared,
    i18n::{Quantity, count, t, tr},
    map::{view::Camera, zoom},
    state::{AppState, MapLayer, ScrapOf, Theme, modes_drawn, scrap_legend, shown_catchments},
};
use atlas_core::model::{FacilityKind, Mode, Status, Stream};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub camera: Option<Camera>,
}

/// Legend columns, scale, line and credits, always beside the map and never under anything.
#[component]
pub fn MapMargin(props: &Props) -> Html {
    let shared = use_shared();
    let open = use_state(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <footer class={classes!("margin", open.then_some("open"))}>
            <button class="btn legend-button" aria-expanded={open.to_string()} onclick={toggle}>{ shared.t("legend-open") }</button>
            <LegendColumns zoom={props.camera.map(|c| zoom::layout_zoom(c.zoom))} />
            <div class="foot">
                { scale_bar(props.camera) }
                <span class="say">{ siting_say(&shared).unwrap_or_else(|| line(&shared.state, props.camera)) }</span>
                <span class="credits">{ shared.t("credit-short") }</span>
            </div>
        </footer>
    }
}

#[derive(Properties, PartialEq)]
pub struct ColumnsProps {
    /// In steps: the legend need not follow every frame.
    pub zoom: Option<f64>,
}

/// What shapes, fills and colours mean.
#[component]
pub fn LegendColumns(props: &ColumnsProps) -> Html {
    let shared = use_shared();
    let item = |swatch: Html, words: String| html! { <li>{ swatch }<span>{ words }</span></li> };
    let kind = |k: FacilityKind| shared.t(&format!("kind-{}", k.key()));
    let metal = |class: &'static str, words: String| item(hexagon(class), words);
    let m = |key: &str| shared.t(&format!("metal-{key}"));
    let found = shared.state.selected.as_ref().and_then(|id| shared.state.document.plan().get(id));
    let focus = found.filter(|p| p.open && !p.facility.kind.is_terminal());
    let zoom = props.zoom.unwrap_or(zoom::LEAST);
    let siting = shared.state.siting.open;
    html! {
        // It may be longer than a phone is high: it can be scrolled, by keys too.
        <div class="legend" tabindex="0" role="region" aria-label={shared.t("legend-open")}>
            if siting { { siting_legend(&shared) } }
            <div><h2>{ shared.t("legend-shape") }</h2><ul>
                { item(shape("dot"), kind(FacilityKind::CollectionPoint)) }
                { item(shape("square"), kind(FacilityKind::Hub)) }
                { item(hexagon("plain"), kind(FacilityKind::Smelter)) }
                if shared.state.layers.shows(MapLayer::Terminals) {
                    { item(html! { <svg width="13" height="14" viewBox="-7 -7.500 14 15" aria-hidden="true"><path class="stroke" d="M0-3.700V6.500M-2.800-2H2.800M-5.400 1.600a5.500 5.500 0 0 0 10.800 0M-6.300 3.200l.9-1.600 1.500.8M6.300 3.200l-.9-1.600-1.500.8" /><circle class="stroke" cy="-5.200" r="1.500" /></svg> }, kind(FacilityKind::Port)) }
                    { item(html! { <svg width="13" height="12" viewBox="0 0 13 12" aria-hidden="true"><path class="hollow" d="M6.500 1.200 12 10.800H1z" /></svg> }, kind(FacilityKind::RailHub)) }
                }
                { item(html! { <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><circle class="added" cx="6" cy="6" r="5.500" /><path class="plus" d="M6 3v6M3 6h6" /></svg> }, shared.t("legend-added")) }
            </ul></div>
            if !siting { <div><h2>{ shared.t("legend-fill") }</h2><ul>
                { item(shape("square"), shared.t("certainty-known")) }
                { item(shape("hollow"), shared.t("certainty-estimated")) }
                { item(html! { <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><circle class="dashed" cx="6" cy="6" r="4.500" /></svg> }, shared.t("certainty-modelled")) }
            </ul></div>
            <div><h2>{ shared.t("legend-metal") }</h2><ul class="two">
                { metal("al", m("Al")) }{ metal("cu", m("Cu")) }{ metal("pb", m("Pb")) }{ metal("zn", m("Zn")) }
                { metal("li", m("li-group")) }{ metal("sn", m("Sn")) }{ metal("pm", m("precious")) }
            </ul></div> }
            if shared.state.layers.shows(MapLayer::Scrap) {
                { circles(&shared) }
            } else {
                { territory(&shared, focus.map(|p| &p.facility), zoom) }
            }
            { changes(&shared) }
            { norms_legend(&shared) }
            { allocation_legend(&shared, zoom) }
            { lines(&shared) }
        </div>
    }
}

/// Lines that are on the map now: networks, the way in hand by its modes, how exactly the selected place is known.
fn lines(shared: &Shared) -> Html {
    let state = &shared.state;
    let stroke = |class: &'static str| {
        html! { <svg width="22" height="9" viewBox="0 0 22 9" aria-hidden="true">
            <path {class} d="M0 4.500H22" />
            if class == "rail" { <path class="sleepers" d="M4 2v5M11 2v5M18 2v5" /> }
            if class == "way rail-way" { <path class="inlay" d="M0 4.500H22" /> }
        </svg> }
    };
    let mut items: Vec<(&'static str, String)> = Vec::new();
    for mode in modes_drawn(state) {
        let class = match mode {
            Mode::Road => "way",
            Mode::Rail => "way rail-way",
            Mode::Water => "way water-way",
            Mode::Sea => "way sea-way",
        };
        let word = shared.t(&format!("mode-{}", mode.key()));
        items.push((class, tr(state.lang, "legend-route-mode", &[("mode", &word)])));
    }
    if state.layers.shows(MapLayer::Rails) {
        items.push(("rail", shared.t("legend-rail")));
    }
    if state.layers.shows(MapLayer::Water) {
        items.push(("lane inland", shared.t("legend-waterway")));
        items.push(("lane", shared.t("legend-sealane")));
    }
    let found = state.selected.as_ref().and_then(|id| state.document.plan().get(id));
    if let Some(p) = found.filter(|p| p.facility.precision.radius_m() > 0.0) {
        items.push(("ring", precision_words(shared, &p.facility, "legend-precision")));
    }
    if items.is_empty() {
        return Html::default();
    }
    html! {
        <div class="lines"><h2>{ shared.t("legend-lines") }</h2><ul>
            { for items.into_iter().map(|(class, words)| html! { <li>{ stroke(class) }<span>{ words }</span></li> }) }
        </ul></div>
    }
}

/// What the sizes of the circles stand for. They are as large as on the map.
fn circles(shared: &Shared) -> Html {
    let state = &shared.state;
    let quantity = Quantity::TonnesPerYear;
    let scale = if state.theme == Theme::Projector { PROJECTOR } else { 1.0 };
    let hue = match state.layers.scrap_of {
        ScrapOf::All | ScrapOf::One(Stream::Other) => "all",
        ScrapOf::One(s) => s.key(),
    };
    let what = shared.t(&state.layers.scrap_of.key());
    let sizes: Vec<(f64, f32)> = scrap_legend(state).into_iter().map(|(t, px)| (t, px * scale)).collect();
    // One within the other, standing on one ground: the eye compares them best so.
    let side = sizes.first().map_or(0.0, |s| s.1) + 2.0;
    let middle = side / 2.0;
    let px = |v: f32| format!("{v:.1}");
    let circle = |(_, d): &(f64, f32)| {
        let radius = (d / 2.0 - 0.5).max(0.5);
        html! { <circle class={classes!("scrap", hue)} cx={px(middle)} cy={px(side - 1.0 - d / 2.0)} r={px(radius)} /> }
    };
    let words = |(tonnes, _): &(f64, f32)| html! { <span>{ plain(quantity.scaled(*tonnes, state.lang)) }</span> };
    html! {
        <div><h2>{ tr(state.lang, "legend-scrap", &[("what", &what), ("unit", quantity.unit(state.lang))]) }</h2>
            <div class="circles">
                <svg width={px(side)} height={px(side)} aria-hidden="true">{ for sizes.iter().map(circle) }</svg>
                <div>{ for sizes.iter().map(words) }</div>
            </div>
        </div>
    }
}

/// Round numbers without trailing zeros.
fn plain(value: f64) -> String {
    format!("{value:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Symbols on a projector are so much larger.
const PROJECTOR: f32 = 1.5;

fn shape(class: &'static str) -> Html {
    html! { <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        if class == "dot" { <circle class="dot" cx="6" cy="6" r="4.500" /> } else { <rect {class} x="1.500" y="1.500" width="9" height="9" /> }
    </svg> }
}

fn hexagon(class: &'static str) -> Html {
    html! { <svg width="13" height="13" viewBox="0 0 13 13" aria-hidden="true"><path class={classes!("hexagon", class)} d="M6.500 1 11.300 3.750v5.500L6.500 12 1.700 9.250v-5.500z" /></svg> }
}

/// A round length of 60 to 150 px.
pub fn scale_bar(camera: Option<Camera>) -> Html {
    let Some(camera) = camera else { return Html::default() };
    let most_m = camera.metres_per_px * 120.0;
    let mut step = 1.0;
    while step * 10.0 <= most_m {
        step *= 10.0;
    }
    let metres = [5.0, 2.0, 1.0].iter().map(|k| k * step).find(|m| *m <= most_m).unwrap_or(step);
    let width = metres / camera.metres_per_px;
    let words = if metres >= 1000.0 { format!("{:.0} km", metres / 1000.0) } else { format!("{metres:.0} m") };
    html! { <span class="scale"><i style={format!("width:{width:.0}px")}></i>{ words }</span> }
}

/// What the map shows, in one line.
pub fn line(state: &AppState, camera: Option<Camera>) -> String {
    let all = state.document.plan().facilities();
    if all.is_empty() {
        return String::new();
    }
    let number = |kind: FacilityKind| {
        all.iter().filter(|p| p.facility.kind == kind && p.facility.status != Status::Unnamed).count()
    };
    let (points, plants) = (count(number(FacilityKind::CollectionPoint)), count(number(FacilityKind::Smelter)));
    let zoom = camera.map_or(zoom::LEAST, |c| c.zoom);
    let key = if zoom < zoom::POINTS { "legend-line-overview" } else { "legend-line-near" };
    let symbols = tr(state.lang, key, &[("n", &plants), ("points", &points)]);
    match shown_catchments(state, zoom) {
        Some(kind) => {
            let kind = t(state.lang, &format!("legend-of-{}", kind.key()));
            tr(state.lang, "legend-line-catchments", &[("kind", &kind), ("symbols", &symbols)])
        }
        None => symbols,
    }
}
