//! The page's side of the tables worker: started with the first word, ended by [`Tables::end`], which is how a task is cancelled.

use super::transfer;
use crate::tables::{Said, Told};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The script that trunk puts beside the page for it; a relative address, so that it is found under any path.
const SCRIPT: &str = "atlas-tables_loader.js";

/// A running tables worker. Clones talk to the same one.
#[derive(Clone)]
pub struct Tables(Rc<Inner>);

struct Inner {
    worker: Worker,
    listening: Cell<bool>,
    /// What was said before it listened.
    waiting: RefCell<Vec<(Said, Vec<Vec<u8>>)>>,
    handlers: RefCell<Vec<JsValue>>,
}

impl Tables {
    /// Starts the worker. `None` where this browser has no module workers.
    pub fn start(on_told: impl Fn(Told, Vec<Vec<u8>>) + 'static) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&super::absolute(SCRIPT), &options).ok()?;
        let inner = Rc::new(Inner {
            worker,
            listening: Cell::new(false),
            waiting: RefCell::default(),
            handlers: RefCell::default(),
        });
        let (told, stopped) = (Rc::new(on_told), Rc::downgrade(&inner));
        let hear = Rc::clone(&told);
        let weak = Rc::downgrade(&inner);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if event.data().is_string() {
                let Some(inner) = weak.upgrade() else { return };
                inner.listening.set(true);
                for (said, buffers) in inner.waiting.take() {
                    inner.post(&said, &buffers);
                }
            } else if let Some((what, buffers)) = transfer::unpack::<Told>(&event.data()) {
                hear(what, buffers);
            }
        });
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            // Told on the page, so that the browser needs not say it, too.
            event.prevent_default();
            if stopped.upgrade().is_some() {
                told(Told::Stopped(event.message()), vec![]);
            }
        });
        inner.worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        inner.worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        *inner.handlers.borrow_mut() = vec![on_message.into_js_value(), on_error.into_js_value()];
        Some(Self(inner))
    }

    /// Says something; buffers change hands.
    pub fn say(&self, said: Said, buffers: Vec<Vec<u8>>) {
        if self.0.listening.get() {
            self.0.post(&said, &buffers);
        } else {
            self.0.waiting.borrow_mut().push((said, buffers));
        }
    }

    /// Ends the worker, whatever it is doing.
    pub fn end(&self) {
        self.0.worker.set_onmessage(None);
        self.0.worker.set_onerror(None);
        self.0.worker.terminate();
    }
}

impl Inner {
    fn post(&self, said: &Said, buffers: &[Vec<u8>]) {
        let parcel = transfer::pack(said, buffers);
        self.worker
            .post_message_with_transfer(&parcel.message, &parcel.transfer)
            .expect("own buffers can be transferred");
    }
}
