//! Which plan is better, in plain sentences.

use super::frame::{Frame, head, scroll};
use crate::{
    app::Shared,
    i18n::{count, decimals},
    panels::use_shared,
    state::{Futures, OddsLine, SureTable, indicator_words, odds_lines, plan_called},
};
use yew::prelude::*;

#[component]
pub fn OddsPart() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let Some(found) = state.sure.found.clone() else { return Html::default() };
    let Some(aim) = found.nearest(&state.sure.aim) else { return Html::default() };
    let lines = odds_lines(state, &found, &aim);
    if lines.is_empty() {
        let chart = html! { <p class="fine" id="sure-odds-one">{ shared.t("sure-odds-one") }</p> };
        return html! { <Frame part="odds" why={shared.t("sure-odds-why")} csv={SureTable::Odds} {chart} /> };
    }
    let line = |l: &OddsLine| {
        // What decides nothing is quieter.
        html! { <li class={l.verdict.key()} data-verdict={l.verdict.key()} data-aim={l.aim.key()}>{ &l.words }{ bar(l) }</li> }
    };
    let chart = html! { <ul class="sure-odds-lines" id="sure-odds-lines">{ for lines.iter().map(line) }</ul> };
    html! { <Frame part="odds" why={shared.t("sure-odds-why")} csv={SureTable::Odds} {chart} table={Some(table(&shared, &found, &lines))} /> }
}

/// The share with its interval, from never to always.
fn bar(l: &OddsLine) -> Html {
    let at = |v: f64| format!("{:.1}%", 100.0 * v);
    html! {
        <span class="odds-bar" aria-hidden="true">
            <i class="share" style={format!("width:{}", at(l.odds.share))}></i>
            <i class="interval" style={format!("left:{};width:{}", at(l.odds.low), at(l.odds.high - l.odds.low))}></i>
            <i class="half"></i>
        </span>
    }
}

fn table(shared: &Shared, found: &Futures, lines: &[OddsLine]) -> Html {
    let state = &shared.state;
    let row = |l: &OddsLine| {
        html! {
            <tr>
                <th scope="row">{ plan_called(state, found, l.plan) }</th><td>{ indicator_words(state.lang, &l.aim) }</td><td>{ plan_called(state, found, l.other) }</td>
                <td class="num">{ count(l.odds.below as usize) }</td><td class="num">{ count(l.odds.alike as usize) }</td>
                <td class="num">{ format!("{} %", decimals(100.0 * l.odds.share, 1)) }</td>
                <td class="num">{ format!("{}–{} %", decimals(100.0 * l.odds.low, 1), decimals(100.0 * l.odds.high, 1)) }</td>
                <td>{ shared.t(&format!("sure-verdict-{}", l.verdict.key())) }</td>
            </tr>
        }
    };
    let words = |key: &str, numbers: bool| head(shared.t(&format!("sure-head-{key}")), numbers);
    let heads = html! {
        <>
            { words("plan", false) }{ words("indicator", false) }{ words("against", false) }{ words("below", true) }{ words("alike", true) }
            { words("share", true) }{ words("interval", true) }{ words("verdict", false) }
        </>
    };
    scroll("odds", shared.t("sure-odds-title"), heads, lines.iter().map(row).collect())
}
