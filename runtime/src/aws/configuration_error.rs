//! [`ConfigurationError`]: a setting that does not suffice for a call.

/// A setting is missing or makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigurationError(pub(crate) String);

impl ConfigurationError {
    /// An error with this text, which should name where the setting comes from.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}
