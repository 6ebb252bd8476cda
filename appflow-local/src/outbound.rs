//! [`Outbound`]: sends JSON documents with `POST`, to functions and to the receiver of events.

use bytes::Bytes;
use http::{Method, Uri};
use serde_json::Value;
use smithy_reqwest::http::{Body, Request, ReqwestTransport, Transport};
use std::fmt;
use std::time::Duration;

/// The maximum size of a response. The limit of Lambda is 6 MB.
const MAX_RESPONSE_BYTES: usize = 16 << 20;

/// An `http://` or `https://` URL with a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint(String);

impl Endpoint {
    /// Parses a URL.
    pub(crate) fn parse(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let is_endpoint = matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty());
        is_endpoint.then(|| Self(url.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// An HTTP client for JSON documents.
pub(crate) struct Outbound {
    transport: ReqwestTransport,
    timeout: Duration,
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("Outbound");
        fields.field("timeout", &self.timeout);
        fields.finish_non_exhaustive()
    }
}

impl Outbound {
    /// Creates a client with a time limit for each document, its response included. It uses no proxy.
    pub(crate) fn new(timeout: Duration) -> Result<Self, String> {
        let transport = ReqwestTransport::builder().no_proxy().build();
        let transport = transport.map_err(|error| error.to_string())?;
        Ok(Self { transport, timeout })
    }

    /// Sends a document, and returns the body of a response with a status of success.
    pub(crate) async fn post(&self, url: &str, document: &Value) -> Result<Bytes, String> {
        let sent = tokio::time::timeout(self.timeout, self.send(url, document)).await;
        sent.unwrap_or_else(|_| Err(format!("timed out after {} s", self.timeout.as_secs())))
    }

    async fn send(&self, url: &str, document: &Value) -> Result<Bytes, String> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(url)
            .header("content-type", "application/json")
            .body(Body::from_bytes(document.to_string()));
        let request = request.map_err(|error| error.to_string())?;
        let response = self.transport.send(request).await;
        let response = response.map_err(|error| error.to_string())?;
        let status = response.status();
        let body = response.into_body().collect(MAX_RESPONSE_BYTES).await;
        let body = body.map_err(|error| error.to_string())?;
        if !status.is_success() {
            return Err(format!("the endpoint responded with status {status}"));
        }
        Ok(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_a_url_of_http_with_a_host() {
        for (url, is_endpoint) in [
            ("http://127.0.0.1:9001", true),
            ("http://h/events?bus=b", true),
            ("https://h/", true),
            ("", false),
            ("localhost:9001", false),
            ("ftp://h", false),
            ("http://", false),
            ("http://:80/", false),
        ] {
            assert_eq!(Endpoint::parse(url).is_some(), is_endpoint, "{url}");
        }
    }
}
