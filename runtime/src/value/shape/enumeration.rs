//! [`Enumeration`]: an enum whose values are text, including values that the model does not declare.

use crate::http::debug_error::debug_error;
use std::fmt;

/// An enum of the model.
pub trait Enumeration: Send + Sync {
    /// Returns the value as it is sent.
    fn wire_value(&self) -> &str;

    /// Sets the value from its text. A text that the model does not declare is kept.
    fn set_wire_value(&mut self, value: &str);

    /// Returns all values that the model declares.
    fn known_values(&self) -> &'static [&'static str];

    /// Returns the values with the tag `internal`, which messages do not contain.
    fn internal_values(&self) -> &'static [&'static str] {
        &[]
    }

    /// Returns the values that messages may contain.
    fn public_values(&self) -> Vec<&'static str> {
        let (known, internal) = (self.known_values().iter(), self.internal_values());
        known
            .filter(|value| !internal.contains(value))
            .copied()
            .collect()
    }
}

/// A value that the model did not declare when the code was generated.
///
/// It can be read, printed and sent again. Use `From<&str>` of the enum to create one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownVariantValue(Box<str>);

impl UnknownVariantValue {
    #[doc(hidden)]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// Returns the value as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownVariantValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The error type of a text that is not a declared value of an enum.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown value `{value}` of {enumeration}: expected one of {}", known.join(", "))]
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
