//! [`ByteStreamError`]: why bytes did not come to their end.

use crate::http::BoxError;
use crate::http::ChecksumMismatch;
use std::io;
use std::path::PathBuf;

/// A stream that cannot be read to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ByteStreamError {
    /// A file cannot be opened or read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The stream broke off.
    #[error("the stream broke off: {0}")]
    Broken(#[source] BoxError),
    /// The stream came to its end, and is not what was sent.
    #[error(transparent)]
    Checksum(ChecksumMismatch),
    /// The stream can be read once, and has been.
    #[error("the stream can be read once, and has been read already")]
    AlreadyRead,
}

impl ByteStreamError {
    /// What a body says, which may be one of our own.
    pub(super) fn from_body(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(own) => *own,
            Err(error) => Self::Broken(error),
        }
    }
}
