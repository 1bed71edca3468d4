//! Why a command stopped, and what its user can do.

use std::io;
use std::path::PathBuf;

/// The result of a step.
pub type Result<T> = std::result::Result<T, Error>;

/// A failed step. Its message says what failed; [`Error::remedy`] says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A program ran and said no; its own output stands above.
    #[error("{step}: `{command}` failed ({status})")]
    Failed { step: String, command: String, status: String, remedy: String },

    /// A program could not be started at all.
    #[error("{step}: `{command}` could not be started ({source})")]
    NotStarted { step: String, command: String, source: io::Error, remedy: String },

    /// Something that xtask cannot install by itself is not there.
    #[error("{what}")]
    Missing { what: String, remedy: String },

    /// A file of the project could not be read or written.
    #[error("{path}: {source}")]
    File { path: PathBuf, source: io::Error },
}

impl Error {
    /// What the user can do about it.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Failed { remedy, .. } | Self::NotStarted { remedy, .. } | Self::Missing { remedy, .. } => remedy,
            Self::File { .. } => "Check that the file exists and that you may read and write it.",
        }
    }
}

/// Names the path in an error of the file system.
pub fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Error {
    let path = path.into();
    move |source| Error::File { path, source }
}
