//! [`PresignedRequest`]: the URL of a presigned request, and the headers that are sent with it.

use crate::http::url::redacted;
use std::fmt;

/// A request that is authorized by its URL. Anyone who has the URL can send it until it expires.
///
/// `Debug` does not show the query, which contains the signature.
#[derive(Clone, PartialEq, Eq)]
pub struct PresignedRequest {
    method: String,
    uri: String,
    headers: Vec<(String, String)>,
}

impl PresignedRequest {
    pub(super) fn new(head: &http::request::Parts) -> Result<Self, String> {
        let headers = head.headers.iter().map(|(name, value)| {
            // A header that is not text is not signed.
            let value = std::str::from_utf8(value.as_bytes());
            let value = value.map_err(|_| format!("header {name}: the value is not UTF-8"))?;
            Ok((name.as_str().to_owned(), value.to_owned()))
        });
        Ok(Self {
            method: head.method.to_string(),
            uri: head.uri.to_string(),
            headers: headers.collect::<Result<_, String>>()?,
        })
    }

    /// Returns the HTTP method of the request.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the URL, whose query contains the signature.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Returns the headers that must be sent with the request, since they are signed.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.headers.iter();
        headers.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Creates an HTTP request with this body.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is invalid, which does not happen for requests that this crate has signed.
    pub fn to_http_request<B>(&self, body: B) -> Result<http::Request<B>, http::Error> {
        let mut request = http::Request::builder()
            .method(self.method.as_str())
            .uri(self.uri.as_str());
        for (name, value) in &self.headers {
            request = request.header(name.as_str(), value.as_bytes());
        }
        request.body(body)
    }
}

impl fmt::Debug for PresignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("PresignedRequest")
            .field("method", &self.method)
            .field("uri", &redacted(&self.uri))
            .field("headers", &names)
            .finish()
    }
}
