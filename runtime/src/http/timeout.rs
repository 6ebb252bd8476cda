//! [`Timeout`]: which time limit was reached, and how long it was.

use std::fmt;
use std::time::Duration;

/// A time limit was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timeout {
    /// No connection came about in time.
    Connect(Duration),
    /// One attempt took too long.
    Attempt(Duration),
    /// The whole call, retries and waiting included, took too long.
    Operation(Duration),
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(limit) => write!(
                f,
                "no connection came about within the connect limit of {limit:?}"
            ),
            Self::Attempt(limit) => {
                write!(f, "the attempt took longer than its limit of {limit:?}")
            }
            Self::Operation(limit) => write!(f, "the call took longer than its limit of {limit:?}"),
        }
    }
}

impl std::error::Error for Timeout {}
