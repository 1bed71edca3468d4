//! Direct browser IO: files, storage, marks, the document element.

pub mod paint;
pub mod keeper;
pub mod store;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlCanvasElement, HtmlElement, Url};

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

/// The names of all small settings that begin so.
pub fn settings_with(prefix: &str) -> Vec<String> {
    let Some(Ok(Some(storage))) = web_sys::window().map(|w| w.local_storage()) else { return Vec::new() };
    let count = storage.length().unwrap_or(0);
    (0..count).filter_map(|i| storage.key(i).ok().flatten()).filter(|k| k.starts_with(prefix)).collect()
}

/// Reads a small setting of this tab alone.
pub fn tab_setting(key: &str) -> Option<String> {
    web_sys::window()?.session_storage().ok()??.get_item(key).ok()?
}

/// Keeps a small setting for this tab alone.
pub fn keep_tab_setting(key: &str, value: &str) {
    if let Some(Ok(Some(storage))) = web_sys::window().map(|w| w.session_storage()) {
        let _ = storage.set_item(key, value);
    }
}

/// The time, in milliseconds since 1970.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// How many workers this machine is good for: one a core, at most four, fewer where it tells of little memory.
pub fn workers() -> u32 {
    let navigator = gloo::utils::window().navigator();
    let cores = navigator.hardware_concurrency();
    // Gigabytes, where the browser says.
    let memory = js_sys::Reflect::get(&navigator, &"deviceMemory".into()).ok().and_then(|m| m.as_f64());
    let most = match memory {
        Some(m) if m < 4.0 => 1.0,
        Some(m) if m < 8.0 => 2.0,
        _ => 4.0,
    };
    cores.clamp(1.0, most) as u32
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

/// Reads the bytes of a file that a person chose.
pub async fn read_bytes(file: &File) -> Result<Vec<u8>, String> {
    let said = |e: JsValue| format!("{e:?}");
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(said)?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// The first file that is dragged over the page or dropped on it, and how many there are.
pub fn dropped(event: &web_sys::DragEvent) -> Option<(File, u32)> {
    let files = event.data_transfer()?.files()?;
    Some((files.get(0)?, files.length()))
}

/// True where files are dragged, and not words.
pub fn drags_files(event: &web_sys::DragEvent) -> bool {
    event.data_transfer().is_some_and(|d| d.types().includes(&"Files".into(), 0))
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
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        save_blob(name, &blob);
    }
}

/// Hands a blob to the person as a file.
pub fn save_blob(name: &str, blob: &Blob) {
    let Some(url) = blob_url(blob) else { return };
    if let Ok(anchor) = gloo::utils::document().create_element("a").map(JsCast::unchecked_into::<HtmlAnchorElement>) {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    forget_url(&url);
}

/// An address of a blob, to show it by.
pub fn blob_url(blob: &Blob) -> Option<String> {
    Url::create_object_url_with_blob(blob).ok()
}

/// Gives such an address up.
pub fn forget_url(url: &str) {
    let _ = Url::revoke_object_url(url);
}

/// What a canvas shows, as a PNG; `None` where the browser does not give it away.
pub async fn png(canvas: &HtmlCanvasElement) -> Option<Blob> {
    let canvas = canvas.clone();
    let told = js_sys::Promise::new(&mut |resolve, reject| {
        if let Err(why) = canvas.to_blob(&resolve) {
            let _ = reject.call1(&JsValue::UNDEFINED, &why);
        }
    });
    JsFuture::from(told).await.ok()?.dyn_into().ok()
}

/// Opens the browser's print dialog. False where there is none.
pub fn print() -> bool {
    web_sys::window().is_some_and(|w| w.print().is_ok())
}

/// Lets everything of a kind be reached and read out, or not.
pub fn set_inert(selector: &str, inert: bool) {
    let Ok(found) = gloo::utils::document().query_selector_all(selector) else { return };
    for element in (0..found.length()).filter_map(|i| found.item(i)?.dyn_into::<web_sys::Element>().ok()) {
        let _ = if inert { element.set_attribute("inert", "") } else { element.remove_attribute("inert") };
    }
}

/// Today, as year, month and day: the same to every reader.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    format!("{}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
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

/// The address of the page without query and fragment.
pub fn page_address() -> String {
    let address = web_sys::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
    address.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// What follows the question mark of the address.
pub fn query() -> String {
    web_sys::window().and_then(|w| w.location().search().ok()).unwrap_or_default()
}

/// The fragment of the address, with its sign.
pub fn fragment() -> String {
    web_sys::window().and_then(|w| w.location().hash().ok()).unwrap_or_default()
}

/// Takes the fragment out of the address; nothing is loaded.
pub fn drop_fragment() {
    let Some(window) = web_sys::window() else { return };
    let address = window.location().href().unwrap_or_default();
    if let (Ok(history), Some((bare, _))) = (window.history(), address.split_once('#')) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(bare));
    }
}

/// Puts a text on the clipboard; false where the browser does not let it.
pub async fn copy_text(text: &str) -> bool {
    let write = || {
        // Without a secure connection there is no clipboard.
        let clipboard = js_sys::Reflect::get(&gloo::utils::window().navigator(), &"clipboard".into()).ok()?;
        let write: js_sys::Function = js_sys::Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
        write.call1(&clipboard, &text.into()).ok()?.dyn_into::<js_sys::Promise>().ok()
    };
    match write() {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}

/// Selects the text of a field, for the person to copy.
pub fn select_text(id: &str) {
    if let Some(field) = gloo::utils::document().get_element_by_id(id) {
        let field: web_sys::HtmlTextAreaElement = field.unchecked_into();
        let _ = field.focus();
        field.select();
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

/// Shows an element from its beginning.
pub fn to_top(selector: &str) {
    if let Ok(Some(element)) = gloo::utils::document().query_selector(selector) {
        element.set_scroll_top(0);
    }
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
