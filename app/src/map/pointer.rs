//! The pointer over the map: hovering, and dragging a symbol. Panning, zooming and clicks stay MapLibre's.
//!
//! A press on a symbol that may be dragged takes the gesture from MapLibre. It becomes a drag once the pointer has moved
//! by a few px; from then on it is followed over the whole window, so that it is not lost beyond the map's edge.

use super::{
    Map,
    externs::JsMapEvent,
    maplibre::MapLibre,
    view::{Cursor, Draggable, Hit, MapEvent, Pick},
};
use atlas_core::model::FacilityKind;
use gloo::events::EventListener;
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MouseEvent, PointerEvent, TouchEvent};

/// A mouse that moves less has clicked.
const MOUSE_SLACK_PX: f64 = 4.0;
/// A finger that moves less has tapped.
const TOUCH_SLACK_PX: f64 = 8.0;

/// A line this near is meant, under a mouse and under a finger.
const MOUSE_REACH_PX: f64 = 3.0;
const TOUCH_REACH_PX: f64 = 10.0;

/// State of the pointer.
#[derive(Default)]
pub struct Pointer {
    press: RefCell<Option<Press>>,
    hovered: Cell<Option<Hit>>,
    hovered_scrap: Cell<Option<u32>>,
    cursor: Cell<Cursor>,
    draggable: Cell<Draggable>,
    touch: Cell<bool>,
    /// Where the mouse is, until the next frame tells of it.
    over: Cell<Option<(f64, f64)>>,
    /// The click that ends a drag is none.
    dragged: Cell<bool>,
}

/// What is pressed.
#[derive(Clone, Copy)]
enum Held {
    Symbol(Hit),
    Site(u32),
}

struct Press {
    held: Held,
    from: (f64, f64),
    /// From the pointer to the facility's place, in px.
    grip: (f64, f64),
    dragging: bool,
    /// Listeners of the window: they end with the press.
    _following: [EventListener; 3],
}

impl Pointer {
    /// Sets the cursor of the map.
    pub fn set_cursor(&self, map: &MapLibre, cursor: Cursor) {
        self.cursor.set(cursor);
        self.show_cursor(map);
    }

    /// Sets which symbols can be dragged.
    pub fn set_draggable(&self, which: Draggable) {
        self.draggable.set(which);
    }

    fn show_cursor(&self, map: &MapLibre) {
        let dragging = self.press.borrow().as_ref().is_some_and(|p| p.dragging);
        let css = match self.cursor.get() {
            _ if dragging => "grabbing",
            Cursor::Default if self.hovered.get().is_some() || self.hovered_scrap.get().is_some() => "pointer",
            Cursor::Default => "default",
            Cursor::Crosshair => "crosshair",
            Cursor::Grabbing => "grabbing",
        };
        map.show_cursor(css);
    }

    /// A click or tap, unless it ended a drag.
    pub fn click(&self, map: &MapLibre, event: &JsMapEvent) {
        if self.dragged.replace(false) {
            return;
        }
        let (x, y) = (event.point().x(), event.point().y());
        let original = event.original();
        let touch = original.dyn_ref::<PointerEvent>().map_or(self.touch.get(), |p| p.pointer_type() == "touch");
        let reach = if touch { TOUCH_REACH_PX } else { MOUSE_REACH_PX };
        // Proposed sites lie above all symbols.
        let site = if self.draggable.get() == Draggable::Sites { map.pick(x, y, reach) } else { None };
        let site = site.filter(|p| matches!(p, Pick::Site(_)));
        let hit = if site.is_none() { map.hit(x, y, touch) } else { None };
        if hit.is_none() {
            map.close_ring();
        }
        let free = hit.is_none() && site.is_none();
        let scrap = if free { map.scrap_at(x, y) } else { None };
        let pick = site.or_else(|| if free { map.pick(x, y, reach) } else { None });
        map.emit(MapEvent::Click { at: map.unproject(x, y), x, y, hit, scrap, pick, touch });
    }

    /// The mouse has moved, and no button is down.
    pub fn hover(&self, map: &MapLibre, event: &JsMapEvent) {
        if event.original().dyn_ref::<MouseEvent>().is_some_and(|m| m.buttons() != 0) {
            return;
        }
        let (x, y) = (event.point().x(), event.point().y());
        if self.over.replace(Some((x, y))).is_none() {
            tell_next_frame(map);
        }
        let hit = map.hit(x, y, false);
        let scrap = if hit.is_none() { map.scrap_at(x, y) } else { None };
        self.set_hovered(map, hit, scrap, (x, y));
    }

    /// The mouse has left the map.
    pub fn leave(&self, map: &MapLibre, event: &JsMapEvent) {
        self.over.set(None);
        map.emit(MapEvent::Out);
        self.set_hovered(map, None, None, (event.point().x(), event.point().y()));
    }

    fn set_hovered(&self, map: &MapLibre, hit: Option<Hit>, scrap: Option<u32>, (x, y): (f64, f64)) {
        let other = self.hovered_scrap.replace(scrap) != scrap;
        if self.hovered.replace(hit) != hit || other {
            map.show_hovered(hit.map(|h| h.selected()));
            map.show_hovered_scrap(scrap);
            self.show_cursor(map);
            map.emit(MapEvent::Hover { hit, scrap, x, y });
        }
    }

    /// A button or finger goes down.
    pub fn press(&self, map: &MapLibre, event: &JsMapEvent) {
        let original = event.original();
        self.dragged.set(false);
        self.over.set(None);
        map.emit(MapEvent::Out);
        self.touch.set(original.has_type::<TouchEvent>());
        if let Some(touches) = original.dyn_ref::<TouchEvent>()
            && touches.touches().length() > 1
        {
            self.cancel(map);
            return;
        }
        if let Some(mouse) = original.dyn_ref::<MouseEvent>()
            && (mouse.button() != 0 || mouse.ctrl_key() || mouse.shift_key())
        {
            return;
        }
        let from = (event.point().x(), event.point().y());
        if self.draggable.get() == Draggable::Sites {
            let reach = if self.touch.get() { TOUCH_REACH_PX } else { MOUSE_REACH_PX };
            if let Some(Pick::Site(site)) = map.pick(from.0, from.1, reach) {
                event.prevent_default();
                // A disc has its rank in the middle: the pointer itself is the place.
                self.hold(map, Held::Site(site), from, (0.0, 0.0));
            }
            return;
        }
        let Some(hit) = map.hit(from.0, from.1, self.touch.get()).filter(|h| self.may_drag(h)) else { return };
        event.prevent_default();
        let place = map.project(hit.at);
        // A symbol on a ring is not where its facility is: there the pointer itself is the place.
        let near = |d: f64| d.abs() < 14.0;
        let grip = (place.0 - from.0, place.1 - from.1);
        let grip = if near(grip.0) && near(grip.1) { grip } else { (0.0, 0.0) };
        self.hold(map, Held::Symbol(hit), from, grip);
    }

    fn hold(&self, map: &MapLibre, held: Held, from: (f64, f64), grip: (f64, f64)) {
        *self.press.borrow_mut() = Some(Press { held, from, grip, dragging: false, _following: follow(map) });
    }

    fn may_drag(&self, hit: &Hit) -> bool {
        hit.cluster_of == 1
            && matches!(hit.kind, FacilityKind::CollectionPoint | FacilityKind::Hub)
            && match self.draggable.get() {
                Draggable::Nothing | Draggable::Sites => false,
                Draggable::PointsAndHubs => true,
            }
    }

    fn follow(&self, map: &MapLibre, event: &PointerEvent) {
        let (x, y) = map.in_container(f64::from(event.client_x()), f64::from(event.client_y()));
        let (at, begins) = {
            let mut press = self.press.borrow_mut();
            let Some(press) = press.as_mut() else { return };
            let (dx, dy) = (x - press.from.0, y - press.from.1);
            let slack = if self.touch.get() { TOUCH_SLACK_PX } else { MOUSE_SLACK_PX };
            if !press.dragging && dx * dx + dy * dy < slack * slack {
                return;
            }
            let begins = (!press.dragging).then_some(press.held);
            press.dragging = true;
            (map.unproject(x + press.grip.0, y + press.grip.1), begins)
        };
        if let Some(held) = begins {
            self.show_cursor(map);
            map.emit(match held {
                Held::Symbol(hit) => MapEvent::DragStart { hit, at },
                Held::Site(site) => MapEvent::SiteDragStart { site },
            });
        }
        // Whoever heard of the start may have broken the drag off.
        if self.press.borrow().is_some() {
            map.emit(MapEvent::DragMove { at });
        }
    }

    fn release(&self, map: &MapLibre, event: &PointerEvent) {
        let Some(at) = self.end(map) else { return };
        let (x, y) = map.in_container(f64::from(event.client_x()), f64::from(event.client_y()));
        map.emit(MapEvent::DragEnd { at: map.unproject(x + at.0, y + at.1) });
    }

    /// Breaks a drag off.
    pub fn cancel(&self, map: &MapLibre) {
        if self.end(map).is_some() {
            map.emit(MapEvent::DragCancel);
        }
    }

    /// Ends the press; the grip where it was a drag.
    fn end(&self, map: &MapLibre) -> Option<(f64, f64)> {
        let press = self.press.borrow_mut().take()?;
        self.dragged.set(press.dragging);
        self.show_cursor(map);
        press.dragging.then_some(press.grip)
    }
}

/// Tells where the mouse is, once the next frame comes: a mouse may report more often than anybody can see.
fn tell_next_frame(map: &MapLibre) {
    let map = map.downgrade();
    let tell = Closure::once_into_js(move || {
        if let Some(map) = map.upgrade()
            && let Some((x, y)) = map.pointer().over.take()
        {
            // A symbol lies above, and a click would mean it.
            let free = map.pointer().hovered.get().is_none();
            let pick = if free { map.pick(x, y, MOUSE_REACH_PX) } else { None };
            map.emit(MapEvent::Over { at: map.unproject(x, y), x, y, pick });
        }
    });
    // Without a frame nothing is told until the mouse leaves the map.
    let _ = gloo::utils::window().request_animation_frame(tell.unchecked_ref());
}

/// Follows the pointer over the whole window.
fn follow(map: &MapLibre) -> [EventListener; 3] {
    let window = gloo::utils::window();
    let listen = |event: &'static str, then: fn(&Pointer, &MapLibre, &PointerEvent)| {
        let map = map.downgrade();
        EventListener::new(&window, event, move |e| {
            if let (Some(map), Some(e)) = (map.upgrade(), e.dyn_ref::<PointerEvent>().filter(|e| e.is_primary())) {
                then(map.pointer(), &map, e);
            }
        })
    };
    [
        listen("pointermove", Pointer::follow),
        listen("pointerup", Pointer::release),
        listen("pointercancel", |pointer, map, _| pointer.cancel(map)),
    ]
}
