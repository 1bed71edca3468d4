//! How sure the answer is, in words, and how large the problem was.

use super::{AnswerProps, why::use_why};
use crate::{
    i18n::{Lang, co2_words, count, decimals, tr, yuan_words},
    panels::use_shared,
    state::{BalanceFigure, gap_words, objective_key, proof_key},
};
use atlas_core::{allocation::Status, scenario::Objective};
use yew::prelude::*;

#[component]
pub fn Proof(props: &AnswerProps) -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let lang = state.lang;
    let a = &*props.answer;
    let name = shared.t("proof-title");
    let (button, because) = use_why(BalanceFigure::Proof, &name);
    let objective = state.document.scenario().goal.objective;
    let key = match (a.status, objective) {
        (Status::Optimal, Objective::Cost) | (Status::Feasible | Status::Infeasible, _) => {
            format!("proof-{}", proof_key(a.status))
        }
        (Status::Optimal, o) => format!("proof-optimal-{}", objective_key(o)),
    };
    let mood = match a.status {
        Status::Optimal => "good",
        Status::Feasible => "warn",
        Status::Infeasible => "bad",
    };
    let value = |v: f64| proved(lang, objective, v);
    let term = |key: &str, words: String| html! { <div class="cell"><dt>{ shared.t(key) }</dt><dd class="num">{ words }</dd></div> };
    let size = a.size;
    html! {
        <section class="figure" id="balance-proof" data-status={a.status.key()} data-gap={a.gap.to_string()}>
            <h3>{ &name }</h3><span></span>{ button }
            <p class={classes!("wide", "proof", mood)}><b>{ tr(lang, &key, &[("gap", &gap_words(a.gap))]) }</b></p>
            <p class="fine wide-row">{ shared.t(&format!("proof-objective-{}", objective_key(objective))) }{ if lang == Lang::Zh { "。" } else { ". " } }{ shared.t("proof-first") }</p>
            <dl class="cells wide-row">
                { term("proof-value", value(a.objective)) }
                { term("proof-bound", value(a.bound)) }
                { term("proof-gap", format!("{:.1e}", a.gap)) }
            </dl>
            <p class="fine wide-row num">{ tr(lang, "proof-size", &[
                ("nodes", &count(size.nodes as usize)),
                ("arcs", &count(size.arcs as usize)),
                ("rows", &count(size.rows as usize)),
                ("pivots", &count(size.pivots as usize)),
                ("rounds", &count(size.rounds as usize)),
            ]) }</p>
            { because }
        </section>
    }
}

/// Objective and bound with all the digits in which they could differ.
fn proved(lang: Lang, objective: Objective, v: f64) -> String {
    let unit = |words: String| words.split_once(' ').map_or_else(String::new, |(_, unit)| unit.to_owned());
    match objective {
        Objective::Cost => {
            let per = if lang == Lang::Zh { 1e8 } else { 1e9 };
            format!("{} {}", decimals(v / per, 6), unit(yuan_words(lang, 1e9)))
        }
        Objective::Co2 => {
            let per = if lang == Lang::Zh { 1e7 } else { 1e9 };
            let words = if lang == Lang::Zh { co2_words(lang, 1e7) } else { co2_words(lang, 1e9) };
            format!("{} {}", decimals(v / per, 6), unit(words))
        }
        Objective::Metal | Objective::Weighted { .. } => decimals(v, 0),
    }
}
