//! Why not there: any place, by a click on the map or by its name, and what it costs to force a site in.

use super::SearchProps;
use crate::{
    app::Shared,
    compute::protocol::Stop,
    i18n::{Lang, Quantity, amount_words, significant, tr},
    panels::{place_field::PlaceField, use_shared},
    platform,
    state::{
        AskAction, Search, SitingAction, Tool, WhyNotView, objective_unit, objective_words, site_name, standing_in,
        worse,
    },
    ui::{Icon, icon},
};
use atlas_core::{geo::haversine_m, model::Name, siting::planning};
use yew::prelude::*;

/// A candidate further away than this hardly stands for the place that was asked about.
const FAR_KM: f64 = 30.0;

#[component]
pub fn WhyNot(props: &SearchProps) -> Html {
    let shared = use_shared();
    let search = &props.search;
    let pointing = shared.state.tool == Tool::WhyNot;
    let point = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            shared.act(SitingAction::PointAt(!pointing));
            if !pointing {
                platform::focus("map");
            }
        })
    };
    let on_set = {
        let shared = shared.clone();
        Callback::from(move |stop: Option<Stop>| {
            shared.act(match stop {
                Some(stop) => SitingAction::WhyNot(stop.at, Some(stop.name)),
                None => SitingAction::WhyNotNoMore,
            });
        })
    };
    let set = search.why_not.as_ref().and_then(|w| Some(Stop { name: w.name.clone()?, at: w.at }));
    html! {
        <section class="figure" id="siting-why-not">
            <h3>{ shared.t("siting-why-not-title") }</h3>
            <div class="wide-row stops one">
                <PlaceField id="siting-why-not-place" label="siting-why-not-place" {set} {on_set} />
                <button class="icon-button" id="siting-why-not-point" aria-pressed={pointing.to_string()} onclick={point} aria-label={shared.t("siting-why-not-point")} title={shared.t("siting-why-not-point")}>{ icon(Icon::Point) }</button>
            </div>
            if pointing { <p class="hint wide" role="status">{ shared.t("siting-why-not-hint") }</p> }
            if let Some(view) = &search.why_not { { told(&shared, search, view) } }
        </section>
    }
}

fn told(shared: &Shared, search: &Search, view: &WhyNotView) -> Html {
    if view.nowhere {
        return html! { <p class="wide" role="status">{ shared.t("siting-why-not-nowhere") }</p> };
    }
    let Some(answer) = &view.answer else {
        return html! { <p class="fine wide" role="status">{ shared.t("siting-why-not-wait") }</p> };
    };
    let lang = shared.state.lang;
    let unit = objective_unit(lang, &search.question);
    let name = site_name(lang, &answer.site);
    let best = search.best.as_ref().and_then(|b| b.objective);
    let (km, q) = (haversine_m(view.at, answer.site.at) / 1000.0, &search.question);
    let lock = {
        let (shared, site) = (shared.clone(), answer.site.clone());
        Callback::from(move |_: MouseEvent| {
            let name = Name { zh: site.zh.clone(), en: site.en.clone() };
            shared.act(SitingAction::Ask(AskAction::Lock(site.id.clone(), name, true)));
            shared.act(SitingAction::Begin);
        })
    };
    let sentence = match (answer.objective, best) {
        (Some(with), Some(best)) => {
            let (difference, share) = worse(&unit, with, best);
            let values = [
                ("name", &*name),
                ("value", &*format!("{} {}", objective_words(&unit, Some(with)), unit.words)),
                ("more", &*format!("{difference} {}", unit.words)),
                ("share", &*share.unwrap_or_else(|| "–".into())),
            ];
            let stands = search.best.as_ref().is_some_and(|b| b.sites.iter().any(|s| s.id == answer.site.id));
            tr(lang, if stands { "siting-why-not-in" } else { "siting-why-not-costs" }, &values)
        }
        _ if view.done => tr(lang, "siting-why-not-cannot", &[("name", &name)]),
        _ => shared.t("siting-why-not-wait"),
    };
    let known = view.done && answer.objective.is_some();
    html! {
        <div class="wide" id="siting-why-not-told" data-done={view.done.to_string()} data-site={answer.site.id.clone()} data-objective={answer.objective.map(|v| format!("{v}"))}>
            if km > FAR_KM { <p>{ tr(lang, "siting-why-not-far", &[("name", &name), ("km", &significant(km))]) }</p> }
            else if km > 1.0 { <p class="fine">{ tr(lang, "siting-why-not-stands-in", &[("name", &name), ("km", &significant(km))]) }</p> }
            <p role="status">{ sentence }</p>
            { changes(shared, answer) }
            if answer.site.serves > 0.0 {
                <p class="fine">{ tr(lang, "siting-serves", &[
                    ("amount", &amount_words(lang, q.demand, answer.site.serves)),
                    ("mean", &format!("{} {}", significant(answer.site.mean), Quantity::of_measure(q.measure).unit(lang))),
                ]) }</p>
            }
            if !view.done { <p class="fine" role="status">{ shared.t("siting-why-not-improving") }</p> }
            if known { <button class="btn" id="siting-force" onclick={lock}>{ shared.t("siting-force") }</button> }
        </div>
    }
}

/// What would go and come for it.
fn changes(shared: &Shared, answer: &planning::WhyNot) -> Html {
    let lang = shared.state.lang;
    let names = |ids: &[String]| {
        let names: Vec<String> = ids.iter().map(|id| standing_in(&shared.state, id)).collect();
        names.join(if lang == Lang::Zh { "、" } else { ", " })
    };
    let into: Vec<String> = answer.into.iter().filter(|id| **id != answer.site.id).cloned().collect();
    html! {
        <>
            if !answer.out.is_empty() { <p>{ tr(lang, "siting-why-not-out", &[("names", &names(&answer.out))]) }</p> }
            if !into.is_empty() { <p>{ tr(lang, "siting-why-not-into", &[("names", &names(&into))]) }</p> }
        </>
    }
}
