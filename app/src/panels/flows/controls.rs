//! What is shown of the allocation: filters of flows, and whose prices and takers.

use crate::{
    app::Shared,
    state::{FlowStage, FlowsAction, ViewAction},
};
use atlas_core::model::{Cluster, Mode, Stream};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// A choice of one key, or of all.
fn choice(
    shared: &Shared,
    id: String,
    label: &str,
    options: Vec<(&'static str, String)>,
    chosen: Option<&'static str>,
    act: fn(Option<&str>) -> FlowsAction,
) -> Html {
    let set = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            shared.act(ViewAction::Flows(act(Some(key.as_str()).filter(|k| !k.is_empty()))));
        })
    };
    html! {
        <label class="inline"><span>{ shared.t(label) }</span>
            <select {id} onchange={set}>
                <option value="" selected={chosen.is_none()}>{ shared.t("table-all-kinds") }</option>
                { for options.into_iter().map(|(key, words)| html! { <option value={key} selected={chosen == Some(key)}>{ words }</option> }) }
            </select>
        </label>
    }
}

/// The filters of flows: on the map and in their table they are the same. Their ids begin as they are told, so that the two are not the same.
pub fn flow_controls(shared: &Shared, prefix: &str) -> Html {
    let f = shared.state.flow_filter;
    let words = |kind: &str, key: &str| shared.t(&format!("{kind}-{key}"));
    let streams = Stream::ALL.map(|s| (s.key(), words("stream", s.key()))).to_vec();
    let modes = Mode::ALL.map(|m| (m.key(), words("mode", m.key()))).to_vec();
    let clusters = Cluster::ALL.map(|c| (c.key(), words("cluster", c.key()))).to_vec();
    let stages = FlowStage::ALL.map(|s| (s.key(), words("flow-stage", s.key()))).to_vec();
    let only = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let on = e.target_unchecked_into::<HtmlInputElement>().checked();
            shared.act(ViewAction::Flows(FlowsAction::Only(on)));
        })
    };
    html! {
        <div class="flow-controls" role="group" aria-label={shared.t("flows-filter")}>
            { choice(shared, format!("{prefix}-stage"), "flows-stage", stages, f.stage.map(FlowStage::key), |k| {
                FlowsAction::Stage(FlowStage::ALL.into_iter().find(|s| Some(s.key()) == k))
            }) }
            { choice(shared, format!("{prefix}-stream"), "layers-scrap-of", streams, f.stream.map(Stream::key), |k| {
                FlowsAction::Stream(Stream::ALL.into_iter().find(|s| Some(s.key()) == k))
            }) }
            { choice(shared, format!("{prefix}-mode"), "flows-mode", modes, f.mode.map(Mode::key), |k| {
                FlowsAction::Mode(Mode::ALL.into_iter().find(|m| Some(m.key()) == k))
            }) }
            { choice(shared, format!("{prefix}-cluster"), "table-cluster", clusters, f.cluster.map(Cluster::key), |k| {
                FlowsAction::Cluster(Cluster::ALL.into_iter().find(|c| Some(c.key()) == k))
            }) }
            <label class="inline tick"><input type="checkbox" id={format!("{prefix}-only")} checked={f.only} onchange={only} /><span>{ shared.t("flows-only") }</span></label>
        </div>
    }
}

/// Whose prices and takers are on the map.
pub fn spots_control(shared: &Shared, id: &'static str) -> Html {
    let set = {
        let shared = shared.clone();
        Callback::from(move |e: Event| {
            let key = e.target_unchecked_into::<HtmlSelectElement>().value();
            if let Some(stream) = Stream::ALL.into_iter().find(|s| s.key() == key) {
                shared.act(ViewAction::SpotsOf(stream));
            }
        })
    };
    let option = |s: Stream| html! { <option value={s.key()} selected={s == shared.state.spots_of}>{ shared.t(&format!("stream-{}", s.key())) }</option> };
    html! {
        <div class="flow-controls"><label class="inline"><span>{ shared.t("layers-scrap-of") }</span>
            <select {id} onchange={set}>{ for Stream::ALL.map(option) }</select>
        </label></div>
    }
}
