//! [`RecordedRequest`], a sent request for the assertions of tests.

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
/// `Debug` shows it without secrets; the methods return the original values.
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

    /// Returns the operation, such as `ListFlows`.
    pub fn operation(&self) -> &'static str {
        self.called.operation().name
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> &str {
        self.head.method.as_str()
    }

    /// Returns the path, percent-encoded.
    pub fn path(&self) -> &str {
        self.head.uri.path()
    }

    /// Returns the whole URI.
    pub fn uri(&self) -> &Uri {
        &self.head.uri
    }

    /// Returns a header, if it is present and text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.headers.get(name)?.to_str().ok()
    }

    /// Returns all headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the body as JSON, or null if it is not JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Deserializes the input of the request; returns `None` if the request is one of another operation.
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
