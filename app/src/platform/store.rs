//! Plans in the browser's IndexedDB: one text a slot.

use crate::state::StoreTrouble;
use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode};
use wasm_bindgen::JsValue;

const DATABASE: &str = "loop-atlas";
const STORE: &str = "plans";

/// Where a text is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The plan that comes back at the next start.
    Current,
    /// A plan that would have overwritten a newer one of another tab.
    Aside,
    /// A record that could not be read, as it is.
    Damaged,
    /// Stories.
    Stories,
}

impl Slot {
    const fn key(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Aside => "aside",
            Self::Damaged => "damaged",
            Self::Stories => "stories",
        }
    }
}

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

    /// The text of a slot.
    pub async fn read(&self, slot: Slot) -> Result<Option<String>, StoreTrouble> {
        self.get(slot).await.map_err(|e| trouble(&e))
    }

    /// Puts a text into a slot.
    pub async fn write(&self, slot: Slot, text: &str) -> Result<(), StoreTrouble> {
        let put = async {
            let transaction = self.0.transaction(&[STORE], TransactionMode::ReadWrite)?;
            transaction.object_store(STORE)?.put(&text.into(), Some(&slot.key().into()))?.await?;
            transaction.commit()?.await
        };
        put.await.map(|_| ()).map_err(|e| trouble(&e))
    }

    /// Empties a slot.
    pub async fn clear(&self, slot: Slot) -> Result<(), StoreTrouble> {
        let clear = async {
            let transaction = self.0.transaction(&[STORE], TransactionMode::ReadWrite)?;
            transaction.object_store(STORE)?.delete(JsValue::from_str(slot.key()))?.await?;
            transaction.commit()?.await
        };
        clear.await.map(|_| ()).map_err(|e| trouble(&e))
    }

    /// Puts a text into a slot where `may` agrees with what is there, all in one transaction, so that no other tab can come
    /// between. False where it does not agree; nothing has changed then.
    pub async fn replace(
        &self,
        slot: Slot,
        text: &str,
        may: impl FnOnce(Option<&str>) -> bool,
    ) -> Result<bool, StoreTrouble> {
        let put = async {
            let transaction = self.0.transaction(&[STORE], TransactionMode::ReadWrite)?;
            let store = transaction.object_store(STORE)?;
            let there = store.get(JsValue::from_str(slot.key()))?.await?.and_then(|v| v.as_string());
            let agreed = may(there.as_deref());
            if agreed {
                store.put(&text.into(), Some(&slot.key().into()))?.await?;
            }
            transaction.commit()?.await?;
            Ok(agreed)
        };
        put.await.map_err(|e: Error| trouble(&e))
    }

    async fn get(&self, slot: Slot) -> Result<Option<String>, Error> {
        let transaction = self.0.transaction(&[STORE], TransactionMode::ReadOnly)?;
        let value = transaction.object_store(STORE)?.get(JsValue::from_str(slot.key()))?.await?;
        Ok(value.and_then(|v| v.as_string()))
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
