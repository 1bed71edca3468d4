//! What is shown when the app cannot go on: what happened and how to mend it.

use super::use_shared;
use crate::{
    i18n::{has, t, tr},
    platform,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub code: String,
    pub detail: String,
}

/// The whole page, where there is nothing else to show.
#[component]
pub fn ErrorPage(props: &Props) -> Html {
    html! { <main class="failed"><ErrorStrip code={props.code.clone()} detail={props.detail.clone()} /></main> }
}

/// A strip beside what still works.
#[component]
pub fn ErrorStrip(props: &Props) -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let key = format!("error-{}", props.code);
    let what = if has(lang, &key) { t(lang, &key) } else { props.code.clone() };
    html! {
        <div class="strip" role="alert">
            <h2>{ t(lang, "error-title") }</h2>
            <p>{ what }</p>
            if !props.detail.is_empty() { <p class="fine">{ tr(lang, "error-detail", &[("detail", &props.detail)]) }</p> }
            <button class="btn" onclick={|_| platform::reload()}>{ t(lang, "error-reload") }</button>
        </div>
    }
}
