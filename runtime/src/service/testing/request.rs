//! [`RecordedRequest`]: a request as it was sent in; what a test asks of it out.

use crate::client::operation::{CalledOperation, Operation};
use crate::http::Request;
use crate::service::testing::{aws_chunked, read_input, redact};
use crate::value::debug::REDACTED;
use crate::value::shape::Shape;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Uri};
use std::fmt;

/// A request that a client sent.
///
/// `Debug` shows it without secrets; the methods give what was sent as it was sent.
#[derive(Clone)]
pub struct RecordedRequest {
    called: CalledOperation,
    head: Parts,
    body: Bytes,
}

impl RecordedRequest {
    pub(super) fn new(called: CalledOperation, request: Request) -> Self {
        let (head, body) = request.into_parts();
        Self {
            called,
            head,
            body: body.bytes().unwrap_or_default(),
        }
    }

    /// The operation, such as `ListFlows`.
    pub fn operation(&self) -> &'static str {
        self.called.operation().name
    }

    /// The HTTP method.
    pub fn method(&self) -> &str {
        self.head.method.as_str()
    }

    /// The path, percent-encoded.
    pub fn path(&self) -> &str {
        self.head.uri.path()
    }

    /// The whole address.
    pub fn uri(&self) -> &Uri {
        &self.head.uri
    }

    /// A header, if it is there and text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.headers.get(name)?.to_str().ok()
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON; null where it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The input, read back from the request; `None` when it is a request of another operation.
    pub fn input<O: Operation>(&self) -> Option<O::Input> {
        let is_ours =
            O::schema().name == self.operation() && O::service().name == self.called.service().name;
        let mut input = O::Input::empty();
        let read = is_ours
            && read_input::read(
                self.called,
                &self.head,
                &aws_chunked::decoded(&self.head.headers, &self.body),
                &mut input,
            );
        read.then_some(input)
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let redacted = redact::request(self.called, &self.head, &self.body);
        let body = match &redacted.body {
            Some(body) => body.to_string(),
            None => REDACTED.to_owned(),
        };
        f.debug_struct("RecordedRequest")
            .field("operation", &self.operation())
            .field("method", &self.head.method.as_str())
            .field("target", &redacted.target)
            .field("headers", &redacted.headers)
            .field("body", &format_args!("{body}"))
            .finish()
    }
}
