//! Values of the tables that must balance: which give way, by how much, and what stands in the tables nevertheless.

use super::parameters::chosen;
use crate::{
    app::Shared,
    i18n::{decimals, tr},
    panels::{open_source, said_sentences, use_shared, use_why_button},
    platform,
    state::{
        Balanced, SHIFT, ledger_balance_name, ledger_equation, ledger_id, ledger_name, ledger_number, ledger_sentences,
        ledger_shift, ledger_unit, shift_drawing, shift_x,
    },
    ui::{Icon, icon},
};
use atlas_core::{
    model::Stream,
    uncertainty::reconcile::{ReconcileError, SUSPECT, Verdict},
};
use yew::prelude::*;

/// Metals that the tables know enough of.
const METALS: [Stream; 4] = [Stream::Al, Stream::Cu, Stream::Pb, Stream::Zn];

#[component]
pub fn BalancesTable() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let of = use_state(|| None::<Stream>);
    let (why, open) = use_why_button(&shared.t("sources-tab-balances"));
    let set = state.document.scenario().parameters.clone();
    let all = use_memo((set, state.has_baseline()), |(_, known)| known.then(|| state.balanced()));
    let all = match &*all {
        None => return html! { <p class="hint" role="status">{ shared.t("compare-wait") }</p> },
        Some(Ok(all)) => all,
        Some(Err(refused)) => {
            return html! { <p class="hint" role="alert" id="ledger-refused">{ refusal(&shared, refused) }</p> };
        }
    };
    let choose = {
        let of = of.clone();
        Callback::from(move |e: Event| of.set(chosen(&e, &METALS)))
    };
    let save = {
        let csv = all.csv();
        Callback::from(move |_: MouseEvent| platform::save_text("balances.csv", "text/csv", &csv))
    };
    let heads = ["value", "stated", "picture", "balanced", "shift", "test", "verdict", "source"];
    html! {
        <>
            <p class="lead">{ shared.t("ledger-lead") }</p>
            { said_sentences("ledger-say", &ledger_sentences(state.lang, all)) }
            <div class="filters">
                <label class="inline">{ shared.t("ledger-metal") }
                    <select onchange={choose}><option selected={of.is_none()}>{ shared.t("sources-any") }</option>
                        { for METALS.map(|s| html! { <option selected={*of == Some(s)}>{ shared.t(&format!("stream-{}", s.key())) }</option> }) }</select></label>
                { why }
                <button class="btn" id="ledger-csv" onclick={save}>{ icon(Icon::Save) }{ "CSV" }</button>
            </div>
            if open { <div class="because">{ for ["ledger-why-method", "ledger-why-test", "ledger-why-spread", "ledger-why-kept"].map(|k| html! { <p>{ shared.t(k) }</p> }) }</div> }
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("sources-tab-balances")}>
                <table class="plain big-table balances">
                    <thead><tr>{ for heads.map(|h| html! { <th scope="col">{ shared.t(&format!("ledger-head-{h}")) }</th> }) }</tr></thead>
                    <tbody>{ for all.rows(*of).into_iter().map(|i| line(&shared, all, i)) }</tbody>
                </table>
            </div>
            <h3>{ shared.t("ledger-balances") }</h3>
            <div class="scroll" tabindex="0" role="region" aria-label={shared.t("ledger-balances")}>
                <table class="plain big-table balances-kept">
                    <thead><tr>{ for ["balance", "equation", "left", "right", "off"].map(|h| html! { <th scope="col">{ shared.t(&format!("ledger-head-{h}")) }</th> }) }</tr></thead>
                    <tbody>{ for all.ledger.balances.iter().map(|b| equation(&shared, all, b)) }</tbody>
                </table>
            </div>
        </>
    }
}

fn refusal(shared: &Shared, refused: &ReconcileError) -> String {
    let lang = shared.state.lang;
    match refused {
        ReconcileError::NoSolution { key, off } => {
            let words = format!("{} {}", ledger_number(lang, "kt/y", off.abs()), ledger_unit(lang, "kt/y"));
            tr(lang, refused.code(), &[("balance", &ledger_balance_name(lang, key)), ("off", &words)])
        }
        ReconcileError::BadQuantity(key) => tr(lang, refused.code(), &[("name", &ledger_name(lang, key))]),
        ReconcileError::BadBalance(key) => tr(lang, refused.code(), &[("balance", &ledger_balance_name(lang, key))]),
        ReconcileError::NotSettled(rounds) => tr(lang, refused.code(), &[("rounds", &rounds.to_string())]),
    }
}

/// One value.
fn line(shared: &Shared, all: &Balanced, i: usize) -> Html {
    let lang = shared.state.lang;
    let (e, a) = all.row(i);
    let (key, verdict) = (&e.quantity.key, a.verdict(&e.quantity));
    let unit = ledger_unit(lang, &e.unit);
    let number = |v: f64, d: Option<f64>| {
        let give = d.filter(|d| *d > 0.0).map(|d| format!(" ± {}", ledger_number(lang, &e.unit, d)));
        html! { <span><b>{ ledger_number(lang, &e.unit, v) }</b>{ give.unwrap_or_default() }{ " " }<span class="unit">{ unit }</span></span> }
    };
    let none = || html! { { "\u{2013}" } };
    let measured = e.quantity.deviation.is_some();
    let shifted = matches!(verdict, Verdict::Agrees | Verdict::Suspect);
    let head = |h: &str| shared.t(&format!("ledger-head-{h}"));
    let word = shared.t(&format!("ledger-verdict-{}", verdict.key()));
    let link = |key: &String| html! { <li><button class="link" onclick={open_source(shared, key)}>{ crate::i18n::parameter_name(lang, key) }</button></li> };
    let beyond = e.unit == "share" && !(0.0..=1.0).contains(&a.value);
    html! {
        <tr key={key.clone()} id={ledger_id(key)} tabindex="-1" data-verdict={verdict.key()}>
            <th scope="row" data-label={head("value")}>{ ledger_name(lang, key) }</th>
            <td class="num" data-label={head("stated")}>if measured { { number(e.quantity.value, e.quantity.deviation) } } else { { none() } }</td>
            <td data-label={head("picture")}>{ picture(shared, all, i) }</td>
            <td class="num" data-label={head("balanced")}>
                if verdict == Verdict::Open { { none() } } else { { number(a.value, a.deviation) } }
                if beyond { <span class="fine">{ shared.t("ledger-beyond") }</span> }
            </td>
            <td class="num" data-label={head("shift")}>if shifted { { ledger_shift(lang, e, a) } } else { { none() } }</td>
            <td class="num" data-label={head("test")}>{ a.test.map_or_else(none, |t| html! { { decimals(t.abs(), 2) } }) }</td>
            <td data-label={head("verdict")}><span class={classes!("standing", verdict.key())}>{ word }</span></td>
            <td class="uses" data-label={head("source")}>if e.keys.is_empty() { <span class="fine">{ shared.t(if measured { "ledger-added-up" } else { "ledger-nobody" }) }</span> } else { <ul>{ for e.keys.iter().map(link) }</ul> }</td>
        </tr>
    }
}

/// How far a value gives way, on a scale of its own standard deviations.
fn picture(shared: &Shared, all: &Balanced, i: usize) -> Html {
    let (e, a) = all.row(i);
    let Some(d) = shift_drawing(e, a) else { return Html::default() };
    let (width, height, _) = SHIFT;
    let px = |v: f64| format!("{v:.1}");
    let middle = height / 2.0;
    let band = |to: f64, class: &'static str| html! { <rect {class} x={px(shift_x(-to))} y="3" width={px(shift_x(to) - shift_x(-to))} height={px(height - 6.0)} /> };
    let label = tr(
        shared.state.lang,
        "ledger-picture-label",
        &[("name", &ledger_name(shared.state.lang, &e.quantity.key)), ("n", &decimals(a.shift, 2))],
    );
    html! {
        <svg class="shift" width={px(width)} height={px(height)} viewBox={format!("0 0 {width} {height}")} role="img" aria-label={label}>
            { band(SUSPECT, "far") }{ band(1.0, "near") }
            <path class="stated" d={format!("M{:.1} 1V{:.1}", shift_x(0.0), height - 1.0)} />
            <path class="reach" d={format!("M{:.1} {middle:.1}H{:.1}", d.from, d.to)} />
            <circle cx={px(d.at)} cy={px(middle)} r="4" />
        </svg>
    }
}

/// One balance, with both sides as the tables have them.
fn equation(shared: &Shared, all: &Balanced, balance: &atlas_core::uncertainty::reconcile::Balance) -> Html {
    let lang = shared.state.lang;
    let (words, sides) = ledger_equation(lang, all, balance);
    let head = |h: &str| shared.t(&format!("ledger-head-{h}"));
    let unit = ledger_unit(lang, "kt/y");
    let cells = match sides {
        Some((left, right, off)) => html! {
            <>
                <td class="num" data-label={head("left")}><span>{ left }{ " " }<span class="unit">{ unit }</span></span></td>
                <td class="num" data-label={head("right")}><span>{ right }{ " " }<span class="unit">{ unit }</span></span></td>
                <td class="num" data-label={head("off")}><span><b>{ off }</b>{ " " }<span class="unit">{ unit }</span></span></td>
            </>
        },
        None => {
            let out = all.ledger.works_out(balance).map(|i| ledger_name(lang, &all.ledger.entries[i].quantity.key));
            html! { <td colspan="3" data-label={head("off")} class="fine">{ tr(lang, "ledger-works-out", &[("name", &out.unwrap_or_default())]) }</td> }
        }
    };
    html! {
        <tr key={balance.key.clone()}>
            <th scope="row" data-label={head("balance")}>{ ledger_balance_name(lang, &balance.key) }</th>
            <td data-label={head("equation")}>{ words }</td>
            { cells }
        </tr>
    }
}
