//! The keyboard. What keys mean stands in `state::BINDINGS`, what is done then in [`crate::commands`].

use crate::{
    app::Shared,
    commands::run,
    map::Map,
    platform,
    state::{Command, JourneyAction, Pressed, SitingAction, Tool, ViewAction, bound},
};
use atlas_core::geo::LonLat;
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// A click so near to a corner means that corner.
const SAME_CORNER_PX: f64 = 12.0;

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
    let ctrl = event.ctrl_key() || event.meta_key();
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let within = |selector: &str| target.as_ref().is_some_and(|t| t.closest(selector).ok().flatten().is_some());
    // A dialog has its keys for itself, and a frame of another page has none but the map's.
    if within("dialog, .report") || shared.dialog.is_some() || shared.state.embed || event.alt_key() {
        return false;
    }
    let pressed = Pressed { key: &key, ctrl, shift: event.shift_key(), on_map: within("#map") };
    let Some(command) = bound(&shared.state, &pressed) else { return false };
    // In the search box and in fields all keys but its own are for typing.
    if command != Command::Search && (*shared.palette || within("input, select, textarea")) {
        return false;
    }
    // A button that has the focus is pressed by these.
    if shared.state.playing.is_some() && matches!(key.as_str(), " " | "Enter") && within("button") {
        return false;
    }
    run(shared, command, &key, event.shift_key())
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
