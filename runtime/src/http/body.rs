//! [`Body`]: the bytes of a request or a response, in memory or as a stream.

use crate::http::BoxError;
use crate::http::ChecksumMismatch;
use bytes::{Bytes, BytesMut};
use http_body::{Frame, SizeHint};
use http_body_util::{BodyExt, combinators::UnsyncBoxBody};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The maximum capacity that is reserved for an announced length: a server may announce more than it sends.
const MAX_PREALLOCATED: usize = 1 << 20;

/// The body of a request or a response.
pub struct Body(Inner);

enum Inner {
    /// All bytes, shared so that the attempts of a call do not copy them.
    Full(Option<Bytes>),
    Stream(UnsyncBoxBody<Bytes, BoxError>),
}

/// The error type of a body that cannot be read to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BodyError {
    /// The body is longer than the limit.
    #[error("body larger than the limit of {limit} bytes")]
    TooLong {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The stream ended early or failed.
    #[error("incomplete body: the connection ended after {received} bytes")]
    Broken {
        /// The number of bytes that were received.
        received: usize,
        /// The error of the transport.
        #[source]
        source: BoxError,
    },
    /// The body is complete, but its checksum does not match.
    #[error(transparent)]
    Checksum(ChecksumMismatch),
}

impl Body {
    /// Creates a body without bytes.
    pub fn empty() -> Self {
        Self(Inner::Full(None))
    }

    /// Creates a body from bytes in memory.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self(Inner::Full((!bytes.is_empty()).then_some(bytes)))
    }

    /// Creates a body from a stream of frames.
    pub fn from_stream<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Inner::Stream(body.map_err(Into::into).boxed_unsync()))
    }

    /// Returns the bytes if they are all in memory, and `None` for a stream.
    pub fn bytes(&self) -> Option<Bytes> {
        match &self.0 {
            Inner::Full(bytes) => Some(bytes.clone().unwrap_or_default()),
            Inner::Stream(_) => None,
        }
    }

    /// Returns the same body for another attempt, or `None` for a stream, which can be read only once.
    pub fn try_clone(&self) -> Option<Self> {
        match &self.0 {
            Inner::Full(bytes) => Some(Self(Inner::Full(bytes.clone()))),
            Inner::Stream(_) => None,
        }
    }

    /// Reads the body to its end.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is longer than `limit` bytes, ends early, or does not match its checksum.
    pub async fn collect(self, limit: usize) -> Result<Bytes, BodyError> {
        let mut stream = match self.0 {
            Inner::Full(bytes) => return within(bytes.unwrap_or_default(), limit),
            Inner::Stream(stream) => stream,
        };
        // An announced length above the limit is rejected without reading.
        if http_body::Body::size_hint(&stream).lower() > limit as u64 {
            return Err(BodyError::TooLong { limit });
        }
        let mut first = Bytes::new();
        let mut all: Option<BytesMut> = None;
        let mut received = 0;
        while let Some(frame) = stream.frame().await {
            let frame = frame.map_err(|source| BodyError::Broken { received, source })?;
            let Ok(data) = frame.into_data() else {
                continue;
            };
            received += data.len();
            if received > limit {
                return Err(BodyError::TooLong { limit });
            }
            // Most responses consist of one piece, which is returned without a copy.
            match &mut all {
                Some(all) => all.extend_from_slice(&data),
                None if first.is_empty() => first = data,
                None => {
                    let announced = http_body::Body::size_hint(&stream).lower();
                    let mut joined = BytesMut::with_capacity(room(received, announced));
                    joined.extend_from_slice(&first);
                    joined.extend_from_slice(&data);
                    all = Some(joined);
                }
            }
        }
        Ok(all.map_or(first, BytesMut::freeze))
    }
}

/// Returns the capacity for a body of which these bytes were received and this many are announced. It grows if more
/// arrive.
fn room(received: usize, announced: u64) -> usize {
    let announced = usize::try_from(announced).unwrap_or(MAX_PREALLOCATED);
    received + received.max(announced.min(MAX_PREALLOCATED))
}

fn within(bytes: Bytes, limit: usize) -> Result<Bytes, BodyError> {
    if bytes.len() > limit {
        Err(BodyError::TooLong { limit })
    } else {
        Ok(bytes)
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::from_bytes(bytes)
    }
}

impl fmt::Debug for Body {
    /// Writes lengths only: a body may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Full(bytes) => write!(f, "Body({} bytes)", bytes.as_ref().map_or(0, Bytes::len)),
            Inner::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Inner::Full(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Inner::Stream(stream) => Pin::new(stream).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Full(bytes) => bytes.is_none(),
            Inner::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Full(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64),
            Inner::Stream(stream) => stream.size_hint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_PREALLOCATED, room};

    #[test]
    fn there_is_room_for_what_is_announced_up_to_a_limit() {
        let table = [
            ((10, 0), 20),
            ((10, 5), 20),
            ((10, 90), 100),
            ((10, u64::MAX), 10 + MAX_PREALLOCATED),
            ((3 * MAX_PREALLOCATED, u64::MAX), 6 * MAX_PREALLOCATED),
        ];
        for ((received, announced), expected) in table {
            assert_eq!(
                room(received, announced),
                expected,
                "{received} {announced}"
            );
        }
    }
}
