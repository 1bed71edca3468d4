//! What pages ask of the map.

use super::{MapLibre, read_tokens};
use crate::map::{
    Map, camera, hit, icons, layers,
    mercator::Mercator,
    view::{
        Camera, Cursor, Draggable, FacilityMark, FlowsView, Hit, Lang, Lines, NormMark, Pick, PointMark, PriceMark,
        ScrapMark, Selected, ServedMark, Shape, Source, Territories,
    },
};
use atlas_core::geo::LonLat;
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

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
        if matches!(source, Source::Route | Source::Journey) {
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

    fn set_scrap(&self, marks: &[ScrapMark]) {
        self.0.marks.change_all(|scene| scene.set_scrap(marks));
        self.0.js.trigger_repaint();
    }

    fn set_selected_scrap(&self, selected: Option<u32>) {
        self.0.marks.change_over(|scene| scene.select_scrap(selected));
        self.0.js.trigger_repaint();
    }

    fn set_precision(&self, ring: Option<(LonLat, f64)>) {
        self.0.feeds.send(Source::Precision.id(), &layers::ring_geojson(ring));
    }

    fn set_norms(&self, marks: &[NormMark]) {
        self.0.feeds.send(Source::Norms.id(), &layers::norms_geojson(marks));
    }

    fn set_lines(&self, which: Lines, shown: bool) {
        self.reground(|g| match which {
            Lines::Rails => g.rails = shown,
            Lines::Water => g.water = shown,
        });
    }

    fn set_territories(&self, territories: Territories) {
        self.reground(|g| g.territories = territories);
    }

    fn set_flows(&self, flows: &FlowsView) {
        self.reground(|g| g.flows = flows.clone());
    }

    fn set_prices(&self, marks: &[PriceMark]) {
        self.0.feeds.send(Source::Prices.id(), &layers::prices_geojson(marks));
        self.reground(|g| g.prices = !marks.is_empty());
    }

    fn set_served(&self, marks: &[ServedMark]) {
        self.0.feeds.send(Source::Served.id(), &layers::served_geojson(marks));
        self.reground(|g| g.served = !marks.is_empty());
    }

    fn set_sites(&self, shown: bool) {
        self.reground(|g| g.sites = shown);
    }

    fn move_mark(&self, which: Selected, to: LonLat) {
        self.change_scene(|scene| scene.move_mark(which, to));
    }

    fn set_selection(&self, selected: Option<Selected>) {
        self.change_scene(|scene| {
            scene.select(selected);
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

    fn set_cursor(&self, cursor: Cursor) {
        let zooming = self.0.js.double_click_zoom();
        if cursor == Cursor::Crosshair {
            zooming.disable()
        } else {
            zooming.enable()
        }
        self.0.pointer.set_cursor(self, cursor);
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

    fn jump_to(&self, at: LonLat, zoom: f64) {
        camera::jump_to(&self.0.js, at, zoom);
    }

    fn show_both(&self, a: LonLat, b: LonLat) {
        camera::show_both(&self.0.js, a, b);
    }

    fn zoom_by(&self, delta: f64) {
        camera::zoom_by(&self.0.js, delta);
    }

    fn home(&self) {
        camera::home(&self.0.js);
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

    fn scrap_at(&self, x: f64, y: f64) -> Option<u32> {
        let inner = &self.0;
        let at = Mercator::from(self.unproject(x, y));
        inner.marks.read(|scene| scene.scrap_at(at, inner.js.zoom(), inner.marks.scale()))
    }

    fn pick(&self, x: f64, y: f64, reach_px: f64) -> Option<Pick> {
        let inner = &self.0;
        let layers = layers::pickable(&inner.ground.borrow());
        if layers.is_empty() || !inner.has_style.get() {
            return None;
        }
        let corner = |sign: f64| Array::of2(&(x + sign * reach_px).into(), &(y + sign * reach_px).into());
        let options = camera::json(&serde_json::json!({"layers": layers}).to_string());
        // The uppermost comes first.
        let found = inner.js.query_rendered_features(&Array::of2(&corner(-1.0), &corner(1.0)), &options).ok()?;
        let properties = Reflect::get(&found.get(0), &"properties".into()).ok().filter(JsValue::is_object)?;
        let number =
            |name: &str| Reflect::get(&properties, &name.into()).ok().and_then(|v| v.as_f64()).map(|v| v as u32);
        match number("p") {
            Some(site) if Reflect::has(&properties, &"site".into()) == Ok(true) => Some(Pick::Site(site)),
            Some(point) => Some(Pick::Point(point)),
            None => Some(Pick::Flow(number("l")?, number("n")?)),
        }
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
        inner.feeds.end();
        for (event, closure) in inner.listeners.borrow_mut().drain(..) {
            inner.js.off(event, closure.as_ref().unchecked_ref());
        }
        inner.js.remove();
    }
}
