//! The map behind [`Map`](super::Map): MapLibre GL JS with our style, our symbols and our pointer. Here it is made; what it
//! does while it runs is in [`live`], what pages ask of it in [`interface`], how it is copied in
//! [`picture`].

mod interface;
mod live;
mod picture;

use super::{
    camera,
    externs::{JsMap, JsMapEvent},
    feeds::Feeds,
    layers::{self, Ground},
    marks::MarksLayer,
    pointer::Pointer,
    tokens::Tokens,
    view::{FlowsView, Lang, MapError, MapEvent, Selected, Territories},
};
use atlas_core::model::FacilityKind;
use js_sys::{JSON, Reflect};
use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::HtmlElement;

/// Labels fade as fast as anything moves that is pointed at: `--motion-fast` of the design.
const FADE_MS: f64 = 90.0;

/// A map in a container. Clones are the same map.
#[derive(Clone)]
pub struct MapLibre(Rc<Inner>);

struct Inner {
    js: JsMap,
    container: HtmlElement,
    /// What the style should be made from.
    ground: RefCell<Ground>,
    /// What it is made from.
    styled: RefCell<Ground>,
    has_style: Cell<bool>,
    marks: Rc<MarksLayer>,
    feeds: Rc<Feeds>,
    pointer: Pointer,
    base: Cell<FirstView>,
    on_event: Box<dyn Fn(MapEvent)>,
    listeners: RefCell<Vec<(&'static str, Listener)>>,
}

type Listener = Closure<dyn FnMut(JsMapEvent)>;

/// How far the first view is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FirstView {
    Waiting,
    Read,
    Shown,
}

impl MapLibre {
    /// Makes a map in an element of the page.
    ///
    /// # Errors
    /// Where MapLibre's script is missing, where there is no WebGL2, and where MapLibre refuses.
    pub fn new(container: &HtmlElement, lang: Lang, on_event: impl Fn(MapEvent) + 'static) -> Result<Self, MapError> {
        if !Reflect::has(&js_sys::global(), &"maplibregl".into()).unwrap_or(false) {
            return Err(MapError::ScriptMissing);
        }
        let (tokens, missing) = read_tokens();
        let ground = Ground {
            tokens: tokens.clone(),
            lang,
            detail: false,
            roads: false,
            rails: false,
            water: false,
            territories: Territories {
                of: Some(FacilityKind::Hub),
                bands: false,
                difference: false,
                loss: false,
                opacity: 1.0,
            },
            flows: FlowsView::default(),
            prices: false,
            served: false,
            sites: false,
        };
        let still = gloo::utils::window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
        let fade = if still.is_some_and(|m| m.matches()) { 0.0 } else { FADE_MS };
        let options = camera::options(fade);
        let style = JSON::parse(&layers::style(&ground).to_string()).map_err(refused)?;
        for (key, value) in [("container", container.as_ref()), ("style", &style)] {
            Reflect::set(&options, &key.into(), value).map_err(refused)?;
        }
        // Asking for WebGL2 costs as much as having it: it is asked for only to name the reason.
        let js = JsMap::new(&options).map_err(|why| if has_webgl2() { refused(why) } else { MapError::NoWebGl2 })?;
        js.touch_zoom_rotate().disable_rotation();
        js.keyboard().disable_rotation();
        // Arrows and plus and minus are the map's own: a screen reader must let them through.
        let _ = js.canvas().set_attribute("role", "application");

        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let reader = weak.clone();
            Inner {
                js: js.clone(),
                container: container.clone(),
                ground: RefCell::new(ground.clone()),
                styled: RefCell::new(ground),
                has_style: Cell::new(false),
                marks: MarksLayer::new(tokens),
                feeds: Feeds::new(js, move |source| {
                    if let Some(inner) = reader.upgrade() {
                        Self(inner).read(source);
                    }
                }),
                pointer: Pointer::default(),
                base: Cell::new(FirstView::Waiting),
                on_event: Box::new(on_event),
                listeners: RefCell::default(),
            }
        });
        let map = Self(inner);
        map.size_changed();
        map.listen();
        if !missing.is_empty() {
            map.emit(MapEvent::Error(format!("tokens are missing: {}", missing.join(", "))));
        }
        Ok(map)
    }

    pub(in crate::map) fn pointer(&self) -> &Pointer {
        &self.0.pointer
    }

    pub(in crate::map) fn emit(&self, event: MapEvent) {
        (self.0.on_event)(event);
    }

    pub(in crate::map) fn show_cursor(&self, css: &str) {
        // The style of an element takes every property.
        let _ = self.0.js.canvas_container().style().set_property("cursor", css);
    }

    pub(in crate::map) fn show_hovered(&self, hovered: Option<Selected>) {
        self.0.marks.change_over(|scene| scene.hover(hovered));
        self.0.js.trigger_repaint();
    }

    pub(in crate::map) fn show_hovered_scrap(&self, hovered: Option<u32>) {
        if self.0.marks.change_over(|scene| scene.hover_scrap(hovered)) {
            self.0.js.trigger_repaint();
        }
    }

    pub(in crate::map) fn close_ring(&self) {
        if self.0.marks.change_over(|scene| scene.open(None)) {
            self.lay_out();
        }
    }

    /// Px of the container from px of the window.
    pub(in crate::map) fn in_container(&self, x: f64, y: f64) -> (f64, f64) {
        let frame = self.0.container.get_bounding_client_rect();
        (x - frame.left(), y - frame.top())
    }

    pub(in crate::map) fn downgrade(&self) -> WeakMap {
        WeakMap(Rc::downgrade(&self.0))
    }
}

/// A map that is not kept alive by whoever listens to it.
pub(in crate::map) struct WeakMap(Weak<Inner>);

impl WeakMap {
    pub(in crate::map) fn upgrade(&self) -> Option<MapLibre> {
        self.0.upgrade().map(MapLibre)
    }
}

/// The theme, and what is missing of it.
pub(in crate::map) fn read_tokens() -> (Tokens, Vec<&'static str>) {
    let root = gloo::utils::document().document_element();
    let style = root.and_then(|r| gloo::utils::window().get_computed_style(&r).ok().flatten());
    Tokens::read(|name| style.as_ref().and_then(|s| s.get_property_value(name).ok()).unwrap_or_default())
}

fn has_webgl2() -> bool {
    let canvas = gloo::utils::document().create_element("canvas").ok();
    let canvas = canvas.and_then(|c| c.dyn_into::<web_sys::HtmlCanvasElement>().ok());
    canvas.and_then(|c| c.get_context("webgl2").ok().flatten()).is_some()
}

fn refused(why: JsValue) -> MapError {
    let words = Reflect::get(&why, &"message".into()).ok().and_then(|m| m.as_string());
    MapError::Refused(words.unwrap_or_else(|| format!("{why:?}")))
}
