//! A copy of what the map has drawn. WebGL gives its pixels away only in the frame that drew them, so they are taken there.

use super::MapLibre;
use gloo::timers::callback::Timeout;
use js_sys::{Function, Promise};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// After this time a frame will do in which tiles or labels may still be missing.
const IDLE_MS: u32 = 8_000;
/// After this time no frame comes any more: the page is not seen.
const PATIENCE_MS: u32 = 30_000;

impl MapLibre {
    /// A copy of the map with at least so many pixels a CSS px, once everything in view is drawn; `None` where the browser
    /// draws nothing or gives nothing away.
    pub fn picture(&self, ratio: f64) -> impl Future<Output = Option<HtmlCanvasElement>> + use<> {
        let map = self.clone();
        let finer = gloo::utils::window().device_pixel_ratio() < ratio;
        async move {
            if finer {
                map.0.js.set_pixel_ratio(&ratio.into());
            }
            let taken = JsFuture::from(map.taken()).await;
            if finer {
                map.0.js.set_pixel_ratio(&JsValue::UNDEFINED);
            }
            taken.ok()?.dyn_into().ok()
        }
    }

    fn taken(&self) -> Promise {
        Promise::new(&mut |resolve: Function, _| {
            let done = Rc::new(Cell::new(false));
            let map = self.clone();
            let take: Rc<dyn Fn()> = {
                let (done, resolve) = (Rc::clone(&done), resolve.clone());
                Rc::new(move || {
                    if !done.replace(true) {
                        let copy = copied(&map.0.js.canvas()).map_or(JsValue::UNDEFINED, JsValue::from);
                        let _ = resolve.call1(&JsValue::UNDEFINED, &copy);
                    }
                })
            };
            let once = |event: &'static str, take: Rc<dyn Fn()>| {
                let listener = Closure::once_into_js(move || take());
                self.0.js.once(event, listener.unchecked_ref());
            };
            once("idle", Rc::clone(&take));
            self.0.js.trigger_repaint();
            let (map, any) = (self.clone(), take);
            Timeout::new(IDLE_MS, move || {
                let listener = Closure::once_into_js(move || any());
                map.0.js.once("render", listener.unchecked_ref());
                map.0.js.trigger_repaint();
            })
            .forget();
            Timeout::new(PATIENCE_MS, move || {
                if !done.replace(true) {
                    let _ = resolve.call0(&JsValue::UNDEFINED);
                }
            })
            .forget();
        })
    }
}

fn copied(canvas: &HtmlCanvasElement) -> Option<HtmlCanvasElement> {
    let copy: HtmlCanvasElement = gloo::utils::document().create_element("canvas").ok()?.dyn_into().ok()?;
    copy.set_width(canvas.width());
    copy.set_height(canvas.height());
    let context: CanvasRenderingContext2d = copy.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_html_canvas_element(canvas, 0.0, 0.0).ok()?;
    Some(copy)
}
