//! A new version of the page: that it is there, and the way to it. Nothing changes before somebody says so.

use super::use_shared;
use crate::{
    platform::{
        self,
        keeper::{self, Build},
    },
    state::Saving,
};
use yew::prelude::*;

#[component]
pub fn UpdateStrip() -> Html {
    let shared = use_shared();
    let build = use_state_eq(|| None::<Build>);
    let asked = use_mut_ref(|| false);
    let ready = shared.state.base.is_some();
    {
        // Keeping the page must not slow its first view.
        let (build, asked) = (build.setter(), asked.clone());
        use_effect_with(ready, move |ready| {
            if *ready {
                wasm_bindgen_futures::spawn_local(keeper::keep(move |news| {
                    if news == Build::TookOver && *asked.borrow() {
                        // What is not kept yet is kept while the page is left.
                        platform::reload();
                    } else {
                        build.set(Some(news));
                    }
                }));
            }
        });
    }
    let Some(news) = *build else { return Html::default() };
    // A plan that the browser cannot keep would be lost.
    let lost =
        matches!(shared.state.keeping.saving, Saving::Failed(_)) && !shared.state.document.scenario().is_untouched();
    let go = Callback::from(move |_: MouseEvent| {
        *asked.borrow_mut() = true;
        match news {
            Build::Waits => wasm_bindgen_futures::spawn_local(keeper::take_over()),
            Build::TookOver => platform::reload(),
        }
    });
    let later = {
        let build = build.setter();
        Callback::from(move |_: MouseEvent| build.set(None))
    };
    let words = match (lost, news) {
        (true, _) => "update-unsaved",
        (false, Build::Waits) => "update-ready",
        (false, Build::TookOver) => "update-elsewhere",
    };
    html! {
        <div class="update" role="status">
            <p>{ shared.t(words) }</p>
            <button class="btn" onclick={go} disabled={lost}>{ shared.t("update-reload") }</button>
            <button class="btn" onclick={later}>{ shared.t("update-later") }</button>
        </div>
    }
}
