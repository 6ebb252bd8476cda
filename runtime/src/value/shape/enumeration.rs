//! [`Enumeration`]: an enum whose values are text, with room for values that the model does not know yet.

use crate::http::debug_error::debug_error;
use std::fmt;

/// An enum of the model.
pub trait Enumeration: Send + Sync {
    /// The value as it stands on the wire.
    fn wire_value(&self) -> &str;

    /// Sets it from its value on the wire; what the model does not know is kept.
    fn set_wire_value(&mut self, value: &str);

    /// All values that the model knows.
    fn known_values(&self) -> &'static [&'static str];

    /// The values that the model knows and tags `internal`, which messages do not name.
    fn internal_values(&self) -> &'static [&'static str] {
        &[]
    }

    /// The values that messages may name.
    fn public_values(&self) -> Vec<&'static str> {
        let (known, internal) = (self.known_values().iter(), self.internal_values());
        known
            .filter(|value| !internal.contains(value))
            .copied()
            .collect()
    }
}

/// A value that the model did not know when the code was generated.
///
/// It can be read, printed and sent back. To make one, use the enum's `From<&str>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownVariantValue(Box<str>);

impl UnknownVariantValue {
    #[doc(hidden)]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The value as it stands on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownVariantValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text is none of an enum's known values.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not a known value of {enumeration}; known are: {}", known.join(", "))]
pub struct UnknownVariantError {
    enumeration: &'static str,
    value: String,
    known: &'static [&'static str],
}

debug_error!(UnknownVariantError {
    enumeration,
    value,
    known
});

impl UnknownVariantError {
    #[doc(hidden)]
    pub fn new(enumeration: &'static str, value: &str, known: &'static [&'static str]) -> Self {
        Self {
            enumeration,
            value: value.to_owned(),
            known,
        }
    }
}
