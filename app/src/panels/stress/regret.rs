//! Plans in all cases: the regret of each, and which loses least.

use super::{Head, work};
use crate::{
    app::Shared,
    i18n::{significant, tr},
    panels::use_shared,
    state::{
        REGRET_AIMS, Regretted, StressAction, aim_quantity, case_words, harm_words, measure_name, plan_words,
        regret_sentences, stress_naming,
    },
};
use atlas_core::{
    format::stress::case_key,
    uncertainty::{RegretMatrix, Shock},
};
use yew::prelude::*;

#[component]
pub fn RegretPart() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let s = &state.stress;
    let plans = state.regret_plans();
    let names: Vec<String> = plans.iter().map(|(c, _)| plan_words(state, c)).collect();
    let found = s.regretted.as_deref();
    let old = found.is_some_and(|f| f.plans != plans);
    let choose = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let row = e.target_unchecked_into::<web_sys::HtmlSelectElement>().selected_index();
            if let Some(m) = usize::try_from(row).ok().and_then(|r| REGRET_AIMS.get(r)) {
                shared.act(StressAction::Aim(*m));
            }
        })
    };
    let option = |m| html! { <option selected={m == s.aim.measure}>{ measure_name(state.lang, m) }</option> };
    let matrix = found.and_then(|f| f.payoffs.regret(&s.aim));
    html! {
        <section class={classes!("figure-box", "stress-regret", old.then_some("stale"))} aria-labelledby="stress-regret-title" data-whole={found.is_some_and(|f| f.whole).to_string()}>
            <Head part="regret" known={found.is_some()} />
            <p class="fine">{ tr(state.lang, "regret-plans", &[("plans", &names.join(if state.lang == crate::i18n::Lang::Zh { "、" } else { ", " }))]) }</p>
            <div class="response-row">
                { work(&shared, "regret", &s.compare, found.is_some(), || StressAction::Regret, || StressAction::StopRegret) }
                <label class="inline">{ shared.t("regret-by") }<select id="stress-aim" onchange={choose}>{ for REGRET_AIMS.into_iter().map(option) }</select></label>
            </div>
            if let (Some(found), Some(matrix)) = (found, &matrix) {
                if old { <p class="fine">{ shared.t("regret-old") }</p> }
                if !found.whole { <p class="fine" role="status">{ shared.t("stress-stopped") }</p> }
                <div id="regret-say">{ for regret_sentences(state, found, matrix, &s.aim).into_iter().map(|w| html! { <p>{ w }</p> }) }</div>
                { table(&shared, found, matrix) }
            } else if !s.compare.running {
                <p class="fine">{ shared.t("regret-none") }</p>
            }
        </section>
    }
}

/// The matrix as a table whose cells are the darker the larger the regret.
fn table(shared: &Shared, found: &Regretted, matrix: &RegretMatrix) -> Html {
    let (lang, state, aim) = (shared.state.lang, &shared.state, shared.state.stress.aim);
    let quantity = aim_quantity(&aim);
    let document = stress_naming(state);
    let most = matrix.regret.iter().flatten().flatten().copied().fold(0.0, f64::max);
    let cell = |plan: usize, case: usize| {
        let best = matrix.best[case].contains(&(plan as u32));
        let regret = matrix.regret[plan][case];
        let spared = found.payoffs.spared[plan].get(case).copied().unwrap_or_default();
        let depth = regret.filter(|_| most > 0.0).map_or(0.0, |r| 100.0 * r / most);
        let style = format!("--depth:{depth:.0}%");
        html! {
            <td class={classes!("num", "heat", best.then_some("best"))} {style} data-regret={regret.map(|r| r.to_string())}>
                { regret.map_or_else(|| "–".into(), |r| significant(quantity.scaled(r, lang))) }
                if best { <span class="tag">{ shared.t("regret-best") }</span> }
                if spared { <span class="tag">{ shared.t("regret-spared") }</span> }
            </td>
        }
    };
    let row = |case: usize| {
        let shock = found.payoffs.cases[case].as_ref();
        html! {
            <tr data-case={case_key(shock)}>
                <th scope="row">{ case_words(state, &document, shock) }if shock == Some(&Shock::ClaimedDemand) { <span class="tag">{ shared.t("stress-disputed") }</span> }</th>
                { for (0..found.plans.len()).map(|plan| cell(plan, case)) }
            </tr>
        }
    };
    let sums = |key: &str, of: &dyn Fn(usize) -> Option<f64>, marked: &[u32]| {
        html! {
            <tr class="sum"><th scope="row">{ shared.t(&format!("regret-{key}")) }</th>
                { for (0..found.plans.len()).map(|p| html! {
                    <td class="num"><b>{ of(p).map_or_else(|| "–".into(), |v| harm_words(lang, quantity, v)) }</b>if marked.contains(&(p as u32)) { <span class="tag">{ shared.t(&format!("regret-{key}-mark")) }</span> }</td>
                }) }
            </tr>
        }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={shared.t("regret-table")}>
            <table class="plain" id="regret-table">
                <caption>{ tr(lang, "regret-caption", &[("measure", &measure_name(lang, aim.measure)), ("unit", quantity.unit(lang))]) }</caption>
                <thead><tr><th scope="col">{ shared.t("regret-case") }</th>{ for found.plans.iter().map(|(c, _)| html! { <th scope="col" class="num">{ plan_words(state, c) }</th> }) }</tr></thead>
                <tbody>
                    { for (0..found.payoffs.cases.len()).map(row) }
                    { sums("most", &|p| matrix.plans[p].most.map(|m| m.0), &matrix.least) }
                    { sums("mean", &|p| matrix.plans[p].mean, &[]) }
                    { sums("worst", &|p| matrix.plans[p].worst.map(|w| w.0), &matrix.safest) }
                </tbody>
            </table>
        </div>
    }
}
