//! [`Functions`]: invokes functions at a Lambda endpoint, as `Invoke` of Lambda's API does.

use super::{Failure, Invocation};
use http::{Method, Uri};
use serde_json::Value;
use smithy_reqwest::http::{Body, Request, ReqwestTransport, Transport};
use std::fmt;
use std::time::Duration;

/// The timeout of a function, which is the limit of Lambda.
const TIMEOUT: Duration = Duration::from_secs(15 * 60);
/// The maximum size of a response. The limit of Lambda is 6 MB.
const MAX_RESPONSE_BYTES: usize = 16 << 20;

/// The URL of a Lambda endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint(String);

impl Endpoint {
    /// Parses an `http://` or `https://` URL.
    pub(crate) fn parse(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let is_plain = matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.query().is_none();
        is_plain.then(|| Self(url.trim_end_matches('/').to_owned()))
    }

    /// Returns the URL of a function. As in the Lambda API, the alias or version is the qualifier.
    fn of(&self, function: &str) -> String {
        let named = function.split_once(":function:").map(|(_, named)| named);
        let (name, qualifier) = match named.unwrap_or(function).split_once(':') {
            Some((name, qualifier)) => (name, format!("?Qualifier={qualifier}")),
            None => (named.unwrap_or(function), String::new()),
        };
        format!(
            "{}/2015-03-31/functions/{name}/invocations{qualifier}",
            self.0
        )
    }
}

/// A client that invokes functions.
pub(crate) struct Functions {
    endpoint: Endpoint,
    transport: ReqwestTransport,
}

impl fmt::Debug for Functions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Functions").field(&self.endpoint).finish()
    }
}

impl Functions {
    /// Creates a client for an endpoint. It uses no proxy.
    pub(crate) fn new(endpoint: Endpoint) -> Result<Self, String> {
        let transport = ReqwestTransport::builder().no_proxy().build();
        let transport = transport.map_err(|error| error.to_string())?;
        Ok(Self {
            endpoint,
            transport,
        })
    }

    /// Invokes a function, and returns its response, which may report an error.
    pub(crate) async fn invoke(&self, invocation: &Invocation) -> Result<Value, Failure> {
        let function = &invocation.function;
        let sent = tokio::time::timeout(TIMEOUT, self.send(invocation)).await;
        let response = sent
            .unwrap_or_else(|_| Err(format!("timed out after {} s", TIMEOUT.as_secs())))
            .map_err(|reason| Failure::new(function, reason))?;
        // The function crashed. Lambda reports that in a header too, local runtimes only in the body.
        if response.get("isSuccess").is_none() {
            let reason = response["errorMessage"].as_str();
            let reason = reason.unwrap_or("the response is not one of the connector protocol");
            return Err(Failure::new(function, reason));
        }
        Ok(response)
    }

    async fn send(&self, invocation: &Invocation) -> Result<Value, String> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(self.endpoint.of(&invocation.function))
            .header("content-type", "application/json")
            .body(Body::from_bytes(invocation.request.to_string()));
        let request = request.map_err(|error| error.to_string())?;
        let response = self.transport.send(request).await;
        let response = response.map_err(|error| error.to_string())?;
        let status = response.status();
        let body = response.into_body().collect(MAX_RESPONSE_BYTES).await;
        let body = body.map_err(|error| error.to_string())?;
        if !status.is_success() {
            return Err(format!("the endpoint responded with status {status}"));
        }
        serde_json::from_slice(&body)
            .map_err(|error| format!("the response is not valid JSON: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_invoked_by_its_name_and_qualifier() {
        let endpoint = Endpoint::parse("http://127.0.0.1:9001/").unwrap();
        for (function, expected) in [
            (
                "arn:aws:lambda:us-east-1:123456789012:function:crm",
                "crm/invocations",
            ),
            (
                "arn:aws:lambda:us-east-1:123456789012:function:crm:live",
                "crm/invocations?Qualifier=live",
            ),
            ("crm", "crm/invocations"),
        ] {
            let expected = format!("http://127.0.0.1:9001/2015-03-31/functions/{expected}");
            assert_eq!(endpoint.of(function), expected);
        }
    }

    #[test]
    fn an_endpoint_is_a_url_of_http_with_a_host() {
        for wrong in ["", "localhost:9001", "ftp://h", "http://", "http://h/?x=y"] {
            assert!(Endpoint::parse(wrong).is_none(), "{wrong}");
        }
    }
}
