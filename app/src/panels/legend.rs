//! The foot of the map: legend, scale bar, one line of what is shown, credits.

use super::use_shared;
use crate::{
    i18n::{count, tr},
    map::view::Camera,
    state::AppState,
};
use atlas_core::model::{Cluster, FacilityKind, Status};
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
            <LegendColumns />
            <div class="foot">
                { scale_bar(props.camera) }
                <span class="say">{ line(&shared.state, props.camera) }</span>
                <span class="credits">{ shared.t("credit-short") }</span>
            </div>
        </footer>
    }
}

/// What shapes, fills and colours mean.
#[component]
fn LegendColumns() -> Html {
    let shared = use_shared();
    let item = |swatch: Html, words: String| html! { <li>{ swatch }<span>{ words }</span></li> };
    let kind = |k: FacilityKind| shared.t(&format!("kind-{}", k.key()));
    let metal = |class: &'static str, words: String| item(hexagon(class), words);
    let m = |key: &str| shared.t(&format!("metal-{key}"));
    let focus = shared.state.selected.as_ref().and_then(|id| shared.state.document.plan().get(id)).filter(|p| p.open);
    html! {
        <div class="legend">
            <div><h2>{ shared.t("legend-shape") }</h2><ul>
                { item(shape("dot"), kind(FacilityKind::CollectionPoint)) }
                { item(shape("square"), kind(FacilityKind::Hub)) }
                { item(hexagon("plain"), kind(FacilityKind::Smelter)) }
                { item(html! { <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><circle class="added" cx="6" cy="6" r="5.500" /><path class="plus" d="M6 3v6M3 6h6" /></svg> }, shared.t("legend-added")) }
                { item(html! { <svg width="16" height="8" aria-hidden="true"><path class="way" d="M1 6 15 2" /></svg> }, shared.t("legend-route")) }
            </ul></div>
            <div><h2>{ shared.t("legend-fill") }</h2><ul>
                { item(shape("square"), shared.t("certainty-known")) }
                { item(shape("hollow"), shared.t("certainty-estimated")) }
                { item(html! { <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><circle class="dashed" cx="6" cy="6" r="4.500" /></svg> }, shared.t("certainty-modelled")) }
            </ul></div>
            <div><h2>{ shared.t("legend-metal") }</h2><ul class="two">
                { metal("al", m("Al")) }{ metal("cu", m("Cu")) }{ metal("pb", m("Pb")) }{ metal("zn", m("Zn")) }
                { metal("li", m("li-group")) }{ metal("sn", m("Sn")) }{ metal("pm", m("precious")) }
            </ul></div>
            if let Some(p) = focus {
                <div><h2>{ tr(shared.state.lang, "legend-bands", &[("name", shared.state.lang.name(&p.facility.name))]) }</h2>
                    { ramp(p.facility.kind) }
                </div>
            } else {
                <div><h2>{ shared.t("legend-clusters") }</h2><ul>
                    { for Cluster::ALL.map(|c| item(html! { <i class={classes!("tint", c.key())}></i> }, shared.t(&format!("cluster-{}", c.key())))) }
                </ul></div>
            }
        </div>
    }
}

fn shape(class: &'static str) -> Html {
    html! { <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        if class == "dot" { <circle class="dot" cx="6" cy="6" r="4.500" /> } else { <rect {class} x="1.500" y="1.500" width="9" height="9" /> }
    </svg> }
}

fn hexagon(class: &'static str) -> Html {
    html! { <svg width="13" height="13" viewBox="0 0 13 13" aria-hidden="true"><path class={classes!("hexagon", class)} d="M6.500 1 11.300 3.750v5.500L6.500 12 1.700 9.250v-5.500z" /></svg> }
}

/// Travel bands: near is strongest. The limits are those of the worker's drawing.
fn ramp(kind: FacilityKind) -> Html {
    let limits: [&str; 4] =
        if kind == FacilityKind::CollectionPoint { ["0", "5", "10", "20 +"] } else { ["0", "50", "100", "200 +"] };
    html! {
        <div class="ramp">
            { for [5, 4, 3, 2].iter().zip(limits).map(|(band, limit)| html! { <span><i style={format!("background:var(--band-{band})")}></i>{ limit }</span> }) }
        </div>
    }
}

/// A round length of 60 to 150 px.
fn scale_bar(camera: Option<Camera>) -> Html {
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

fn line(state: &AppState, camera: Option<Camera>) -> String {
    let all = state.document.plan().facilities();
    if all.is_empty() {
        return String::new();
    }
    let number = |kind: FacilityKind| {
        all.iter().filter(|p| p.facility.kind == kind && p.facility.status != Status::Unnamed).count()
    };
    let (points, plants) = (count(number(FacilityKind::CollectionPoint)), count(number(FacilityKind::Smelter)));
    let far = camera.is_none_or(|c| c.zoom < crate::map::zoom::POINTS);
    let key = if far { "legend-line-overview" } else { "legend-line-near" };
    tr(state.lang, key, &[("n", &plants), ("points", &points)])
}
