//! The page's side of the worker: starts it, asks one question at a time, and drops what is out of date.

use super::{
    protocol::{CompareAsk, FuturesAsk, InsightAsk, Request, Response, ResponseAsk, Said, SitingAsk, StressAsk},
    transfer,
    worker::{EXPORT, NETWORKS, PROCEED},
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{
    Blob, BlobPropertyBag, ErrorEvent, HtmlLinkElement, MessageEvent, Url, Worker, WorkerOptions, WorkerType,
};

/// A running worker. Clones talk to the same one.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    worker: Worker,
    busy: Cell<bool>,
    /// The worker hears: what is said before is lost.
    listens: Cell<bool>,
    may_proceed: Cell<bool>,
    waiting: RefCell<Option<Request>>,
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Client {
    /// Starts the worker, which loads the pack at once. `None` where this browser has no module workers.
    pub fn start(on_response: impl Fn(Response, Vec<Vec<u8>>) + 'static) -> Option<Self> {
        let worker = spawn()?;
        let client = Self(Rc::new(Inner {
            worker,
            busy: Cell::new(false),
            listens: Cell::new(false),
            may_proceed: Cell::new(false),
            waiting: RefCell::default(),
        }));
        let (inner, on_response) = (Rc::clone(&client.0), Rc::new(on_response));
        let say = Rc::clone(&on_response);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if event.data().is_string() {
                inner.listens.set(true);
                let _ = inner.worker.post_message(&JsValue::from_str(&absolute("pack/")));
                if inner.may_proceed.get() {
                    let _ = inner.worker.post_message(&JsValue::from_str(PROCEED));
                }
            } else if let Some((response, documents)) = transfer::unpack::<Response>(&event.data()) {
                let answered = matches!(response, Response::Evaluated(_));
                let next = if answered { inner.waiting.take() } else { None };
                if answered {
                    inner.busy.set(false);
                }
                if let Some(next) = next {
                    inner.post(&next);
                }
                say(response, documents);
            }
        });
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            on_response(Response::Failed { code: "worker-stopped".into(), detail: event.message() }, vec![]);
        });
        client.0.worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        client.0.worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_message.forget();
        on_error.forget();
        Some(client)
    }

    /// Lets the worker load the network. Saying it twice does no harm.
    pub fn proceed(&self) {
        // Where there will be no map, this is said before the worker listens.
        self.0.may_proceed.set(true);
        if self.0.listens.get() {
            let _ = self.0.worker.post_message(&JsValue::from_str(PROCEED));
        }
    }

    /// Asks for the lines of railways, waterways and sea lanes, once everything is loaded.
    pub fn networks(&self) {
        let _ = self.0.worker.post_message(&JsValue::from_str(NETWORKS));
    }

    /// Asks for the catchments of the last settled plan as a file.
    pub fn export(&self) {
        let _ = self.0.worker.post_message(&JsValue::from_str(EXPORT));
    }

    /// Says something about new sites: at once, whatever else is being answered.
    pub fn siting(&self, ask: SitingAsk) {
        self.0.say(&Said::Siting(ask));
    }

    /// Says something about scenarios side by side, likewise.
    pub fn compare(&self, ask: CompareAsk) {
        self.0.say(&Said::Compare(ask));
    }

    /// Asks what the plan amounts to, territory by territory, likewise.
    pub fn insight(&self, ask: InsightAsk) {
        self.0.say(&Said::Insight(Box::new(ask)));
    }

    /// Says something about what levers do, likewise.
    pub fn response(&self, ask: ResponseAsk) {
        self.0.say(&Said::Response(ask));
    }

    /// Says something about many futures, likewise.
    pub fn futures(&self, ask: FuturesAsk) {
        self.0.say(&Said::Futures(ask));
    }

    /// Says something about what breaks the network, likewise.
    pub fn stress(&self, ask: StressAsk) {
        self.0.say(&Said::Stress(Box::new(ask)));
    }

    /// Asks a question. While one is being answered only the newest other one waits: a pointer that moves on makes the
    /// questions in between worthless. A settled question is never pushed out by one that is not.
    pub fn ask(&self, mut request: Request) {
        if self.0.busy.get() {
            let mut waiting = self.0.waiting.borrow_mut();
            request.whole |= waiting.as_ref().is_some_and(|w| w.whole);
            *waiting = Some(request);
        } else {
            self.0.post(&request);
        }
    }
}

impl Inner {
    fn post(&self, request: &Request) {
        self.busy.set(true);
        self.say(&Said::Ask(Box::new(request.clone())));
    }

    fn say(&self, said: &Said) {
        say(&self.worker, said);
    }
}

/// Says something to a worker.
pub(super) fn say(worker: &Worker, said: &Said) {
    let parcel = transfer::pack(said, &[]);
    worker.post_message_with_transfer(&parcel.message, &parcel.transfer).expect("own buffers can be transferred");
}

/// Starts the very script and Wasm of this page as a worker. Their names carry a hash, so they are read from the page.
pub(super) fn spawn() -> Option<Worker> {
    let script = linked("link[rel=modulepreload]")?;
    let wasm = linked("link[rel=preload][as=fetch]")?;
    let module = format!("import init from {script:?}; init({{ module_or_path: {wasm:?} }});");
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&module.into()), &kind).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    Worker::new_with_options(&url, &options).ok()
}

fn linked(selector: &str) -> Option<String> {
    let found = gloo::utils::document().query_selector(selector).ok()??;
    Some(found.unchecked_into::<HtmlLinkElement>().href())
}

/// The address of something in the app's own folder.
pub(super) fn absolute(path: &str) -> String {
    let base = gloo::utils::document().base_uri().ok().flatten().unwrap_or_default();
    Url::new_with_base(path, &base).map_or_else(|_| path.to_owned(), |u| u.href())
}
