//! [`ByteStream`]: the payload of a streaming operation, from memory, from a file or from the network.

mod collected;
mod error;
mod file;

pub use collected::AggregatedBytes;
pub use error::ByteStreamError;

use crate::http::{Body, BoxError};
use bytes::Bytes;
use std::fmt;
use std::future::poll_fn;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

/// The payload of a streaming operation, in a request or a response.
///
/// Clones share a stream that can be read only once: bytes that one clone has read are not available to the others.
/// Bytes in memory and files can be read again, so that a call with them can be retried. A stream is sent once.
#[derive(Clone)]
pub struct ByteStream(Inner);

#[derive(Clone)]
enum Inner {
    Bytes(Bytes),
    File(Arc<file::File>),
    Once(Arc<Mutex<Option<Body>>>),
}

impl ByteStream {
    /// Creates an empty stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a stream from bytes with a static lifetime.
    pub fn from_static(bytes: &'static [u8]) -> Self {
        Self::from(Bytes::from_static(bytes))
    }

    /// Creates a stream from a file. The file is opened here for its length, and again each time it is sent or read.
    ///
    /// This function requires a Tokio runtime.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be opened or its length cannot be read.
    pub async fn from_path(path: impl AsRef<Path>) -> Result<Self, ByteStreamError> {
        let file = file::File::at(path.as_ref()).await?;
        Ok(Self(Inner::File(Arc::new(file))))
    }

    /// Creates a stream from a body, which can be read once.
    pub fn from_body<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::from(Body::from_stream(body))
    }

    /// Returns the bytes if they are all in memory.
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes),
            Inner::File(_) | Inner::Once(_) => None,
        }
    }

    /// Returns the number of bytes, if it is known.
    pub fn len(&self) -> Option<u64> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes.len() as u64),
            Inner::File(file) => Some(file.length),
            Inner::Once(body) => {
                let body = body.lock().unwrap_or_else(PoisonError::into_inner);
                http_body::Body::size_hint(body.as_ref()?).exact()
            }
        }
    }

    /// Returns whether the stream is empty, if that is known.
    pub fn is_empty(&self) -> Option<bool> {
        self.len().map(|length| length == 0)
    }

    /// Reads all remaining bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if the stream fails, has been read before, or does not match its checksum.
    pub async fn collect(mut self) -> Result<AggregatedBytes, ByteStreamError> {
        if let Inner::Bytes(bytes) = self.0 {
            return Ok(AggregatedBytes::from(vec![bytes]));
        }
        let mut pieces = Vec::new();
        while let Some(piece) = self.next().await {
            pieces.push(piece?);
        }
        Ok(AggregatedBytes::from(pieces))
    }

    /// Returns the next piece, or `None` at the end. No bytes are lost if the future is dropped.
    ///
    /// # Errors
    ///
    /// Returns an error if the stream fails, has been read before, or does not match its checksum.
    pub async fn next(&mut self) -> Option<Result<Bytes, ByteStreamError>> {
        let shared = match &self.0 {
            Inner::Once(shared) => shared.clone(),
            _ => {
                let shared = Arc::new(Mutex::new(self.body()));
                self.0 = Inner::Once(shared.clone());
                shared
            }
        };
        loop {
            let frame = poll_fn(|context| {
                let mut body = shared.lock().unwrap_or_else(PoisonError::into_inner);
                match body.as_mut() {
                    Some(body) => http_body::Body::poll_frame(Pin::new(body), context)
                        .map_err(ByteStreamError::from_body),
                    None => std::task::Poll::Ready(Some(Err(ByteStreamError::AlreadyRead))),
                }
            });
            match frame.await? {
                Ok(frame) => match frame.into_data() {
                    Ok(data) if !data.is_empty() => return Some(Ok(data)),
                    // Trailers, or an empty piece.
                    _ => continue,
                },
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Returns the next piece, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns an error if the stream fails, has been read before, or does not match its checksum.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, ByteStreamError> {
        self.next().await.transpose()
    }

    /// Returns whether the same bytes can be read again.
    pub(crate) fn is_repeatable(&self) -> bool {
        !matches!(self.0, Inner::Once(_))
    }

    /// Returns the bytes as a body, or `None` if they can be read only once and have been read.
    pub(crate) fn body(&self) -> Option<Body> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(Body::from_bytes(bytes.clone())),
            Inner::File(file) => Some(Body::from_stream(file.body())),
            Inner::Once(body) => body.lock().unwrap_or_else(PoisonError::into_inner).take(),
        }
    }
}

impl Default for ByteStream {
    fn default() -> Self {
        Self(Inner::Bytes(Bytes::new()))
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Bytes(bytes))
    }
}

impl From<Vec<u8>> for ByteStream {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<&'static str> for ByteStream {
    fn from(text: &'static str) -> Self {
        Self::from_static(text.as_bytes())
    }
}

impl From<Body> for ByteStream {
    fn from(body: Body) -> Self {
        match body.bytes() {
            Some(bytes) => Self::from(bytes),
            None => Self(Inner::Once(Arc::new(Mutex::new(Some(body))))),
        }
    }
}

impl PartialEq for ByteStream {
    /// Compares bytes by content and files by path. Any other stream equals only its own clones.
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Inner::Bytes(a), Inner::Bytes(b)) => a == b,
            (Inner::File(a), Inner::File(b)) => a == b,
            (Inner::Once(a), Inner::Once(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl fmt::Debug for ByteStream {
    /// Writes lengths only: streams may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            Some(length) => write!(f, "ByteStream({length} bytes)"),
            None => f.write_str("ByteStream(unknown length)"),
        }
    }
}

#[cfg(test)]
mod tests;
