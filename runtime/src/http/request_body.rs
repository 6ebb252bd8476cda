//! [`RequestBody`]: what is sent, as often as it can be.

use crate::http::byte_stream::ByteStream;
use bytes::Bytes;

/// The body of a request.
#[derive(Debug, Clone)]
pub(crate) enum RequestBody {
    /// In memory, and shared by all attempts.
    Bytes(Bytes),
    /// A file, or what can be read only once.
    Stream {
        /// What the caller gave.
        stream: ByteStream,
        /// Whether it is compressed as it is sent.
        gzip: bool,
    },
}

impl RequestBody {
    pub(crate) fn new(bytes: Bytes, stream: Option<ByteStream>) -> Self {
        match stream {
            Some(stream) => Self::Stream {
                stream,
                gzip: false,
            },
            None => Self::Bytes(bytes),
        }
    }

    /// Whether there can be another attempt.
    pub(crate) fn is_repeatable(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Stream { stream, .. } => stream.is_repeatable(),
        }
    }
}
