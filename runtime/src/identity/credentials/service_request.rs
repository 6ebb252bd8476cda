//! Requests to services that return credentials or tokens, and their error responses.

use crate::aws::retry::{ErrorAnswer, FailureKind};
use crate::identity::credentials::exchange::{Answer, Exchange, NoResponse};
use crate::identity::credentials::{ProviderConfig, json};
use crate::value::printable::Printable;
use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use std::time::Duration;

/// The timeout of one attempt: these calls precede the one that the program waits for.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
const ATTEMPTS: u32 = 3;
const PAUSE: Duration = Duration::from_millis(500);
/// The maximum length of a service's message in an error.
const SHOWN: usize = 500;

/// The error of a request to a service.
#[derive(Debug, thiserror::Error)]
pub(super) enum ServiceError {
    #[error("{operation} at {url}: {source}")]
    NoResponse {
        operation: &'static str,
        url: String,
        source: Box<NoResponse>,
    },
    #[error("{operation} failed (status {}): {refusal}", status.as_u16())]
    Refused {
        operation: &'static str,
        status: StatusCode,
        refusal: Box<ErrorDetails>,
    },
    #[error("{operation}: `{what}` is missing or invalid in the response")]
    Unusable {
        operation: &'static str,
        what: &'static str,
    },
    #[error("{operation}: {why}")]
    Unsendable {
        operation: &'static str,
        why: String,
    },
}

/// The contents of an error response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ErrorDetails {
    pub(super) code: Option<String>,
    /// The OAuth code (RFC 6749, section 5.2), which is more specific than the other.
    pub(super) oauth: Option<String>,
    pub(super) message: Option<String>,
}

impl std::fmt::Display for ErrorDetails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [&self.code, &self.oauth, &self.message];
        let mut parts = parts.into_iter().flatten();
        let first = parts.next().map_or("no message", String::as_str);
        write!(f, "{}", Printable(first))?;
        parts.try_for_each(|part| write!(f, ": {}", Printable(part)))
    }
}

impl ErrorDetails {
    /// Removes these secrets, which a service may repeat, and shortens the message for display.
    pub(super) fn without(self, secrets: &[&str]) -> Self {
        let shown = |text: Option<String>| {
            let mut text = text?;
            for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
                text = text.replace(secret, "…");
            }
            Some(text.chars().take(SHOWN).collect())
        };
        Self {
            code: shown(self.code),
            oauth: shown(self.oauth),
            message: shown(self.message),
        }
    }
}

/// Creates a header whose value is a secret.
pub(super) fn secret_header(
    operation: &'static str,
    what: &str,
    value: &str,
) -> Result<HeaderValue, ServiceError> {
    let mut value = HeaderValue::from_str(value).map_err(|_| ServiceError::Unsendable {
        operation,
        why: format!("{what} is not a valid header value"),
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// A request to a service, with the means to read its response.
pub(super) struct ServiceRequest<'a> {
    pub(super) operation: &'static str,
    pub(super) head: http::request::Parts,
    pub(super) body: Bytes,
    /// Reads the error of a response.
    pub(super) error_details: fn(&Answer) -> ErrorDetails,
    /// The secrets that a message must not show, though the service may repeat them.
    pub(super) secrets: &'a [&'a str],
}

impl ServiceRequest<'_> {
    /// Sends the request, up to three times. Returns the response, regardless of its status.
    pub(super) async fn send(&self, config: &ProviderConfig) -> Result<Answer, ServiceError> {
        let is_retryable = |answer: &Answer| {
            let code = (self.error_details)(answer).code;
            let failure = ErrorAnswer {
                status: answer.status,
                code: code.as_deref(),
                modeled: None,
                signed_with_wrong_time: false,
            };
            answer.status != StatusCode::OK && failure.kind() != FailureKind::Client
        };
        let exchange = Exchange {
            transport: config.transport.clone(),
            clock: config.clock.clone(),
            attempt_timeout: ATTEMPT_TIMEOUT,
            attempts: ATTEMPTS,
            pause: PAUSE,
        };
        let answer = exchange.send(&self.head, &self.body, &is_retryable).await;
        answer.map_err(|source| ServiceError::NoResponse {
            operation: self.operation,
            url: origin(&self.head.uri),
            source: Box::new(source),
        })
    }

    /// Returns a successful response, or the error of an error response.
    pub(super) fn accepted(&self, answer: Answer) -> Result<Answer, ServiceError> {
        match answer.status {
            StatusCode::OK => Ok(answer),
            status => Err(ServiceError::Refused {
                operation: self.operation,
                status,
                refusal: Box::new((self.error_details)(&answer).without(self.secrets)),
            }),
        }
    }
}

/// Returns the scheme, host and port: the query may hold secrets.
fn origin(uri: &http::Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or_default();
    let authority = uri.authority().map(|authority| authority.as_str());
    format!("{scheme}://{}", authority.unwrap_or_default())
}

/// Reads the error of a JSON response: the AWS codes, or those of OAuth.
pub(super) fn json_error_details(answer: &Answer) -> ErrorDetails {
    let fields = json::object(&answer.body).unwrap_or_default();
    let text = |names: &[&'static str]| {
        let mut texts = names
            .iter()
            .filter_map(|name| json::text(&fields, name).ok()?);
        texts.next().map(str::to_owned)
    };
    let header = answer.headers.get("x-amzn-errortype");
    let header = header.and_then(|value| Some(value.to_str().ok()?.to_owned()));
    let code = header.or_else(|| text(&["__type", "code"]));
    ErrorDetails {
        // The format is `namespace#Code:http://more`.
        code: code.map(|code| {
            let code = code.split(':').next().unwrap_or_default();
            code.rsplit('#').next().unwrap_or_default().to_owned()
        }),
        oauth: text(&["error"]),
        message: text(&["message", "error_description"]),
    }
}
