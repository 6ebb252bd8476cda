//! [`Transport`]: a request in, the head of a response out. What sends bytes is behind it, so that tests need no network.

use crate::http::debug_error::debug_error;
use crate::http::{Request, Response};
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Any error that can cross threads.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A transport that clients share.
pub type SharedTransport = Arc<dyn Transport>;

/// Carries one request to its server and brings back the head of the response.
///
/// The default is [`ReqwestTransport`](crate::http::ReqwestTransport). An implementation does not retry and does not
/// follow redirects; time limits per attempt and for the whole call are kept by the caller, the time limit for
/// connecting by the transport.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends the request and resolves when the status and headers of the response are here.
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>>;
}

/// What kind of trouble kept a transport from bringing a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about: refused, unknown host, TLS.
    Connect,
    /// No connection came about in time.
    ConnectTimeout,
    /// The connection ended, or was reset, before the response was complete.
    Io,
    /// The request cannot be sent as it is, so that sending it again is useless.
    Request,
    /// A transport made for tests did not expect the request.
    Unexpected,
    /// Anything else.
    Other,
}

/// No response came.
pub struct TransportError {
    kind: TransportErrorKind,
    /// Where the request went.
    route: Option<String>,
    source: BoxError,
}

impl TransportError {
    /// An error of the given kind, with its cause.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            route: None,
            source: source.into(),
        }
    }

    /// Says where the request went: scheme, host and port, and by which proxy.
    pub fn with_route(mut self, route: impl Into<String>) -> Self {
        self.route = Some(route.into());
        self
    }

    /// Where the request went, where the transport says so: scheme, host and port, and by which proxy.
    pub fn route(&self) -> Option<&str> {
        self.route.as_deref()
    }

    /// What kind of trouble it was.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether another attempt may succeed.
    pub fn is_retryable(&self) -> bool {
        !matches!(
            self.kind,
            TransportErrorKind::Request | TransportErrorKind::Unexpected
        )
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = match self.kind {
            TransportErrorKind::Connect => ("no connection", ""),
            TransportErrorKind::ConnectTimeout => ("no connection", " in time"),
            TransportErrorKind::Io => ("the connection", " broke"),
            TransportErrorKind::Request => ("the request", " cannot be sent"),
            TransportErrorKind::Unexpected => ("the request", " was not expected"),
            TransportErrorKind::Other => ("the request", " failed"),
        };
        let to = if self.route.is_some() { " to " } else { "" };
        let route = self.route.as_deref().unwrap_or_default();
        write!(f, "{before}{to}{route}{after}")?;
        // The whole chain in one line: the last link usually is the one that helps.
        let mut cause: Option<&dyn Error> = Some(self.source.as_ref());
        let mut last = String::new();
        while let Some(error) = cause {
            let text = error.to_string();
            if !last.contains(&text) {
                write!(f, ": {text}")?;
                last = text;
            }
            cause = error.source();
        }
        Ok(())
    }
}

debug_error!(TransportError { kind, source });

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}
