//! Parameters that a scenario sets instead of the table's.

use crate::model::Parameters;
use std::collections::BTreeMap;
use thiserror::Error;

/// Why a parameter was not set.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ParameterError {
    /// The table has no such key.
    #[error("there is no parameter {0}")]
    Unknown(String),
    /// A value that makes no sense for it.
    #[error("{key}: {value} is outside of {low} to {high}")]
    OutOfRange {
        /// The parameter.
        key: String,
        /// The value asked for.
        value: f64,
        /// Smallest value allowed.
        low: f64,
        /// Largest value allowed.
        high: f64,
    },
}

impl ParameterError {
    /// The stable code that the app translates.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "parameter-unknown",
            Self::OutOfRange { .. } => "parameter-out-of-range",
        }
    }
}

/// Sets or clears a parameter in `set` and returns what was set before. The table's own value clears.
pub(super) fn put(
    set: &mut BTreeMap<String, f64>,
    parameters: &Parameters,
    key: &str,
    value: Option<f64>,
) -> Result<Option<f64>, ParameterError> {
    let found = parameters.get(key).ok_or_else(|| ParameterError::Unknown(key.to_owned()))?;
    let Some(value) = value.filter(|v| *v != found.value) else { return Ok(set.remove(key)) };
    let (low, high) = found.range();
    let is_no_option = found.options().is_some() && libm::trunc(value) != value;
    if !(low..=high).contains(&value) || is_no_option {
        return Err(ParameterError::OutOfRange { key: key.to_owned(), value, low, high });
    }
    Ok(set.insert(key.to_owned(), value))
}
