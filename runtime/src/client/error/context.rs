//! [`DisplayErrorContext`]: an error in; one line with all of its causes out.

use std::error::Error;
use std::fmt;

/// Prints an error and its causes on one line, each cause once.
///
/// The errors of this client name their causes themselves, so that printing them is enough. This is for other errors, and
/// for programs that were written for the AWS SDK for Rust.
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
    /// `{:?}` prints the same line, and `{:#?}` the structure of the error.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::http::debug_error::fmt_error(self, f, |f| fmt::Debug::fmt(&self.0, f))
    }
}
