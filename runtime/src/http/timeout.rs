//! [`Timeout`]: the timeout that was exceeded, and its duration.

use std::fmt;
use std::time::Duration;

/// A timeout that was exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timeout {
    /// No connection was established in time.
    Connect(Duration),
    /// An attempt did not finish in time.
    Attempt(Duration),
    /// The whole call, including retries and the delays between them, did not finish in time.
    Operation(Duration),
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(limit) => write!(f, "connect timed out after {limit:?}"),
            Self::Attempt(limit) => {
                write!(f, "attempt timed out after {limit:?}")
            }
            Self::Operation(limit) => write!(f, "call timed out after {limit:?}"),
        }
    }
}

impl std::error::Error for Timeout {}
