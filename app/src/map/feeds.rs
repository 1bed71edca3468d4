//! Documents on their way into MapLibre's sources.
//!
//! A small document is parsed on the page; of a large one MapLibre's worker fetches and parses a Blob. One document a
//! source is on the way at a time; of those that come meanwhile only the last is kept. A Blob's URL is revoked when the
//! next document of its source has been read:
//! MapLibre may come back to it when the style is set anew.

use super::{
    externs::{JsMap, JsSource},
    view::Source,
};
use js_sys::{Array, Uint8Array};
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, Url};

/// Documents that would keep MapLibre's worker from drawing the first view.
const LARGE: [&str; 2] = [Source::Detail.id(), Source::Roads.id()];

/// Up to this many bytes the page reads a document itself, in well under a millisecond.
const SMALL_BYTES: usize = 64 << 10;

/// Feeds of all sources of a map.
pub struct Feeds {
    map: JsMap,
    open: Cell<bool>,
    shown: Cell<bool>,
    slots: RefCell<HashMap<&'static str, Slot>>,
    on_read: Box<dyn Fn(&'static str)>,
}

#[derive(Default)]
struct Slot {
    busy: bool,
    waiting: Option<Document>,
    /// The URL that the source has now.
    url: Option<String>,
}

impl Feeds {
    /// Feeds that wait until [`Feeds::open`]; `on_read` hears of every document that has been read.
    pub fn new(map: JsMap, on_read: impl Fn(&'static str) + 'static) -> Rc<Self> {
        Rc::new(Self {
            map,
            open: Cell::new(false),
            shown: Cell::new(false),
            slots: RefCell::default(),
            on_read: Box::new(on_read),
        })
    }

    /// Hands over a document.
    pub fn send(self: &Rc<Self>, source: &'static str, geojson: &[u8]) {
        let Some(document) = Document::new(geojson) else { return };
        self.slots.borrow_mut().entry(source).or_default().waiting = Some(document);
        self.next(source);
    }

    /// The sources are there.
    pub fn open(self: &Rc<Self>) {
        self.open.set(true);
        self.resume();
    }

    /// A source may have become free: MapLibre also reads the empty documents of the style.
    pub fn resume(self: &Rc<Self>) {
        let sources: Vec<&'static str> = self.slots.borrow().keys().copied().collect();
        sources.into_iter().for_each(|s| self.next(s));
    }

    /// The first view has been drawn: what is large may come now.
    pub fn first_view_shown(self: &Rc<Self>) {
        self.shown.set(true);
        self.resume();
    }

    /// The sources are gone, until the style is there again.
    pub fn close(&self) {
        self.open.set(false);
    }

    /// The map is gone.
    pub fn end(&self) {
        self.close();
        for (_, slot) in self.slots.borrow_mut().drain() {
            if let Some(url) = slot.url {
                let _ = Url::revoke_object_url(&url);
            }
        }
    }

    fn next(self: &Rc<Self>, source: &'static str) {
        if !self.open.get() || (!self.shown.get() && LARGE.contains(&source)) {
            return;
        }
        let (target, document) = {
            let mut slots = self.slots.borrow_mut();
            let slot = slots.entry(source).or_default();
            if slot.busy {
                return;
            }
            // While a source is reading, its promise of another document would hold too early.
            let Ok(Some(target)) = self.map.source(source) else { return };
            if !target.loaded() {
                return;
            }
            let Some(document) = slot.waiting.take() else { return };
            slot.busy = true;
            (target, document)
        };
        let this = Rc::clone(self);
        spawn_local(async move {
            let url = read(&target, &document).await;
            if let Some(slot) = this.slots.borrow_mut().get_mut(source) {
                slot.busy = false;
                if let Some(old) = std::mem::replace(&mut slot.url, url) {
                    // Revoking what was made here cannot fail.
                    let _ = Url::revoke_object_url(&old);
                }
            }
            (this.on_read)(source);
            this.next(source);
        });
    }
}

/// Has the source read the document; its URL where it has one. Errors of reading reach the map's `error` event; here they only end the wait.
async fn read(target: &JsSource, document: &Document) -> Option<String> {
    let (data, url) = match document {
        Document::Small(parsed) => (parsed.clone(), None),
        Document::Large(blob) => {
            let url = Url::create_object_url_with_blob(blob).ok()?;
            (JsValue::from_str(&url), Some(url))
        }
    };
    if let Ok(read) = target.set_data(&data, true) {
        let _ = JsFuture::from(read).await;
    }
    url
}

/// A document on its way.
enum Document {
    /// Read on the page: less work than a Blob, its URL and a request, and the ones of every frame of a drag are small.
    Small(JsValue),
    /// Read in MapLibre's worker.
    Large(Blob),
}

impl Document {
    /// `None` for want of memory, or where the bytes are no JSON.
    fn new(geojson: &[u8]) -> Option<Self> {
        if geojson.len() <= SMALL_BYTES {
            let text = std::str::from_utf8(geojson).ok()?;
            return js_sys::JSON::parse(text).ok().map(Self::Small);
        }
        let parts = Array::of1(&Uint8Array::from(geojson));
        Blob::new_with_u8_array_sequence(&parts).ok().map(Self::Large)
    }
}
