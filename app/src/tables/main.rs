//! The tables worker: a Wasm binary of its own, so that readers of spreadsheets weigh nothing on the first view. It is started
//! when somebody brings a table, reads it off the page, and is ended with the dialog.

#[path = "../compute/transfer.rs"]
mod transfer;

// The page and this binary share the words; each uses its half.
#[allow(dead_code, reason = "the page uses the rest")]
mod protocol;
mod service;

use protocol::{Said, Told};
use service::Service;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    console_error_panic_hook::set_once();
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let service = RefCell::new(Service::default());
    let to_page = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some((said, buffers)) = transfer::unpack::<Said>(&event.data()) {
            if let Said::Write(sheets) = &said {
                match atlas_core::format::export::workbook(sheets) {
                    Ok(bytes) => say(&to_page, &Told::Written, &[bytes]),
                    Err(problem) => say(&to_page, &Told::Refused(problem), &[]),
                }
                return;
            }
            let mut tell = |told: Told| say(&to_page, &told, &[]);
            service.borrow_mut().take(said, buffers, &mut tell);
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The page sends nothing before it knows that somebody listens.
    let _ = scope.post_message(&JsValue::from_str("listening"));
}

fn say(scope: &DedicatedWorkerGlobalScope, told: &Told, buffers: &[Vec<u8>]) {
    let parcel = transfer::pack(told, buffers);
    scope.post_message_with_transfer(&parcel.message, &parcel.transfer).expect("own buffers can be transferred");
}
