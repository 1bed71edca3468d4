//! Why these places: the sites by what is lost without them, and of one in full: whom it serves, from whom, and what can be done.

use super::{SearchProps, words::won_words};
use crate::{
    app::Shared,
    i18n::{Quantity, amount_words, signed, significant, tr},
    map::Map,
    panels::use_shared,
    platform,
    state::{AskAction, Search, Shown, SitingAction, Unit, objective_unit, site_name, standing_in},
    ui::{Icon, icon},
};
use atlas_core::{
    model::Name,
    siting::planning::{Proposal, Site},
};
use yew::prelude::*;

#[component]
pub fn Sites(props: &SearchProps) -> Html {
    let shared = use_shared();
    let search = &props.search;
    let lang = shared.state.lang;
    let Some(plan) = search.plan() else { return Html::default() };
    let unit = objective_unit(lang, &search.question);
    // What is lost of a cover by as few sites as there can be is people, not sites.
    let lost =
        if unit.whole { Unit { scale: 100.0, words: "%".into(), less: true, whole: false } } else { unit.clone() };
    let most = plan.sites.iter().map(|s| s.loss.abs()).fold(0.0_f64, f64::max);
    let often = search.alternatives.1.as_ref().filter(|_| search.shown == Shown::Best);
    let row = |(row, site): (usize, &Site)| {
        let told = shared.state.siting.told.as_ref() == Some(&site.id);
        let tell = {
            let (shared, id) = (shared.clone(), site.id.clone());
            Callback::from(move |_: MouseEvent| shared.act(SitingAction::Tell((!told).then(|| id.clone()))))
        };
        let width = if most > 0.0 { 100.0 * site.loss.abs() / most } else { 0.0 };
        let stands = often.and_then(|a| Some((a.often.iter().find(|(id, _)| *id == site.id)?.1, a.plans.len() + 1)));
        html! {
            <>
                <tr class={told.then_some("told-row")} data-site={site.id.clone()} data-loss={format!("{}", site.loss)} data-lon={format!("{:.5}", site.at.lon)} data-lat={format!("{:.5}", site.at.lat)}>
                    <th scope="row"><button class="link" aria-expanded={told.to_string()} onclick={tell}><span class="rank">{ row + 1 }</span>{ site_name(lang, site) }</button></th>
                    <td class="track"><i class="fill" style={format!("width:{width:.1}%")}></i></td>
                    <td class="num">{ loss_words(&lost, site.loss) }</td>
                    <td class="num">{ stands.map_or_else(|| "–".into(), |(n, all)| format!("{n} / {all}")) }</td>
                </tr>
                if told { <tr class="told-row"><td colspan="4">{ one(&shared, search, site) }</td></tr> }
            </>
        }
    };
    html! {
        <section class="figure" id="siting-sites" data-count={plan.sites.len().to_string()} data-shown={shown_key(search.shown)}>
            <h3>{ heading(&shared, search) }</h3>
            if search.shown != Shown::Best { <button class="link" onclick={look(&shared, Shown::Best)}>{ shared.t("siting-back-to-best") }</button> }
            if plan.sites.is_empty() {
                <p class="wide">{ shared.t("siting-no-sites") }</p>
            } else {
                <table class="bars wide-row sites">
                    <thead><tr>
                        <th scope="col" colspan="2">{ shared.t("siting-place") }</th>
                        <th scope="col" class="num">{ tr(lang, "siting-loss", &[("unit", &lost.words)]) }</th>
                        <th scope="col" class="num">{ shared.t("siting-often") }</th>
                    </tr></thead>
                    <tbody>{ for plan.sites.iter().enumerate().map(row) }</tbody>
                </table>
                <p class="fine wide">{ shared.t("siting-loss-note") }</p>
            }
            { closes(&shared, plan) }
        </section>
    }
}

const fn shown_key(shown: Shown) -> &'static str {
    match shown {
        Shown::Best => "best",
        Shown::Count(_) => "count",
        Shown::Alternative(_) => "alternative",
        Shown::Moved => "moved",
    }
}

fn heading(shared: &Shared, search: &Search) -> String {
    let lang = shared.state.lang;
    match search.shown {
        Shown::Best => shared.t("siting-why-title"),
        Shown::Count(n) => tr(lang, "siting-shown-count", &[("n", &n.to_string())]),
        Shown::Alternative(row) => tr(lang, "siting-shown-alternative", &[("n", &(row + 2).to_string())]),
        Shown::Moved => shared.t("siting-shown-moved"),
    }
}

/// Makes a plan the one that is looked at.
pub fn look(shared: &Shared, shown: Shown) -> Callback<MouseEvent> {
    let shared = shared.clone();
    Callback::from(move |_: MouseEvent| shared.act(SitingAction::Look(shown)))
}

fn loss_words(unit: &Unit, loss: f64) -> String {
    let loss = loss * unit.scale;
    // More is better for a share: what is lost goes down.
    signed(if unit.less { loss.abs() } else { -loss.abs() })
}

fn one(shared: &Shared, search: &Search, site: &Site) -> Html {
    let lang = shared.state.lang;
    let q = &search.question;
    let mean = format!("{} {}", significant(site.mean), Quantity::of_measure(q.measure).unit(lang));
    let values = [("amount", &*amount_words(lang, q.demand, site.serves)), ("mean", &*mean)];
    let lock = |open: bool| {
        let (shared, id, name) = (shared.clone(), site.id.clone(), Name { zh: site.zh.clone(), en: site.en.clone() });
        Callback::from(move |_: MouseEvent| {
            shared.act(SitingAction::Ask(AskAction::Lock(id.clone(), name.clone(), open)))
        })
    };
    let go = {
        let (shared, at) = (shared.clone(), site.at);
        Callback::from(move |_: MouseEvent| {
            shared.map.with(|m| m.fly_to(at, Some(m.camera().zoom.max(9.0))));
        })
    };
    let moving = shared.state.siting.drag.as_ref().is_some_and(|d| d.id == site.id);
    let start = {
        let (shared, id) = (shared.clone(), site.id.clone());
        Callback::from(move |_: MouseEvent| {
            shared.act(SitingAction::DragStart(id.clone()));
            platform::focus("map");
        })
    };
    let locked = &shared.state.siting.ask.question;
    let (is_open, is_closed) = (locked.open.contains(&site.id), locked.closed.contains(&site.id));
    html! {
        <div class="one-site" id="siting-one">
            <p>{ tr(lang, "siting-serves", &values) }</p>
            if !site.won.is_empty() { <ul class="won">{ for site.won.iter().map(|w| html! { <li>{ won_words(shared, q, w) }</li> }) }</ul> }
            <div class="row">
                <button class="btn" onclick={go}>{ shared.t("siting-show-place") }</button>
                if search.can_move(&site.id) { <button class="btn" id="siting-move" aria-pressed={moving.to_string()} onclick={start}>{ icon(Icon::Move) }{ shared.t("siting-move") }</button> }
                <button class="btn" aria-pressed={is_open.to_string()} onclick={lock(true)}>{ shared.t("siting-must") }</button>
                <button class="btn" aria-pressed={is_closed.to_string()} onclick={lock(false)}>{ shared.t("siting-must-not") }</button>
            </div>
            if search.can_move(&site.id) { <p class="fine">{ shared.t(if moving { "siting-moving" } else { "siting-move-hint" }) }</p> }
        </div>
    }
}

/// Facilities that would close are named up to so many.
const MOST_NAMES: usize = 20;

fn closes(shared: &Shared, plan: &Proposal) -> Html {
    if plan.closes.is_empty() {
        return Html::default();
    }
    let keep = |id: &String| {
        let name = shared.state.document.plan().get(id).map(|p| p.facility.name.clone()).unwrap_or_default();
        let (shared, id) = (shared.clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            shared.act(SitingAction::Ask(AskAction::Lock(id.clone(), name.clone(), true)));
        })
    };
    let lang = shared.state.lang;
    let line = |id: &String| {
        let name = standing_in(&shared.state, id);
        let label = tr(lang, "siting-keep-label", &[("name", &name)]);
        html! { <li>{ &name }{ " " }<button class="link" onclick={keep(id)} aria-label={label}>{ shared.t("siting-keep") }</button></li> }
    };
    // A clean sheet closes all that is there: nobody reads a thousand names.
    let names = plan.closes.iter().take(MOST_NAMES).map(line);
    let more = plan.closes.len().saturating_sub(MOST_NAMES);
    html! {
        <div class="wide">
            <h4>{ tr(lang, "siting-closes", &[("n", &plan.closes.len().to_string())]) }</h4>
            <ul class="names">
                { for names }
                if more > 0 { <li>{ tr(lang, "siting-closes-more", &[("n", &more.to_string())]) }</li> }
            </ul>
        </div>
    }
}
