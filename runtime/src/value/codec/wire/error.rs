//! [`WireError`]: the error type of JSON documents, with the path and the position of the fault.

use crate::value::codec::path::{Path, Step};
use std::fmt;

/// The error type of a JSON document that cannot be read, or that does not match the model.
pub(crate) struct WireError(Box<Inner>);

struct Inner {
    path: Path,
    fault: Fault,
    /// The offset of the fault, if it is known.
    offset: Option<usize>,
    /// The line of the offset, beginning at 1, and the column; zero until they are computed.
    line: usize,
    column: usize,
}

enum Fault {
    /// The text is not JSON.
    Syntax(&'static str),
    /// The text is JSON, but does not match the model.
    Data(Box<str>),
}

impl WireError {
    #[cold]
    pub(super) fn syntax(message: &'static str, offset: usize) -> Self {
        Self::new(Fault::Syntax(message), Some(offset))
    }

    fn new(fault: Fault, offset: Option<usize>) -> Self {
        Self(Box::new(Inner {
            path: Path::default(),
            fault,
            offset,
            line: 0,
            column: 0,
        }))
    }

    /// Sets the offset of a fault that has none.
    #[cold]
    pub(super) fn at(mut self, offset: usize) -> Self {
        self.0.offset.get_or_insert(offset);
        self
    }

    pub(super) fn has_offset(&self) -> bool {
        self.0.offset.is_some()
    }

    /// Adds the step that leads to the part with the fault.
    #[cold]
    pub(super) fn within(mut self, step: Step) -> Self {
        self.0.path.outward(step);
        self
    }

    /// Removes the keys of maps from the path, because they are part of a secret.
    pub(super) fn hide_keys(mut self) -> Self {
        self.0.path.hide_keys();
        self
    }

    /// Converts the offset to line and column.
    #[cold]
    pub(super) fn in_text(mut self, json: &str) -> Self {
        let before = self
            .0
            .offset
            .and_then(|offset| json.as_bytes().get(..offset));
        if let Some(before) = before {
            let lines = || before.split(|byte| *byte == b'\n');
            self.0.line = lines().count();
            self.0.column = lines().next_back().map_or(0, <[u8]>::len);
        }
        self
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0.path
    }

    /// Returns `true` if the document is JSON, but does not match the model.
    #[cfg(any(test, fuzzing, feature = "server", feature = "test-util"))]
    pub(crate) fn is_data(&self) -> bool {
        matches!(self.0.fault, Fault::Data(_))
    }

    #[cfg(any(test, fuzzing, feature = "server", feature = "test-util"))]
    pub(crate) fn line(&self) -> usize {
        self.0.line
    }

    #[cfg(any(test, fuzzing, feature = "server", feature = "test-util"))]
    pub(crate) fn column(&self) -> usize {
        self.0.column
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.fault {
            Fault::Syntax(message) => f.write_str(message)?,
            Fault::Data(message) => f.write_str(message)?,
        }
        match self.0.line {
            0 => Ok(()),
            line => write!(f, " at line {line} column {}", self.0.column),
        }
    }
}

impl fmt::Debug for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {self}", self.0.path)
    }
}

impl std::error::Error for WireError {}

impl serde::de::Error for WireError {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Fault::Data(message.to_string().into()), None)
    }
}
