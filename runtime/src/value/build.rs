//! [`BuildError`]: what a builder says when required members were not set, all of them at once.

use crate::http::debug_error::debug_error;
use crate::value::shape::Shape;
use std::fmt;

/// Required members of a structure were not set.
#[derive(Clone, PartialEq, Eq)]
pub struct BuildError {
    structure: &'static str,
    missing: Vec<&'static str>,
}

impl BuildError {
    /// The structure that was to be built.
    pub fn structure(&self) -> &'static str {
        self.structure
    }

    /// The fields that are required and were not set.
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

/// Collects what is missing while a builder takes its fields apart.
#[doc(hidden)]
#[derive(Debug)]
pub struct Required {
    error: BuildError,
}

impl Required {
    /// Begins with nothing missing.
    pub fn of(structure: &'static str) -> Self {
        Self {
            error: BuildError {
                structure,
                missing: Vec::new(),
            },
        }
    }

    /// The value of a required field; an empty one, and a note, when it was not set.
    pub fn take<T: Shape>(&mut self, field: &'static str, value: Option<T>) -> T {
        value.unwrap_or_else(|| {
            self.error.missing.push(field);
            T::empty()
        })
    }

    /// The structure, if nothing was missing.
    pub fn finish<T>(self, structure: T) -> Result<T, BuildError> {
        if self.error.missing.is_empty() {
            Ok(structure)
        } else {
            Err(self.error)
        }
    }
}
