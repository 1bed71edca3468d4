//! The handle between before and after: dragged, or moved by arrows. It follows at once and is never eased.

use crate::{i18n::tr, panels::use_shared};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Arrows move it by so much, with Shift by so much more, in per cent.
const STEP: f64 = 2.0;
const LARGE_STEP: f64 = 10.0;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// How much of the width shows before, in per cent.
    pub at: f64,
    /// Puts it elsewhere.
    pub on_move: Callback<f64>,
    /// What it lies over.
    pub stage: NodeRef,
    /// What lies on the left and on the right of it.
    pub names: (String, String),
}

#[component]
pub fn Swipe(props: &Props) -> Html {
    let shared = use_shared();
    // Not a state: a pointer is faster than the next drawing.
    let held = use_mut_ref(|| false);
    let handle = use_node_ref();
    let on_key = {
        let (at, go) = (props.at, props.on_move.clone());
        Callback::from(move |e: KeyboardEvent| {
            let step = if e.shift_key() { LARGE_STEP } else { STEP };
            let to = match e.key().as_str() {
                "ArrowLeft" | "ArrowDown" => at - step,
                "ArrowRight" | "ArrowUp" => at + step,
                "PageDown" => at - LARGE_STEP,
                "PageUp" => at + LARGE_STEP,
                "Home" => 0.0,
                "End" => 100.0,
                _ => return,
            };
            e.prevent_default();
            go.emit(to.clamp(0.0, 100.0));
        })
    };
    let press = {
        let (held, handle) = (held.clone(), handle.clone());
        Callback::from(move |e: PointerEvent| {
            if let Some(handle) = handle.cast::<Element>() {
                // Where the pointer is gone already there is nothing to hold.
                let _ = handle.set_pointer_capture(e.pointer_id());
            }
            *held.borrow_mut() = true;
        })
    };
    let follow = {
        let (held, stage, go) = (held.clone(), props.stage.clone(), props.on_move.clone());
        Callback::from(move |e: PointerEvent| {
            let frame = stage.cast::<HtmlElement>().map(|s| s.get_bounding_client_rect());
            if let Some(frame) = frame.filter(|f| *held.borrow() && f.width() > 0.0) {
                go.emit((100.0 * (f64::from(e.client_x()) - frame.left()) / frame.width()).clamp(0.0, 100.0));
            }
        })
    };
    let release = {
        let held = held.clone();
        Callback::from(move |_: PointerEvent| *held.borrow_mut() = false)
    };
    let (a, b) = &props.names;
    let now = format!("{:.0}", props.at);
    let words = tr(shared.state.lang, "compare-swipe-at", &[("n", &now), ("a", a), ("b", b)]);
    html! {
        <div class="swipe" id="compare-swipe" ref={handle} style={format!("left:{:.2}%", props.at)} role="slider" tabindex="0" aria-label={shared.t("compare-swipe")}
            aria-valuemin="0" aria-valuemax="100" aria-valuenow={now} aria-valuetext={words} onkeydown={on_key}
            onpointerdown={press} onpointermove={follow} onpointerup={release.clone()} onpointercancel={release}><i aria-hidden="true">{ "⇄" }</i></div>
    }
}
