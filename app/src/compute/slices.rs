//! Long work in slices: the worker listens in between, whatever it works at.

use super::{
    protocol::Response,
    worker::{Service, Stages, say},
};
use std::{cell::RefCell, rc::Rc};
use web_sys::DedicatedWorkerGlobalScope;

/// The worker listens this often (milliseconds).
const SLICE_MS: f64 = 30.0;

/// A response with the documents that travel beside it.
pub type Told = (Response, Vec<Vec<u8>>);

/// What a step of some work did.
pub enum Step {
    /// Nothing is left to do.
    Idle,
    /// It cannot go on now: what it needs is in use.
    Waits,
    /// It went on, and this is to be told.
    Went(Vec<Told>),
}

impl Step {
    /// It went on, and this is to be told, without documents.
    pub fn went(told: Vec<Response>) -> Self {
        Self::Went(told.into_iter().map(|response| (response, Vec::new())).collect())
    }
}

/// Works until nothing is left. Work of another kind takes turns with it.
pub fn work(scope: DedicatedWorkerGlobalScope, stages: Rc<RefCell<Stages>>, step: fn(&mut Service) -> Step) {
    wasm_bindgen_futures::spawn_local(async move {
        loop {
            gloo::timers::future::TimeoutFuture::new(0).await;
            let mut stages = stages.borrow_mut();
            let Some(service) = stages.service.as_mut() else { return };
            let start = js_sys::Date::now();
            while js_sys::Date::now() - start < SLICE_MS {
                match step(service) {
                    Step::Idle => return,
                    Step::Waits => break,
                    Step::Went(told) => told.iter().for_each(|(response, documents)| say(&scope, response, documents)),
                }
            }
        }
    });
}
