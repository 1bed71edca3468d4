//! Helpers of the page's worker: more workers of the same program, started when many futures are asked for and ended some time
//! after. The page only passes on what they and its worker say to each other. A helper that fails or never starts costs time and
//! nothing else: its runs are made by others.

use super::{
    client::{Client, absolute, say, spawn},
    protocol::{FuturesAsk, FuturesNews, FuturesQuestion, FuturesWish, Response, Said},
    transfer,
    worker::HELP,
};
use gloo::timers::callback::Timeout;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{ErrorEvent, MessageEvent, Worker};

/// Helpers stay so long after the last of their work.
const REST_MS: u32 = 60_000;

/// The helpers, and the worker that they help. Clones are the same.
#[derive(Clone)]
pub struct Pool(Rc<Inner>);

struct Inner {
    client: Client,
    helpers: RefCell<Vec<Helper>>,
    /// What is at work: its number, and the question.
    asked: RefCell<(u64, FuturesQuestion)>,
    /// Ends the helpers.
    rest: RefCell<Option<Timeout>>,
}

type Ear<E> = Closure<dyn FnMut(E)>;

struct Helper {
    number: u32,
    worker: Worker,
    is_loaded: bool,
    /// Heard as long as the helper is there.
    _ears: (Ear<MessageEvent>, Ear<ErrorEvent>),
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Pool {
    /// Of no helpers yet.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self(Rc::new(Inner {
            client,
            helpers: RefCell::default(),
            asked: RefCell::default(),
            rest: RefCell::default(),
        }))
    }

    /// Begins a question with so many helpers; those that are there already begin at once.
    pub fn begin(&self, run: u64, question: &FuturesQuestion, helpers: u32) {
        *self.0.rest.borrow_mut() = None;
        *self.0.asked.borrow_mut() = (run, question.clone());
        self.0.helpers.borrow_mut().retain(|h| h.number <= helpers);
        for number in 1..=helpers {
            let known = self.0.helpers.borrow().iter().find(|h| h.number == number).map(|h| h.is_loaded);
            match known {
                Some(true) => self.help(number),
                // It is told once it is loaded.
                Some(false) => {}
                None => {
                    if let Some(helper) = self.start(number) {
                        self.0.helpers.borrow_mut().push(helper);
                    }
                }
            }
        }
    }

    /// These runs are a helper's.
    pub fn give(&self, run: u64, helper: u32, from: u64, to: u64) {
        self.say(helper, run, FuturesWish::Make(from, to));
    }

    /// Nothing is at work: after some time the helpers are ended.
    pub fn rest(&self) {
        let inner = Rc::downgrade(&self.0);
        let end = move || {
            if let Some(inner) = inner.upgrade() {
                inner.helpers.borrow_mut().clear();
            }
        };
        *self.0.rest.borrow_mut() = Some(Timeout::new(REST_MS, end));
    }

    fn say(&self, helper: u32, run: u64, what: FuturesWish) {
        if let Some(helper) = self.0.helpers.borrow().iter().find(|h| h.number == helper) {
            say(&helper.worker, &Said::Futures(FuturesAsk { run, what }));
        }
    }

    fn help(&self, number: u32) {
        let (run, question) = self.0.asked.borrow().clone();
        self.say(number, run, FuturesWish::Help(Box::new(question)));
    }

    fn start(&self, number: u32) -> Option<Helper> {
        let worker = spawn()?;
        let (pool, own) = (self.clone(), worker.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if event.data().is_string() {
                let _ = own.post_message(&JsValue::from_str(HELP));
                let _ = own.post_message(&JsValue::from_str(&absolute("pack/")));
            } else if let Some((response, _)) = transfer::unpack::<Response>(&event.data()) {
                pool.hear(number, response);
            }
        });
        let pool = self.clone();
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |_: ErrorEvent| pool.lose(number));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Helper { number, worker, is_loaded: false, _ears: (on_message, on_error) })
    }

    fn hear(&self, number: u32, response: Response) {
        match response {
            Response::Futures(told) => match told.what {
                FuturesNews::Ready if told.run == 0 => {
                    self.0
                        .helpers
                        .borrow_mut()
                        .iter_mut()
                        .filter(|h| h.number == number)
                        .for_each(|h| h.is_loaded = true);
                    self.help(number);
                }
                FuturesNews::Ready => self.tell(told.run, FuturesWish::Idle(number)),
                FuturesNews::Made(sample) => self.tell(told.run, FuturesWish::Part(number, sample)),
                FuturesNews::Refused { .. } => self.lose(number),
                _ => {}
            },
            Response::Failed { .. } => self.lose(number),
            _ => {}
        }
    }

    fn tell(&self, run: u64, what: FuturesWish) {
        self.0.client.futures(FuturesAsk { run, what });
    }

    /// A helper is no more. It is ended once the call that heard of it is over.
    fn lose(&self, number: u32) {
        let run = self.0.asked.borrow().0;
        self.tell(run, FuturesWish::Lost(number));
        let inner = Rc::downgrade(&self.0);
        Timeout::new(0, move || {
            if let Some(inner) = inner.upgrade() {
                inner.helpers.borrow_mut().retain(|h| h.number != number);
            }
        })
        .forget();
    }
}
