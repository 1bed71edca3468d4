//! What could not be done, with reason and remedy; it blocks nothing.

use super::{plan::save_file, use_shared};
use crate::{
    i18n::{has, t, tr},
    state::ViewAction,
    ui::{Icon, icon},
};
use yew::prelude::*;

/// What says that the browser keeps nothing, or soon will not: the way out is a file.
const UNKEPT: [&str; 4] = ["autosave-blocked", "autosave-full", "autosave-broken", "autosave-tight"];

#[component]
pub fn NoticeStrip() -> Html {
    let shared = use_shared();
    let lang = shared.state.lang;
    let Some(notice) = shared.state.notice.clone() else { return Html::default() };
    let dismiss = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(ViewAction::Notice(None)))
    };
    let save = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| save_file(&shared))
    };
    let line = |d: &atlas_core::diagnostics::Diagnostic| {
        let key = format!("diag-{}", d.code);
        let words = if has(lang, &key) { t(lang, &key) } else { format!("{} {}", d.message, d.remedy) };
        let place = if d.subject.is_empty() { String::new() } else { format!("{}: ", d.subject) };
        html! { <li>{ place }{ words }if !d.message.is_empty() { <span class="fine">{ format!(" ({})", d.message) }</span> }</li> }
    };
    html! {
        <div class="strip" role="alert">
            <b>{ tr(lang, "notice-title", &[("n", &notice.problems.len().to_string())]) }</b>
            <ul>{ for notice.problems.iter().take(20).map(line) }</ul>
            if notice.problems.iter().any(|d| UNKEPT.contains(&d.code.as_str())) {
                <button class="btn" onclick={save}>{ icon(Icon::Save) }{ t(lang, "scenario-save") }</button>
            }
            <button class="btn" onclick={dismiss}>{ t(lang, "notice-dismiss") }</button>
        </div>
    }
}
