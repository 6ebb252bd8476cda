//! [`BuildError`]: the error type of builders, which lists all required members that are not set.

use crate::http::debug_error::debug_error;
use crate::value::shape::Shape;
use std::fmt;

/// The error type of a structure whose required members are not all set.
#[derive(Clone, PartialEq, Eq)]
pub struct BuildError {
    structure: &'static str,
    missing: Vec<&'static str>,
}

impl BuildError {
    /// Returns the name of the structure.
    pub fn structure(&self) -> &'static str {
        self.structure
    }

    /// Returns the required fields that are not set.
    pub fn missing(&self) -> &[&'static str] {
        &self.missing
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<_> = self
            .missing
            .iter()
            .map(|field| format!("`{field}`"))
            .collect();
        let verb = if fields.len() == 1 { "is" } else { "are" };
        write!(
            f,
            "{} {verb} required to build {}",
            fields.join(", "),
            self.structure
        )
    }
}

debug_error!(BuildError { structure, missing });

impl std::error::Error for BuildError {}

/// Collects the missing fields while a builder is built.
#[doc(hidden)]
#[derive(Debug)]
pub struct Required {
    error: BuildError,
}

impl Required {
    /// Creates a collection without missing fields.
    pub fn of(structure: &'static str) -> Self {
        Self {
            error: BuildError {
                structure,
                missing: Vec::new(),
            },
        }
    }

    /// Returns the value of a required field. If it is not set, the field is recorded as missing and an empty value is
    /// returned.
    pub fn take<T: Shape>(&mut self, field: &'static str, value: Option<T>) -> T {
        value.unwrap_or_else(|| {
            self.error.missing.push(field);
            T::empty()
        })
    }

    /// Returns the structure.
    ///
    /// # Errors
    ///
    /// Returns an error that lists the missing fields, if there are any.
    pub fn finish<T>(self, structure: T) -> Result<T, BuildError> {
        if self.error.missing.is_empty() {
            Ok(structure)
        } else {
            Err(self.error)
        }
    }
}
