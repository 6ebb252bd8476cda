//! [`Validated`]: the body of an answer and its checksums in; the same body out, with an error at its end if they disagree.

use crate::byte_stream::ByteStreamError;
use crate::checksum::Check;
use crate::http::{Body, BoxError};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A body that is compared as it is read.
pub(super) struct Validated {
    body: Body,
    /// Until the end has come.
    check: Option<Check>,
}

impl Validated {
    pub(super) fn new(body: Body, check: Check) -> Self {
        Self {
            body,
            check: Some(check),
        }
    }
}

impl http_body::Body for Validated {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                if let (Some(data), Some(check)) = (frame.data_ref(), &mut self.check) {
                    check.update(data);
                }
            }
            Some(Err(_)) => self.check = None,
            None => {
                if let Some(Err(mismatch)) = self.check.take().map(Check::finish) {
                    let error = ByteStreamError::Checksum(mismatch);
                    return Poll::Ready(Some(Err(error.into())));
                }
            }
        }
        Poll::Ready(frame)
    }

    /// Never at its end before it was compared: whoever asks would not read on.
    fn is_end_stream(&self) -> bool {
        self.check.is_none() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
