//! [`Gzipped`]: a body that streams in; the same body, compressed by gzip piece by piece, out.

use crate::http::{Body, BoxError};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body::Frame;
use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A balance between time and length.
pub(super) const LEVEL: Compression = Compression::fast();

/// A body that is being compressed. How long it becomes is not known before its end.
pub(super) struct Gzipped {
    body: Body,
    /// Until the end has come.
    encoder: Option<GzEncoder<Vec<u8>>>,
}

impl Gzipped {
    pub(super) fn new(body: Body) -> Self {
        Self {
            body,
            encoder: Some(GzEncoder::new(Vec::new(), LEVEL)),
        }
    }

    /// What has become of the body so far, where anything has; all of the rest at its end.
    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        loop {
            let Some(encoder) = &mut self.encoder else {
                return Poll::Ready(None);
            };
            let body = Pin::new(&mut self.body);
            let data = match ready!(http_body::Body::poll_frame(body, context)).transpose() {
                Ok(Some(frame)) => frame.into_data().unwrap_or_default(),
                Ok(None) => {
                    let rest = self.encoder.take().map(GzEncoder::finish).transpose();
                    return Poll::Ready(match rest {
                        Ok(rest) => rest.map(|rest| Ok(rest.into())),
                        Err(error) => Some(Err(error.into())),
                    });
                }
                Err(error) => {
                    self.encoder = None;
                    return Poll::Ready(Some(Err(error)));
                }
            };
            if let Err(error) = encoder.write_all(&data) {
                self.encoder = None;
                return Poll::Ready(Some(Err(error.into())));
            }
            let ready = std::mem::take(encoder.get_mut());
            if !ready.is_empty() {
                return Poll::Ready(Some(Ok(ready.into())));
            }
        }
    }
}

impl http_body::Body for Gzipped {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let next = ready!(self.poll_bytes(context));
        Poll::Ready(next.map(|bytes| bytes.map(Frame::data)))
    }
}
