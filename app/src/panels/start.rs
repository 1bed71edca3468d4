//! The first screen: one line of what the map shows, the three clusters, three ways in.

use super::{BuiltIns, use_shared};
use crate::{
    app::Dialog,
    i18n::{count, tr},
    keys::take_tool,
    platform,
    state::{CompareAction, CompareTab, Page, Tool, ViewAction},
    ui::{Icon, icon},
};
use atlas_core::model::Cluster;
use yew::prelude::*;

#[component]
pub fn StartPanel() -> Html {
    let shared = use_shared();
    let place = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| take_tool(&shared, Tool::Point))
    };
    let compare = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            shared.act(CompareAction::Tab(CompareTab::Clusters));
            shared.act(ViewAction::Page(Page::Compare));
        })
    };
    let library = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.dialog.set(Some(Dialog::Library)))
    };
    let way = |main: bool, which: Icon, key: &str, onclick: Callback<MouseEvent>| {
        html! {
            <button class={classes!("way", main.then_some("pri"))} {onclick}>
                <span class="tile">{ icon(which) }</span>
                <span><b>{ shared.t(key) }</b><small>{ shared.t(&format!("{key}-hint")) }</small></span>
                { icon(Icon::Arrow) }
            </button>
        }
    };
    html! {
        <section class="start">
            <h2>{ shared.t("start-title") }</h2>
            <ul class="clusters">
                { for Cluster::ALL.map(|c| html! { <li class={classes!("chip", c.key())}>{ shared.t(&format!("cluster-{}", c.key())) }</li> }) }
            </ul>
            <p>{ shared.t("start-text") }</p>
            { way(true, Icon::Point, "start-place", place) }
            { way(false, Icon::Table, "start-compare", compare) }
            { way(false, Icon::Layers, "start-open", Callback::from(|_| platform::click("scenario-file"))) }
            if !shared.state.library.entries.is_empty() {
                <button class="link" id="library-button" aria-haspopup="dialog" aria-keyshortcuts="O" onclick={library}>{ icon(Icon::Shelf) }{ tr(shared.state.lang, "library-yours", &[("n", &count(shared.state.library.entries.len()))]) }</button>
            }
            <BuiltIns />
        </section>
    }
}
