//! [`Answer`]: a response whose body can be truncated, to inject faults.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// An HTTP response.
pub(crate) type Answer = Response<AnswerBody>;

/// A body, complete or truncated.
#[derive(Debug, Default)]
pub(crate) struct AnswerBody {
    length: u64,
    bytes: Option<Bytes>,
    cut: bool,
}

impl AnswerBody {
    pub(crate) fn whole(bytes: Bytes) -> Self {
        Self {
            length: bytes.len() as u64,
            bytes: Some(bytes),
            cut: false,
        }
    }

    /// Returns a body that declares its full length and ends after half of it.
    pub(crate) fn half(bytes: &Bytes) -> Self {
        Self {
            length: bytes.len() as u64,
            bytes: Some(bytes.slice(..bytes.len() / 2)),
            cut: true,
        }
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.bytes.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        let broken = || Err(io::Error::other("injected fault: body truncated"));
        Poll::Ready(self.cut.then(broken))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none() && !self.cut
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

/// Returns a text response.
pub(crate) fn text(
    status: StatusCode,
    content_type: &'static str,
    text: impl Into<Bytes>,
) -> Response<Bytes> {
    let mut response = Response::new(text.into());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
