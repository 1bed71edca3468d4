//! Which futures are drawn, for which plans, by how many workers; how far it is, and what is drawn at all.

use crate::{
    i18n::{parameter_name, significant, tr},
    panels::{use_shared, why::use_why_button},
    state::{Phase, RULE_BASES, RULE_CONFIDENCES, SureAction, SureFacts, sure_facts},
};
use atlas_core::{
    model::{Basis, Confidence},
    uncertainty::default_share,
};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The question, as a sentence with fields in it.
#[component]
pub fn SureControls() -> Html {
    let shared = use_shared();
    let sure = &shared.state.sure;
    let lang = shared.state.lang;
    let facts = {
        let state = shared.state.clone();
        let key = (Rc::as_ptr(&shared.state.baseline), Rc::as_ptr(&shared.state.document));
        use_memo(key, move |_| sure_facts(&state))
    };
    if shared.state.phase != Phase::Ready {
        return html! { <p class="fine" role="status">{ shared.t("sure-loading") }</p> };
    }
    let begin = {
        let shared = shared.clone();
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            shared.act(SureAction::Begin);
        })
    };
    let stop = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(SureAction::Stop))
    };
    let typed = |act: fn(String) -> SureAction| {
        let shared = shared.clone();
        Callback::from(move |e: InputEvent| shared.act(act(e.target_unchecked_into::<HtmlInputElement>().value())))
    };
    let workers = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
            shared.act(SureAction::Workers(u32::try_from(row).unwrap_or(0) + 1));
        })
    };
    let refused = sure.refused.as_ref();
    let wrong = |codes: &[&str]| refused.is_some_and(|(code, _)| codes.contains(&code.as_str()));
    let bad_runs = wrong(&["draws-no-runs", "draws-too-many-runs", "sure-bad-runs"]);
    let bad_seed = wrong(&["sure-bad-seed"]);
    let plans = shared.state.sure_plans();
    let options = (1..=sure.most_workers).map(|n| html! { <option selected={n == sure.workers}>{ n }</option> });
    html! {
        <div class="figure-box sure-controls" id="sure-controls" data-running={sure.running.to_string()} data-whole={(!sure.running && sure.whole).to_string()}>
            <form class="sure-controls" onsubmit={begin} novalidate=true>
            <p class="sure-ask">
                <label>{ shared.t("sure-ask-runs") }<input id="sure-runs" class="number" inputmode="numeric" value={sure.runs.clone()} oninput={typed(SureAction::Runs)} aria-invalid={bad_runs.to_string()} aria-describedby={bad_runs.then_some("sure-refused")} /></label>
                <label>{ shared.t("sure-ask-seed") }<input id="sure-seed" class="number" inputmode="numeric" value={sure.seed.clone()} oninput={typed(SureAction::Seed)} aria-invalid={bad_seed.to_string()} aria-describedby={bad_seed.then_some("sure-refused")} /></label>
                if sure.most_workers > 1 {
                    <label>{ shared.t("sure-ask-workers") }<select id="sure-workers" onchange={workers} disabled={sure.running}>{ for options }</select></label>
                }
                <span>{ shared.t("sure-ask-plans") }</span>
            </p>
            <ol class="sure-plans" id="sure-plans">{ for plans.iter().map(|(name, _)| html! { <li>{ name }</li> }) }</ol>
            if plans.len() < 2 { <p class="fine">{ shared.t("sure-one-plan") }</p> }
            <p class="sure-row">
                if sure.running {
                    <button type="button" class="btn" id="sure-stop" onclick={stop} disabled={sure.stopping}>{ shared.t("sure-stop") }</button>
                } else {
                    <button type="submit" class="btn primary" id="sure-begin">{ shared.t("sure-begin") }</button>
                }
                if !sure.running && sure.made.done > 0 { <span class="fine" id="sure-made" role="status">{ made_words(&shared) }</span> }
            </p>
            </form>
            if sure.running { { progress(&shared) } }
            if let Some((code, subject)) = refused {
                <p class="refused" role="alert" id="sure-refused">{ tr(lang, code, &[("subject", &parameter_name(lang, subject))]) }</p>
            }
            if !sure.running && shared.state.sure_is_old() && shared.state.futures_row(shared.state.document.scenario()).is_some() { <p class="fine" id="sure-old">{ shared.t("sure-old") }</p> }
            <Drawn facts={(*facts).clone()} />
        </div>
    }
}

fn made_words(shared: &crate::app::Shared) -> String {
    let made = shared.state.sure.made;
    let key = if shared.state.sure.whole { "sure-made" } else { "sure-made-stopped" };
    tr(
        shared.state.lang,
        key,
        &[
            ("done", &made.done.to_string()),
            ("all", &made.all.to_string()),
            ("workers", &made.workers.to_string()),
            ("seconds", &significant(made.seconds)),
        ],
    )
}

fn progress(shared: &crate::app::Shared) -> Html {
    let (lang, sure) = (shared.state.lang, &shared.state.sure);
    let (done, all, workers) = (sure.far.done.to_string(), sure.far.all.to_string(), sure.far.workers.to_string());
    let words = match (sure.stopping, sure.seconds_left()) {
        (true, _) => shared.t("sure-stopping"),
        (_, Some(left)) => tr(
            lang,
            "sure-far-left",
            &[("done", &done), ("all", &all), ("workers", &workers), ("seconds", &format!("{:.0}", left.ceil()))],
        ),
        _ if sure.far.done == 0 => shared.t("sure-far-first"),
        _ => tr(lang, "sure-far", &[("done", &done), ("all", &all), ("workers", &workers)]),
    };
    let share = 100.0 * sure.share();
    html! {
        <div class="hint compare-progress">
            <span id="sure-far">{ words }</span>
            <div class="bar-of" role="progressbar" aria-label={shared.t("sure-progress")} aria-valuemin="0" aria-valuemax="100" aria-valuenow={format!("{share:.0}")}><i style={format!("width:{share:.1}%")}></i></div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct DrawnProps {
    facts: SureFacts,
}

/// What is drawn and what is not, and by which rule.
#[component]
fn Drawn(props: &DrawnProps) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let (why, open) = use_why_button(&shared.t("sure-drawn-title"));
    let f = &props.facts;
    let n = |n: usize| n.to_string();
    let yours: Vec<String> = f.yours.iter().map(|k| parameter_name(lang, k)).collect();
    html! {
        <div class="sure-drawn" id="sure-drawn">
            <p class="fine">
                { tr(lang, "sure-drawn", &[("drawn", &n(f.drawn)), ("stated", &n(f.stated)), ("rule", &n(f.drawn - f.stated))]) }{ " " }
                { tr(lang, "sure-not-drawn", &[("policy", &n(f.policy)), ("choices", &n(f.choices))]) }{ " " }
                if !yours.is_empty() { { tr(lang, "sure-yours", &[("names", &yours.join(if lang == crate::i18n::Lang::Zh { "、" } else { "; " }))]) } }
                { why }
            </p>
            if open { <div class="sure-why" id="sure-why"><p class="fine">{ shared.t("sure-drawn-why") }</p>{ rule(&shared) }<p class="fine">{ shared.t("sure-method") }</p></div> }
        </div>
    }
}

/// The rule that stands in for ends that no table states.
fn rule(shared: &crate::app::Shared) -> Html {
    let confidence = |c: Confidence| {
        let key = match c {
            Confidence::High => "confidence-high",
            Confidence::Medium => "confidence-medium",
            _ => "confidence-low",
        };
        html! { <th scope="col" class="num">{ shared.t(key) }</th> }
    };
    let cell =
        |b: Basis, c: Confidence| html! { <td class="num">{ format!("± {:.0} %", 100.0 * default_share(b, c)) }</td> };
    let row = |b: Basis| {
        html! { <tr><th scope="row">{ shared.t(&format!("basis-{}", b.key())) }</th>{ for RULE_CONFIDENCES.iter().map(|c| cell(b, *c)) }</tr> }
    };
    html! {
        <div class="scroll short" tabindex="0" role="region" aria-label={shared.t("sure-rule-title")}>
            <table class="plain" id="sure-rule">
                <caption>{ shared.t("sure-rule-title") }</caption>
                <thead><tr><th scope="col">{ shared.t("sure-rule-basis") }</th>{ for RULE_CONFIDENCES.iter().map(|c| confidence(*c)) }</tr></thead>
                <tbody>{ for RULE_BASES.iter().map(|b| row(*b)) }</tbody>
            </table>
        </div>
    }
}
