//! A file that a person chooses, as text.

use crate::{
    app::Shared,
    platform,
    state::{Notice, ViewAction},
};
use atlas_core::diagnostics::Diagnostic;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a file field does when a file was chosen in it: `then` gets name and text. A file that cannot be read is told, and
/// changes nothing.
pub fn chosen_text(shared: &Shared, then: impl Fn(&Shared, &str, &str) + 'static) -> Callback<Event> {
    let (shared, then) = (shared.clone(), Rc::new(then));
    Callback::from(move |e: Event| {
        let field: HtmlInputElement = e.target_unchecked_into();
        let Some(file) = field.files().and_then(|f| f.get(0)) else { return };
        // The same file can be chosen again.
        field.set_value("");
        let (shared, then) = (shared.clone(), then.clone());
        wasm_bindgen_futures::spawn_local(async move {
            match platform::read_text(&file).await {
                Ok(text) => then(&shared, &file.name(), &text),
                Err(why) => {
                    let problem = Diagnostic::error("file-not-readable", file.name(), why, "");
                    shared.act(ViewAction::Notice(Some(Notice { problems: vec![problem] })));
                }
            }
        });
    })
}
