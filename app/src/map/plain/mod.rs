//! The map of browsers without WebGL2: land, catchments, ways and symbols on a canvas, with the same view models, layout and
//! hit test as the other map. It draws less: railways, waterways, flows, prices and scrap stand in their tables.

mod document;
mod interface;
mod pen;
mod place;
mod pointer;
mod sheet;
mod symbols;

use super::{
    Map, hit,
    marks::scene::Scene,
    mercator::Mercator,
    tokens::Tokens,
    view::{Cursor, Draggable, Hit, Lang, MapEvent, Source, Territories},
};
use atlas_core::model::FacilityKind;
use gloo::events::EventListener;
use pen::Pen;
use place::Place;
use pointer::Hand;
use sheet::Sheet;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use symbols::Attention;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};

/// A map in a container. Clones are the same map.
#[derive(Clone)]
pub struct PlainMap(Rc<Inner>);

struct Inner {
    container: HtmlElement,
    canvas: HtmlCanvasElement,
    on: CanvasRenderingContext2d,
    place: Cell<Place>,
    tokens: RefCell<Tokens>,
    lang: Cell<Lang>,
    sheet: RefCell<Sheet>,
    territories: Cell<Territories>,
    scene: RefCell<Scene>,
    attention: RefCell<Attention>,
    /// Ghosts of what the plan moved: points, and the others.
    moved: RefCell<[Ghosts; 2]>,
    dragged: Cell<Option<Ghost>>,
    hand: RefCell<Hand>,
    draggable: Cell<Draggable>,
    cursor: Cell<Cursor>,
    /// A frame has been asked for.
    awaits: Cell<bool>,
    is_ready: Cell<bool>,
    on_event: Box<dyn Fn(MapEvent)>,
    listeners: RefCell<Vec<EventListener>>,
}

type Ghost = (super::view::Shape, atlas_core::geo::LonLat, atlas_core::geo::LonLat);
type Ghosts = Vec<Ghost>;

impl PlainMap {
    /// What it is drawn on.
    pub fn canvas(&self) -> HtmlCanvasElement {
        self.0.canvas.clone()
    }

    /// Makes a map in an element of the page; none where there is not even a canvas.
    pub fn new(container: &HtmlElement, lang: Lang, on_event: impl Fn(MapEvent) + 'static) -> Option<Self> {
        let canvas: HtmlCanvasElement = gloo::utils::document().create_element("canvas").ok()?.dyn_into().ok()?;
        let on: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let (tokens, _) = super::maplibre::read_tokens();
        canvas.set_class_name("plain");
        canvas.set_tab_index(0);
        // Arrows and plus and minus are the map's own: a screen reader must let them through.
        let _ = canvas.set_attribute("role", "application");
        container.append_child(&canvas).ok()?;
        let size = (f64::from(container.client_width()), f64::from(container.client_height()));
        let map = Self(Rc::new(Inner {
            container: container.clone(),
            canvas,
            on,
            place: Cell::new(Place::home(size)),
            tokens: RefCell::new(tokens),
            lang: Cell::new(lang),
            sheet: RefCell::default(),
            territories: Cell::new(Territories {
                of: Some(FacilityKind::Hub),
                bands: false,
                difference: false,
                loss: false,
                opacity: 1.0,
            }),
            scene: RefCell::default(),
            attention: RefCell::default(),
            moved: RefCell::default(),
            dragged: Cell::new(None),
            hand: RefCell::default(),
            draggable: Cell::new(Draggable::Nothing),
            cursor: Cell::new(Cursor::Default),
            awaits: Cell::new(false),
            is_ready: Cell::new(false),
            on_event: Box::new(on_event),
            listeners: RefCell::default(),
        }));
        *map.0.listeners.borrow_mut() = pointer::listen(&map);
        map.go(map.0.place.get());
        Some(map)
    }

    fn emit(&self, event: MapEvent) {
        (self.0.on_event)(event);
    }

    /// Shows another view.
    fn go(&self, place: Place) {
        self.0.place.set(place);
        self.repaint();
        // Told from the next turn: whoever moved the map may hold what hears of it.
        let map = self.clone();
        gloo::timers::callback::Timeout::new(0, move || map.emit(MapEvent::Camera(map.camera()))).forget();
    }

    /// Draws with the next frame.
    fn repaint(&self) {
        if self.0.awaits.replace(true) {
            return;
        }
        let map = self.clone();
        let draw = Closure::once_into_js(move || {
            map.0.awaits.set(false);
            map.draw();
        });
        let _ = gloo::utils::window().request_animation_frame(draw.unchecked_ref());
    }

    fn draw(&self) {
        let inner = &self.0;
        let place = inner.place.get();
        let ratio = gloo::utils::window().device_pixel_ratio();
        let px = |css: f64| (css * ratio).round() as u32;
        if (inner.canvas.width(), inner.canvas.height()) != (px(place.size.0), px(place.size.1)) {
            inner.canvas.set_width(px(place.size.0));
            inner.canvas.set_height(px(place.size.1));
        }
        let tokens = inner.tokens.borrow();
        let pen = Pen { on: &inner.on, tokens: &tokens, ratio, size: place.size };
        let sheet = inner.sheet.borrow();
        sheet.draw(&pen, &place, &inner.territories.get());
        let mut scene = inner.scene.borrow_mut();
        scene.lay_out(place.zoom, tokens.symbol_scale());
        let mut attention = inner.attention.borrow().clone();
        attention.ghosts = inner.moved.borrow().iter().flatten().copied().chain(inner.dragged.get()).collect();
        symbols::draw(&pen, &place, &scene, &attention);
        symbols::names(&pen, &place, &sheet, &scene, inner.lang.get());
    }

    fn set_document(&self, source: Source, bytes: &[u8]) {
        let drawn = self.0.sheet.borrow_mut().set(source, bytes);
        if drawn {
            self.repaint();
        }
        if source == Source::Base && !self.0.is_ready.replace(true) {
            self.emit(MapEvent::Ready);
        }
    }

    fn change(&self, change: impl FnOnce(&mut Scene)) {
        change(&mut self.0.scene.borrow_mut());
        self.repaint();
    }

    fn hit_at(&self, (x, y): (f64, f64), touch: bool) -> Option<Hit> {
        let place = self.0.place.get();
        let scale = self.0.tokens.borrow().symbol_scale();
        let mut scene = self.0.scene.borrow_mut();
        scene.lay_out(place.zoom, scale);
        let middle = Mercator { x: place.middle.x, y: place.middle.y };
        let view = hit::View { anchor: (middle, place.px(middle)), zoom: place.zoom, scale };
        hit::hit(&view, &scene.points, &scene.facilities, (x, y), touch)
    }

    fn show_cursor(&self, over_symbol: bool) {
        let css = match self.0.cursor.get() {
            Cursor::Default if over_symbol => "pointer",
            Cursor::Default => "default",
            Cursor::Crosshair => "crosshair",
            Cursor::Grabbing => "grabbing",
        };
        let _ = self.0.canvas.style().set_property("cursor", css);
    }
}
