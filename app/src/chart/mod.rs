//! Charts that are too much to draw by hand: Apache ECharts, out of the page's own folder, loaded when it is first wanted.

mod externs;

use externs::{JsChart, JsDialog};
use gloo::events::EventListener;
use js_sys::{JSON, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

/// The program's file.
const SCRIPT: &str = "./echarts.min.js";
/// Its global.
const GLOBAL: &str = "echarts";

/// True once the program is there.
fn is_loaded() -> bool {
    Reflect::has(&js_sys::global(), &GLOBAL.into()).unwrap_or(false)
}

/// Loads the program, unless it is there. After a failure it can be tried again.
pub async fn load() -> Result<(), String> {
    if is_loaded() {
        return Ok(());
    }
    let document = gloo::utils::document();
    let said = |e: JsValue| format!("{e:?}");
    let script = document.create_element("script").map_err(said)?;
    script.set_attribute("src", SCRIPT).map_err(said)?;
    let arrived = Promise::new(&mut |done, failed| {
        let _ = script.add_event_listener_with_callback("load", &done);
        let _ = script.add_event_listener_with_callback("error", &failed);
    });
    document.head().ok_or("no head")?.append_child(&script).map_err(said)?;
    let result = JsFuture::from(arrived).await;
    if result.is_err() || !is_loaded() {
        script.remove();
        return Err(SCRIPT.to_owned());
    }
    Ok(())
}

/// A chart in an element; it follows the window's size, and is taken away when dropped.
pub struct Chart {
    js: JsChart,
    _resize: EventListener,
}

impl Chart {
    /// A chart in an element. The program must be there.
    pub fn new(element: &HtmlElement) -> Result<Self, String> {
        let options = js_sys::Object::new();
        // Lines stay sharp when the page is enlarged or printed.
        let _ = Reflect::set(&options, &"renderer".into(), &"svg".into());
        let js = externs::init(element, &JsValue::NULL, &options).map_err(|e| format!("{e:?}"))?;
        let chart = js.clone();
        let resize = EventListener::new(&gloo::utils::window(), "resize", move |_| chart.resize());
        Ok(Self { js, _resize: resize })
    }

    /// Draws by an option.
    pub fn draw(&self, option: &serde_json::Value) -> Result<(), String> {
        let said = |e: JsValue| format!("{e:?}");
        let option = JSON::parse(&option.to_string()).map_err(said)?;
        self.js.set_option(&option, true).map_err(said)?;
        self.js.resize();
        Ok(())
    }
}

impl Drop for Chart {
    fn drop(&mut self) {
        self.js.dispose();
    }
}

/// Closes a dialog; the focus goes back to where it was before.
pub fn close_dialog(dialog: &Element) {
    dialog.unchecked_ref::<JsDialog>().close();
}

/// Opens a dialog over the page: the browser keeps the focus in it and closes it on Escape.
pub fn open_dialog(dialog: &Element) {
    let dialog: &JsDialog = dialog.unchecked_ref();
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// The value of a custom property of the page's style.
pub fn token(name: &str) -> String {
    let window = gloo::utils::window();
    let style = gloo::utils::document().document_element().and_then(|e| window.get_computed_style(&e).ok().flatten());
    style.and_then(|s| s.get_property_value(name).ok()).map(|v| v.trim().to_owned()).unwrap_or_default()
}
