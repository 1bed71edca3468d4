//! Nothing is feasible: which limits clash, and the least relaxation that works, each with a button that applies it.

use super::words::limit_key;
use crate::{
    app::Shared,
    i18n::{Lang, Quantity, amount_words, limit_words, significant, tr},
    state::{AskAction, Search, SitingAction},
};
use atlas_core::siting::planning::{Limit, Question, Relaxation};
use yew::prelude::*;

pub fn clash(shared: &Shared, search: &Search) -> Html {
    let Some(clash) = &search.clash else { return Html::default() };
    let lang = shared.state.lang;
    let names: Vec<String> = clash.limits.iter().map(|l| shared.t(limit_key(*l))).collect();
    let names = names.join(if lang == Lang::Zh { "、" } else { ", " });
    let works: Vec<&Relaxation> = clash.relax.iter().filter(|r| r.to.is_some() || r.limit == Limit::Locks).collect();
    let helpless: Vec<String> = clash
        .relax
        .iter()
        .filter(|r| r.to.is_none() && r.limit != Limit::Locks)
        .map(|r| shared.t(limit_key(r.limit)))
        .collect();
    let helpless = helpless.join(if lang == Lang::Zh { "、" } else { ", " });
    html! {
        <div class="strip" role="alert" id="siting-clash">
            <b>{ shared.t("siting-infeasible") }</b>
            if !names.is_empty() { <p>{ tr(lang, "siting-clash", &[("limits", &names)]) }</p> }
            if clash.out_of_reach > 0.5 { <p>{ tr(lang, "siting-clash-out-of-reach", &[("amount", &amount_words(lang, search.question.demand, clash.out_of_reach))]) }</p> }
            if !works.is_empty() { <p>{ shared.t("siting-relax-title") }</p><ul>{ for works.into_iter().map(|r| relaxation(shared, search, r)) }</ul> }
            if !helpless.is_empty() { <p class="fine">{ tr(lang, "siting-relax-helpless", &[("limits", &helpless)]) }</p> }
        </div>
    }
}

fn relaxation(shared: &Shared, search: &Search, r: &Relaxation) -> Html {
    let lang = shared.state.lang;
    let name = shared.t(limit_key(r.limit));
    let words = match r.to {
        Some(to) => tr(
            lang,
            "siting-relax-to",
            &[("limit", &name), ("to", &value_words(shared, &search.question, r.limit, to))],
        ),
        None => shared.t("siting-relax-locks"),
    };
    let apply = {
        let (shared, r) = (shared.clone(), *r);
        Callback::from(move |_: MouseEvent| {
            shared.act(SitingAction::Ask(AskAction::Relax(r)));
            shared.act(SitingAction::Begin);
        })
    };
    html! {
        <li class="row" data-limit={limit_key(r.limit)}><span>{ &words }</span>
            <span class="fine">{ shared.t(if r.least { "siting-relax-least" } else { "siting-relax-works" }) }</span>
            <button class="btn" onclick={apply} aria-label={tr(lang, "siting-relax-apply-label", &[("what", &words)])}>{ shared.t("siting-relax-apply") }</button></li>
    }
}

/// A limit's value with its unit. One that is applied is rounded by nobody: the field shows all its digits.
fn value_words(shared: &Shared, q: &Question, limit: Limit, to: f64) -> String {
    let lang = shared.state.lang;
    match limit {
        Limit::Count => tr(lang, "siting-n-sites", &[("n", &format!("{to:.0}"))]),
        Limit::Limit => limit_words(lang, q.measure, (to * 1000.0).round() / 1000.0),
        Limit::Apart => format!("{} {}", significant(to), Quantity::Km.unit(lang)),
        Limit::Budget => format!("{} {}", significant(to / 1e4), shared.t("siting-unit-ten-thousand")),
        Limit::Capacity => format!("{} {}", significant(to), shared.t("siting-unit-tonnes")),
        Limit::Locks => String::new(),
    }
}
