//! What the map does while it runs: it listens to MapLibre, keeps the style in step with what it is made from, and lays the
//! symbols out.

use super::{FirstView, Listener, MapLibre};
use crate::map::{
    Map, camera,
    externs::JsMapEvent,
    icons,
    layers::{self, Change, Ground},
    marks::{self, scene::Scene},
    view::{MapEvent, Source},
    zoom,
};
use js_sys::Reflect;
use wasm_bindgen::JsCast;

impl MapLibre {
    pub(super) fn listen(&self) {
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
        let closure = Listener::new(move |e: JsMapEvent| {
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
    pub(super) fn read(&self, source: &str) {
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

    pub(super) fn reground(&self, change: impl FnOnce(&mut Ground)) {
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
                Change::Filter(layer, v) => inner.js.set_filter(layer, &value(v)),
                Change::Zooms(layer, from, to) => inner.js.set_layer_zoom_range(layer, *from, *to),
            };
            if let Err(why) = done {
                self.emit(MapEvent::Error(format!("{change:?}: {why:?}")));
            }
        }
    }

    /// Lays the symbols out where zoom or marks have changed, and has them drawn.
    pub(super) fn lay_out(&self) {
        let inner = &self.0;
        if inner.marks.lay_out(inner.js.zoom()) {
            let (zoom, scale) = (zoom::layout_zoom(inner.js.zoom()), inner.marks.scale());
            let boxes = inner.marks.read(|scene| layers::boxes(scene, zoom, scale));
            inner.feeds.send(layers::FACILITIES, &boxes);
        }
        inner.js.trigger_repaint();
    }

    pub(super) fn change_scene(&self, change: impl FnOnce(&mut Scene)) {
        self.0.marks.change_over(change);
        self.lay_out();
    }

    pub(super) fn size_changed(&self) {
        self.0.marks.set_width_px(f64::from(self.0.container.client_width()));
    }
}
