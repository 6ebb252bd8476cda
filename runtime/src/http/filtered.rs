//! [`Filtered`]: a body and a filter in; what the filter makes of the body, piece by piece, out.

use crate::http::{Body, BoxError};
use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// What is done to a body as it goes by.
pub(crate) trait Filter: Send + Unpin + 'static {
    /// What a piece becomes; nothing where it has to wait for more.
    fn piece(&mut self, data: Bytes) -> Result<Bytes, BoxError>;

    /// What comes at the end.
    fn end(self) -> Result<Bytes, BoxError>;
}

/// A body behind a filter.
struct Filtered<F> {
    body: Body,
    /// Until the end, or an error.
    filter: Option<F>,
    /// How many bytes are still to come, where that is known.
    left: Option<u64>,
}

/// Puts a body behind a filter, after which it has this length, where that is known.
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
                // Trailers have no place here.
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
