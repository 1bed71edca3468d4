//! Scenarios that come with the app, each with its story: what it is, why it is there, what to look at.

use super::use_shared;
use crate::{
    app::Shared,
    state::{BUILT_INS, BuiltIn, EditAction},
    ui::{Icon, icon},
};
use atlas_core::format::about::Words;
use yew::prelude::*;

/// The list of them. The plan before can be brought back.
#[component]
pub fn BuiltIns() -> Html {
    let shared = use_shared();
    if !shared.state.has_baseline() {
        return Html::default();
    }
    let line = |b: BuiltIn| {
        let open = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| shared.act(EditAction::Open(b.named(shared.state.lang), Vec::new())))
        };
        let Words { name, what, .. } = b.about(shared.state.lang);
        html! {
            <li>
                <button class="link" id={format!("builtin-{}", b.key)} onclick={open}>{ icon(Icon::Layers) }{ name }</button>
                <p class="fine">{ what }</p>
            </li>
        }
    };
    html! {
        <details class="builtin" id="builtins">
            <summary>{ shared.t("builtin-title") }</summary>
            <ul>{ for BUILT_INS.map(line) }</ul>
        </details>
    }
}

/// The story of the plan on the screen, where it began as one of them.
pub fn story(shared: &Shared) -> Html {
    let Some(built_in) = BuiltIn::of(shared.state.document.scenario()) else { return Html::default() };
    let Words { what, why, look, .. } = built_in.about(shared.state.lang);
    let part = |key: &str, text: String| html! { <><dt>{ shared.t(key) }</dt><dd>{ text }</dd></> };
    html! {
        <details class="story" open=true>
            <summary>{ shared.t("builtin-story") }</summary>
            <dl>{ part("builtin-what", what) }{ part("builtin-why", why) }{ part("builtin-look", look) }</dl>
        </details>
    }
}
