//! [`ConfigurationError`]: the error type of missing and invalid settings.

use crate::http::debug_error::fmt_error;
use std::fmt;

/// The error type of a setting that is missing or invalid.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigurationError(pub(crate) String);

impl ConfigurationError {
    /// Creates an error with this text, which should name the source of the setting.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_error(self, f, |f| {
            f.debug_tuple("ConfigurationError").field(&self.0).finish()
        })
    }
}
