//! Scenarios that come with the app, each with what to look at and what it assumes. The plan before can be brought back.

use super::use_shared;
use crate::{
    state::{BUILT_INS, BuiltIn, EditAction},
    ui::{Icon, icon},
};
use yew::prelude::*;

#[component]
pub fn BuiltIns() -> Html {
    let shared = use_shared();
    if !shared.state.has_baseline() {
        return Html::default();
    }
    let line = |b: BuiltIn| {
        let open = {
            let shared = shared.clone();
            Callback::from(move |_: MouseEvent| shared.act(EditAction::Open(b.scenario(), Vec::new())))
        };
        html! {
            <li>
                <button class="link" id={format!("builtin-{}", b.key)} onclick={open}>{ icon(Icon::Layers) }{ shared.t(&format!("builtin-{}", b.key)) }</button>
                <p class="fine">{ shared.t(&format!("builtin-{}-hint", b.key)) }</p>
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
