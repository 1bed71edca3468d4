//! A link that holds the scenario and the view, as text, as a QR code and for a frame of another page.

use super::{library::name_or, plan::save_file, use_shared};
use crate::{
    app::Shared,
    i18n::{count, tr},
    map::Map,
    platform,
    state::{LINK_MOST, QR_MOST, embed_code, link_to, qr_path},
    ui::{Icon, Sheet, icon},
};
use atlas_core::format::link::{self, Link};
use yew::prelude::*;

/// What was copied last, and whether the browser took it.
type Copied = UseStateHandle<Option<(&'static str, bool)>>;

#[component]
pub fn ShareDialog() -> Html {
    let shared = use_shared();
    let state = &shared.state;
    let with_view = use_state(|| true);
    let copied: Copied = use_state(|| None);
    // The view of the moment in which the dialog was opened.
    let view = use_memo((), |()| state.view_now(shared.map.with(Map::camera).map(|c| (c.center, c.zoom))));
    let code = {
        let document = state.document.clone();
        use_memo((std::rc::Rc::as_ptr(&document), *with_view), |(_, with_view)| {
            link::write(&Link { scenario: document.scenario().clone(), view: with_view.then(|| (*view).clone()) })
        })
    };
    let address = link_to(&platform::page_address(), &code);
    let close = {
        let dialog = shared.dialog.clone();
        Callback::from(move |()| dialog.set(None))
    };
    let toggle = {
        let (with_view, copied) = (with_view.clone(), copied.clone());
        Callback::from(move |_: Event| {
            with_view.set(!*with_view);
            copied.set(None);
        })
    };
    let file = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| save_file(&shared))
    };
    let save = html! { <button class="btn" onclick={file}>{ icon(Icon::Save) }{ shared.t("scenario-save") }</button> };
    let length = tr(state.lang, "share-length", &[("n", &count(address.len()))]);
    html! {
        <Sheet id="share" title={shared.t("share-title")} close={shared.t("dialog-close")} on_close={close}>
            <p class="fine">{ shared.t("share-lead") }</p>
            if address.len() > LINK_MOST {
                <p class="hint" id="share-too-long">{ length }{ " " }{ tr(state.lang, "share-too-long", &[("most", &count(LINK_MOST))]) }</p>
                { save }
            } else {
                <label class="inline"><input type="checkbox" id="share-view" checked={*with_view} onchange={toggle} />{ shared.t("share-view") }</label>
                { field(&shared, "share-link", "share-link-label", &address, &copied) }
                <p class="fine" id="share-length">{ length }</p>
                { qr(&shared, &address, &save) }
                <details>
                    <summary>{ shared.t("share-embed") }</summary>
                    <p class="fine">{ shared.t("share-embed-hint") }</p>
                    { field(&shared, "share-embed-code", "share-embed-label", &frame(&shared, &code), &copied) }
                </details>
            }
        </Sheet>
    }
}

fn frame(shared: &Shared, code: &str) -> String {
    let state = &shared.state;
    let title = format!("{}: {}", shared.t("app-name"), name_or(shared, &state.document.scenario().name));
    embed_code(&platform::page_address(), code, state.lang, state.theme, &title)
}

/// A text to be copied, with its button and what came of it.
fn field(shared: &Shared, id: &'static str, label: &str, text: &str, copied: &Copied) -> Html {
    let copy = {
        let (text, copied) = (text.to_owned(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, copied) = (text.clone(), copied.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let took = platform::copy_text(&text).await;
                if !took {
                    platform::select_text(id);
                }
                copied.set(Some((id, took)));
            });
        })
    };
    let told = copied.filter(|c| c.0 == id).map(|c| shared.t(if c.1 { "share-copied" } else { "share-copy-yourself" }));
    html! {
        <div class="copy">
            <textarea {id} readonly=true rows="3" spellcheck="false" aria-label={shared.t(label)} value={text.to_owned()} />
            <div class="row">
                <button class="btn" id={format!("{id}-copy")} onclick={copy}>{ icon(Icon::Copy) }{ shared.t("share-copy") }</button>
                <span role="status" class="fine">{ told }</span>
            </div>
        </div>
    }
}

fn qr(shared: &Shared, address: &str, save: &Html) -> Html {
    let Some((width, path)) = qr_path(address) else {
        let most = count(QR_MOST);
        return html! {
            <>
                <p class="hint" id="share-no-qr">{ tr(shared.state.lang, "share-no-qr", &[("most", &most)]) }</p>
                { save.clone() }
            </>
        };
    };
    let name = shared.t("share-qr");
    html! {
        <figure class="qr">
            <svg id="share-qr" viewBox={format!("0 0 {width} {width}")} role="img" aria-label={name.clone()} shape-rendering="crispEdges">
                <rect width={width.to_string()} height={width.to_string()} fill="#fff" /><path d={path} fill="#000" />
            </svg>
            <figcaption class="fine">{ name }</figcaption>
        </figure>
    }
}
