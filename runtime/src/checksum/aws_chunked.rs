//! [`AwsChunked`]: a body in; the same body in the content encoding `aws-chunked`, with its checksum behind it, out.
//!
//! Each chunk has its length before it in hexadecimal digits; a chunk of no bytes is the last, and the trailer follows it.
//! All chunks but the last have one length, so that the whole's is known where the body's is.

use crate::checksum::hasher::Hasher;
use crate::http::{Body, BoxError};
use bytes::{Bytes, BytesMut};
use http::HeaderName;
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The length of a chunk: services want at least 8 KiB of all but the last.
const CHUNK: usize = 64 << 10;

/// A body that is being sent in chunks.
pub(super) struct AwsChunked {
    body: Body,
    /// What has come of the body and is not yet a chunk.
    waiting: BytesMut,
    hasher: Option<Hasher>,
    trailer: HeaderName,
    /// How many bytes are still to be sent, where that is known.
    left: Option<u64>,
}

impl AwsChunked {
    pub(super) fn new(body: Body, hasher: Hasher, trailer: HeaderName) -> Self {
        let length = http_body::Body::size_hint(&body).exact();
        let end = end(&trailer, &Hasher::new(hasher.algorithm).finish());
        Self {
            left: length.map(|length| length_in_chunks(length) + end.len() as u64),
            body,
            waiting: BytesMut::new(),
            hasher: Some(hasher),
            trailer,
        }
    }

    /// The bytes that are waiting, or as many as make a chunk, as one.
    fn chunk(&mut self) -> Bytes {
        let length = self.waiting.len().min(CHUNK);
        let data = self.waiting.split_to(length);
        let mut chunk = BytesMut::with_capacity(length + 16);
        chunk.extend_from_slice(format!("{length:x}\r\n").as_bytes());
        chunk.extend_from_slice(&data);
        chunk.extend_from_slice(b"\r\n");
        chunk.freeze()
    }

    /// The next bytes: a chunk, the end, or nothing after it.
    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        loop {
            if self.waiting.len() >= CHUNK {
                return Poll::Ready(Some(Ok(self.chunk())));
            }
            let Some(hasher) = &mut self.hasher else {
                return Poll::Ready(None);
            };
            let body = Pin::new(&mut self.body);
            match ready!(http_body::Body::poll_frame(body, context)).transpose() {
                Ok(Some(frame)) => {
                    // Trailers of the body have no place here.
                    if let Ok(data) = frame.into_data() {
                        hasher.update(&data);
                        self.waiting.extend_from_slice(&data);
                    }
                }
                Ok(None) if !self.waiting.is_empty() => return Poll::Ready(Some(Ok(self.chunk()))),
                Ok(None) => {
                    let sum = self.hasher.take().map(Hasher::finish).unwrap_or_default();
                    return Poll::Ready(Some(Ok(end(&self.trailer, &sum))));
                }
                Err(error) => {
                    self.hasher = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

/// The last chunk and the trailer.
fn end(trailer: &HeaderName, sum: &str) -> Bytes {
    format!("0\r\n{trailer}:{sum}\r\n\r\n").into()
}

/// How long so many bytes are in chunks, without the end.
fn length_in_chunks(bytes: u64) -> u64 {
    let chunk = |length: u64| match length {
        0 => 0,
        length => format!("{length:x}\r\n").len() as u64 + length + 2,
    };
    let size = CHUNK as u64;
    bytes / size * chunk(size) + chunk(bytes % size)
}

impl http_body::Body for AwsChunked {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let next = ready!(self.poll_bytes(context));
        if let (Some(Ok(bytes)), Some(left)) = (&next, &mut self.left) {
            *left = left.saturating_sub(bytes.len() as u64);
        }
        Poll::Ready(next.map(|bytes| bytes.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
