//! Mouse, finger, wheel and keys on the plain map: hovering, clicking, panning, dragging a symbol, two fingers.

use super::PlainMap;
use crate::map::view::{Draggable, Hit, MapEvent};
use atlas_core::{geo::LonLat, model::FacilityKind};
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent, WheelEvent};

/// What moves less has clicked, by mouse and by finger.
const SLACK_PX: (f64, f64) = (4.0, 8.0);
/// What an arrow key moves the map by.
const STEP_PX: f64 = 100.0;
/// Px of a wheel that zoom by a level.
const WHEEL_PX: f64 = 400.0;

/// What the pointer is at.
#[derive(Default)]
pub struct Hand {
    /// Pointers that are down, with where they are.
    down: Vec<(i32, (f64, f64))>,
    /// Where the first went down, and the symbol there that may be dragged.
    from: (f64, f64),
    held: Option<Hit>,
    /// It has moved further than a click does.
    moves: bool,
    hovered: Option<Hit>,
}

/// Listens as long as what this gives is kept.
pub fn listen(map: &PlainMap) -> Vec<EventListener> {
    let canvas = &map.0.canvas;
    let weak = std::rc::Rc::downgrade(&map.0);
    let on = |target: &web_sys::EventTarget, name: &'static str, then: fn(&PlainMap, &Event)| {
        let weak = weak.clone();
        let options = EventListenerOptions { passive: false, ..EventListenerOptions::default() };
        EventListener::new_with_options(target, name, options, move |e| {
            if let Some(inner) = weak.upgrade() {
                then(&PlainMap(inner), e);
            }
        })
    };
    let pointer = |name: &'static str, then: fn(&PlainMap, &PointerEvent)| {
        let weak = weak.clone();
        EventListener::new(canvas, name, move |e| {
            if let (Some(inner), Some(e)) = (weak.upgrade(), e.dyn_ref::<PointerEvent>()) {
                then(&PlainMap(inner), e);
            }
        })
    };
    vec![
        pointer("pointerdown", press),
        pointer("pointermove", follow),
        pointer("pointerup", release),
        pointer("pointercancel", |map, e| {
            forget(map, e);
            cancel(map);
        }),
        pointer("pointerleave", |map, e| {
            if e.buttons() == 0 {
                hover(map, None, (0.0, 0.0));
                map.emit(MapEvent::Out);
            }
        }),
        on(canvas, "wheel", wheel),
        // The focus is on the canvas or on what holds it.
        on(&map.0.container, "keydown", key),
        on(&gloo::utils::window(), "resize", |map, _| crate::map::Map::resize(map)),
    ]
}

fn at(map: &PlainMap, e: &web_sys::MouseEvent) -> (f64, f64) {
    let frame = map.0.canvas.get_bounding_client_rect();
    (f64::from(e.client_x()) - frame.left(), f64::from(e.client_y()) - frame.top())
}

fn position(map: &PlainMap, (x, y): (f64, f64)) -> LonLat {
    map.0.place.get().mercator(x, y).into()
}

fn is_touch(e: &PointerEvent) -> bool {
    e.pointer_type() == "touch"
}

fn may_drag(map: &PlainMap, hit: &Hit) -> bool {
    hit.cluster_of == 1
        && matches!(hit.kind, FacilityKind::CollectionPoint | FacilityKind::Hub)
        && map.0.draggable.get() == Draggable::PointsAndHubs
}

fn press(map: &PlainMap, e: &PointerEvent) {
    if e.pointer_type() == "mouse" && e.button() != 0 {
        return;
    }
    let here = at(map, e);
    let _ = map.0.canvas.set_pointer_capture(e.pointer_id());
    map.emit(MapEvent::Out);
    let second = {
        let mut hand = map.0.hand.borrow_mut();
        hand.down.push((e.pointer_id(), here));
        hand.down.len() > 1
    };
    if second {
        // Two fingers move the map, and never click.
        cancel(map);
        map.0.hand.borrow_mut().moves = true;
        return;
    }
    let held = map.hit_at(here, is_touch(e)).filter(|h| may_drag(map, h));
    let mut hand = map.0.hand.borrow_mut();
    (hand.from, hand.held, hand.moves) = (here, held, false);
}

fn follow(map: &PlainMap, e: &PointerEvent) {
    let here = at(map, e);
    let (before, others) = {
        let mut hand = map.0.hand.borrow_mut();
        let others: Vec<_> = hand.down.iter().filter(|(id, _)| *id != e.pointer_id()).map(|(_, p)| *p).collect();
        let mine = hand.down.iter_mut().find(|(id, _)| *id == e.pointer_id());
        (mine.map(|(_, p)| std::mem::replace(p, here)), others)
    };
    let Some(before) = before else {
        let hit = map.hit_at(here, false);
        hover(map, hit, here);
        map.emit(MapEvent::Over { at: position(map, here), x: here.0, y: here.1, pick: None });
        return;
    };
    if let Some(other) = others.first() {
        pinch(map, before, here, *other);
        return;
    }
    let (held, begins) = {
        let mut hand = map.0.hand.borrow_mut();
        let slack = if is_touch(e) { SLACK_PX.1 } else { SLACK_PX.0 };
        if !hand.moves && libm::hypot(here.0 - hand.from.0, here.1 - hand.from.1) < slack {
            return;
        }
        (hand.held, !std::mem::replace(&mut hand.moves, true))
    };
    match held {
        Some(hit) => {
            let to = position(map, here);
            if begins {
                map.emit(MapEvent::DragStart { hit, at: to });
            }
            // Whoever heard of the start may have broken the drag off.
            if map.0.hand.borrow().held.is_some() {
                map.emit(MapEvent::DragMove { at: to });
            }
        }
        None => map.go(map.0.place.get().panned(here.0 - before.0, here.1 - before.1)),
    }
}

/// Two fingers: their middle stays on its place, and their distance zooms.
fn pinch(map: &PlainMap, before: (f64, f64), here: (f64, f64), other: (f64, f64)) {
    let far = |a: (f64, f64)| libm::hypot(a.0 - other.0, a.1 - other.1).max(1.0);
    let middle = ((here.0 + other.0) / 2.0, (here.1 + other.1) / 2.0);
    let moved = ((here.0 - before.0) / 2.0, (here.1 - before.1) / 2.0);
    map.go(map.0.place.get().panned(moved.0, moved.1).zoomed(libm::log2(far(here) / far(before)), middle));
}

fn forget(map: &PlainMap, e: &PointerEvent) -> bool {
    let mut hand = map.0.hand.borrow_mut();
    let before = hand.down.len();
    hand.down.retain(|(id, _)| *id != e.pointer_id());
    hand.down.len() < before
}

fn release(map: &PlainMap, e: &PointerEvent) {
    if !forget(map, e) {
        return;
    }
    let here = at(map, e);
    let (held, moved) = {
        let mut hand = map.0.hand.borrow_mut();
        (hand.held.take(), hand.moves)
    };
    if held.is_some() && moved {
        map.emit(MapEvent::DragEnd { at: position(map, here) });
    } else if !moved {
        let hit = map.hit_at(here, is_touch(e));
        if hit.is_none() {
            map.change(|scene| {
                scene.open(None);
            });
        }
        let touch = is_touch(e);
        map.emit(MapEvent::Click {
            at: position(map, here),
            x: here.0,
            y: here.1,
            hit,
            scrap: None,
            pick: None,
            touch,
        });
    }
}

/// Breaks a drag off.
pub fn cancel(map: &PlainMap) {
    let broken = {
        let mut hand = map.0.hand.borrow_mut();
        hand.held.take().is_some() && hand.moves
    };
    if broken {
        map.emit(MapEvent::DragCancel);
    }
}

fn hover(map: &PlainMap, hit: Option<Hit>, (x, y): (f64, f64)) {
    if std::mem::replace(&mut map.0.hand.borrow_mut().hovered, hit) == hit {
        return;
    }
    map.0.attention.borrow_mut().hovered = hit.map(|h| h.selected());
    map.show_cursor(hit.is_some());
    map.repaint();
    map.emit(MapEvent::Hover { hit, scrap: None, x, y });
}

fn wheel(map: &PlainMap, e: &Event) {
    let Some(e) = e.dyn_ref::<WheelEvent>() else { return };
    e.prevent_default();
    map.go(map.0.place.get().zoomed(-e.delta_y() / WHEEL_PX, at(map, e)));
}

fn key(map: &PlainMap, e: &Event) {
    let Some(e) = e.dyn_ref::<KeyboardEvent>() else { return };
    if e.ctrl_key() || e.meta_key() || e.alt_key() {
        return;
    }
    let place = map.0.place.get();
    let middle = (place.size.0 / 2.0, place.size.1 / 2.0);
    let new = match e.key().as_str() {
        "ArrowLeft" => place.panned(STEP_PX, 0.0),
        "ArrowRight" => place.panned(-STEP_PX, 0.0),
        "ArrowUp" => place.panned(0.0, STEP_PX),
        "ArrowDown" => place.panned(0.0, -STEP_PX),
        "+" | "=" => place.zoomed(1.0, middle),
        "-" => place.zoomed(-1.0, middle),
        _ => return,
    };
    e.prevent_default();
    map.go(new);
}
