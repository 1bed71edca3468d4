//! Shocks, ranked by harm.

use super::{Head, work};
use crate::{
    app::Shared,
    i18n::{Quantity, count, significant, tr},
    panels::use_shared,
    state::{Ranked, StressAction, shock_words, stress_summary},
};
use atlas_core::uncertainty::{Shock, ShockKind, Stressed};
use yew::prelude::*;

/// So many rows are shown at first.
const FIRST: usize = 15;

#[component]
pub fn RankPart() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let s = &state.stress;
    let terminals = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let checked = e.target_unchecked_into::<web_sys::HtmlInputElement>().checked();
            shared.act(StressAction::Terminals(checked));
        })
    };
    let ranked = s.ranked.as_deref();
    let old = ranked.is_some_and(|r| r.is_old(state.document.scenario()));
    let whole = ranked.is_some_and(|r| r.whole);
    html! {
        <section class={classes!("figure-box", "stress-rank", old.then_some("stale"))} aria-labelledby="stress-rank-title" data-whole={whole.to_string()} data-running={s.rank.running.to_string()}>
            <Head part="rank" known={ranked.is_some()} />
            <div class="response-row">
                { work(&shared, "rank", &s.rank, ranked.is_some(), || StressAction::Rank, || StressAction::StopRank) }
                <label class="inline"><input type="checkbox" id="stress-terminals" checked={s.terminals} onchange={terminals} disabled={s.rank.running} />{ shared.t("stress-terminals") }</label>
            </div>
            if let Some(ranked) = ranked {
                if old { <p class="fine" id="stress-old">{ shared.t("response-old") }</p> }
                if !whole && !s.rank.running { <p class="fine" role="status">{ shared.t("stress-stopped") }</p> }
                <div id="stress-say">{ for stress_summary(state, &ranked.document, &ranked.ranking).into_iter().map(|w| html! { <p>{ w }</p> }) }</div>
                { kinds(&shared) }
                { table(&shared, ranked) }
            } else if !s.rank.running {
                <p class="fine">{ shared.t("stress-rank-none") }</p>
            }
        </section>
    }
}

fn kinds(shared: &Shared) -> Html {
    let s = &shared.state.stress;
    let button = |kind: Option<ShockKind>| {
        let key = kind.map_or("all", ShockKind::key);
        let set = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| shared.act(StressAction::Kind(kind)))
        };
        html! { <button id={format!("stress-kind-{key}")} aria-pressed={(s.kind == kind).to_string()} onclick={set}>{ shared.t(&format!("stress-kind-{key}")) }</button> }
    };
    html! {
        <div class="segments stress-kinds" role="group" aria-label={shared.t("stress-kinds")}>
            { button(None) }{ for s.kinds().into_iter().map(|k| button(Some(k))) }
        </div>
    }
}

fn table(shared: &Shared, ranked: &Ranked) -> Html {
    let (lang, s) = (shared.state.lang, &shared.state.stress);
    let listed = s.listed();
    let shown = if s.all { listed.len() } else { listed.len().min(FIRST) };
    let head = |key: &str, q: Option<Quantity>| {
        let unit = q.map(|q| html! { <small class="unit">{ q.unit(lang) }</small> });
        html! { <th scope="col" class={q.map(|_| "num")}>{ shared.t(&format!("stress-col-{key}")) }{ " " }{ for unit }</th> }
    };
    let all = {
        let (shared, all) = (shared.clone(), s.all);
        Callback::from(move |_: MouseEvent| shared.act(StressAction::All(!all)))
    };
    html! {
        <>
            <div class="scroll short" tabindex="0" role="region" aria-label={shared.t("stress-rank-table")}>
                <table class="plain" id="stress-table">
                    <thead><tr>
                        <th scope="col" class="num">{ "#" }</th>{ head("what", None) }
                        { head("left", Some(Quantity::TonnesPerYear)) }{ head("unmet", Some(Quantity::TonnesPerYear)) }
                        { head("yuan", Some(Quantity::YuanPerYear)) }{ head("co2", Some(Quantity::Co2PerYear)) }{ head("full", None) }
                    </tr></thead>
                    <tbody>{ for listed.iter().take(shown).map(|(rank, row)| line(shared, ranked, *rank, row)) }</tbody>
                </table>
            </div>
            if listed.len() > FIRST {
                <button class="link" id="stress-all" aria-pressed={s.all.to_string()} onclick={all}>{ if s.all { shared.t("stress-fewer") } else { tr(lang, "stress-more", &[("n", &count(listed.len()))]) } }</button>
            }
        </>
    }
}

fn line(shared: &Shared, ranked: &Ranked, rank: usize, row: &Stressed) -> Html {
    let (lang, state) = (shared.state.lang, &shared.state);
    let number = |q: Quantity, v: f64| {
        let words = if v == 0.0 { "0".into() } else { significant(q.scaled(v, lang)) };
        html! { <td class="num">{ words }</td> }
    };
    let kind = row.shock.kind(&ranked.document).map_or("all", ShockKind::key);
    let chosen = state.stress.shown.as_ref() == Some(&row.shock);
    let show = {
        let (shared, shock) = (shared.clone(), (!chosen).then(|| row.shock.clone()));
        Callback::from(move |_: MouseEvent| shared.act(StressAction::Show(shock.clone())))
    };
    let disputed = row.shock == Shock::ClaimedDemand;
    let h = &row.harm;
    let full = match (&row.full, row.idle) {
        (Some(_), _) => shared.t("stress-full-yes"),
        (_, true) => shared.t("stress-full-idle"),
        _ => "–".into(),
    };
    html! {
        <tr data-shock={row.shock.key()} data-kind={kind} data-unmet={h.unmet_t.to_string()} class={chosen.then_some("is-chosen")}>
            <td class="num">{ rank }</td>
            <th scope="row"><button class="link" aria-pressed={chosen.to_string()} onclick={show}>{ shock_words(state, &ranked.document, &row.shock) }</button>
                <small class="fine">{ shared.t(&format!("stress-kind-{kind}")) }</small>
                if disputed { <span class="tag">{ shared.t("stress-disputed") }</span> }</th>
            { number(Quantity::TonnesPerYear, h.unallocated_t) }{ number(Quantity::TonnesPerYear, h.unmet_t) }
            { number(Quantity::YuanPerYear, h.yuan) }{ number(Quantity::Co2PerYear, h.kg_co2e) }
            <td>{ full }</td>
        </tr>
    }
}
