//! [`DisplayErrorContext`], which writes an error with its causes on one line.

use std::error::Error;
use std::fmt;

/// A wrapper that writes an error and its causes on one line, each cause once.
///
/// The errors of this client name their causes themselves, so that `Display` is sufficient for them. This type is for
/// other errors, and for programs written for the AWS SDK for Rust.
pub struct DisplayErrorContext<E: Error>(
    /// The error.
    pub E,
);

impl<E: Error> fmt::Display for DisplayErrorContext<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printed = self.0.to_string();
        f.write_str(&printed)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            let text = error.to_string();
            if !printed.contains(&text) {
                write!(f, ": {text}")?;
                printed = text;
            }
            cause = error.source();
        }
        Ok(())
    }
}

impl<E: Error> fmt::Debug for DisplayErrorContext<E> {
    /// Writes the same line for `{:?}`, and the structure of the error for `{:#?}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::http::debug_error::fmt_error(self, f, |f| fmt::Debug::fmt(&self.0, f))
    }
}
