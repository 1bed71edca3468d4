//! Texts in the browser's IndexedDB, each by its key.

use crate::state::StoreTrouble;
use idb::{Database, DatabaseEvent, Error, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode};
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

const DATABASE: &str = "loop-atlas";
const STORE: &str = "plans";

/// The open store.
pub struct Store(Database);

impl Store {
    /// Opens the store, which is made at the first visit.
    pub async fn open() -> Result<Self, StoreTrouble> {
        let mut request = Factory::new().and_then(|f| f.open(DATABASE, Some(1))).map_err(|_| StoreTrouble::Blocked)?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = event.database() {
                let _ = database.create_object_store(STORE, ObjectStoreParams::new());
            }
        });
        // A browser that refuses says so by an error of the request.
        request.await.map(Self).map_err(|e| match trouble(&e) {
            StoreTrouble::Full => StoreTrouble::Full,
            StoreTrouble::Blocked | StoreTrouble::Broken => StoreTrouble::Blocked,
        })
    }

    /// The text of a key.
    pub async fn read(&self, key: &str) -> Result<Option<String>, StoreTrouble> {
        let get = async {
            let transaction = self.0.transaction(&[STORE], TransactionMode::ReadOnly)?;
            let value = transaction.object_store(STORE)?.get(JsValue::from_str(key))?.await?;
            Ok(value.and_then(|v| v.as_string()))
        };
        get.await.map_err(|e: Error| trouble(&e))
    }

    /// All keys that begin so, with their texts.
    pub async fn all(&self, prefix: &str) -> Result<Vec<(String, String)>, StoreTrouble> {
        let get = async {
            let transaction = self.0.transaction(&[STORE], TransactionMode::ReadOnly)?;
            let store = transaction.object_store(STORE)?;
            // No character of a key comes after this one.
            let end = format!("{prefix}\u{ffff}");
            let range = || KeyRange::bound(&prefix.into(), &JsValue::from_str(&end), None, None).map(Query::KeyRange);
            let keys = store.get_all_keys(Some(range()?), None)?.await?;
            let texts = store.get_all(Some(range()?), None)?.await?;
            Ok(keys.iter().zip(&texts).filter_map(|(k, t)| Some((k.as_string()?, t.as_string()?))).collect())
        };
        get.await.map_err(|e: Error| trouble(&e))
    }

    /// Puts a text where `may` agrees with what is there, or with `None` takes away what is there: all in one transaction, so that
    /// no other tab can come between. False where it does not agree; nothing has changed then.
    pub async fn replace(
        &self,
        key: &str,
        text: Option<&str>,
        may: impl FnOnce(Option<&str>) -> bool,
    ) -> Result<bool, StoreTrouble> {
        let put = async {
            let transaction = self.0.transaction(&[STORE], TransactionMode::ReadWrite)?;
            let store = transaction.object_store(STORE)?;
            let there = store.get(JsValue::from_str(key))?.await?.and_then(|v| v.as_string());
            let agreed = may(there.as_deref());
            match text {
                Some(text) if agreed => _ = store.put(&text.into(), Some(&key.into()))?.await?,
                None if agreed => store.delete(JsValue::from_str(key))?.await?,
                _ => {}
            }
            transaction.commit()?.await?;
            Ok(agreed)
        };
        put.await.map_err(|e: Error| trouble(&e))
    }

    /// Moves a text to another key, all in one transaction; false where there is none.
    pub async fn rename(&self, from: &str, to: &str) -> Result<bool, StoreTrouble> {
        let put = async {
            let transaction = self.0.transaction(&[STORE], TransactionMode::ReadWrite)?;
            let store = transaction.object_store(STORE)?;
            let there = store.get(JsValue::from_str(from))?.await?;
            if let Some(value) = &there {
                store.put(value, Some(&to.into()))?.await?;
                store.delete(JsValue::from_str(from))?.await?;
            }
            transaction.commit()?.await?;
            Ok(there.is_some())
        };
        put.await.map_err(|e: Error| trouble(&e))
    }
}

/// What an error of IndexedDB means for a person.
fn trouble(error: &Error) -> StoreTrouble {
    let said = error.to_string();
    if said.contains("Quota") {
        StoreTrouble::Full
    } else if said.contains("Security") || matches!(error, Error::IndexedDbNotFound(_)) {
        StoreTrouble::Blocked
    } else {
        StoreTrouble::Broken
    }
}

/// So many bytes may still be kept here; `None` where the browser does not say.
pub async fn room() -> Option<f64> {
    let get = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).ok().filter(|v| !v.is_undefined());
    let storage = get(&gloo::utils::window().navigator(), "storage")?;
    let estimate: js_sys::Function = get(&storage, "estimate")?.dyn_into().ok()?;
    let promise: Promise = estimate.call0(&storage).ok()?.dyn_into().ok()?;
    let told = JsFuture::from(promise).await.ok()?;
    Some(get(&told, "quota")?.as_f64()? - get(&told, "usage")?.as_f64()?)
}
