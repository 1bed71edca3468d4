//! The search: Find, how far it is, stop, go on, accept, take back.

use super::{
    clash::clash,
    futures::Futures,
    gap::{Gap, bound_key},
    why::Why,
    words::{has_field, problem_words},
};
use crate::{
    app::Shared,
    i18n::{Lang, amount_words, count, limit_words, significant, tr},
    state::{Search, SitingAction, SitingPhase, futures_label, objective_unit, objective_words, worse},
    ui::{Icon, icon},
};
use atlas_core::{
    catchment::Demand,
    siting::{
        Status,
        planning::{Proposal, accept},
    },
};
use yew::prelude::*;

fn act(shared: &Shared, action: fn() -> SitingAction) -> Callback<MouseEvent> {
    let shared = shared.clone();
    Callback::from(move |_: MouseEvent| shared.act(action()))
}

/// The button that asks, with what keeps it from being asked.
pub fn find(shared: &Shared) -> Html {
    let state = &shared.state;
    let missing = state.siting.ask.missing();
    let asked = state.siting.search.as_ref();
    let same = asked.is_some_and(|s| s.phase != SitingPhase::Refused)
        && !state.is_siting_stale()
        && !state.is_siting_question_other();
    let key = if asked.is_some() { "siting-find-again" } else { "siting-find" };
    html! {
        <section class="siting-find">
            <button id="siting-find" class={classes!("btn", (!same).then_some("main"))} disabled={missing.is_some()} onclick={act(shared, || SitingAction::Begin)}>{ icon(Icon::Search) }{ shared.t(key) }</button>
            if let Some(key) = missing { <p class="fine">{ shared.t(key) }</p> }
        </section>
    }
}

/// The search as it is.
pub fn run(shared: &Shared) -> Html {
    let state = &shared.state;
    let Some(search) = &state.siting.search else {
        return html! { <p class="hint margin-hint">{ shared.t("siting-start") }</p> };
    };
    let stale = state.is_siting_stale();
    let other = !stale && state.is_siting_question_other();
    let refused = search.phase == SitingPhase::Refused;
    let running = search.is_running();
    html! {
        <section id="siting-run" class={classes!("siting-run", (stale || other).then_some("stale"))} aria-labelledby="siting-run-title" aria-busy={running.to_string()}
            data-run={search.run.to_string()} data-phase={phase_key(search)} data-seconds={format!("{:.1}", search.seconds)}
            data-objective={search.figures()[0].map(|v| format!("{v}"))} data-sites={search.plan().map(|p| p.sites.len().to_string())}>
            <header><h2 id="siting-run-title">{ shared.t(&format!("siting-phase-{}", phase_key(search))) }</h2><span class="fine num">{ seconds(shared, search) }</span></header>
            if stale { <p class="hint" role="status">{ shared.t("siting-stale") }</p> }
            if other { <p class="hint" role="status">{ shared.t("siting-other-question") }</p> }
            if refused { { refusal(shared, search) } }
            { ways(shared, search) }
            if search.best.as_ref().is_some_and(|b| b.status != Status::Infeasible) { { figures(shared, search) }<Futures search={search.clone()} /><Gap search={search.clone()} /><Why search={search.clone()} /> }
            { clash(shared, search) }
            if let Some(plan) = search.plan() { { leftovers(shared, search, plan) } }
            if !refused && search.best.as_ref().is_none_or(|b| b.status != Status::Infeasible) { { buttons(shared, search) } }
        </section>
    }
}

/// The stable key of how far a search is.
fn phase_key(search: &Search) -> &'static str {
    let status = search.best.as_ref().map(|b| b.status);
    match (search.phase, status) {
        (SitingPhase::Ways(..), _) => "ways",
        (SitingPhase::Searching, _) => "searching",
        (SitingPhase::Stopped, _) => "stopped",
        (SitingPhase::Refused, _) => "refused",
        (SitingPhase::Done, Some(Status::Optimal)) => "optimal",
        (SitingPhase::Done, Some(Status::Infeasible)) => "infeasible",
        (SitingPhase::Done, _) => "done",
    }
}

fn seconds(shared: &Shared, search: &Search) -> String {
    tr(shared.state.lang, "siting-seconds", &[("s", &format!("{:.1}", search.seconds))])
}

/// Reasons that stand beside no field; that others stand there.
fn refusal(shared: &Shared, search: &Search) -> Html {
    let (beside, here): (Vec<_>, Vec<_>) = search.problems.iter().partition(|d| has_field(d));
    html! {
        <div class="strip" role="alert" id="siting-refused">
            if !here.is_empty() { <ul>{ for here.into_iter().map(|d| html! { <li>{ problem_words(shared, d) }</li> }) }</ul> }
            if !beside.is_empty() { <p>{ tr(shared.state.lang, "siting-refused-beside", &[("n", &beside.len().to_string())]) }</p> }
        </div>
    }
}

fn ways(shared: &Shared, search: &Search) -> Html {
    let SitingPhase::Ways(done, all) = search.phase else { return Html::default() };
    let values = [("done", &*count(done)), ("all", &*count(all))];
    let words = tr(shared.state.lang, "siting-ways", &values);
    html! { <div class="working" role="status">{ &words }<progress max={all.max(1).to_string()} value={done.to_string()} aria-label={words.clone()}></progress></div> }
}

/// Best, bound and gap.
fn figures(shared: &Shared, search: &Search) -> Html {
    let lang = shared.state.lang;
    let unit = objective_unit(lang, &search.question);
    let [mut objective, bound, mut gap] = search.figures();
    let by_hand = search.shown.is_moved() && search.other.is_some();
    if let Some(plan) = search.plan().filter(|_| by_hand) {
        (objective, gap) = (plan.objective, plan.gap);
    }
    let before = search.best.as_ref().and_then(|b| b.before);
    let label = futures_label(&shared.state, search).filter(|_| !by_hand);
    let best = label.unwrap_or_else(|| shared.t(if by_hand { "siting-by-hand" } else { "siting-best" }));
    let figure = |name: String, class: &'static str, value: String, words: &str| {
        html! { <div class={class}><dt>{ name }</dt><dd><b class="num">{ value }</b><span class="unit">{ words }</span></dd></div> }
    };
    let gap_words =
        gap.map_or_else(|| "–".into(), |g| if g.abs() < 5e-7 { "0".into() } else { significant(100.0 * g) });
    html! {
        <>
            <dl class="now">
                { figure(best, "best-figure", objective_words(&unit, objective), &unit.words) }
                { figure(shared.t(bound_key(&unit)), "", objective_words(&unit, bound), &unit.words) }
                { figure(shared.t("siting-gap"), "gap-figure", gap_words, "%") }
            </dl>
            if let (Some(before), Some(now)) = (before, objective) {
                <p class="fine">{ tr(lang, "siting-before", &[
                    ("before", &format!("{} {}", objective_words(&unit, Some(before)), unit.words)),
                    ("change", &change_words(shared, &unit, now, before)),
                ]) }</p>
            }
            if search.question.measure.is_modelled() || search.question.demand == Demand::Tonnes { <p><span class="tag">{ shared.t("results-modelled") }</span></p> }
            if search.impossible { <p class="bad" role="alert">{ shared.t("siting-cannot-stand") }</p> }
            if by_hand {
                <p class="row fine"><span>{ shared.t("siting-by-hand-note") }</span>
                    <button class="link" id="siting-back-to-best" onclick={act(shared, || SitingAction::Look(crate::state::Shown::Best))}>{ shared.t("siting-back-to-best") }</button></p>
            }
        </>
    }
}

fn change_words(shared: &Shared, unit: &crate::state::Unit, now: f64, before: f64) -> String {
    let (difference, share) = worse(unit, now, before);
    match share {
        // Per cent of per cent would be taken for points.
        _ if unit.words == "%" => format!("{difference} {}", shared.t("siting-unit-points")),
        Some(share) => format!("{difference} {} ({share} %)", unit.words),
        None => format!("{difference} {}", unit.words),
    }
}

/// What stays beyond the limit, what was left out, how large the question is.
fn leftovers(shared: &Shared, search: &Search, plan: &Proposal) -> Html {
    let lang = shared.state.lang;
    let q = &search.question;
    let amount = |v: f64| amount_words(lang, q.demand, v);
    let [candidates, cells, pairs] = plan.size.map(count);
    let limit = q.limit.map(|l| limit_words(lang, q.measure, l)).unwrap_or_default();
    html! {
        <div class="fine leftovers">
            if plan.beyond > 0.5 && q.limit.is_some() {
                <p id="siting-beyond">{ tr(lang, "siting-beyond", &[("amount", &amount(plan.beyond)), ("all", &amount(plan.demand)), ("limit", &limit)]) }
                if lang == Lang::En { { " " } }
                if plan.out_of_reach > 0.5 { { tr(lang, "siting-out-of-reach", &[("amount", &amount(plan.out_of_reach))]) } }</p>
            }
            <p class="num">{ tr(lang, "siting-size", &[("candidates", &candidates), ("cells", &cells), ("pairs", &pairs)]) }</p>
            if !plan.notes.is_empty() {
                <details><summary>{ tr(lang, "siting-notes", &[("n", &count(plan.notes.len()))]) }</summary>
                    <ul>{ for plan.notes.iter().map(|d| html! { <li>{ problem_words(shared, d) }</li> }) }</ul></details>
            }
        </div>
    }
}

/// Stop and Accept stay where they are.
fn buttons(shared: &Shared, search: &Search) -> Html {
    let state = &shared.state;
    let lang = state.lang;
    if state.are_sites_accepted() {
        let back = state.accepted_edits();
        return html! {
            <div id="siting-accepted">
                <p role="status">{ tr(lang, "siting-accepted", &[("n", &accepted_count(search).to_string())]) }</p>
                if let Some(n) = back { <button class="btn" id="siting-take-back" onclick={act(shared, || SitingAction::TakeBack)}>{ icon(Icon::Undo) }{ tr(lang, "siting-take-back", &[("n", &n.to_string())]) }</button> }
            </div>
        };
    }
    let plan = search.plan().filter(|p| p.objective.is_some() && p.status != Status::Infeasible);
    let edits = plan.map(|p| accept(&search.question, p, state.document.plan())).unwrap_or_default();
    let (n, changes) = (plan.map_or(0, |p| p.sites.len()), edits.len());
    let take = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(SitingAction::Accept(edits.clone())))
    };
    let (key, which, pause): (_, _, fn() -> SitingAction) = match search.phase {
        SitingPhase::Ways(..) | SitingPhase::Searching => ("siting-stop", Icon::Stop, || SitingAction::Pause(true)),
        _ => ("siting-go-on", Icon::Arrow, || SitingAction::Pause(false)),
    };
    let can_pause = search.is_running() || search.phase == SitingPhase::Stopped;
    let gap = plan.and_then(|p| p.gap).map(|g| significant(100.0 * g));
    html! {
        <>
            <div class="siting-two">
                <button id="siting-stop" disabled={!can_pause} onclick={act(shared, pause)}>{ icon(which) }{ shared.t(key) }</button>
                <button id="siting-accept" class="pri" disabled={changes == 0} onclick={take}>{ icon(Icon::Check) }{ tr(lang, "siting-accept", &[("n", &n.to_string())]) }</button>
            </div>
            <p class="fine">{ tr(lang, "siting-accept-note", &[("n", &changes.to_string())]) }
                if let Some(gap) = gap.filter(|_| search.phase != SitingPhase::Done) { { tr(lang, "siting-accept-gap", &[("gap", &gap)]) } }</p>
        </>
    }
}

fn accepted_count(search: &Search) -> usize {
    search.accepted.as_ref().map_or(0, |(_, all)| all.len())
}
