//! What pages ask of the plain map. What it does not draw it takes in silence: the panels have it in tables.

use super::{PlainMap, place::Place, pointer};
use crate::map::{
    Map,
    maplibre::read_tokens,
    view::{
        Camera, Cursor, Draggable, FacilityMark, FlowsView, Hit, Lang, Lines, MarkState, NormMark, Pick, PointMark,
        PriceMark, ScrapMark, Selected, ServedMark, Shape, Source, Territories,
    },
};
use atlas_core::geo::LonLat;

impl Map for PlainMap {
    fn set_language(&self, lang: Lang) {
        self.0.lang.set(lang);
        self.repaint();
    }

    fn refresh_theme(&self) {
        *self.0.tokens.borrow_mut() = read_tokens().0;
        self.repaint();
    }

    fn set_aria_label(&self, label: &str) {
        let _ = self.0.canvas.set_attribute("aria-label", label);
    }

    fn set_geojson(&self, source: Source, geojson: &[u8]) {
        self.set_document(source, geojson);
    }

    fn set_points(&self, marks: &[PointMark]) {
        let ghosts = marks.iter().filter_map(|m| ghost(Shape::Circle, m.state, m.at));
        self.0.moved.borrow_mut()[0] = ghosts.collect();
        self.change(|scene| scene.set_points(marks));
    }

    fn set_facilities(&self, marks: &[FacilityMark]) {
        let ghosts = marks.iter().filter_map(|m| ghost(m.kind.into(), m.state, m.at));
        self.0.moved.borrow_mut()[1] = ghosts.collect();
        self.change(|scene| scene.set_facilities(marks));
    }

    fn set_scrap(&self, _: &[ScrapMark]) {}

    fn set_selected_scrap(&self, _: Option<u32>) {}

    fn set_precision(&self, _: Option<(LonLat, f64)>) {}

    fn set_norms(&self, _: &[NormMark]) {}

    fn set_lines(&self, _: Lines, _: bool) {}

    fn set_territories(&self, territories: Territories) {
        self.0.territories.set(territories);
        self.repaint();
    }

    fn set_flows(&self, _: &FlowsView) {}

    fn set_prices(&self, _: &[PriceMark]) {}

    fn set_served(&self, _: &[ServedMark]) {}

    fn set_sites(&self, _: bool) {}

    fn move_mark(&self, which: Selected, to: LonLat) {
        self.change(|scene| scene.move_mark(which, to));
    }

    fn set_selection(&self, selected: Option<Selected>) {
        self.0.attention.borrow_mut().selected = selected;
        self.change(|scene| {
            scene.select(selected);
        });
    }

    fn set_drag_ghost(&self, ghost: Option<(Shape, LonLat, LonLat)>) {
        self.0.dragged.set(ghost);
        self.repaint();
    }

    fn set_draggable(&self, which: Draggable) {
        self.0.draggable.set(which);
    }

    fn cancel_drag(&self) {
        pointer::cancel(self);
    }

    fn set_cursor(&self, cursor: Cursor) {
        self.0.cursor.set(cursor);
        self.show_cursor(false);
    }

    fn resize(&self) {
        let inner = &self.0;
        let size = (f64::from(inner.container.client_width()), f64::from(inner.container.client_height()));
        self.go(inner.place.get().sized(size));
    }

    fn camera(&self) -> Camera {
        self.0.place.get().camera()
    }

    fn fly_to(&self, at: LonLat, zoom: Option<f64>) {
        self.go(self.0.place.get().at(at, zoom));
    }

    fn jump_to(&self, at: LonLat, zoom: f64) {
        self.go(self.0.place.get().at(at, Some(zoom)));
    }

    fn show_both(&self, a: LonLat, b: LonLat) {
        self.go(self.0.place.get().both(a, b));
    }

    fn zoom_by(&self, delta: f64) {
        let place = self.0.place.get();
        self.go(place.zoomed(delta, (place.size.0 / 2.0, place.size.1 / 2.0)));
    }

    fn home(&self) {
        self.go(Place::home(self.0.place.get().size));
    }

    fn open_merged(&self, hit: &Hit) {
        let (zoom, scale) = (self.0.place.get().zoom, self.0.tokens.borrow().symbol_scale());
        let opens = self.0.scene.borrow().opens_at(hit.selected(), zoom, scale);
        match opens {
            Some(zoom) => self.fly_to(hit.at, Some(zoom)),
            None => self.change(|scene| {
                scene.open(Some(hit.selected()));
            }),
        }
    }

    fn hit(&self, x: f64, y: f64, touch: bool) -> Option<Hit> {
        self.hit_at((x, y), touch)
    }

    fn scrap_at(&self, _: f64, _: f64) -> Option<u32> {
        None
    }

    fn pick(&self, _: f64, _: f64, _: f64) -> Option<Pick> {
        None
    }

    fn project(&self, at: LonLat) -> (f64, f64) {
        self.0.place.get().px(at.into())
    }

    fn unproject(&self, x: f64, y: f64) -> LonLat {
        self.0.place.get().mercator(x, y).into()
    }

    fn destroy(&self) {
        self.0.listeners.borrow_mut().clear();
        self.0.canvas.remove();
    }
}

fn ghost(shape: Shape, state: MarkState, at: LonLat) -> Option<(Shape, LonLat, LonLat)> {
    match state {
        MarkState::Moved { from } => Some((shape, from, at)),
        _ => None,
    }
}
