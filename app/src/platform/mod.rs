//! Direct browser IO: files, storage, marks, the document element.

pub mod store;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlElement, Url};

/// Reads a small setting; `None` where there is none or storage is blocked.
pub fn setting(key: &str) -> Option<String> {
    web_sys::window()?.local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a small setting; a browser that blocks storage forgets it, and nothing else happens.
pub fn keep_setting(key: &str, value: &str) {
    if let Some(Ok(Some(storage))) = web_sys::window().map(|w| w.local_storage()) {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets a small setting.
pub fn forget_setting(key: &str) {
    if let Some(Ok(Some(storage))) = web_sys::window().map(|w| w.local_storage()) {
        let _ = storage.remove_item(key);
    }
}

/// The time, in milliseconds since 1970.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// A time as people of a language write it: the clock for today, with the date for other days.
pub fn clock(ms: f64, lang: &str) -> String {
    let (then, now) = (js_sys::Date::new(&ms.into()), js_sys::Date::new_0());
    let time = then.to_locale_time_string(lang).as_string().unwrap_or_default();
    if then.to_date_string() == now.to_date_string() {
        return time;
    }
    let date = then.to_locale_date_string(lang, &JsValue::UNDEFINED).as_string().unwrap_or_default();
    format!("{date} {time}")
}

/// A word that no other tab has.
pub fn random_word() -> String {
    format!("{:x}{:x}", js_sys::Math::random().to_bits(), now_ms() as u64)
}

/// True where nobody sees the page.
pub fn is_hidden() -> bool {
    gloo::utils::document().hidden()
}

/// The browser's first language.
pub fn browser_language() -> String {
    web_sys::window().and_then(|w| w.navigator().language()).unwrap_or_default()
}

/// True where a media query holds.
pub fn media(query: &str) -> bool {
    web_sys::window().and_then(|w| w.match_media(query).ok().flatten()).is_some_and(|m| m.matches())
}

/// Sets an attribute of the document element.
pub fn root_attribute(name: &str, value: &str) {
    if let Some(root) = gloo::utils::document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}

/// Takes an element of the static page away.
pub fn remove(selector: &str) {
    if let Ok(Some(element)) = gloo::utils::document().query_selector(selector) {
        element.remove();
    }
}

/// Leaves a mark in the browser's performance timeline.
pub fn mark(name: &str) {
    if let Some(p) = web_sys::window().and_then(|w| w.performance()) {
        let _ = p.mark(name);
    }
}

/// Reads a file that a person chose.
pub async fn read_text(file: &File) -> Result<String, String> {
    let said = |e: JsValue| format!("{e:?}");
    JsFuture::from(file.text()).await.map_err(said)?.as_string().ok_or_else(|| "not text".to_owned())
}

/// Hands a person a file to keep; `kind` is its media type.
pub fn save_text(name: &str, kind: &str, text: &str) {
    save(name, kind, text.as_bytes());
}

/// Hands bytes to the person as a file.
pub fn save(name: &str, kind: &str, bytes: &[u8]) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(anchor) = gloo::utils::document().create_element("a").map(JsCast::unchecked_into::<HtmlAnchorElement>) {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    let _ = Url::revoke_object_url(&url);
}

/// Moves the focus to an element by its id.
pub fn focus(id: &str) {
    if let Some(element) = gloo::utils::document().get_element_by_id(id) {
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}

/// Clicks an element by its id: how a hidden file field is opened.
pub fn click(id: &str) {
    if let Some(element) = gloo::utils::document().get_element_by_id(id) {
        element.unchecked_into::<HtmlElement>().click();
    }
}

/// Loads the page again.
pub fn reload() {
    if let Some(w) = web_sys::window() {
        let _ = w.location().reload();
    }
}

/// Moves the focus to an element by its id once it is there: it may come with another page.
pub fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    gloo::timers::callback::Timeout::new(50, move || focus(&id)).forget();
}

/// Clicks an element by its id once it is there: it may come with another page.
pub fn click_soon(id: &'static str) {
    if gloo::utils::document().get_element_by_id(id).is_some() {
        click(id);
    } else {
        gloo::timers::callback::Timeout::new(50, move || click(id)).forget();
    }
}

/// The text of an attribute of the address: `?key=value`, or `?key` alone for an empty one.
pub fn asked(key: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (name == key).then(|| value.to_owned())
    };
    search.trim_start_matches('?').split('&').find_map(pair)
}

/// True where a link brought something along.
pub fn has_fragment() -> bool {
    web_sys::window().and_then(|w| w.location().hash().ok()).is_some_and(|h| h.len() > 1)
}

/// True where a program and no person drives the browser.
pub fn is_automated() -> bool {
    web_sys::window()
        .and_then(|w| js_sys::Reflect::get(&w.navigator(), &"webdriver".into()).ok())
        .is_some_and(|v| v.is_truthy())
}

/// Where an element is on the screen: left, top, width, height in px; `None` where it is not shown. Of several the first shown.
pub fn place_of(selector: &str) -> Option<[f64; 4]> {
    let all = gloo::utils::document().query_selector_all(selector).ok()?;
    let place = |i: u32| {
        let r = all.get(i)?.dyn_into::<web_sys::Element>().ok()?.get_bounding_client_rect();
        (r.width() > 0.0 && r.height() > 0.0).then(|| [r.left(), r.top(), r.width(), r.height()])
    };
    (0..all.length()).find_map(place)
}

/// Brings an element into view, by its id.
pub fn bring_into_view(id: &str) {
    if let Some(element) = gloo::utils::document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The element that has the focus.
pub fn focused() -> Option<HtmlElement> {
    gloo::utils::document().active_element()?.dyn_into().ok()
}

/// True while the page takes the whole screen.
pub fn is_full_screen() -> bool {
    gloo::utils::document().fullscreen()
}

/// Takes the whole screen, where the browser lets it: only after a click or a key.
pub fn enter_full_screen() {
    call(gloo::utils::document().document_element().as_deref(), "requestFullscreen");
}

/// Gives it back. Nobody takes that for a wish to end what was shown.
pub fn leave_full_screen() {
    if is_full_screen() {
        LEAVING.set(true);
        call(Some(&gloo::utils::document()), "exitFullscreen");
    }
}

/// True once after [`leave_full_screen`].
pub fn has_left_full_screen() -> bool {
    LEAVING.replace(false)
}

thread_local! {
    static LEAVING: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Calls a method without arguments; what it promises may be refused, and nothing else happens then.
fn call(of: Option<&web_sys::Node>, method: &str) {
    let Some(of) = of else { return };
    let function = js_sys::Reflect::get(of, &method.into()).ok().and_then(|f| f.dyn_into::<js_sys::Function>().ok());
    let promised = function.and_then(|f| f.call0(of).ok()).and_then(|p| p.dyn_into::<js_sys::Promise>().ok());
    if let Some(promise) = promised {
        wasm_bindgen_futures::spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}
