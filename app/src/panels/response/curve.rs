//! The response of the indicator to one lever.

use super::{Part, head, scroll, tick_words};
use crate::{
    app::Shared,
    i18n::tr,
    panels::{BandMark, use_shared},
    state::{
        Asking, RESPONSE_CHART, ResponseDrawing, aim_name, aim_quantity, aim_words, confirmed_words, lever_name,
        lever_value, response_drawing,
    },
};
use atlas_core::{
    levers::{self, LeverInfo},
    response::{Confirmed, SweepAnswer},
};
use yew::prelude::*;

#[component]
pub fn CurvePart() -> Html {
    let shared = use_shared();
    let r = &shared.state.responses;
    let Some(answered) = &r.curve else {
        return html! { <Part asking={Asking::Curve} answered={false} stopped={false} old={false} /> };
    };
    let sweep = &*answered.answer;
    let (lang, aim) = (shared.state.lang, r.aim);
    let quantity = aim_quantity(&aim);
    let lever = levers::find(&shared.state.baseline, &sweep.lever).ok();
    let now = lever.as_ref().and_then(|l| l.value(&shared.state.baseline, shared.state.document.scenario()));
    let default = lever.as_ref().and_then(|l| l.default);
    let value = |row: usize| aim.value(&sweep.points[row].profiles).ok();
    let scaled = |row: usize| value(row).map(|v| quantity.scaled(v, lang));
    // The band is the plan's: it stands where the lever stands in it.
    let band =
        shared.state.band_of(&answered.scenario, &aim).map(|of| of.band.quantiles.map(|v| quantity.scaled(v, lang)));
    let chart = match response_drawing(sweep, scaled, now, default, band) {
        Some(chart) => drawing(&shared, sweep, lever.as_ref(), &chart, (now, default)),
        None => html! { <p class="fine wide">{ shared.t("response-curve-none") }</p> },
    };
    let body = sweep.points.iter().enumerate().map(|(row, p)| {
        html! { <tr><td class="num">{ lever_value(lang, lever.as_ref(), p.value) }</td><td class="num">{ aim_words(lang, &aim, value(row)) }</td></tr> }
    });
    let heads = html! { <>{ head(lever_name(lang, &sweep.lever), true) }{ head(aim_name(lang, &aim), true) }</> };
    let table = scroll(&shared, Asking::Curve, heads, body.collect());
    let confirmed = sweep.confirmed.as_ref().and_then(|full| {
        let (full, quick) = (aim.value(&full.profiles).ok()?, value(sweep.points.len() - 1)?);
        Some(confirmed_words(lang, quantity, &Confirmed { quick, full }))
    });
    let notes = html! { <> <p class="fine wide"><BandMark {aim} of={Some(answered.scenario.clone())} /></p> if let Some(words) = confirmed { <p class="fine wide">{ tr(lang, "response-of", &[("name", &sweep.points.last().map_or_else(String::new, |p| lever_value(lang, lever.as_ref(), p.value))), ("words", &words)]) }</p> } </> };
    html! {
        <Part asking={Asking::Curve} answered={true} stopped={answered.stopped} old={answered.is_old(shared.state.document.scenario())} {chart} {table} {notes} />
    }
}

fn drawing(
    shared: &Shared,
    sweep: &SweepAnswer,
    lever: Option<&LeverInfo>,
    chart: &ResponseDrawing,
    (now, default): (Option<f64>, Option<f64>),
) -> Html {
    let f = &RESPONSE_CHART;
    let (lang, aim) = (shared.state.lang, shared.state.responses.aim);
    let px = |v: f64| format!("{v:.1}");
    let percent = lever.is_some_and(|l| l.unit == "share");
    let x_tick = |((x, _), words): (&(f64, f64), String)| html! { <text x={px(*x)} y={px(f.bottom + 17.0)} text-anchor="middle">{ words }</text> };
    let y_tick = |((y, _), words): (&(f64, f64), String)| html! { <><path class="grid" d={format!("M{:.1} {y:.1}H{:.1}", f.left, f.right)} /><text x={px(f.left - 6.0)} y={px(y + 3.5)} text-anchor="end">{ words }</text></> };
    let mark = |x: Option<f64>, class: &'static str, key: &str, v: Option<f64>, y: f64| {
        let Some((x, v)) = x.zip(v) else { return Html::default() };
        let (anchor, dx) = if x > 0.7 * f.right { ("end", -5.0) } else { ("start", 5.0) };
        html! { <><path {class} d={format!("M{x:.1} {:.1}V{:.1}", f.top - 6.0, f.bottom)} /><text class="word" x={px(x + dx)} y={px(y)} text-anchor={anchor}>{ tr(lang, key, &[("value", &lever_value(lang, lever, v))]) }</text></> }
    };
    let dot = |(x, y, row): &(f64, f64, usize)| {
        let p = &sweep.points[*row];
        let told =
            format!("{}: {}", lever_value(lang, lever, p.value), aim_words(lang, &aim, aim.value(&p.profiles).ok()));
        html! { <circle class="step" cx={px(*x)} cy={px(*y)} r="3.2"><title>{ told }</title></circle> }
    };
    let name = lever_name(lang, &sweep.lever);
    let unit =
        lever.map(|l| if percent { "%".to_owned() } else { crate::i18n::unit_words(lang, &l.unit).into_owned() });
    let axis_words = |name: &str, unit: &str| tr(lang, "response-axis", &[("name", name), ("unit", unit)]);
    let axis = unit.filter(|u| !u.is_empty()).map_or_else(|| name.clone(), |u| axis_words(&name, &u));
    let apart = now.zip(default).is_none_or(|(a, b)| (a - b).abs() > 1e-9 * b.abs().max(1.0));
    html! {
        <svg class="curve response-chart" viewBox={format!("0 0 {} {}", f.width, f.height)} role="img" aria-label={tr(lang, "response-curve-label", &[("aim", &aim_name(lang, &aim)), ("lever", &name)])}>
            { for chart.y_ticks.iter().zip(tick_words(&chart.y_ticks, 1.0)).map(y_tick) }
            { for chart.x_ticks.iter().zip(tick_words(&chart.x_ticks, if percent { 100.0 } else { 1.0 })).map(x_tick) }
            <text x={px(f.left)} y="11">{ axis_words(&aim_name(lang, &aim), aim_quantity(&aim).unit(lang)) }</text>
            <text x={px(f.right)} y={px(f.bottom + 36.0)} text-anchor="end">{ axis }</text>
            if apart { { mark(chart.default_x, "default-line", "response-curve-default", default, f.bottom - 8.0) } }
            { mark(chart.now_x, "limit-line", "response-curve-now", now, f.bottom - 24.0) }
            <path class="line" d={chart.path.clone()} />
            if let Some((x, y)) = chart.now_x.zip(chart.band) {
                <g class="band-whisker"><path class="most" d={format!("M{x:.1} {:.1}V{:.1}", y[0], y[4])} /><path class="half" d={format!("M{x:.1} {:.1}V{:.1}", y[1], y[3])} /></g>
            }
            { for chart.dots.iter().map(dot) }
        </svg>
    }
}
