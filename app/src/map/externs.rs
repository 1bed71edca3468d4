//! What is used of MapLibre GL JS 5.24: the global `maplibregl` that the page's script tag has loaded.

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlCanvasElement, HtmlElement, ImageData};

#[wasm_bindgen]
extern "C" {
    /// `maplibregl.Map`.
    #[wasm_bindgen(js_namespace = maplibregl, js_name = Map)]
    #[derive(Clone, Debug)]
    pub type JsMap;

    #[wasm_bindgen(constructor, js_namespace = maplibregl, js_class = "Map", catch)]
    pub fn new(options: &JsValue) -> Result<JsMap, JsValue>;
    #[wasm_bindgen(method)]
    pub fn on(this: &JsMap, event: &str, listener: &Function);
    #[wasm_bindgen(method)]
    pub fn off(this: &JsMap, event: &str, listener: &Function);
    #[wasm_bindgen(method)]
    pub fn once(this: &JsMap, event: &str, listener: &Function);
    #[wasm_bindgen(method)]
    pub fn remove(this: &JsMap);
    /// `undefined` is the screen's own.
    #[wasm_bindgen(method, js_name = setPixelRatio)]
    pub fn set_pixel_ratio(this: &JsMap, ratio: &JsValue);

    #[wasm_bindgen(method, js_name = addLayer, catch)]
    pub fn add_layer(this: &JsMap, layer: &Object, before: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = getLayer, catch)]
    pub fn layer(this: &JsMap, id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = getSource, catch)]
    pub fn source(this: &JsMap, id: &str) -> Result<Option<JsSource>, JsValue>;
    #[wasm_bindgen(method, js_name = isSourceLoaded, catch)]
    pub fn is_source_loaded(this: &JsMap, id: &str) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, js_name = setPaintProperty, catch)]
    pub fn set_paint_property(this: &JsMap, layer: &str, name: &str, value: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = setLayoutProperty, catch)]
    pub fn set_layout_property(this: &JsMap, layer: &str, name: &str, value: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = setFilter, catch)]
    pub fn set_filter(this: &JsMap, layer: &str, filter: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = queryRenderedFeatures, catch)]
    pub fn query_rendered_features(this: &JsMap, within: &Array, options: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(method, js_name = setLayerZoomRange, catch)]
    pub fn set_layer_zoom_range(this: &JsMap, layer: &str, from: f64, to: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = hasImage, catch)]
    pub fn has_image(this: &JsMap, id: &str) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, js_name = addImage, catch)]
    pub fn add_image(this: &JsMap, id: &str, image: &ImageData, options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = removeImage, catch)]
    pub fn remove_image(this: &JsMap, id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = triggerRepaint)]
    pub fn trigger_repaint(this: &JsMap);

    #[wasm_bindgen(method)]
    pub fn resize(this: &JsMap);
    #[wasm_bindgen(method, js_name = getZoom)]
    pub fn zoom(this: &JsMap) -> f64;
    #[wasm_bindgen(method, js_name = getCenter)]
    pub fn center(this: &JsMap) -> JsLngLat;
    #[wasm_bindgen(method, js_name = getBounds)]
    pub fn bounds(this: &JsMap) -> JsBounds;
    #[wasm_bindgen(method, js_name = setPadding)]
    pub fn set_padding(this: &JsMap, padding: &JsValue);
    #[wasm_bindgen(method, js_name = easeTo)]
    pub fn ease_to(this: &JsMap, options: &JsValue);
    #[wasm_bindgen(method, js_name = jumpTo)]
    pub fn jump_to(this: &JsMap, options: &JsValue);
    #[wasm_bindgen(method, js_name = fitBounds)]
    pub fn fit_bounds(this: &JsMap, bounds: &JsValue, options: &JsValue);
    #[wasm_bindgen(method, js_name = panBy)]
    pub fn pan_by(this: &JsMap, offset: &JsValue, options: &JsValue);
    #[wasm_bindgen(method)]
    pub fn project(this: &JsMap, at: &Array) -> JsPoint;
    #[wasm_bindgen(method)]
    pub fn unproject(this: &JsMap, point: &Array) -> JsLngLat;
    #[wasm_bindgen(method, js_name = getCanvas)]
    pub fn canvas(this: &JsMap) -> HtmlCanvasElement;
    #[wasm_bindgen(method, js_name = getCanvasContainer)]
    pub fn canvas_container(this: &JsMap) -> HtmlElement;

    #[wasm_bindgen(method, getter, js_name = dragPan)]
    pub fn drag_pan(this: &JsMap) -> JsHandler;
    #[wasm_bindgen(method, getter, js_name = doubleClickZoom)]
    pub fn double_click_zoom(this: &JsMap) -> JsHandler;
    #[wasm_bindgen(method, getter, js_name = touchZoomRotate)]
    pub fn touch_zoom_rotate(this: &JsMap) -> JsHandler;
    #[wasm_bindgen(method, getter)]
    pub fn keyboard(this: &JsMap) -> JsHandler;

    /// An interaction handler.
    pub type JsHandler;
    #[wasm_bindgen(method)]
    pub fn enable(this: &JsHandler);
    #[wasm_bindgen(method)]
    pub fn disable(this: &JsHandler);
    #[wasm_bindgen(method, js_name = disableRotation)]
    pub fn disable_rotation(this: &JsHandler);

    /// A GeoJSON source.
    pub type JsSource;
    #[wasm_bindgen(method, js_name = setData, catch)]
    pub fn set_data(this: &JsSource, url_or_document: &JsValue, wait: bool) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method)]
    pub fn loaded(this: &JsSource) -> bool;

    /// `LngLat`.
    pub type JsLngLat;
    #[wasm_bindgen(method, getter)]
    pub fn lng(this: &JsLngLat) -> f64;
    #[wasm_bindgen(method, getter)]
    pub fn lat(this: &JsLngLat) -> f64;

    /// `LngLatBounds`.
    pub type JsBounds;
    #[wasm_bindgen(method, js_name = getSouthWest)]
    pub fn south_west(this: &JsBounds) -> JsLngLat;
    #[wasm_bindgen(method, js_name = getNorthEast)]
    pub fn north_east(this: &JsBounds) -> JsLngLat;

    /// `Point`, in CSS px.
    pub type JsPoint;
    #[wasm_bindgen(method, getter)]
    pub fn x(this: &JsPoint) -> f64;
    #[wasm_bindgen(method, getter)]
    pub fn y(this: &JsPoint) -> f64;

    /// `MapMouseEvent`, `MapTouchEvent`, `ErrorEvent`: which getters are there depends on the event.
    pub type JsMapEvent;
    #[wasm_bindgen(method, getter)]
    pub fn point(this: &JsMapEvent) -> JsPoint;
    #[wasm_bindgen(method, getter, js_name = originalEvent)]
    pub fn original(this: &JsMapEvent) -> Event;
    #[wasm_bindgen(method, js_name = preventDefault)]
    pub fn prevent_default(this: &JsMapEvent);
    #[wasm_bindgen(method, getter)]
    pub fn error(this: &JsMapEvent) -> JsValue;
}
