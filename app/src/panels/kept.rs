//! What the browser keeps of the plan: a line at the start, and how far keeping is.

use super::use_shared;
use crate::{
    app::Shared,
    i18n::{t, tr},
    platform,
    state::{KeepAction, Saving, Tale},
    ui::{Icon, icon},
};
use yew::prelude::*;

/// The line that says what came back, with the way out of it.
#[component]
pub fn KeptStrip() -> Html {
    let shared = use_shared();
    let keeping = &shared.state.keeping;
    if keeping.tale.is_none() {
        return Html::default();
    }
    let lang = shared.state.lang;
    let at = |key: &str, ms: f64| tr(lang, key, &[("time", &platform::clock(ms, lang.tag()))]);
    let button = |key: &str, action: fn() -> KeepAction| {
        let shared = shared.clone();
        let act = Callback::from(move |_: MouseEvent| shared.act(action()));
        html! { <button class="link" onclick={act}>{ t(lang, key) }</button> }
    };
    let back = keeping.set_aside.is_some().then(|| button("aside-back", || KeepAction::Back));
    let tale = keeping.tale.map(|tale| match tale {
        Tale::Restored(ms) => {
            html! { <p>{ at("restored-text", ms) }{ " " }{ button("restored-anew", || KeepAction::Anew) }{ " " }{ for back } </p> }
        }
        Tale::Anew => html! { <p>{ t(lang, "anew-text") }{ " " }{ for back }</p> },
        Tale::Opened => html! { <p>{ t(lang, "opened-text") }{ " " }{ for back }</p> },
        Tale::Linked => html! { <p>{ t(lang, "linked-text") }{ " " }{ for back }</p> },
        Tale::Copied => html! { <p>{ t(lang, "copied-text") }</p> },
    });
    let dismiss = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(KeepAction::Dismiss))
    };
    html! {
        <div class="kept" role="status">
            <div>{ for tale }</div>
            <button class="shut-line" onclick={dismiss} aria-label={t(lang, "notice-dismiss")} title={t(lang, "notice-dismiss")}>{ icon(Icon::Close) }</button>
        </div>
    }
}

/// How far keeping the plan is, in a few words.
pub fn saving_words(shared: &Shared) -> Html {
    let lang = shared.state.lang;
    let at = |key: &str, ms: f64| tr(lang, key, &[("time", &platform::clock(ms, lang.tag()))]);
    let (mood, words) = match shared.state.keeping.saving {
        Saving::Looking | Saving::Idle => return Html::default(),
        Saving::Busy => (None, t(lang, "saving-busy")),
        Saving::Saved(ms) => (None, at("saving-saved", ms)),
        Saving::Failed(trouble) => (Some("bad"), tr(lang, "saving-failed", &[("why", &t(lang, trouble.reason()))])),
    };
    html! { <p class={classes!("fine", "saving", mood)}>{ words }</p> }
}
