//! [`RequestBody`]: the body of a request, for each of its attempts.

use crate::http::byte_stream::ByteStream;
use bytes::Bytes;

/// The body of a request.
#[derive(Debug, Clone)]
pub(crate) enum RequestBody {
    /// Bytes in memory, shared by all attempts.
    Bytes(Bytes),
    /// A file, or a stream that can be read only once.
    Stream {
        /// The stream of the caller.
        stream: ByteStream,
        /// `true` if the body is compressed while it is sent.
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

    /// Returns whether another attempt is possible.
    pub(crate) fn is_repeatable(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Stream { stream, .. } => stream.is_repeatable(),
        }
    }
}
