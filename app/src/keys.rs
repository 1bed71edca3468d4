//! The keyboard: commands everywhere, and moving, placing and asking while the map has the focus.

use crate::{
    app::Shared,
    map::Map,
    panels::{start_move, stop_at},
    platform,
    state::{EditAction, JourneyAction, SitingAction, Tool, ViewAction},
};
use atlas_core::geo::LonLat;
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// A click so near to a corner means that corner.
const SAME_CORNER_PX: f64 = 12.0;
/// What is so near to the middle of the map is told of by the keyboard.
const MIDDLE_REACH_PX: f64 = 12.0;

/// Listens for keys as long as the app runs.
#[hook]
pub fn use_keys(shared: &Shared) {
    let shared = shared.clone();
    use_effect_with(shared, |shared| {
        let shared = shared.clone();
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        let listener = EventListener::new_with_options(&gloo::utils::document(), "keydown", options, move |event| {
            let event = event.unchecked_ref::<KeyboardEvent>();
            if handle(&shared, event) {
                event.prevent_default();
                event.stop_propagation();
            }
        });
        move || drop(listener)
    });
}

/// True where the key meant something here.
fn handle(shared: &Shared, event: &KeyboardEvent) -> bool {
    let key = event.key();
    let command = event.ctrl_key() || event.meta_key();
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let within = |selector: &str| target.as_ref().is_some_and(|t| t.closest(selector).ok().flatten().is_some());
    // A dialog has its keys for itself.
    if within("dialog, .report") {
        return false;
    }
    if command && key.eq_ignore_ascii_case("k") {
        shared.palette.set(!*shared.palette);
        return true;
    }
    if *shared.palette {
        return false;
    }
    if within("input, select, textarea") {
        return false;
    }
    if command && key.eq_ignore_ascii_case("z") {
        shared.act(if event.shift_key() { EditAction::Redo } else { EditAction::Undo });
        return true;
    }
    if command && key.eq_ignore_ascii_case("y") {
        shared.act(EditAction::Redo);
        return true;
    }
    if command || event.alt_key() {
        return false;
    }
    let on_map = within("#map");
    if shared.state.drag.is_some() || shared.state.siting.drag.is_some() {
        return moving(shared, &key, event.shift_key());
    }
    match key.as_str() {
        "Escape" if shared.state.told.is_some() || shared.state.told_pick.is_some() => {
            shared.act(ViewAction::Tell(None));
            shared.act(ViewAction::TellPick(None));
        }
        "Escape" if shared.state.tool == Tool::Journey => close_journey(shared),
        "Escape" if shared.state.tool == Tool::Ring => shared.act(SitingAction::Draw(None)),
        "Backspace" if shared.state.tool == Tool::Ring => shared.act(SitingAction::BackCorner),
        "Escape" if shared.state.tool != Tool::Select => shared.act(ViewAction::Tool(Tool::Select)),
        "Escape" if shared.state.selected.is_some() => shared.act(ViewAction::Select(None)),
        "Escape" if shared.state.prefecture.is_some() => shared.act(ViewAction::Prefecture(None)),
        "v" | "V" => shared.act(ViewAction::Tool(Tool::Select)),
        "c" | "C" => take_tool(shared, Tool::Point),
        "h" | "H" => take_tool(shared, Tool::Hub),
        "r" | "R" => open_journey(shared),
        "s" | "S" => open_siting(shared),
        "m" | "M" if shared.state.selected.is_some() => start_move(shared),
        "Delete" | "Backspace" if shared.state.selected.is_some() => shared.act(EditAction::Delete),
        "i" | "I" if on_map && shared.state.tool == Tool::Select => {
            if let Some(camera) = shared.map.with(Map::camera) {
                let pick = shared.map.with(|m| {
                    let (x, y) = m.project(camera.center);
                    m.pick(x, y, MIDDLE_REACH_PX)
                });
                shared.act(ViewAction::TellPick(pick.flatten()));
                shared.act(ViewAction::Tell(Some(camera.center)));
            }
        }
        "Enter" if on_map && shared.state.tool != Tool::Select => {
            if let Some(camera) = shared.map.with(Map::camera) {
                match shared.state.tool {
                    Tool::Journey => {
                        let stop = stop_at(shared, camera.center, None);
                        shared.act(ViewAction::Journey(JourneyAction::Click(stop)));
                    }
                    // Twice at the same place closes the ring.
                    Tool::Ring => corner(shared, camera.center),
                    Tool::WhyNot => shared.act(SitingAction::WhyNot(camera.center, None)),
                    Tool::Select | Tool::Point | Tool::Hub => shared.act(EditAction::Place(camera.center)),
                }
            }
        }
        _ => return false,
    }
    true
}

/// Opens the panel of journeys; its first field takes the focus.
pub fn open_journey(shared: &Shared) {
    shared.act(ViewAction::Journey(JourneyAction::Open(true)));
    platform::focus("journey-from");
}

/// Closes it; the focus goes back to its tool.
pub fn close_journey(shared: &Shared) {
    shared.act(ViewAction::Journey(JourneyAction::Open(false)));
    platform::focus("tool-R");
}

/// Opens the panel of new sites.
pub fn open_siting(shared: &Shared) {
    shared.act(SitingAction::Open(true));
    platform::focus("siting-title");
}

/// Closes it; the focus goes back to its tool.
pub fn close_siting(shared: &Shared) {
    shared.act(SitingAction::Open(false));
}

/// Another corner of the ring that is drawn; one that is there already closes it.
pub fn corner(shared: &Shared, at: LonLat) {
    let corners = shared.state.siting.drawing.as_ref().map(|(_, corners)| corners.as_slice()).unwrap_or_default();
    let px = |at: LonLat| shared.map.with(|m| m.project(at)).unwrap_or_default();
    let (x, y) = px(at);
    let near = |c: &LonLat| {
        let (cx, cy) = px(*c);
        (cx - x).abs().max((cy - y).abs()) < SAME_CORNER_PX
    };
    let closes = corners.len() >= 3 && [corners.first(), corners.last()].into_iter().flatten().any(near);
    shared.act(if closes { SitingAction::CloseRing } else { SitingAction::Corner(at) });
}

/// A tool that places things wants the map's focus: arrows and Enter go there.
pub fn take_tool(shared: &Shared, tool: Tool) {
    shared.act(ViewAction::Tool(tool));
    if tool != Tool::Select {
        platform::focus("map");
    }
}

fn moving(shared: &Shared, key: &str, fast: bool) -> bool {
    let step = if fast { 10.0 } else { 1.0 };
    let site = shared.state.siting.drag.is_some();
    let (dx, dy) = match key {
        "ArrowLeft" => (-step, 0.0),
        "ArrowRight" => (step, 0.0),
        "ArrowUp" => (0.0, -step),
        "ArrowDown" => (0.0, step),
        "Enter" if site => {
            shared.act(SitingAction::Drop);
            return true;
        }
        "Escape" if site => {
            shared.act(SitingAction::DragCancel);
            return true;
        }
        "Enter" => {
            shared.act(EditAction::Drop);
            return true;
        }
        "Escape" => {
            shared.act(EditAction::DragCancel);
            return true;
        }
        _ => return false,
    };
    let held = shared.state.siting.drag.as_ref().map(|d| d.at).or(shared.state.drag.as_ref().map(|d| d.at));
    if let Some(at) = held
        && let Some(at) = shared.map.with(|m| {
            let (x, y) = m.project(at);
            m.unproject(x + dx, y + dy)
        })
    {
        if site {
            shared.act(SitingAction::DragTo(at));
        } else {
            shared.act(EditAction::DragTo(at));
        }
    }
    true
}
