//! What whoever made a scenario says about it.

use super::use_shared;
use crate::state::EditAction;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

#[component]
pub fn About() -> Html {
    let shared = use_shared();
    let scenario = shared.state.document.scenario();
    let (note, author) = (scenario.note.clone(), scenario.author.clone());
    let describe = {
        let (shared, note, author) = (shared.clone(), note.clone(), author.clone());
        Callback::from(move |e: InputEvent| {
            let Some(target) = e.target() else { return };
            let (note, author) = match target.dyn_into::<HtmlTextAreaElement>() {
                Ok(field) => (field.value(), author.clone()),
                Err(other) => (note.clone(), other.unchecked_into::<HtmlInputElement>().value()),
            };
            shared.act(EditAction::Describe(note, author));
        })
    };
    html! {
        <details class="about" id="about">
            <summary>{ shared.t("about-title") }</summary>
            <label>{ shared.t("about-note") }<textarea id="about-note" rows="3" value={note} oninput={describe.clone()} /></label>
            <label>{ shared.t("about-author") }<input id="about-author" type="text" value={author} oninput={describe} /></label>
        </details>
    }
}
