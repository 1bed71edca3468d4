//! What is asked, as a sentence with choices in it.

use super::limits::Limits;
use crate::{
    app::Shared,
    panels::facility::cluster_name,
    state::{QuestionAction, ViewAction},
};
use atlas_core::{
    catchment::{Demand, Measure},
    model::{Cluster, FacilityKind, Stream},
};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Kinds that can be asked about.
const KINDS: [FacilityKind; 3] = [FacilityKind::CollectionPoint, FacilityKind::Hub, FacilityKind::Smelter];

/// One choice: what it is called, and what is asked when it is made.
type Choice = (String, QuestionAction);

pub fn form(shared: &Shared) -> Html {
    let q = &shared.state.question;
    let kinds = KINDS.map(|k| (shared.t(&format!("kind-{}", k.key())), QuestionAction::Of(k)));
    let measures = Measure::ALL.map(|m| (shared.t(&format!("measure-{}", m.key())), QuestionAction::Measure(m)));
    let demands = Demand::ALL.map(|d| (shared.t(&format!("demand-{}", d.key())), QuestionAction::Demand(d)));
    let streams: Vec<Choice> = std::iter::once((shared.t("scrap-all"), QuestionAction::Stream(None)))
        .chain(Stream::ALL.map(|s| (shared.t(&format!("stream-{}", s.key())), QuestionAction::Stream(Some(s)))))
        .collect();
    let clusters: Vec<Choice> = std::iter::once((shared.t("ask-everywhere"), QuestionAction::Cluster(None)))
        .chain(Cluster::ALL.map(|c| (cluster_name(shared, Some(c)), QuestionAction::Cluster(Some(c)))))
        .collect();
    html! {
        <section class="ask" aria-label={shared.t("ask-title")}>
            { select(shared, "ask-of", &kinds, &QuestionAction::Of(q.of)) }
            { select(shared, "ask-measure", &measures, &QuestionAction::Measure(q.measure)) }
            { select(shared, "ask-stream", &streams, &QuestionAction::Stream(q.stream)) }
            { select(shared, "ask-demand", &demands, &QuestionAction::Demand(q.demand)) }
            { select(shared, "ask-cluster", &clusters, &QuestionAction::Cluster(q.cluster)) }
            { only(shared) }
            if q.measure.is_modelled() { <p class="fine modelled">{ shared.t(&format!("measure-how-{}", q.measure.key())) }</p> }
            <Limits />
        </section>
    }
}

/// A field of the sentence; its id is the key of its words.
fn select(shared: &Shared, key: &'static str, choices: &[Choice], now: &QuestionAction) -> Html {
    let choose = {
        let actions: Vec<QuestionAction> = choices.iter().map(|c| c.1.clone()).collect();
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let field: HtmlSelectElement = e.target_unchecked_into();
            if let Some(action) = field.value().parse().ok().and_then(|i: usize| actions.get(i)) {
                shared.act(ViewAction::Question(action.clone()));
            }
        })
    };
    let option = |(i, (words, action)): (usize, &Choice)| {
        html! { <option value={i.to_string()} selected={action == now}>{ words }</option> }
    };
    html! {
        <label><span>{ shared.t(key) }</span><select id={key} onchange={choose}>{ for choices.iter().enumerate().map(option) }</select></label>
    }
}

/// Only the selected facility, where it is of the kind asked about.
fn only(shared: &Shared) -> Html {
    let state = &shared.state;
    let alone = state.question.only.first();
    let selected = state.selected.as_ref().and_then(|id| state.document.plan().get(id));
    let fits = selected.filter(|p| p.open && p.facility.kind == state.question.of).map(|p| p.facility.id.clone());
    let Some(id) = alone.cloned().or(fits) else { return Html::default() };
    let name =
        state.document.plan().get(&id).map_or_else(|| id.clone(), |p| state.lang.name(&p.facility.name).to_owned());
    let set = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let on = e.target_unchecked_into::<HtmlInputElement>().checked();
            shared.act(ViewAction::Question(QuestionAction::Only(on.then(|| id.clone()))));
        })
    };
    html! {
        <label class="only"><input id="ask-only" type="checkbox" checked={alone.is_some()} onchange={set} /><span>{ crate::i18n::tr(state.lang, "ask-only", &[("name", &name)]) }</span></label>
    }
}
