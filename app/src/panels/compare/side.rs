//! One of the two maps of a comparison, which shows the same place as the other.

use crate::{
    app::Shared,
    map::{
        AnyMap, Map,
        view::{Camera, MapEvent},
    },
};
use std::{cell::Cell, rc::Rc};
use web_sys::HtmlElement;
use yew::prelude::*;

/// What both maps tell the page.
#[derive(Clone)]
pub struct Both {
    /// Where they are.
    pub camera: UseStateHandle<Option<Camera>>,
    /// Why one of them is not there.
    pub failed: UseStateHandle<Option<&'static str>>,
    /// True while one map is led by the other: what it says then is an echo.
    pub led: Rc<Cell<bool>>,
}

/// Makes the map of a side in its container while it is wanted.
#[hook]
pub fn use_side(shared: &Shared, side: usize, wanted: bool, container: &NodeRef, both: &Both) {
    let (container, shared, both) = (container.clone(), shared.clone(), both.clone());
    use_effect_with(wanted, move |wanted| {
        let link = shared.sides[side].clone();
        if let Some(element) = container.cast::<HtmlElement>().filter(|_| *wanted) {
            let other = shared.sides[1 - side].clone();
            let (led, camera) = (Rc::clone(&both.led), both.camera.clone());
            let on_event = move |event: MapEvent| match event {
                MapEvent::Camera(c) if !led.replace(true) => {
                    other.with(|m| m.jump_to(c.center, c.zoom));
                    camera.set(Some(c));
                    led.set(false);
                }
                MapEvent::Error(why) => gloo::console::warn!(why),
                _ => {}
            };
            match AnyMap::open(&element, shared.state.lang.into(), on_event) {
                Ok((map, plain)) => {
                    if plain.is_some() {
                        both.failed.set(Some("plain-no-webgl"));
                    }
                    if let Some(c) = shared.sides[1 - side].with(Map::camera) {
                        both.led.set(true);
                        map.jump_to(c.center, c.zoom);
                        both.led.set(false);
                    }
                    link.attach_over(&shared.map, map);
                }
                Err(_) => both.failed.set(Some("error-no-webgl")),
            }
        }
        move || link.detach()
    });
}
