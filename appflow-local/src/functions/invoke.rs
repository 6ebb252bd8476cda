//! [`Functions`]: invokes functions at a Lambda endpoint, as `Invoke` of Lambda's API does.

use super::{Failure, Question};
use http::{Method, Uri};
use serde_json::Value;
use smithy_reqwest::http::{Body, Request, ReqwestTransport, Transport};
use std::fmt;
use std::time::Duration;

/// How long a function may take: Lambda's own limit.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// The longest answer; Lambda's own limit is 6 MB.
const MOST_BYTES: usize = 16 << 20;

/// A URL at which functions are invoked.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint(String);

impl Endpoint {
    /// Reads an `http://` or `https://` URL.
    pub(crate) fn parse(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let is_plain = matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.query().is_none();
        is_plain.then(|| Self(url.trim_end_matches('/').to_owned()))
    }

    /// The URL of a function. Its alias or version is the qualifier, as Lambda's API has it.
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

/// Invokes functions.
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
    /// Creates what invokes functions at an endpoint, which is reached without a proxy.
    pub(crate) fn new(endpoint: Endpoint) -> Result<Self, String> {
        let transport = ReqwestTransport::builder().no_proxy().build();
        let transport = transport.map_err(|error| error.to_string())?;
        Ok(Self {
            endpoint,
            transport,
        })
    }

    /// Asks a function; returns its answer, successful or not.
    pub(crate) async fn ask(&self, question: &Question) -> Result<Value, Failure> {
        let function = &question.function;
        let asked = tokio::time::timeout(PATIENCE, self.invoke(question)).await;
        let answer = asked
            .unwrap_or_else(|_| Err(format!("it took longer than {} s", PATIENCE.as_secs())))
            .map_err(|reason| Failure::new(function, reason))?;
        // A function that broke down: Lambda says so in a header, local runtimes by the form of the answer alone.
        if answer.get("isSuccess").is_none() {
            let reason = answer["errorMessage"].as_str();
            let reason = reason.unwrap_or("the answer is not one of the connector protocol");
            return Err(Failure::new(function, reason));
        }
        Ok(answer)
    }

    async fn invoke(&self, question: &Question) -> Result<Value, String> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(self.endpoint.of(&question.function))
            .header("content-type", "application/json")
            .body(Body::from_bytes(question.request.to_string()));
        let request = request.map_err(|error| error.to_string())?;
        let response = self.transport.send(request).await;
        let response = response.map_err(|error| error.to_string())?;
        let status = response.status();
        let body = response.into_body().collect(MOST_BYTES).await;
        let body = body.map_err(|error| error.to_string())?;
        if !status.is_success() {
            return Err(format!("the endpoint answered with status {status}"));
        }
        serde_json::from_slice(&body).map_err(|error| format!("its answer is not JSON: {error}"))
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
