//! A file that is dropped anywhere on the page.

use super::bring;
use crate::{
    app::Shared,
    panels::use_shared,
    platform,
    state::{Notice, ViewAction},
    ui::{Icon, icon},
};
use atlas_core::diagnostics::Diagnostic;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::DragEvent;
use yew::prelude::*;

/// Says where a dragged file may go, and takes it.
#[component]
pub fn DropZone() -> Html {
    let shared = use_shared();
    let over = use_state(|| false);
    {
        let over = over.setter();
        use_effect_with(shared.clone(), move |shared| {
            let listen = |kind: &'static str, act: fn(&Shared, &DragEvent, &UseStateSetter<bool>)| {
                let (shared, over) = (shared.clone(), over.clone());
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&gloo::utils::document(), kind, options, move |event| {
                    let event: &DragEvent = event.unchecked_ref();
                    if platform::drags_files(event) {
                        event.prevent_default();
                        act(&shared, event, &over);
                    }
                })
            };
            let listeners = [
                listen("dragover", |_, _, over| over.set(true)),
                listen("dragleave", |_, event, over| {
                    // Out of the window, and not only from one element into the next.
                    if event.related_target().is_none() {
                        over.set(false);
                    }
                }),
                listen("drop", |shared, event, over| {
                    over.set(false);
                    take(shared, event);
                }),
            ];
            move || drop(listeners)
        });
    }
    if !*over {
        return Html::default();
    }
    html! {
        <div class="drop-veil" aria-hidden="true"><p>{ icon(Icon::Table) }<b>{ shared.t("import-drop") }</b><span>{ shared.t("import-drop-kinds") }</span></p></div>
    }
}

fn take(shared: &Shared, event: &DragEvent) {
    let Some((file, n)) = platform::dropped(event) else { return };
    // Before there is a plan there is nothing to bring a table into, and one table is understood at a time.
    if shared.state.baseline.prefectures.is_empty() || shared.state.table.is_some() {
        return;
    }
    if n > 1 {
        let problem = Diagnostic::warning("import-one-file", file.name(), n.to_string(), "Drop one file at a time.");
        shared.act(ViewAction::Notice(Some(Notice { problems: vec![problem] })));
    }
    bring(shared, file);
}
