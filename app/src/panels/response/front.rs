//! Cost against CO2 against coverage.

use super::{Part, head, lever_select, scroll, tick_words};
use crate::{
    app::Shared,
    i18n::{Quantity, significant, tr},
    panels::use_shared,
    state::{
        Asking, FRONT_CHART, FrontDrawing, ResponseAction, confirmed_words, front_drawing, front_row_words, lever_name,
        lever_value,
    },
};
use atlas_core::{
    levers,
    response::{FrontAnswer, FrontPoint},
};
use yew::prelude::*;

const COST: Quantity = Quantity::YuanPerYear;
const CO2: Quantity = Quantity::Co2PerYear;

#[component]
pub fn FrontPart() -> Html {
    let shared = use_shared();
    let r = &shared.state.responses;
    let ask = html! {
        <label class="inline">{ shared.t("response-front-lever") }{ lever_select(&shared, "response-front-lever", r.front_lever.as_deref(), true, ResponseAction::FrontLever) }</label>
    };
    let Some(answered) = &r.front else {
        return html! { <Part asking={Asking::Front} {ask} answered={false} stopped={false} old={false} /> };
    };
    let (lang, front) = (shared.state.lang, &*answered.answer);
    let chart = front_drawing(front, |v| COST.scaled(v, lang), |v| CO2.scaled(v, lang))
        .map(|c| drawing(&shared, front, &c))
        .unwrap_or_default();
    let whole = if front.whole && !answered.stopped { "response-front-whole" } else { "response-front-part" };
    let notes = html! {
        <>
            <p class="fine wide">{ tr(lang, whole, &[("beaten", &front.beaten.to_string())]) }</p>
            if let Some(c) = &front.confirmed { <p class="fine wide">{ tr(lang, "response-of", &[("name", &shared.t("response-least-cost")), ("words", &confirmed_words(lang, COST, c))]) }</p> }
        </>
    };
    html! {
        <Part asking={Asking::Front} {ask} answered={true} stopped={answered.stopped} old={answered.is_old(shared.state.document.scenario())} {chart} table={table(&shared, front)} {notes} />
    }
}

fn take(shared: &Shared, row: usize) -> Callback<MouseEvent> {
    let shared = shared.clone();
    Callback::from(move |_: MouseEvent| shared.act(ResponseAction::Take(row)))
}

/// What a plan is: the lever's value where one is tried, and what is least.
fn what(shared: &Shared, front: &FrontAnswer, p: &FrontPoint) -> String {
    let lang = shared.state.lang;
    let lever = front.lever.as_ref().and_then(|k| levers::find(&shared.state.baseline, k).ok());
    let at = front.lever.as_ref().zip(p.value).map(|(k, v)| {
        let value = lever_value(lang, lever.as_ref(), v);
        format!("{} {value}; ", lever_name(lang, k))
    });
    format!("{}{}", at.unwrap_or_default(), front_row_words(lang, p))
}

fn drawing(shared: &Shared, front: &FrontAnswer, chart: &FrontDrawing) -> Html {
    let f = &FRONT_CHART;
    let lang = shared.state.lang;
    let px = |v: f64| format!("{v:.1}");
    let x_tick = |((x, _), words): (&(f64, f64), String)| html! { <text x={px(*x)} y={px(f.bottom + 17.0)} text-anchor="middle">{ words }</text> };
    let y_tick = |((y, _), words): (&(f64, f64), String)| html! { <><path class="grid" d={format!("M{:.1} {y:.1}H{:.1}", f.left, f.right)} /><text x={px(f.left - 6.0)} y={px(y + 3.5)} text-anchor="end">{ words }</text></> };
    let dot = |(x, y, r, row): &(f64, f64, f64, usize)| {
        let told = tr(
            lang,
            "response-front-open-label",
            &[("n", &(row + 1).to_string()), ("what", &what(shared, front, &front.points[*row]))],
        );
        let (shared, row) = (shared.clone(), *row);
        let key = {
            let shared = shared.clone();
            Callback::from(move |e: KeyboardEvent| {
                if matches!(e.key().as_str(), "Enter" | " ") {
                    e.prevent_default();
                    shared.act(ResponseAction::Take(row));
                }
            })
        };
        html! {
            <g class="plan" role="button" tabindex="0" aria-label={told.clone()} data-row={row.to_string()} onclick={take(&shared, row)} onkeydown={key}>
                <title>{ told }</title><circle class="reach" cx={px(*x)} cy={px(*y)} r="12" /><circle class="step" cx={px(*x)} cy={px(*y)} r={px(*r)} />
            </g>
        }
    };
    html! {
        <svg class="curve response-chart front" viewBox={format!("0 0 {} {}", f.width, f.height)} role="group" aria-label={shared.t("response-front-label")}>
            { for chart.y_ticks.iter().zip(tick_words(&chart.y_ticks, 1.0)).map(y_tick) }
            { for chart.x_ticks.iter().zip(tick_words(&chart.x_ticks, 1.0)).map(x_tick) }
            <text x={px(f.left)} y="11">{ tr(lang, "response-front-y", &[("unit", CO2.unit(lang))]) }</text>
            <text x={px(f.right)} y={px(f.bottom + 36.0)} text-anchor="end">{ tr(lang, "response-front-x", &[("unit", COST.unit(lang))]) }</text>
            { for chart.paths.iter().map(|d| html! { <path class="line" d={d.clone()} /> }) }
            { for chart.dots.iter().map(dot) }
        </svg>
    }
}

fn table(shared: &Shared, front: &FrontAnswer) -> Html {
    let lang = shared.state.lang;
    let number = |q: Quantity, v: f64| crate::i18n::decimals(q.scaled(v, lang), 2);
    let row = |(n, p): (usize, &FrontPoint)| {
        let told =
            tr(lang, "response-front-open-label", &[("n", &(n + 1).to_string()), ("what", &what(shared, front, p))]);
        html! {
            <tr>
                <td class="num">{ n + 1 }</td><td>{ what(shared, front, p) }</td>
                <td class="num">{ number(COST, p.yuan) }</td><td class="num">{ number(CO2, p.kg_co2e) }</td><td class="num">{ format!("{} %", significant(100.0 * p.covered)) }</td>
                <td><button class="link" aria-label={told} onclick={take(shared, n)}>{ shared.t("response-front-open") }</button></td>
            </tr>
        }
    };
    let heads = html! {
        <>
            { head("#".into(), true) }{ head(shared.t("response-front-plan"), false) }
            { head(tr(lang, "response-front-x", &[("unit", COST.unit(lang))]), true) }
            { head(tr(lang, "response-front-y", &[("unit", CO2.unit(lang))]), true) }
            { head(tr(lang, "response-front-covered", &[("km", &significant(front.limit_km))]), true) }
            { head(shared.t("response-front-open"), false) }
        </>
    };
    scroll(shared, Asking::Front, heads, front.points.iter().enumerate().map(row).collect())
}
