//! [`Filtered`]: a body whose bytes pass through a filter, piece by piece.

use crate::http::{Body, BoxError};
use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A transformation of the bytes of a body.
pub(crate) trait Filter: Send + Unpin + 'static {
    /// Returns the output for a piece, which is empty if the filter needs more input.
    fn piece(&mut self, data: Bytes) -> Result<Bytes, BoxError>;

    /// Returns the output at the end of the body.
    fn end(self) -> Result<Bytes, BoxError>;
}

/// A body that passes through a filter.
struct Filtered<F> {
    body: Body,
    /// The filter; `None` after the end or an error.
    filter: Option<F>,
    /// The number of remaining bytes, if it is known.
    left: Option<u64>,
}

/// Wraps a body in a filter. The length is that of the output, if it is known.
pub(crate) fn filtered(body: Body, filter: impl Filter, length: Option<u64>) -> Body {
    Body::from_stream(Filtered {
        body,
        filter: Some(filter),
        left: length,
    })
}

impl<F: Filter> Filtered<F> {
    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        loop {
            let Some(mut filter) = self.filter.take() else {
                return Poll::Ready(None);
            };
            let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
                self.filter = Some(filter);
                return Poll::Pending;
            };
            let made = match frame.transpose() {
                // Trailers are not forwarded.
                Ok(Some(frame)) => {
                    let made = frame
                        .into_data()
                        .map_or_else(|_| Ok(Bytes::new()), |data| filter.piece(data));
                    self.filter = made.is_ok().then_some(filter);
                    made
                }
                Ok(None) => filter.end(),
                Err(error) => Err(error),
            };
            match made {
                Ok(bytes) if bytes.is_empty() => {}
                made => return Poll::Ready(Some(made)),
            }
        }
    }
}

impl<F: Filter> http_body::Body for Filtered<F> {
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
