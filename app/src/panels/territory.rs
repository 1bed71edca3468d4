//! The legend's part on catchments: whose are drawn and how, what their bands stand for, and what differs.

use crate::{
    app::Shared,
    i18n::{Quantity, tr},
    map::zoom,
    state::{MapLayer, shown_catchments},
};
use atlas_core::{
    catchment::{Measure, Question},
    model::{Cluster, Facility, FacilityKind},
};
use yew::prelude::*;

/// The last column: the bands of the one in hand, or of all, or else the tints.
pub fn territory(shared: &Shared, in_hand: Option<&Facility>, zoom: f64) -> Html {
    let state = &shared.state;
    let lang = state.lang;
    let asked = state.survey.as_ref().map_or(&*state.question, |s| &s.survey.question);
    if let Some(f) = in_hand {
        let question = if asked.set().holds(f) { asked.clone() } else { Question::usual(f.kind) };
        let heading = tr(lang, "legend-bands", &[("name", lang.name(&f.name)), ("how", &how(shared, &question))]);
        return html! { <div id="legend-bands"><h2>{ heading }</h2>{ ramp(&question.bands) }</div> };
    }
    if state.layers.shows(MapLayer::Bands) {
        let what = shared.t(&format!("kind-{}", asked.of.key()));
        let heading = tr(lang, "legend-bands-all", &[("what", &what), ("how", &how(shared, asked))]);
        return html! { <div id="legend-bands"><h2>{ heading }</h2>{ ramp(&asked.bands) }</div> };
    }
    let shown = shown_catchments(state, zoom);
    // Seen from afar hubs stand in for points, and keep their tints.
    if state.layers.shows(MapLayer::Loss) && shown == Some(asked.of) {
        let unit = Quantity::of_measure(asked.measure).unit(lang);
        let demand = shared.t(&format!("demand-{}", asked.demand.key()));
        let heading = tr(lang, "legend-loss", &[("demand", &demand), ("unit", unit)]);
        return html! { <div id="legend-loss"><h2>{ heading }</h2>{ fifths(shared) }</div> };
    }
    let heading = match shown {
        Some(kind) => {
            let what = shared.t(&format!("legend-of-{}", kind.key()));
            tr(lang, "legend-catchments", &[("what", &what)])
        }
        None => shared.t("legend-clusters"),
    };
    let tint = |c: Cluster| html! { <li><i class={classes!("tint", c.key())}></i><span>{ shared.t(&format!("cluster-{}", c.key())) }</span></li> };
    html! {
        <div id="legend-catchments" data-kind={shown.map(FacilityKind::key)}><h2>{ heading }</h2><ul>
            { for Cluster::ALL.map(tint) }
            if shown.is_some() && zoom >= zoom::OVER { { swatch(shared, "over") } }
        </ul></div>
    }
}

/// What differs from the baseline, where that is on the map.
pub fn changes(shared: &Shared) -> Html {
    if !shared.state.layers.shows(MapLayer::Difference) {
        return Html::default();
    }
    html! {
        <div class="lines" id="legend-changes"><h2>{ shared.t("difference-title") }</h2><ul>
            { for ["gained", "lost", "moved"].map(|key| swatch(shared, key)) }
        </ul></div>
    }
}

fn swatch(shared: &Shared, key: &'static str) -> Html {
    html! { <li><i class={classes!("swatch", key)} aria-hidden="true"></i><span>{ shared.t(&format!("legend-{key}")) }</span></li> }
}

/// What bands are measured in, with the unit.
fn how(shared: &Shared, q: &Question) -> String {
    let unit = Quantity::of_measure(q.measure).unit(shared.state.lang);
    let key = if q.measure == Measure::Line { "legend-by-line" } else { "legend-by-road" };
    let modelled = if q.measure.is_modelled() { format!(" ({})", shared.t("basis-modelled")) } else { String::new() };
    format!("{}{modelled}", tr(shared.state.lang, key, &[("unit", unit)]))
}

/// Fifths of the facilities, from the least loss to the most.
fn fifths(shared: &Shared) -> Html {
    let step = |class: u8| {
        let words = match class {
            1 => shared.t("legend-loss-least"),
            5 => shared.t("legend-loss-most"),
            _ => String::new(),
        };
        html! { <span><i style={format!("background:var(--band-{class})")}></i>{ words }</span> }
    };
    html! { <div class="ramp">{ for (1..=5).map(step) }</div> }
}

/// Travel bands: near is strongest, and what lies beyond the last limit is the faintest.
fn ramp(limits: &[f64]) -> Html {
    let begins: Vec<String> = std::iter::once("0".to_owned()).chain(limits.iter().map(f64::to_string)).collect();
    let last = begins.len() - 1;
    let step = |(i, begin): (usize, &String)| {
        html! { <span><i style={format!("background:var(--band-{})", 5 - i.min(4))}></i>{ begin }{ if i == last { " +" } else { "" } }</span> }
    };
    html! { <div class="ramp">{ for begins.iter().enumerate().map(step) }</div> }
}
