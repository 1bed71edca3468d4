//! Quick figures of the three clusters while a lever moves; the full ones follow.

use crate::{
    i18n::{significant, tr},
    panels::{BandLook, BandMark, said::sentences, use_shared},
    state::{
        Phase, QUICK, ResponseAction, aim_quantity, levers_set, measure_name, quick_row, quick_sentences, where_name,
    },
};
use atlas_core::{model::Cluster, response::Aim};
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn QuickFigures() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    {
        // A slider that moves changes the plan: the figures follow it.
        let (shared, ready) = (shared.clone(), state.phase == Phase::Ready);
        use_effect_with((ready, Rc::as_ptr(&state.document)), move |(ready, _)| {
            if *ready {
                shared.act(ResponseAction::Turn);
            }
        });
    }
    let (lang, r) = (state.lang, &state.responses);
    let fresh = r.quick_of == r.turn;
    let Some((profiles, ms)) = &r.quick else {
        return html! { <p class="figure-box fine" id="quick" role="status">{ shared.t("response-quick-wait") }</p> };
    };
    let base = r.quick_base.as_deref();
    let row = |measure| {
        let cell = |cluster: Option<Cluster>| {
            let aim = Aim::of(measure, cluster);
            let quantity = aim_quantity(&aim);
            let words = |v: f64| significant(quantity.scaled(v, lang));
            let value = aim.value(profiles).ok();
            // Less is the solver's.
            let before = base.and_then(|b| aim.value(b).ok());
            let change = value.zip(before).filter(|(a, b)| (a - b).abs() > 4e-6 * b.abs());
            html! {
                <td class="num">{ value.map_or_else(|| "–".into(), words) }
                    if let Some((now, was)) = change { <small>{ crate::i18n::signed(quantity.scaled(now - was, lang)) }</small> }
                    if fresh { <BandMark {aim} look={BandLook::Fine} /> }
                </td>
            }
        };
        html! {
            <tr id={quick_row(measure)} tabindex="-1"><th scope="row">{ measure_name(lang, measure) }<small>{ " " }{ aim_quantity(&Aim::of(measure, None)).unit(lang) }</small></th>
                { for Cluster::ALL.map(|c| cell(Some(c))) }{ cell(None) }</tr>
        }
    };
    let told = if fresh { "response-quick-now" } else { "response-quick-late" };
    html! {
        <section class={classes!("figure-box", "quick", (!fresh).then_some("stale"))} id="quick" data-turn={r.turn.to_string()} data-of={r.quick_of.to_string()} data-ms={format!("{ms:.0}")}>
            <h3>{ shared.t("response-quick-title") }</h3>
            <span class="unit" role="status">{ shared.t(told) }{ " " }{ tr(lang, "response-quick-ms", &[("ms", &format!("{ms:.0}"))]) }</span>
            <div class="scroll wide-row" tabindex="0" role="region" aria-label={shared.t("response-quick-title")}>
                <table class="plain">
                    <thead><tr><th scope="col">{ shared.t("response-measure") }</th>{ for Cluster::ALL.map(|c| html! { <th scope="col" class="num">{ where_name(lang, Some(c)) }</th> }) }<th scope="col" class="num">{ where_name(lang, None) }</th></tr></thead>
                    <tbody>{ for QUICK.map(row) }</tbody>
                </table>
            </div>
            <p class="fine wide">{ shared.t("response-quick-note") }</p>
        </section>
    }
}

/// What the levers that are set come to, in sentences.
#[component]
pub fn LeverSentences() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let r = &state.responses;
    let Some((now, _)) = &r.quick else { return Html::default() };
    let set = levers_set(&state.baseline, state.document.scenario());
    sentences("levers-say", &quick_sentences(state.lang, set, now, r.quick_base.as_deref()))
}
