//! The smallest change of a lever that reaches a target, asked as a sentence.

use super::{Part, head, lever_select, measure_select, place_select, scroll};
use crate::{
    app::Shared,
    i18n::{Lang, tr},
    panels::use_shared,
    state::{
        Asking, ResponseAction, aim_name, aim_quantity, aim_words, confirmed_words, found_steps, found_words,
        lever_name, lever_value,
    },
};
use atlas_core::{
    levers,
    response::{FoundAnswer, Outcome, Phase},
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[component]
pub fn FinderPart() -> Html {
    let shared = use_shared();
    let ask = sentence(&shared);
    let Some(answered) = &shared.state.responses.found else {
        return html! { <Part asking={Asking::Finder} {ask} answered={false} stopped={false} old={false} /> };
    };
    let found = &*answered.answer;
    let chart = answer(&shared, found, answered.stopped);
    html! {
        <Part asking={Asking::Finder} {ask} answered={true} stopped={answered.stopped} old={answered.is_old(shared.state.document.scenario())} {chart} table={steps(&shared, found)} />
    }
}

fn sentence(shared: &Shared) -> Html {
    let r = &shared.state.responses;
    let lang = shared.state.lang;
    let measure = measure_select(shared, "response-finder-measure");
    let place = place_select(shared, "response-finder-place");
    let c = html! { <span>{ shared.t("response-finder-c") }</span> };
    // Each language says it in its own order.
    let aim = if lang == Lang::Zh {
        html! { <>{ place }{ c }{ measure }</> }
    } else {
        html! { <>{ measure }{ c }{ place }</> }
    };
    let way = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
            shared.act(ResponseAction::AtLeast(row == 0));
        })
    };
    let typed = {
        let shared = shared.clone();
        Callback::from(move |e: InputEvent| {
            shared.act(ResponseAction::Target(e.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    html! {
        <span class="response-sentence">
            <span>{ shared.t("response-finder-a") }</span>
            { lever_select(shared, "response-finder-lever", Some(&r.lever), false, |k| ResponseAction::Lever(k.unwrap_or_default())) }
            <span>{ shared.t("response-finder-b") }</span>{ aim }
            <select id="response-finder-way" aria-label={shared.t("response-target")} onchange={way}>
                <option selected={r.at_least}>{ shared.t("response-at-least") }</option><option selected={!r.at_least}>{ shared.t("response-at-most") }</option>
            </select>
            <input id="response-target" type="text" inputmode="decimal" size="9" aria-label={shared.t("response-target")} value={r.target.clone()} oninput={typed} />
            <span>{ aim_quantity(&r.aim).unit(lang) }</span>
        </span>
    }
}

fn answer(shared: &Shared, found: &FoundAnswer, stopped: bool) -> Html {
    let lang = shared.state.lang;
    let lever = levers::find(&shared.state.baseline, &found.lever).ok();
    let set = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ResponseAction::Set))
    };
    let now = lever.as_ref().and_then(|l| l.value(&shared.state.baseline, shared.state.document.scenario()));
    let to = match found.outcome {
        Outcome::Reached { value, .. } if !stopped => Some(value),
        _ => None,
    };
    html! {
        <div class="wide-row found" id="response-found">
            <p role="status"><b>{ found_words(lang, found, lever.as_ref()) }</b></p>
            <p class="fine">{ found_steps(lang, found, lever.as_ref()) }</p>
            if let Some(c) = &found.confirmed {
                <p class="fine">{ confirmed_words(lang, aim_quantity(&found.aim), &c.numbers) }{ " " }
                    if to.is_some() { { shared.t(if c.reached { "response-confirmed-yes" } else { "response-confirmed-no" }) } }
                </p>
            }
            if let Some(value) = to {
                if now == Some(value) { <p class="fine" role="status" id="response-set-done">{ shared.t("response-set-done") }</p> }
                else { <button class="btn" id="response-set" onclick={set}>{ tr(lang, "response-set", &[("lever", &lever_name(lang, &found.lever)), ("value", &lever_value(lang, lever.as_ref(), value))]) }</button> }
            }
        </div>
    }
}

fn steps(shared: &Shared, found: &FoundAnswer) -> Html {
    let lang = shared.state.lang;
    let lever = levers::find(&shared.state.baseline, &found.lever).ok();
    let row = |s: &atlas_core::response::Step| {
        html! {
            <tr>
                <td class="num">{ lever_value(lang, lever.as_ref(), s.value) }</td><td class="num">{ aim_words(lang, &found.aim, s.found) }</td>
                <td>{ shared.t(if s.reached { "response-yes" } else { "response-no" }) }</td>
                <td>{ shared.t(if s.phase == Phase::Scan { "response-phase-scan" } else { "response-phase-halving" }) }</td>
            </tr>
        }
    };
    let heads = html! {
        <>
            { head(shared.t("response-step-value"), true) }{ head(aim_name(lang, &found.aim), true) }
            { head(shared.t("response-step-reached"), false) }{ head(shared.t("response-step-phase"), false) }
        </>
    };
    scroll(shared, Asking::Finder, heads, found.steps.iter().map(row).collect())
}
