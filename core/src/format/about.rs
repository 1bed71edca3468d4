//! The story of a scenario that comes with the app: what it is, why it is there, what to look at; in both languages, apart from
//! the scenario's own file.
//!
//! ```json
//! { "zh": { "name": "…", "what": "…", "why": "…", "look": "…" }, "en": { "name": "…", "what": "…", "why": "…", "look": "…" } }
//! ```

use serde::Deserialize;

/// A story in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Its name in lists.
    pub name: String,
    /// What differs from the baseline, with what is assumed.
    pub what: String,
    /// Why somebody would want to know.
    pub why: String,
    /// Where on the page the answer shows.
    pub look: String,
}

/// A story in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// As a Chinese planner would say it.
    pub zh: Words,
    /// In English.
    pub en: Words,
}

/// Reads a story.
///
/// # Errors
/// Where the text is none, with the reason.
pub fn read(text: &str) -> Result<About, String> {
    serde_json::from_str(text).map_err(|e| e.to_string())
}
