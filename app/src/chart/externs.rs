//! What is used of Apache ECharts 6.1: the global `echarts` that a script tag loads when a diagram is first opened, and what the browser
//! offers beside it.

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// `echarts.ECharts`.
    #[derive(Clone, Debug)]
    pub type JsChart;

    #[wasm_bindgen(js_namespace = echarts, catch)]
    pub fn init(element: &HtmlElement, theme: &JsValue, options: &JsValue) -> Result<JsChart, JsValue>;
    #[wasm_bindgen(method, js_name = setOption, catch)]
    pub fn set_option(this: &JsChart, option: &JsValue, not_merge: bool) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    pub fn resize(this: &JsChart);
    #[wasm_bindgen(method)]
    pub fn dispose(this: &JsChart);

    /// `HTMLDialogElement`.
    pub type JsDialog;
    #[wasm_bindgen(method, getter)]
    pub fn open(this: &JsDialog) -> bool;
    #[wasm_bindgen(method, js_name = showModal, catch)]
    pub fn show_modal(this: &JsDialog) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    pub fn close(this: &JsDialog);
}
