//! What bad data gets: a code, the place, the reason and the remedy, never a lost file.

use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// The row was used, but not as it stands.
    Warning,
    /// The row was left out.
    Error,
}

/// One thing that is wrong with data, in words for a person and with a code for a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable code, such as `scenario-unknown-facility`; the app translates by it.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// Where: table and row, or edit number.
    pub subject: String,
    /// What is wrong, in English.
    pub message: String,
    /// What to do about it, in English.
    pub remedy: String,
}

impl Diagnostic {
    /// A row that was left out.
    #[must_use]
    pub fn error(code: &str, subject: impl Into<String>, message: impl Into<String>, remedy: &str) -> Self {
        Self::new(Severity::Error, code, subject, message, remedy)
    }

    /// A row that was used, but not as it stands.
    #[must_use]
    pub fn warning(code: &str, subject: impl Into<String>, message: impl Into<String>, remedy: &str) -> Self {
        Self::new(Severity::Warning, code, subject, message, remedy)
    }

    fn new(
        severity: Severity,
        code: &str,
        subject: impl Into<String>,
        message: impl Into<String>,
        remedy: &str,
    ) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            subject: subject.into(),
            message: message.into(),
            remedy: remedy.to_owned(),
        }
    }
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} [{}]: {}. {}", self.subject, self.code, self.message, self.remedy)
    }
}
