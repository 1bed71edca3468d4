//! Where the chosen indicator lies: quantile dots of every plan on one axis, or one future after the other.

use super::{
    frame::{Frame, head, scroll},
    outcomes::Outcomes,
};
use crate::{
    app::Shared,
    i18n::{decimals, tr},
    panels::use_shared,
    state::{
        DOT, DOTS_CHART, DotsDrawing, DotsRow, Futures, SureTable, caveat_words, dots_drawing, dots_words,
        indicator_words, plan_called, sure_number, sure_unit,
    },
};
use atlas_core::response::Aim;
use yew::prelude::*;

#[component]
pub fn DotsPart() -> Html {
    let shared = use_shared();
    let single = use_state(|| false);
    let state = &shared.state;
    let Some(found) = state.sure.found.clone() else { return Html::default() };
    let Some(aim) = found.nearest(&state.sure.aim) else { return Html::default() };
    let times = sure_unit(state.lang, &aim).0;
    let view = |to: bool, key: &str| {
        let single = single.clone();
        let pressed = (*single == to).to_string();
        let set = Callback::from(move |_: MouseEvent| single.set(to));
        html! { <button id={format!("sure-{key}")} aria-pressed={pressed} onclick={set}>{ shared.t(&format!("sure-{key}")) }</button> }
    };
    let chart = match dots_drawing(&found, &aim, |v| v * times) {
        None => html! { <p class="fine">{ shared.t("sure-dots-none") }</p> },
        Some(drawing) => html! {
            <>
                <div class="segments sure-view" role="group" aria-label={shared.t("sure-view")}>{ view(false, "view-dots") }{ view(true, "view-outcomes") }</div>
                <p class="fine sure-key"><i class="dot-key"></i>{ shared.t(if *single { "sure-key-future" } else { "sure-key-dot" }) }<i class="table-key"></i>{ shared.t("sure-key-table") }</p>
                if *single { <Outcomes {drawing} {aim} /> } else { { dots(&shared, &found, &drawing, &aim) } }
            </>
        },
    };
    let name = indicator_words(state.lang, &aim);
    let notes = (0..found.count()).filter_map(|plan| {
        let of = found.band(plan, &aim)?;
        Some(html! { <li><b>{ plan_called(state, &found, plan) }</b>{ " " }<span>{ dots_words(state.lang, &aim, &of) }</span>{ for caveat_words(state.lang, &found, plan, &aim).into_iter().map(|w| html! { <span class="fine">{ " " }{ w }</span> }) }</li> })
    });
    let notes = html! { <ul class="sure-words" id="sure-dots-words" aria-label={name}>{ for notes }</ul> };
    html! { <Frame part="dots" why={shared.t("sure-dots-why")} csv={SureTable::Dots} {chart} table={Some(table(&shared, &found, &aim))} {notes} /> }
}

fn dots(shared: &Shared, found: &Futures, drawing: &DotsDrawing, aim: &Aim) -> Html {
    let label = tr(shared.state.lang, "sure-dots-label", &[("name", &indicator_words(shared.state.lang, aim))]);
    let dot = |(x, y): &(f64, f64)| html! { <circle class="dot" cx={px(*x)} cy={px(*y)} r={px(DOT / 2.0 - 0.8)} /> };
    let row = |r: &DotsRow| html! { <g data-plan={r.plan.to_string()}>{ for r.dots.iter().map(dot) }</g> };
    html! {
        <svg class="curve sure-chart" viewBox={format!("0 0 {} {:.0}", DOTS_CHART.width, drawing.height)} role="img" aria-label={label}>
            { ground(shared, found, drawing, aim) }
            { for drawing.rows.iter().map(row) }
        </svg>
    }
}

pub fn px(v: f64) -> String {
    format!("{v:.1}")
}

/// Axis, names of the plans, and the table's values.
pub fn ground(shared: &Shared, found: &Futures, drawing: &DotsDrawing, aim: &Aim) -> Html {
    let (lang, f) = (shared.state.lang, &DOTS_CHART);
    let unit = sure_unit(lang, aim).1;
    let name = indicator_words(lang, aim);
    let axis = if unit.is_empty() { name } else { tr(lang, "sure-axis", &[("name", &name), ("unit", &unit)]) };
    let words = tick_words(&drawing.ticks);
    let tick = |((x, _), words): (&(f64, f64), String)| {
        html! { <><path class="grid" d={format!("M{x:.1} {:.1}V{:.1}", f.top, drawing.axis_y)} /><text x={px(*x)} y={px(drawing.axis_y + 15.0)} text-anchor="middle">{ words }</text></> }
    };
    let row = |r: &DotsRow| {
        let mark = r.table_x.map(|x| {
            html! { <path class="table-line" d={format!("M{x:.1} {:.1}V{:.1}", r.top_y, r.base_y + 3.0)} /> }
        });
        html! {
            <>
                <text class="plan-name" x={px(f.left)} y={px(r.name_y)}>{ plan_called(&shared.state, found, r.plan) }</text>
                <path class="base-line" d={format!("M{:.1} {:.1}H{:.1}", f.left, r.base_y, f.right)} />
                { for mark }
            </>
        }
    };
    html! {
        <>
            { for drawing.ticks.iter().zip(words).map(tick) }
            <text x={px(f.right)} y={px(drawing.axis_y + 44.0)} text-anchor="end">{ axis }</text>
            { for drawing.rows.iter().map(row) }
        </>
    }
}

/// Ticks with as many decimals as tell them apart.
fn tick_words(ticks: &[(f64, f64)]) -> Vec<String> {
    let step = ticks.windows(2).map(|w| (w[1].1 - w[0].1).abs()).fold(f64::INFINITY, f64::min);
    let (mut places, mut unit) = (0, 1.0);
    while places < 6 && step.is_finite() && step < unit * 0.999 {
        places += 1;
        unit /= 10.0;
    }
    ticks.iter().map(|(_, v)| decimals(*v, places)).collect()
}

fn table(shared: &Shared, found: &Futures, aim: &Aim) -> Html {
    let lang = shared.state.lang;
    let number = |v: f64| html! { <td class="num">{ sure_number(lang, aim, v) }</td> };
    let row = |plan: usize| {
        let of = found.band(plan, aim)?;
        let table = of.table.map_or_else(|| "–".into(), |v| sure_number(lang, aim, v));
        Some(html! {
            <tr><th scope="row">{ plan_called(&shared.state, found, plan) }</th><td class="num">{ table }</td>{ number(of.band.mean) }{ for of.band.quantiles.map(number) }</tr>
        })
    };
    let heads = html! {
        <>
            { head(shared.t("sure-head-plan"), false) }{ head(shared.t("sure-head-table"), true) }{ head(shared.t("sure-head-mean"), true) }
            { for ["5 %", "25 %", "50 %", "75 %", "95 %"].map(|p| head(p.to_owned(), true)) }
        </>
    };
    scroll("dots", shared.t("sure-dots-title"), heads, (0..found.count()).filter_map(row).collect())
}
