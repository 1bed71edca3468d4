//! The band of a figure, drawn calmly beside it wherever futures were drawn for its plan. Nothing where none were, or where
//! nothing that was drawn moves it.

use super::use_shared;
use crate::{
    i18n::{Lang, tr},
    state::{AppState, BandOf, StripDrawing, band_words, range_words, strip_drawing, sure_unit},
};
use atlas_core::{response::Aim, scenario::Scenario};
use std::rc::Rc;
use yew::prelude::*;

/// How a band is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BandLook {
    /// A strip with its words.
    #[default]
    Strip,
    /// Its ends alone, in fine print: for cells of tables.
    Fine,
}

#[derive(Properties, PartialEq)]
pub struct BandMarkProps {
    /// What it is the band of.
    pub aim: Aim,
    /// Of which scenario; of the plan on the map where none is given.
    #[prop_or_default]
    pub of: Option<Rc<Scenario>>,
    /// How many of the unit that the figure is shown in one of the measure's own is, and the unit; the usual one where none is given.
    #[prop_or_default]
    pub unit: Option<(f64, String)>,
    #[prop_or_default]
    pub look: BandLook,
}

fn found(state: &AppState, props: &BandMarkProps) -> Option<BandOf> {
    match &props.of {
        Some(scenario) => state.band_of(scenario, &props.aim),
        None => state.plan_band(&props.aim),
    }
}

/// The band of a figure.
#[component]
pub fn BandMark(props: &BandMarkProps) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let Some(of) = found(&shared.state, props) else { return Html::default() };
    let unit = props.unit.clone().unwrap_or_else(|| sure_unit(lang, &props.aim));
    let scaled = of.band.quantiles.map(|v| v * unit.0);
    let Some(range) = range_words(lang, scaled[0], scaled[4]) else { return Html::default() };
    let told = band_words(lang, &unit, &of);
    let words = match props.look {
        BandLook::Strip => tr(lang, "band-short", &[("range", &range)]),
        BandLook::Fine => range,
    };
    let strip = match props.look {
        BandLook::Strip => strip(&strip_drawing(of.band.quantiles, of.table)),
        BandLook::Fine => Html::default(),
    };
    let class = match props.look {
        BandLook::Strip => "band",
        BandLook::Fine => "band fine-band",
    };
    html! {
        <span {class} data-aim={props.aim.key()} title={told.clone()}>
            { strip }<span class="num" aria-hidden="true">{ words }</span><span class="sr-only">{ if lang == Lang::Zh { "" } else { " " } }{ told }</span>
        </span>
    }
}

/// The strip: from 5 to 95 % light, from 25 to 75 % darker, a tick at the median, and the table's value as an open mark.
pub fn strip(of: &StripDrawing) -> Html {
    let part = |class: &'static str, from: f64, to: f64| {
        html! { <i {class} style={format!("left:{:.1}%;width:{:.1}%", 100.0 * from, 100.0 * (to - from))}></i> }
    };
    let tick = |class: &'static str, at: f64| html! { <i {class} style={format!("left:{:.1}%", 100.0 * at)}></i> };
    html! {
        <span class="band-strip" aria-hidden="true">
            { part("most", of.ends[0], of.ends[4]) }{ part("half", of.ends[1], of.ends[3]) }{ tick("median", of.ends[2]) }
            if let Some(at) = of.table { { tick("table", at) } }
        </span>
    }
}
