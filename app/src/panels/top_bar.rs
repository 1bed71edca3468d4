//! Name, pages, search, undo and redo, language, theme.

use super::use_shared;
use crate::{
    app::Dialog,
    i18n::tr,
    platform,
    state::{EditAction, HelpAction, HelpPart, Page, ViewAction},
    ui::{Icon, icon},
};
use yew::prelude::*;

#[component]
pub fn TopBar() -> Html {
    let shared = use_shared();
    let state = shared.state.clone();
    let on = |f: fn(&crate::app::Shared)| {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| f(&shared))
    };
    let tab = |page: Page, key: &str| {
        let shared = shared.clone();
        let open = Callback::from(move |_: MouseEvent| shared.act(ViewAction::Page(page)));
        let current = (state.page == page).then_some("page");
        html! { <button class="tab" aria-current={current} onclick={open}>{ t(&state, key) }</button> }
    };
    let theme_name = t(&state, &format!("theme-{}", state.theme.key()));
    let theme_label = tr(state.lang, "theme-switch", &[("theme", &theme_name)]);
    html! {
        <header class="bar">
            <div class="brand">
                <svg class="mark" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
                    <path d="M18.500 8.500A8 8 0 0 0 4.500 6M3.500 13.500a8 8 0 0 0 14 2.500" />
                    <circle cx="4.500" cy="6" r="2.200" /><path class="hx" d="M15 14.700l2.600-1.500 2.600 1.500v3l-2.600 1.500-2.600-1.500z" />
                    <path class="sq" d="M9 9h4v4H9z" />
                </svg>
                <h1>{ t(&state, "app-name") }</h1><small>{ t(&state, "app-name-other") }</small>
            </div>
            <nav class="tabs">{ tab(Page::Plan, "nav-plan") }{ tab(Page::Compare, "nav-compare") }{ tab(Page::Present, "nav-present") }{ tab(Page::Sources, "nav-sources") }</nav>
            <button class="search" onclick={on(|s| s.palette.set(true))} title={t(&state, "search-label")} aria-keyshortcuts="Control+K Meta+K">
                { icon(Icon::Search) }<span>{ t(&state, "search-open") }</span><kbd>{ "Ctrl K" }</kbd>
            </button>
            <div class="acts">
                <button onclick={on(|s| s.act(EditAction::Undo))} disabled={!state.can_undo()} aria-label={t(&state, "undo")} title={t(&state, "undo")}>{ icon(Icon::Undo) }</button>
                <button onclick={on(|s| s.act(EditAction::Redo))} disabled={!state.document.can_redo()} aria-label={t(&state, "redo")} title={t(&state, "redo")}>{ icon(Icon::Redo) }</button>
                <span class="sep"></span>
                <button id="share-open" onclick={on(|s| s.dialog.set(Some(Dialog::Share)))} disabled={!state.has_baseline()} aria-haspopup="dialog" aria-keyshortcuts="L" aria-label={t(&state, "share-open")} title={format!("{} (L)", t(&state, "share-open"))}>{ icon(Icon::Share) }</button>
                <button id="language-button" onclick={on(switch_language)} aria-label={format!("{}: {}", t(&state, "language-short"), t(&state, "language-switch"))} title={t(&state, "language-switch")}>{ t(&state, "language-short") }</button>
                <button id="theme-button" onclick={on(switch_theme)} aria-label={theme_label.clone()} title={theme_label}>{ icon(Icon::Theme) }</button>
                <button id="help-button" onclick={on(|s| s.act(HelpAction::Open(HelpPart::Keys)))} aria-label={t(&state, "help-open")} title={t(&state, "help-open")} aria-keyshortcuts="?">{ "?" }</button>
            </div>
        </header>
    }
}

fn t(state: &crate::state::AppState, key: &str) -> String {
    crate::i18n::t(state.lang, key)
}

/// The other language, remembered for the next visit.
pub fn switch_language(shared: &crate::app::Shared) {
    let next = shared.state.lang.other();
    platform::keep_setting("lang", next.tag());
    shared.act(ViewAction::Lang(next));
}

/// The next theme, remembered for the next visit.
pub fn switch_theme(shared: &crate::app::Shared) {
    let next = shared.state.theme.next();
    platform::keep_setting("theme", next.key());
    shared.act(ViewAction::Theme(next));
}
