//! Messages across the worker's border: a header in postcard and large documents as transferable buffers.

use js_sys::{Array, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

/// A message and the list of buffers to hand over with it.
pub struct Parcel {
    /// The array to post.
    pub message: Array,
    /// The buffers that change hands.
    pub transfer: Array,
}

/// Packs a message.
pub fn pack<T: Serialize>(header: &T, documents: &[Vec<u8>]) -> Parcel {
    let head = postcard::to_stdvec(header).expect("messages are plain data");
    let (message, transfer) = (Array::new(), Array::new());
    for bytes in std::iter::once(&head).chain(documents) {
        let array = Uint8Array::from(bytes.as_slice());
        transfer.push(&array.buffer());
        message.push(&array);
    }
    Parcel { message, transfer }
}

/// Unpacks a message; `None` where it is not one of ours.
pub fn unpack<T: DeserializeOwned>(data: &JsValue) -> Option<(T, Vec<Vec<u8>>)> {
    let parts = data.dyn_ref::<Array>()?;
    let mut bytes = parts.iter().map(|p| p.dyn_into::<Uint8Array>().ok().map(|a| a.to_vec()));
    let header = postcard::from_bytes(&bytes.next()??).ok()?;
    Some((header, bytes.collect::<Option<_>>()?))
}
