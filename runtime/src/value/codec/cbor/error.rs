//! [`CborError`]: the error type of CBOR documents.

use crate::value::codec::path::{Path, Step};
use minicbor::{decode, encode};
use std::convert::Infallible;
use std::fmt;

/// The error type of a document that cannot be read or written, with the path of the fault.
#[derive(Debug)]
pub(crate) struct CborError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    path: Path,
    message: String,
    is_data: bool,
}

impl CborError {
    #[cold]
    pub(super) fn data(message: impl Into<String>) -> Self {
        Self::new(message.into(), true)
    }

    /// Creates the error of bytes that are not CBOR, or that end too early.
    #[cold]
    pub(super) fn syntax(message: impl Into<String>) -> Self {
        Self::new(message.into(), false)
    }

    fn new(message: String, is_data: bool) -> Self {
        Self(Box::new(Inner {
            path: Path::default(),
            message,
            is_data,
        }))
    }

    /// Adds the step that leads to the part with the fault. A syntax error has a position instead.
    #[cold]
    pub(super) fn within(mut self, step: Step) -> Self {
        if self.0.is_data {
            self.0.path.outward(step);
        }
        self
    }

    /// Removes the keys of maps from the path, because they are part of a secret.
    pub(super) fn hide_keys(mut self) -> Self {
        self.0.path.hide_keys();
        self
    }

    /// Returns the path of the fault, which is empty if the document as a whole is at fault.
    pub(crate) fn path(&self) -> &Path {
        &self.0.path
    }
}

impl fmt::Display for CborError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for CborError {}

impl serde::de::Error for CborError {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::data(message.to_string())
    }
}

/// Keeps only the position: the messages of the library may contain a value.
impl From<decode::Error> for CborError {
    #[cold]
    fn from(error: decode::Error) -> Self {
        let what = match error.is_end_of_input() {
            true => "unexpected end of input",
            false => "invalid CBOR",
        };
        Self::syntax(match error.position() {
            Some(position) => format!("{what} at byte {position}"),
            None => what.to_owned(),
        })
    }
}

/// Never fails, because a vector accepts all bytes.
impl From<encode::Error<Infallible>> for CborError {
    fn from(error: encode::Error<Infallible>) -> Self {
        Self::data(error.to_string())
    }
}
