//! What is asked, as a sentence with choices in it.

use super::{futures, number::CountField};
use crate::{
    app::Shared,
    i18n::{count, province, tr},
    panels::facility::cluster_name,
    state::{AskAction, SiteSource, SitingAction, area_choices},
};
use atlas_core::{
    catchment::{Demand, Measure},
    model::{Cluster, FacilityKind, Stream},
    siting::planning::{Aim, Existing},
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Kinds that can be sited.
const KINDS: [FacilityKind; 2] = [FacilityKind::CollectionPoint, FacilityKind::Hub];
/// What can be made best.
pub const AIMS: [Aim; 5] = [Aim::Nearest, Aim::MostCovered, Aim::FewestSites, Aim::LeastLongest, Aim::LeastCost];

/// The key of an aim's words.
pub const fn aim_key(aim: Aim) -> &'static str {
    match aim {
        Aim::Nearest => "siting-aim-nearest",
        Aim::MostCovered => "siting-aim-most-covered",
        Aim::FewestSites => "siting-aim-fewest-sites",
        Aim::LeastLongest => "siting-aim-least-longest",
        Aim::LeastCost => "siting-aim-least-cost",
    }
}

/// One choice: what it is called, and what is asked when it is made.
pub type Choice = (String, AskAction);

pub fn sentence(shared: &Shared) -> Html {
    let ask = &shared.state.siting.ask;
    let q = &ask.question;
    let say = |key: &str| html! { <span class="say-word">{ shared.t(key) }</span> };
    let kinds = KINDS.map(|k| (shared.t(&format!("siting-kind-{}", k.key())), AskAction::Kind(k)));
    let streams: Vec<Choice> = std::iter::once((shared.t("siting-any-stream"), AskAction::Stream(None)))
        .chain(Stream::ALL.map(|s| (shared.t(&format!("siting-stream-{}", s.key())), AskAction::Stream(Some(s)))))
        .collect();
    let sources: Vec<Choice> = SiteSource::ALL.map(|s| (source_words(shared, s), AskAction::From(s))).to_vec();
    let demands = Demand::ALL.map(|d| (shared.t(&format!("demand-{}", d.key())), AskAction::Demand(d)));
    let measures = Measure::ALL.map(|m| (shared.t(&format!("measure-{}", m.key())), AskAction::Measure(m)));
    let aims = AIMS.map(|a| (shared.t(aim_key(a)), AskAction::Aim(a)));
    let add = match (ask.counts(), q.existing) {
        (true, Existing::MayClose) => "siting-say-keep",
        (true, _) => "siting-say-add",
        (false, _) => "siting-say-some",
    };
    html! {
        <p class="sentence">
            { say("siting-say-in") }{ area(shared) }
            { say(add) }
            if ask.counts() { <CountField />{ say("siting-say-of") } }
            { field(shared, "siting-kind", &kinds, &AskAction::Kind(q.kind)) }
            { say("siting-say-taking") }{ field(shared, "siting-stream", &streams, &AskAction::Stream(q.stream)) }
            { say("siting-say-from") }{ field(shared, "siting-from", &sources, &AskAction::From(ask.source)) }
            { say("siting-say-counting") }{ field(shared, "siting-demand", &demands, &AskAction::Demand(q.demand)) }
            { say("siting-say-by") }{ field(shared, "siting-measure", &measures, &AskAction::Measure(q.measure)) }
            { say("siting-say-so") }{ field(shared, "siting-aim", &aims, &AskAction::Aim(q.aim)) }
            { futures::choice(shared) }
            { say("siting-say-end") }
        </p>
    }
}

/// The words of a source, with how many an imported list has.
fn source_words(shared: &Shared, source: SiteSource) -> String {
    let list = &shared.state.siting.ask.list;
    let words = shared.t(&format!("siting-from-{}", source.key()));
    if source == SiteSource::List && !list.spots.is_empty() {
        tr(shared.state.lang, "siting-from-list-of", &[("n", &count(list.spots.len()))])
    } else {
        words
    }
}

/// A choice within the sentence; its id is the key of its label.
pub fn field(shared: &Shared, id: &'static str, choices: &[Choice], now: &AskAction) -> Html {
    let choose = {
        let actions: Vec<AskAction> = choices.iter().map(|c| c.1.clone()).collect();
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let field: HtmlSelectElement = e.target_unchecked_into();
            if let Some(action) = field.value().parse().ok().and_then(|i: usize| actions.get(i)) {
                shared.act(SitingAction::Ask(action.clone()));
            }
        })
    };
    let option = |(i, (words, action)): (usize, &Choice)| {
        html! { <option value={i.to_string()} selected={action == now}>{ words }</option> }
    };
    html! {
        <span class="pick"><select {id} aria-label={shared.t(&format!("{id}-label"))} onchange={choose}>{ for choices.iter().enumerate().map(option) }</select></span>
    }
}

/// Everywhere, a cluster, a province, or a prefecture.
fn area(shared: &Shared) -> Html {
    let state = &shared.state;
    let lang = state.lang;
    let now = state.siting.ask.question.area.within.first().cloned().unwrap_or_default();
    let choose = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let code = e.target_unchecked_into::<HtmlSelectElement>().value();
            shared.act(SitingAction::Ask(AskAction::Within((!code.is_empty()).then_some(code))));
        })
    };
    let option =
        |code: &str, words: String| html! { <option value={code.to_owned()} selected={code == now}>{ words }</option> };
    let provinces = area_choices(&state.baseline);
    html! {
        <span class="pick"><select id="siting-area" aria-label={shared.t("siting-area-label")} onchange={choose}>
            { option("", shared.t("siting-everywhere")) }
            <optgroup label={shared.t("siting-area-clusters")}>{ for Cluster::ALL.map(|c| option(c.key(), cluster_name(shared, Some(c)))) }</optgroup>
            <optgroup label={shared.t("siting-area-provinces")}>{ for provinces.iter().map(|(code, zh, _)| option(code, province(lang, zh).to_owned())) }</optgroup>
            { for provinces.iter().filter(|p| p.2.len() > 1).map(|(_, zh, homes)| html! {
                <optgroup label={province(lang, zh).to_owned()}>{ for homes.iter().map(|(code, name)| option(code, lang.name(name).to_owned())) }</optgroup>
            }) }
        </select></span>
    }
}
