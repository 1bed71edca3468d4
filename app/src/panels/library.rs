//! All scenarios that the browser keeps: opened, copied, named, deleted.

use super::{kept::saving_words, notice::NoticeStrip, plan::save_file, use_shared};
use crate::{
    app::Shared,
    i18n::{count, t, tr},
    platform,
    state::{KeepAction, LibraryAction, Page, Saving, ShelfRow, ViewAction, shelf_rows},
    ui::{Icon, Sheet, icon},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// So many are listed: nobody reads more, and each costs a moment.
const MOST: usize = 200;

#[component]
pub fn LibraryDialog() -> Html {
    let shared = use_shared();
    let naming = use_state(|| None::<(String, String)>);
    let lang = shared.state.lang;
    let rows = shelf_rows(&shared.state);
    let close = {
        let dialog = shared.dialog.clone();
        Callback::from(move |()| dialog.set(None))
    };
    let anew = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| {
            shared.act(KeepAction::Anew);
            show_plan(&shared);
        })
    };
    let file = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| save_file(&shared))
    };
    let undelete = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.act(LibraryAction::Undelete))
    };
    let gone = shared.state.library.gone.last().map(|gone| {
        let name = name_or(&shared, &gone.entry.scenario.name);
        html! { <p>{ tr(lang, "library-gone", &[("name", &name)]) }{ " " }<button class="link" id="library-undelete" onclick={undelete}>{ t(lang, "library-undelete") }</button></p> }
    });
    let failed = matches!(shared.state.keeping.saving, Saving::Failed(_));
    let more = rows.len().saturating_sub(MOST);
    html! {
        <Sheet id="library" title={shared.t("library-title")} close={shared.t("dialog-close")} on_close={close}>
            <p class="fine">{ shared.t("library-lead") }</p>
            <div class="row">
                <button class="btn" id="library-new" onclick={anew}>{ icon(Icon::Plus) }{ shared.t("library-new") }</button>
                <button class="btn" onclick={file}>{ icon(Icon::Save) }{ shared.t("scenario-save") }</button>
            </div>
            <div role="status" class="told-line">{ for gone }</div>
            if failed { { saving_words(&shared) } }
            <NoticeStrip />
            if rows.is_empty() {
                <p class="hint">{ shared.t("library-empty") }</p>
            } else {
                <ul class="shelf" aria-label={shared.t("library-title")}>{ for rows.iter().take(MOST).map(|row| line(&shared, row, &naming)) }</ul>
            }
            if more > 0 { <p class="fine">{ tr(lang, "list-more", &[("n", &count(more))]) }</p> }
        </Sheet>
    }
}

/// The name of a scenario, or what those without are called.
pub fn name_or(shared: &Shared, name: &str) -> String {
    if name.is_empty() { shared.t("scenario-untitled") } else { name.to_owned() }
}

fn show_plan(shared: &Shared) {
    shared.act(ViewAction::Page(Page::Plan));
    shared.dialog.set(None);
}

fn line(shared: &Shared, row: &ShelfRow, naming: &UseStateHandle<Option<(String, String)>>) -> Html {
    let lang = shared.state.lang;
    let name = name_or(shared, &row.name);
    let act = |make: fn(String) -> LibraryAction, then: fn(&Shared)| {
        let (shared, id) = (shared.clone(), row.id.clone());
        Callback::from(move |_: MouseEvent| {
            shared.act(make(id.clone()));
            then(&shared);
        })
    };
    let button = |key: &str, onclick: Callback<MouseEvent>| {
        let label = format!("{}: {name}", t(lang, key));
        html! { <button class="link" {onclick} aria-label={label}>{ t(lang, key) }</button> }
    };
    let begin = {
        let (naming, id, name) = (naming.clone(), row.id.clone(), row.name.clone());
        Callback::from(move |_: MouseEvent| {
            naming.set(Some((id.clone(), name.clone())));
            // Once the field is there.
            gloo::timers::callback::Timeout::new(0, || platform::focus("library-name")).forget();
        })
    };
    let rename = {
        let (shared, naming, id) = (shared.clone(), naming.clone(), row.id.clone());
        Callback::from(move |e: Event| {
            let field: HtmlInputElement = e.target_unchecked_into();
            shared.act(LibraryAction::Rename(id.clone(), field.value()));
            naming.set(None);
        })
    };
    let keys = {
        let naming = naming.clone();
        Callback::from(move |e: KeyboardEvent| match e.key().as_str() {
            // The field alone is left, not the dialog.
            "Escape" => {
                e.prevent_default();
                e.stop_propagation();
                naming.set(None);
            }
            "Enter" => {
                let _ = e.target_unchecked_into::<HtmlInputElement>().blur();
                naming.set(None);
            }
            _ => {}
        })
    };
    let when = if row.saved_ms > 0.0 {
        tr(lang, "library-saved", &[("time", &platform::clock(row.saved_ms, lang.tag()))])
    } else {
        t(lang, "library-unsaved")
    };
    let changes = tr(lang, "library-changes", &[("n", &count(row.changes))]);
    let typing = {
        let (naming, id) = (naming.clone(), row.id.clone());
        Callback::from(move |e: InputEvent| {
            naming.set(Some((id.clone(), e.target_unchecked_into::<HtmlInputElement>().value())));
        })
    };
    let typed = naming.as_ref().filter(|(id, _)| *id == row.id).map(|(_, typed)| typed.clone());
    html! {
        <li key={row.id.clone()} class={classes!(row.open.then_some("open"))} aria-current={row.open.then_some("true")}>
            if let Some(typed) = typed {
                <input id="library-name" type="text" value={typed} oninput={typing} aria-label={t(lang, "scenario-name")} placeholder={t(lang, "scenario-untitled")} onchange={rename} onkeydown={keys} />
            } else {
                <b>{ &name }</b>if row.open { <span class="tag">{ t(lang, "library-open-now") }</span> }
            }
            <p class="fine">{ changes }{ t(lang, "list-separator") }{ when }</p>
            if !row.note.is_empty() { <p class="note">{ &row.note }</p> }
            <div class="row">
                if !row.open { { button("library-open", act(LibraryAction::Open, show_plan)) } }
                { button("library-copy", act(LibraryAction::Copy, show_plan)) }
                { button("library-rename", begin) }
                { button("library-delete", act(LibraryAction::Delete, |_| platform::focus("library-new"))) }
            </div>
        </li>
    }
}
