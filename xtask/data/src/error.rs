//! What went wrong, where, and what to do about it.

use thiserror::Error;

/// Why the pack could not be built.
#[derive(Debug, Error)]
#[error("{what}: {cause}\n  What to do: {remedy}")]
pub struct DataError {
    what: String,
    cause: String,
    remedy: String,
}

/// Results of this program.
pub type Result<T> = std::result::Result<T, DataError>;

impl DataError {
    /// An error from its three parts.
    pub fn new(what: impl Into<String>, cause: impl ToString, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), cause: cause.to_string(), remedy: remedy.into() }
    }
}

/// Names what failed and what helps.
pub trait Explain<T> {
    /// Turns any error into a [`DataError`].
    fn explain(self, what: impl FnOnce() -> String, remedy: &str) -> Result<T>;
}

impl<T, E: ToString> Explain<T> for std::result::Result<T, E> {
    fn explain(self, what: impl FnOnce() -> String, remedy: &str) -> Result<T> {
        self.map_err(|e| DataError::new(what(), e, remedy))
    }
}
