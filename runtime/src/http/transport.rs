//! [`Transport`]: sends requests and returns responses, so that tests can replace the network.

use crate::http::debug_error::debug_error;
use crate::http::{Request, Response};
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// A boxed error that can be sent between threads.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A transport that is shared by clients.
pub type SharedTransport = Arc<dyn Transport>;

/// A transport, which sends a request to its server and returns the response.
///
/// The default is [`ReqwestTransport`](crate::http::ReqwestTransport). An implementation does not retry and does not
/// follow redirects. The caller applies the timeouts of an attempt and of the whole call; the transport applies the
/// connect timeout.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends the request. The future is ready when the status and headers of the response have been received.
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>>;
}

/// The kind of a [`TransportError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was established: the connection was refused, the host is unknown, or TLS failed.
    Connect,
    /// No connection was established in time.
    ConnectTimeout,
    /// The proxy requires a user name and password, or rejected those that it got, so a retry cannot succeed.
    ProxyAuthentication,
    /// The connection was closed or reset before the response was complete.
    Io,
    /// The request cannot be sent, so a retry cannot succeed.
    Request,
    /// A test transport did not expect the request.
    Unexpected,
    /// Anything else.
    Other,
}

/// The error type of a request without a response.
pub struct TransportError {
    kind: TransportErrorKind,
    /// The route of the request.
    route: Option<String>,
    source: BoxError,
}

impl TransportError {
    /// Creates an error of the given kind, with its cause.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            route: None,
            source: source.into(),
        }
    }

    /// Sets the route of the request: scheme, host and port, and the proxy.
    pub fn with_route(mut self, route: impl Into<String>) -> Self {
        self.route = Some(route.into());
        self
    }

    /// Returns the route of the request, if the transport sets it: scheme, host and port, and the proxy.
    pub fn route(&self) -> Option<&str> {
        self.route.as_deref()
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns the texts of all causes on one line, because the last cause usually is the most helpful.
    pub(crate) fn causes(&self) -> String {
        let mut texts: Vec<String> = Vec::new();
        let mut cause: Option<&dyn Error> = Some(self.source.as_ref());
        while let Some(error) = cause {
            let text = error.to_string();
            if !texts.last().is_some_and(|last| last.contains(&text)) {
                texts.push(text);
            }
            cause = error.source();
        }
        texts.join(": ")
    }

    /// Returns whether another attempt may succeed.
    pub fn is_retryable(&self) -> bool {
        !matches!(
            self.kind,
            TransportErrorKind::ProxyAuthentication
                | TransportErrorKind::Request
                | TransportErrorKind::Unexpected
        )
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = match self.kind {
            TransportErrorKind::Connect | TransportErrorKind::ProxyAuthentication => {
                ("no connection", "")
            }
            TransportErrorKind::ConnectTimeout => ("no connection", " in time"),
            TransportErrorKind::Io => ("the connection", " broke"),
            TransportErrorKind::Request => ("the request", " cannot be sent"),
            TransportErrorKind::Unexpected => ("the request", " was not expected"),
            TransportErrorKind::Other => ("the request", " failed"),
        };
        let to = if self.route.is_some() { " to " } else { "" };
        let route = self.route.as_deref().unwrap_or_default();
        write!(f, "{before}{to}{route}{after}: {}", self.causes())
    }
}

debug_error!(TransportError { kind, source });

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}
