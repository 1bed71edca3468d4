//! The map behind [`Map`]: MapLibre GL JS with our style, our symbols and our pointer.

use super::{
    Map, camera,
    externs::{JsMap, JsMapEvent},
    feeds::Feeds,
    hit, icons,
    layers::{self, Change, Ground},
    marks::{self, MarksLayer, scene::Scene},
    mercator::Mercator,
    pointer::Pointer,
    tokens::Tokens,
    view::{
        Camera, Cursor, Draggable, FacilityMark, Hit, Lang, MapError, MapEvent, Padding, PointMark, Selected, Shape,
        Source,
    },
    zoom,
};
use atlas_core::geo::LonLat;
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
    listeners: RefCell<Vec<(&'static str, Closure<dyn FnMut(JsMapEvent)>)>>,
}

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
        let ground = Ground { tokens: tokens.clone(), lang, detail: false, roads: false };
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

    fn listen(&self) {
        self.on("style.load", |map, _| map.style_loaded());
        self.on("render", |map, _| map.rendered());
        self.on("move", |map, _| {
            map.lay_out();
            map.emit(MapEvent::Camera(map.camera()));
        });
        self.on("sourcedata", |map, _| map.0.feeds.resume());
        self.on("resize", |map, _| map.size_changed());
        self.on("click", |map, e| map.pointer().click(map, e));
        self.on("mousemove", |map, e| map.pointer().hover(map, e));
        self.on("mouseout", |map, e| map.pointer().leave(map, e));
        self.on("mousedown", |map, e| map.pointer().press(map, e));
        self.on("touchstart", |map, e| map.pointer().press(map, e));
        self.on("webglcontextlost", |map, _| {
            map.0.has_style.set(false);
            map.0.feeds.close();
        });
        self.on("error", |map, e| {
            let why = e.error();
            let words = Reflect::get(&why, &"message".into()).ok().and_then(|m| m.as_string());
            map.emit(MapEvent::Error(words.unwrap_or_else(|| format!("{why:?}"))));
        });
    }

    fn on(&self, event: &'static str, then: fn(&Self, &JsMapEvent)) {
        let map = self.downgrade();
        let closure = Closure::<dyn FnMut(JsMapEvent)>::new(move |e: JsMapEvent| {
            if let Some(map) = map.upgrade() {
                then(&map, &e);
            }
        });
        self.0.js.on(event, closure.as_ref().unchecked_ref());
        self.0.listeners.borrow_mut().push((event, closure));
    }

    /// The style is there, for the first time or after the graphics card was lost.
    fn style_loaded(&self) {
        let inner = &self.0;
        inner.has_style.set(true);
        icons::put(&inner.js, &inner.ground.borrow().tokens);
        let before = layers::first_above(&inner.ground.borrow());
        if inner.js.layer(marks::ID).is_ok_and(|l| l.is_undefined())
            && let Err(why) = inner.js.add_layer(&inner.marks.custom_layer(), &before)
        {
            self.emit(MapEvent::Error(format!("{why:?}")));
        }
        self.restyle();
        inner.feeds.open();
        self.lay_out();
        self.emit(MapEvent::Camera(self.camera()));
    }

    fn rendered(&self) {
        let inner = &self.0;
        if let Some(why) = inner.marks.take_error() {
            self.emit(MapEvent::Error(why));
        }
        if inner.base.get() == FirstView::Read && inner.js.is_source_loaded(Source::Base.id()) == Ok(true) {
            inner.base.set(FirstView::Shown);
            inner.feeds.first_view_shown();
            self.emit(MapEvent::Ready);
        }
    }

    /// A document has been read into its source.
    fn read(&self, source: &str) {
        if source == Source::Base.id() && self.0.base.get() == FirstView::Waiting {
            self.0.base.set(FirstView::Read);
        }
        if source == Source::Detail.id() {
            self.reground(|g| g.detail = true);
        }
        if source == Source::Roads.id() {
            self.reground(|g| g.roads = true);
        }
    }

    fn reground(&self, change: impl FnOnce(&mut Ground)) {
        change(&mut self.0.ground.borrow_mut());
        self.restyle();
    }

    /// Sets what differs between the style that is wanted and the one that is there.
    fn restyle(&self) {
        let inner = &self.0;
        if !inner.has_style.get() {
            return;
        }
        let ground = inner.ground.borrow().clone();
        let styled = inner.styled.replace(ground.clone());
        for change in layers::changes(&styled, &ground) {
            let value = |v: &serde_json::Value| camera::json(&v.to_string());
            let done = match &change {
                Change::Paint(layer, name, v) => inner.js.set_paint_property(layer, name, &value(v)),
                Change::Layout(layer, name, v) => inner.js.set_layout_property(layer, name, &value(v)),
                Change::Zooms(layer, from, to) => inner.js.set_layer_zoom_range(layer, *from, *to),
            };
            if let Err(why) = done {
                self.emit(MapEvent::Error(format!("{change:?}: {why:?}")));
            }
        }
    }

    /// Lays the symbols out where zoom or marks have changed, and has them drawn.
    fn lay_out(&self) {
        let inner = &self.0;
        if inner.marks.lay_out(inner.js.zoom()) {
            let (zoom, scale) = (zoom::layout_zoom(inner.js.zoom()), inner.marks.scale());
            let boxes = inner.marks.read(|scene| layers::boxes(scene, zoom, scale));
            inner.feeds.send(layers::FACILITIES, &boxes);
        }
        inner.js.trigger_repaint();
    }

    fn change_scene(&self, change: impl FnOnce(&mut Scene)) {
        self.0.marks.change_over(change);
        self.lay_out();
    }

    fn size_changed(&self) {
        self.0.marks.set_width_px(f64::from(self.0.container.client_width()));
    }

    pub(super) fn pointer(&self) -> &Pointer {
        &self.0.pointer
    }

    pub(super) fn emit(&self, event: MapEvent) {
        (self.0.on_event)(event);
    }

    pub(super) fn show_cursor(&self, css: &str) {
        // The style of an element takes every property.
        let _ = self.0.js.canvas_container().style().set_property("cursor", css);
    }

    pub(super) fn show_hovered(&self, hovered: Option<Selected>) {
        self.0.marks.change_over(|scene| scene.hover(hovered));
        self.0.js.trigger_repaint();
    }

    pub(super) fn close_ring(&self) {
        if self.0.marks.change_over(|scene| scene.open(None)) {
            self.lay_out();
        }
    }

    pub(super) fn is_selected(&self, which: Selected) -> bool {
        self.0.marks.read(Scene::selected) == Some(which)
    }

    /// Px of the container from px of the window.
    pub(super) fn in_container(&self, x: f64, y: f64) -> (f64, f64) {
        let frame = self.0.container.get_bounding_client_rect();
        (x - frame.left(), y - frame.top())
    }

    pub(super) fn downgrade(&self) -> WeakMap {
        WeakMap(Rc::downgrade(&self.0))
    }
}

/// A map that is not kept alive by whoever listens to it.
pub(super) struct WeakMap(Weak<Inner>);

impl WeakMap {
    pub(super) fn upgrade(&self) -> Option<MapLibre> {
        self.0.upgrade().map(MapLibre)
    }
}

impl Map for MapLibre {
    fn set_language(&self, lang: Lang) {
        self.reground(|g| g.lang = lang);
    }

    fn refresh_theme(&self) {
        let (tokens, _) = read_tokens();
        self.0.marks.set_tokens(tokens.clone());
        self.reground(|g| g.tokens = tokens.clone());
        if self.0.has_style.get() {
            icons::put(&self.0.js, &tokens);
        }
        self.lay_out();
    }

    fn set_aria_label(&self, label: &str) {
        // An element takes every attribute of this name.
        let _ = self.0.js.canvas().set_attribute("aria-label", label);
    }

    fn set_geojson(&self, source: Source, geojson: &[u8]) {
        if source == Source::Route {
            self.0.feeds.send(source.id(), &layers::with_arrows(geojson));
        } else {
            self.0.feeds.send(source.id(), geojson);
        }
    }

    fn set_points(&self, marks: &[PointMark]) {
        self.change_scene(|scene| scene.set_points(marks));
    }

    fn set_facilities(&self, marks: &[FacilityMark]) {
        self.change_scene(|scene| scene.set_facilities(marks));
    }

    fn move_mark(&self, which: Selected, to: LonLat) {
        self.change_scene(|scene| scene.move_mark(which, to));
    }

    fn set_selection(&self, selected: Option<Selected>) {
        self.change_scene(|scene| {
            scene.select(selected);
        });
    }

    fn set_focus(&self, focused: Option<Selected>) {
        self.change_scene(|scene| {
            scene.focus(focused);
        });
    }

    fn set_drag_ghost(&self, ghost: Option<(Shape, LonLat, LonLat)>) {
        self.change_scene(|scene| scene.set_ghost(ghost));
    }

    fn set_draggable(&self, which: Draggable) {
        self.0.pointer.set_draggable(which);
    }

    fn cancel_drag(&self) {
        self.0.pointer.cancel(self);
    }

    fn set_dragging_pan(&self, enabled: bool) {
        let handler = self.0.js.drag_pan();
        if enabled { handler.enable() } else { handler.disable() }
    }

    fn set_cursor(&self, cursor: Cursor) {
        let zooming = self.0.js.double_click_zoom();
        if cursor == Cursor::Crosshair {
            zooming.disable()
        } else {
            zooming.enable()
        }
        self.0.pointer.set_cursor(self, cursor);
    }

    fn set_padding(&self, padding: Padding) {
        camera::set_padding(&self.0.js, padding);
    }

    fn resize(&self) {
        self.0.js.resize();
        self.size_changed();
    }

    fn camera(&self) -> Camera {
        camera::camera(&self.0.js)
    }

    fn fly_to(&self, at: LonLat, zoom: Option<f64>) {
        camera::fly_to(&self.0.js, at, zoom);
    }

    fn fit(&self, west_south: LonLat, east_north: LonLat) {
        camera::fit(&self.0.js, west_south, east_north);
    }

    fn zoom_by(&self, delta: f64) {
        camera::zoom_by(&self.0.js, delta);
    }

    fn home(&self) {
        camera::home(&self.0.js);
    }

    fn pan_px(&self, dx: f64, dy: f64) {
        camera::pan_px(&self.0.js, dx, dy);
    }

    fn open_merged(&self, hit: &Hit) {
        let (zoom, scale) = (self.0.js.zoom(), self.0.marks.scale());
        match self.0.marks.read(|scene| scene.opens_at(hit.selected(), zoom, scale)) {
            Some(zoom) => self.fly_to(hit.at, Some(zoom)),
            None => self.change_scene(|scene| {
                scene.open(Some(hit.selected()));
            }),
        }
    }

    fn hit(&self, x: f64, y: f64, touch: bool) -> Option<Hit> {
        let inner = &self.0;
        let center = LonLat::from(inner.js.center());
        let view = hit::View {
            anchor: (Mercator::from(center), self.project(center)),
            zoom: inner.js.zoom(),
            scale: inner.marks.scale(),
        };
        inner.marks.read(|scene| hit::hit(&view, &scene.points, &scene.facilities, (x, y), touch))
    }

    fn project(&self, at: LonLat) -> (f64, f64) {
        camera::project(&self.0.js, at)
    }

    fn unproject(&self, x: f64, y: f64) -> LonLat {
        camera::unproject(&self.0.js, x, y)
    }

    fn destroy(&self) {
        let inner = &self.0;
        inner.has_style.set(false);
        inner.feeds.close();
        for (event, closure) in inner.listeners.borrow_mut().drain(..) {
            inner.js.off(event, closure.as_ref().unchecked_ref());
        }
        inner.js.remove();
    }
}

fn read_tokens() -> (Tokens, Vec<&'static str>) {
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
