//! Loads a file of the app's own folder piece by piece, so that progress can be told.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, ReadableStreamDefaultReader, Response};

/// Why a file did not come.
pub struct DownloadError {
    /// Stable code for the translation.
    pub code: &'static str,
    /// What the host or the browser said.
    pub detail: String,
}

/// Loads `url` and calls `progress(done, total)` on the way; `total` is 0 where the host does not say or compresses.
pub async fn download(
    scope: &DedicatedWorkerGlobalScope,
    url: &str,
    mut progress: impl FnMut(u64, u64),
) -> Result<Vec<u8>, DownloadError> {
    let failed = |e: JsValue| DownloadError { code: "pack-not-loaded", detail: text_of(&e) };
    let response: Response = JsFuture::from(scope.fetch_with_str(url)).await.map_err(failed)?.unchecked_into();
    if !response.ok() {
        return Err(DownloadError { code: "pack-not-found", detail: format!("{} ({url})", response.status()) });
    }
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let total = match header("content-encoding") {
        None => header("content-length").and_then(|n| n.parse().ok()).unwrap_or(0),
        Some(_) => 0,
    };
    let Some(body) = response.body() else { return Err(failed(JsValue::from_str("empty answer"))) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::with_capacity(total as usize);
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(failed)?;
        if Reflect::get(&piece, &"done".into()).is_ok_and(|d| d.is_truthy()) {
            return Ok(bytes);
        }
        let value: Uint8Array = Reflect::get(&piece, &"value".into()).map_err(failed)?.unchecked_into();
        let start = bytes.len();
        bytes.resize(start + value.length() as usize, 0);
        value.copy_to(&mut bytes[start..]);
        progress(bytes.len() as u64, total);
    }
}

fn text_of(e: &JsValue) -> String {
    e.dyn_ref::<js_sys::Error>().map_or_else(|| format!("{e:?}"), |e| String::from(e.message()))
}
