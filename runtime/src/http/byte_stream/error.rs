//! [`ByteStreamError`]: the error type of byte streams.

use crate::http::debug_error::fmt_error;
use crate::http::{BoxError, ChecksumMismatch};
use std::fmt;
use std::io;
use std::path::PathBuf;

/// The error type of a stream that cannot be read to its end.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ByteStreamError {
    /// A file cannot be opened or read.
    #[error("{}: {source}", path.display())]
    File {
        /// The path of the file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The stream ended early or failed.
    #[error("stream interrupted: {0}")]
    Broken(#[source] BoxError),
    /// The stream is complete, but its checksum does not match.
    #[error(transparent)]
    Checksum(ChecksumMismatch),
    /// The stream can be read only once, and has been read.
    #[error("the stream was already read: it can be read only once")]
    AlreadyRead,
}

impl ByteStreamError {
    /// Converts the error of a body, which may be one of this crate.
    pub(super) fn from_body(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(own) => *own,
            Err(error) => Self::Broken(error),
        }
    }
}

impl fmt::Debug for ByteStreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_error(self, f, |f| match self {
            Self::File { path, source } => f
                .debug_struct("File")
                .field("path", path)
                .field("source", source)
                .finish(),
            Self::Broken(cause) => f.debug_tuple("Broken").field(cause).finish(),
            Self::Checksum(mismatch) => f.debug_tuple("Checksum").field(mismatch).finish(),
            Self::AlreadyRead => f.write_str("AlreadyRead"),
        })
    }
}
