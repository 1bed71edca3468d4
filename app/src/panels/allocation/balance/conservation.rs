//! What enters and where it goes, by metal: two slim bars and a table.

use super::{
    AnswerProps,
    choices::{change, short},
    why::use_why,
};
use crate::{
    app::Shared,
    i18n::{Quantity, amount_words, significant, tr},
    panels::use_shared,
    state::{BalanceFigure, ENDS, ENTERS, Entry, LEAVES, METALS, Metals, balance_of, off, sum_of, together},
};
use atlas_core::{
    allocation::{Answer, Balance},
    catchment::Demand,
};
use yew::prelude::*;

#[component]
pub fn Conservation(props: &AnswerProps) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let name = shared.t("conservation-title");
    let (button, because) = use_why(BalanceFigure::Conservation, &name);
    let all = together(&props.answer.balance);
    let words = |v: f64| amount_words(lang, Demand::Tonnes, v);
    let sentence = tr(
        lang,
        "conservation-sentence",
        &[
            ("in", &words(sum_of(&ENTERS, &all))),
            ("made", &words(all.product_t)),
            ("lost", &words(all.sorting_loss_t + all.smelting_loss_t)),
            ("slack", &words(all.unreached_t + all.unallocated_t)),
        ],
    );
    html! {
        <section class="figure" id="balance-conservation" data-off={off(&all).to_string()} data-in={sum_of(&ENTERS, &all).to_string()} data-out={sum_of(&LEAVES, &all).to_string()}>
            <h3>{ &name }</h3><span class="unit">{ Quantity::TonnesPerYear.unit(lang) }</span>{ button }
            <p class="wide">{ sentence }</p>
            { bars(&shared, &props.answer) }
            { table(&shared, props, &name) }
            { because }
        </section>
    }
}

/// Two bars a metal on one scale, and what their parts are.
fn bars(shared: &Shared, answer: &Answer) -> Html {
    let each: Vec<(Metals, Balance)> =
        METALS.into_iter().filter(Option::is_some).map(|m| (m, balance_of(&answer.balance, m))).collect();
    let most = each.iter().fold(0.0_f64, |a, (_, b)| a.max(sum_of(&ENTERS, b)).max(sum_of(&LEAVES, b)));
    let part = |b: &Balance, e: &Entry| {
        let width = if most > 0.0 { 100.0 * (e.of)(b) / most } else { 0.0 };
        html! { <i class={classes!("part", e.key)} style={format!("width:{width:.2}%")}></i> }
    };
    let bar =
        |b: &Balance, entries: &[Entry]| html! { <div class="stack">{ for entries.iter().map(|e| part(b, e)) }</div> };
    let row = |(m, b): &(Metals, Balance)| {
        let key = m.map_or("all", |s| s.key());
        html! { <div class={classes!("metal-bars", key)}><span>{ short(shared, *m) }</span><div>{ bar(b, &ENTERS) }{ bar(b, &LEAVES) }</div></div> }
    };
    let used = |e: &&Entry| each.iter().any(|(_, b)| (e.of)(b) > 0.5);
    let told = |e: &Entry| html! { <li><i class={classes!("swatch", "part", e.key)}></i>{ shared.t(&format!("balance-{}", e.key)) }</li> };
    html! {
        <div class="wide-row" aria-hidden="true">
            <p class="fine">{ shared.t("conservation-bars") }</p>
            { for each.iter().map(row) }
            <ul class="part-legend">{ for ENTERS.iter().chain(&LEAVES).filter(used).map(told) }</ul>
        </div>
    }
}

fn table(shared: &Shared, props: &AnswerProps, name: &str) -> Html {
    let lang = shared.state.lang;
    let (answer, base) = (&*props.answer, props.base.as_deref());
    let scaled = |v: f64| Quantity::TonnesPerYear.scaled(v, lang);
    let cell = |m: Metals, of: &dyn Fn(&Balance) -> f64, less: Option<bool>| {
        let value = of(&balance_of(&answer.balance, m));
        let before = base.map(|b| scaled(of(&balance_of(&b.balance, m))));
        html! { <td class="num">{ number(scaled(value)) }{ change(scaled(value), before, less) }</td> }
    };
    let line = |key: &str, of: &dyn Fn(&Balance) -> f64, class: Option<&'static str>, less: Option<bool>| {
        html! {
            <tr class={classes!(class)} data-row={key.to_owned()}><th scope="row">{ shared.t(&format!("balance-{key}")) }</th>{ for METALS.map(|m| cell(m, of, less)) }</tr>
        }
    };
    let lines = |entries: &[Entry]| entries.iter().map(|e| line(e.key, &e.of, None, better(e.key))).collect::<Html>();
    html! {
        <div class="scroll wide-row" tabindex="0" role="region" aria-label={name.to_owned()}>
            <table class="plain ledger">
                <caption>{ shared.t("conservation-row") }</caption>
                <thead><tr><th scope="col"><span class="sr-only">{ shared.t("conservation-row-name") }</span></th>{ for METALS.map(|m| html! { <th scope="col" class="num">{ short(shared, m) }</th> }) }</tr></thead>
                <tbody>
                    { lines(&ENTERS) }
                    { line("total-in", &|b| sum_of(&ENTERS, b), Some("sum"), None) }
                    { lines(&LEAVES) }
                    { line("total-out", &|b| sum_of(&LEAVES, b), Some("sum"), None) }
                    { line("off", &off, Some("off"), None) }
                </tbody>
                <tbody>{ lines(&ENDS) }</tbody>
            </table>
        </div>
    }
}

/// Nothing is a plain 0.
fn number(v: f64) -> String {
    if v.abs() < 0.000_5 { "0".into() } else { significant(v) }
}

/// True where less is better, false where more is.
fn better(key: &str) -> Option<bool> {
    match key {
        "made" | "used" => Some(false),
        "sorting-loss" | "smelting-loss" | "unreached" | "left" | "unmet" => Some(true),
        _ => None,
    }
}
