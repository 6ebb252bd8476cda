//! [`ConfigurationError`]: a setting that does not suffice for a call.

use crate::http::debug_error::fmt_error;
use std::fmt;

/// A setting is missing or makes no sense.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigurationError(pub(crate) String);

impl ConfigurationError {
    /// An error with this text, which should name where the setting comes from.
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
