//! The [`Transport`] on reqwest: HTTP/1.1, TLS by rustls on ring, and trust from the platform or a CA bundle.

use crate::http::proxy::Proxies;
use crate::http::sent_urls::{SentUrl, SentUrls};
use crate::http::transport_settings::{POOL_IDLE_TIMEOUT, TransportSettings, transport_setters};
use crate::http::url::Url;
use crate::http::{
    Body, BoxError, BoxFuture, Request, Response, Transport, TransportError, TransportErrorKind,
    tls,
};
use http::header::CONTENT_LENGTH;
use http_body::Body as _;
use std::fmt;
use std::future::ready;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A transport that sends requests with reqwest.
///
/// It does not follow redirects and does not retry: the caller decides on both. Proxies come from `HTTPS_PROXY`,
/// `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` unless [`ReqwestTransportBuilder::proxy`] sets one or
/// [`ReqwestTransportBuilder::no_proxy`] disables them.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// The proxies, for messages; the client has its own copy.
    proxies: Arc<Proxies>,
    urls: Arc<SentUrls>,
}

/// The settings of a [`ReqwestTransport`].
#[derive(Clone, Default)]
pub struct ReqwestTransportBuilder {
    settings: TransportSettings,
}

transport_setters!(ReqwestTransportBuilder);

impl ReqwestTransport {
    /// Returns a builder with the default settings.
    pub fn builder() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder::default()
    }

    pub(crate) fn from_settings(settings: TransportSettings) -> Result<Self, TransportError> {
        let tls = tls::client_config(settings.ca_bundle.as_ref()).map_err(unusable)?;
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .http1_only()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .pool_idle_timeout(POOL_IDLE_TIMEOUT)
            .tcp_nodelay(true);
        if let Some(limit) = settings.connect_timeout {
            builder = builder.connect_timeout(limit);
        }
        let proxies = settings.proxies().map_err(unusable)?;
        // macOS and Windows have system settings, which apply if no variable is set.
        let has_system_settings = cfg!(any(target_os = "macos", windows));
        if !proxies.is_empty() {
            builder = builder.proxy(proxies.clone().into_reqwest());
        } else if settings.no_proxy || settings.variables.is_some() || !has_system_settings {
            builder = builder.no_proxy();
        }
        Ok(Self {
            client: builder.build().map_err(unusable)?,
            proxies: Arc::new(proxies),
            urls: Arc::default(),
        })
    }

    /// Wraps an existing client. It should not follow redirects, and should not retry.
    pub fn from_client(client: reqwest::Client) -> Self {
        Self {
            client,
            proxies: Arc::default(),
            urls: Arc::default(),
        }
    }
}

impl ReqwestTransportBuilder {
    /// Builds the transport.
    ///
    /// # Errors
    ///
    /// Returns an error if the CA bundle cannot be read, or if a proxy that requests would use is invalid, whether it was
    /// set or comes from a variable.
    pub fn build(self) -> Result<ReqwestTransport, TransportError> {
        ReqwestTransport::from_settings(self.settings)
    }
}

fn unusable(source: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Request, source)
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let Sendable {
            request,
            url,
            is_taken,
        } = match into_reqwest(request, &self.urls) {
            Ok(sendable) => sendable,
            Err(error) => return Box::pin(ready(Err(error))),
        };
        let proxies = self.proxies.clone();
        // The future has no request in it: reqwest has its own on the heap.
        let sent = self.client.execute(request);
        Box::pin(async move {
            let response = sent.await.map_err(classify);
            let response = response.and_then(|response| with_whole_request(response, is_taken));
            let response = response.map_err(|error| error.with_route(proxies.route(&url)))?;
            Ok(http::Response::<reqwest::Body>::from(response).map(Body::from_stream))
        })
    }
}

/// A request for reqwest.
struct Sendable {
    request: reqwest::Request,
    url: Url,
    /// `true` once the connection has asked for the body; `None` if the length of the body is known.
    is_taken: Option<Arc<AtomicBool>>,
}

/// Converts a request for reqwest.
fn into_reqwest(request: Request, urls: &SentUrls) -> Result<Sendable, TransportError> {
    let (head, body) = request.into_parts();
    let SentUrl { url, parsed } = urls.get(head.uri)?;
    let has_length =
        head.headers.contains_key(CONTENT_LENGTH) || body.size_hint().exact().is_some();
    let (body, is_taken) = into_reqwest_body(body);
    let mut request = reqwest::Request::new(head.method, parsed);
    *request.headers_mut() = head.headers;
    *request.body_mut() = Some(body);
    Ok(Sendable {
        request,
        url,
        is_taken: is_taken.filter(|_| !has_length),
    })
}

/// Converts a body for reqwest. The flag of a stream is set when the connection asks for its first bytes.
fn into_reqwest_body(body: Body) -> (reqwest::Body, Option<Arc<AtomicBool>>) {
    if let Some(bytes) = body.bytes() {
        return (bytes.into(), None);
    }
    let is_taken = Arc::<AtomicBool>::default();
    let body = SyncBody {
        body: Mutex::new(body),
        is_taken: is_taken.clone(),
    };
    (reqwest::Body::wrap(body), Some(is_taken))
}

/// Returns the response unless the body of the request was dropped. After an HTTP/1.0 response, hyper sends requests as
/// HTTP/1.0 on the same connection, and drops a body of unknown length without an error.
fn with_whole_request(
    response: reqwest::Response,
    is_taken: Option<Arc<AtomicBool>>,
) -> Result<reqwest::Response, TransportError> {
    let is_dropped = is_taken.is_some_and(|taken| !taken.load(Ordering::Relaxed));
    if is_dropped && response.version() < http::Version::HTTP_11 {
        return Err(unusable(
            "the body was not sent: the server uses HTTP/1.0, which requires the length of a body: set content-length",
        ));
    }
    Ok(response)
}

/// A `Sync` wrapper, which reqwest requires of a body. The lock only ever has one owner.
struct SyncBody {
    body: Mutex<Body>,
    is_taken: Arc<AtomicBool>,
}

impl http_body::Body for SyncBody {
    type Data = bytes::Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, BoxError>>> {
        self.is_taken.store(true, Ordering::Relaxed);
        let body = self.body.get_mut().unwrap_or_else(PoisonError::into_inner);
        std::pin::Pin::new(body).poll_frame(context)
    }

    /// Returns the size hint of the body: reqwest sends an exact length as a header.
    fn size_hint(&self) -> http_body::SizeHint {
        let body = self.body.lock();
        body.unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}

/// Returns whether the proxy answered the request for a tunnel with status 407. The type of this error is private to
/// hyper-util, so only its text tells it apart.
fn is_proxy_authentication(error: &reqwest::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if error.to_string() == "tunnel error: proxy authorization required" {
            return true;
        }
        cause = error.source();
    }
    false
}

fn classify(error: reqwest::Error) -> TransportError {
    let kind = match () {
        () if error.is_connect() && error.is_timeout() => TransportErrorKind::ConnectTimeout,
        () if error.is_connect() && is_proxy_authentication(&error) => {
            TransportErrorKind::ProxyAuthentication
        }
        () if error.is_connect() => TransportErrorKind::Connect,
        () if error.is_builder() => TransportErrorKind::Request,
        () if error.is_request() || error.is_body() || error.is_decode() => TransportErrorKind::Io,
        () => TransportErrorKind::Other,
    };
    // The error of the caller contains the URL already, and the URL may contain values that must not be logged.
    TransportError::new(kind, error.without_url())
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}
