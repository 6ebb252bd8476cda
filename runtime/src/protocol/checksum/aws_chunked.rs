//! [`AwsChunked`]: a body in the content encoding `aws-chunked`, with its checksum in a trailer.
//!
//! Each chunk is preceded by its length in hexadecimal digits; an empty chunk is the last, and the trailer follows it.
//! All chunks except the last have the same length, so that the total length is known if that of the body is.

use crate::http::{BoxError, Filter};
use crate::protocol::checksum::hasher::Hasher;
use bytes::{Bytes, BytesMut};
use http::HeaderName;

/// The length of a chunk: services require at least 8 KiB of all chunks except the last.
const CHUNK: usize = 64 << 10;

/// A body that is sent in chunks.
pub(super) struct AwsChunked {
    /// The bytes of the body that have not been written as a chunk yet.
    waiting: BytesMut,
    hasher: Hasher,
    trailer: HeaderName,
}

impl AwsChunked {
    pub(super) fn new(hasher: Hasher, trailer: HeaderName) -> Self {
        Self {
            waiting: BytesMut::new(),
            hasher,
            trailer,
        }
    }

    /// Returns the encoded length of a body with this number of bytes.
    pub(super) fn length(&self, bytes: u64) -> u64 {
        let chunk = |length: u64| match length {
            0 => 0,
            length => format!("{length:x}\r\n").len() as u64 + length + 2,
        };
        let size = CHUNK as u64;
        let sum = Hasher::new(self.hasher.algorithm).finish();
        let end = end(&self.trailer, &sum).len() as u64;
        bytes / size * chunk(size) + chunk(bytes % size) + end
    }

    /// Writes the waiting bytes as one chunk, up to the length of a chunk.
    fn write_chunk(&mut self, sent: &mut BytesMut) {
        let length = self.waiting.len().min(CHUNK);
        sent.extend_from_slice(format!("{length:x}\r\n").as_bytes());
        sent.extend_from_slice(&self.waiting.split_to(length));
        sent.extend_from_slice(b"\r\n");
    }
}

impl Filter for AwsChunked {
    fn piece(&mut self, data: Bytes) -> Result<Bytes, BoxError> {
        self.hasher.update(&data);
        self.waiting.extend_from_slice(&data);
        let mut sent = BytesMut::new();
        while self.waiting.len() >= CHUNK {
            self.write_chunk(&mut sent);
        }
        Ok(sent.freeze())
    }

    fn end(mut self) -> Result<Bytes, BoxError> {
        let mut sent = BytesMut::new();
        if !self.waiting.is_empty() {
            self.write_chunk(&mut sent);
        }
        sent.extend_from_slice(end(&self.trailer, &self.hasher.finish()).as_bytes());
        Ok(sent.freeze())
    }
}

/// Returns the last chunk and the trailer.
fn end(trailer: &HeaderName, sum: &str) -> String {
    format!("0\r\n{trailer}:{sum}\r\n\r\n")
}
