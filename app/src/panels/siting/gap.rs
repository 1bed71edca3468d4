//! Best and bound over time, as a chart or as a table.

use super::SearchProps;
use crate::{
    app::Shared,
    i18n::{decimals, exact, tr},
    panels::use_shared,
    state::{GAP_CHART, GapDrawing, Unit, gap_drawing, objective_unit, objective_words},
};
use yew::prelude::*;

#[component]
pub fn Gap(props: &SearchProps) -> Html {
    let shared = use_shared();
    let as_table = use_state(|| false);
    let search = &props.search;
    let unit = objective_unit(shared.state.lang, &search.question);
    let Some(chart) = gap_drawing(&search.moments, unit.scale, unit.whole) else { return Html::default() };
    let toggle = {
        let as_table = as_table.clone();
        Callback::from(move |_: MouseEvent| as_table.set(!*as_table))
    };
    html! {
        <div class="siting-gap">
            if *as_table { { table(&shared, props, &unit) } } else { { drawing(&shared, &chart, &unit) } }
            <button class="link" id="siting-gap-as-table" aria-pressed={as_table.to_string()} onclick={toggle}>{ shared.t(if *as_table { "curve-as-chart" } else { "curve-as-table" }) }</button>
        </div>
    }
}

/// A bound is below where less is better, and above where more is.
pub const fn bound_key(unit: &Unit) -> &'static str {
    if unit.less { "siting-bound" } else { "siting-bound-above" }
}

/// The numbers of an axis, without the noise of floating point and with the same decimals.
pub fn tick_words(ticks: &[(f64, f64)]) -> Vec<String> {
    let plain = |v: f64| exact((v * 1e6).round() / 1e6);
    let places = ticks.iter().map(|(_, v)| plain(*v).split_once('.').map_or(0, |(_, d)| d.len())).max().unwrap_or(0);
    ticks.iter().map(|(_, v)| decimals(*v, places)).collect()
}

fn drawing(shared: &Shared, chart: &GapDrawing, unit: &Unit) -> Html {
    let f = &GAP_CHART;
    let px = |v: f64| format!("{v:.1}");
    let x_tick = |((x, _), words): (&(f64, f64), String)| html! { <text x={px(*x)} y={px(f.bottom + 14.0)} text-anchor="middle">{ words }</text> };
    let y_tick = |((y, _), words): (&(f64, f64), String)| {
        // A number too long for the margin stands on its line.
        let (x, up, anchor) = if words.len() > 6 { (0.0, -2.0, "start") } else { (f.left - 6.0, 3.5, "end") };
        html! { <><path class="grid" d={format!("M{:.1} {y:.1}H{:.1}", f.left, f.right)} /><text x={px(x)} y={px(y + up)} text-anchor={anchor}>{ words }</text></> }
    };
    let [best, bound] = chart.labels;
    html! {
        <svg class="curve gap" viewBox={format!("0 0 {} {}", f.width, f.height)} role="img" aria-label={shared.t("siting-gap-label")}>
            <path class="between" d={chart.between.clone()} />
            { for chart.y_ticks.iter().zip(tick_words(&chart.y_ticks)).map(y_tick) }
            { for chart.x_ticks.iter().zip(tick_words(&chart.x_ticks)).map(x_tick) }
            <text x="0" y="10">{ &unit.words }</text>
            <text x={px(f.right)} y={px(f.bottom + 14.0)} text-anchor="end" class="seconds">{ shared.t("siting-second") }</text>
            <path class="bound" d={chart.bound.clone()} />
            <path class="best" d={chart.best.clone()} />
            <circle class="now-dot" cx={px(chart.end.0)} cy={px(chart.end.1)} r="3.5" />
            <text class="word best-word" x={px(best.0)} y={px(best.1)}>{ shared.t("siting-best") }</text>
            if !chart.bound.is_empty() { <text class="word" x={px(bound.0)} y={px(bound.1)}>{ shared.t(bound_key(unit)) }</text> }
        </svg>
    }
}

fn table(shared: &Shared, props: &SearchProps, unit: &Unit) -> Html {
    let search = &props.search;
    let row = |m: &crate::state::Moment| {
        html! { <tr><td class="num">{ format!("{:.1}", m.seconds) }</td><td class="num">{ objective_words(unit, m.best) }</td><td class="num">{ objective_words(unit, m.bound) }</td></tr> }
    };
    let head =
        |key: &str| tr(shared.state.lang, "siting-with-unit", &[("name", &shared.t(key)), ("unit", &unit.words)]);
    html! {
        <div class="scroll short" tabindex="0" role="region" aria-label={shared.t("siting-gap-label")}>
            <table class="plain">
                <thead><tr><th scope="col" class="num">{ shared.t("siting-second") }</th><th scope="col" class="num">{ head("siting-best") }</th><th scope="col" class="num">{ head(bound_key(unit)) }</th></tr></thead>
                <tbody>{ for search.moments.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
