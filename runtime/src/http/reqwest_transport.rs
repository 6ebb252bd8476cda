//! The default [`Transport`]: reqwest over HTTP/1.1, TLS by rustls on ring, trust from the platform or a CA bundle.

use crate::http::without_user;
use crate::http::{
    Body, BoxError, BoxFuture, Request, Response, Transport, TransportError, TransportErrorKind,
    tls,
};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long connecting may take when nothing else is said: 3.1 seconds, which outlasts one lost SYN packet.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);
/// Idle connections are given up before common servers and NAT gateways drop them in silence.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// Sends requests with reqwest.
///
/// Redirects are not followed and nothing is retried here: both are the caller's to decide. Proxies come from
/// `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` unless [`ReqwestTransportBuilder::proxy`] names one or
/// [`ReqwestTransportBuilder::no_proxy`] rules them out.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

/// Settings of a [`ReqwestTransport`].
#[derive(Debug, Clone)]
pub struct ReqwestTransportBuilder {
    connect_timeout: Option<Duration>,
    ca_bundle: Option<PathBuf>,
    proxy: Option<String>,
    no_proxy: bool,
}

impl Default for ReqwestTransportBuilder {
    fn default() -> Self {
        Self {
            connect_timeout: Some(CONNECT_TIMEOUT),
            ca_bundle: None,
            proxy: None,
            no_proxy: false,
        }
    }
}

impl ReqwestTransport {
    /// Starts from the defaults.
    pub fn builder() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder::default()
    }

    /// Wraps a client that was built elsewhere. It should not follow redirects, and should not retry.
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl ReqwestTransportBuilder {
    /// How long connecting may take, TLS included; 3.1 seconds by default, and no limit with `None`.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = timeout.into();
        self
    }

    /// Trusts the certificates in this PEM file, and no others.
    pub fn ca_bundle(mut self, path: impl AsRef<Path>) -> Self {
        self.ca_bundle = Some(path.as_ref().to_owned());
        self
    }

    /// Sends everything through this proxy, whatever the environment says.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Uses no proxy, whatever the environment says: a metadata service answers only to the machine it serves.
    pub fn no_proxy(mut self) -> Self {
        self.no_proxy = true;
        self
    }

    /// Builds the transport. Fails when the CA bundle cannot be read or the proxy is no URL.
    pub fn build(self) -> Result<ReqwestTransport, TransportError> {
        let tls = tls::client_config(self.ca_bundle.as_deref()).map_err(unusable)?;
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .http1_only()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .pool_idle_timeout(POOL_IDLE_TIMEOUT)
            .tcp_nodelay(true);
        if let Some(limit) = self.connect_timeout {
            builder = builder.connect_timeout(limit);
        }
        if self.no_proxy {
            builder = builder.no_proxy();
        } else if let Some(url) = self.proxy {
            let proxy = reqwest::Proxy::all(&url)
                .map_err(|error| unusable(format!("proxy {}: {error}", without_user(&url))))?;
            builder = builder.proxy(proxy);
        }
        Ok(ReqwestTransport {
            client: builder.build().map_err(unusable)?,
        })
    }
}

fn unusable(source: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Request, source)
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let client = self.client.clone();
        Box::pin(async move {
            let request = request.map(into_reqwest_body);
            let request = reqwest::Request::try_from(request).map_err(unusable)?;
            let response = client.execute(request).await.map_err(classify)?;
            Ok(http::Response::<reqwest::Body>::from(response).map(Body::from_stream))
        })
    }
}

fn into_reqwest_body(body: Body) -> reqwest::Body {
    match body.bytes() {
        Some(bytes) => bytes.into(),
        None => reqwest::Body::wrap(SyncBody(std::sync::Mutex::new(body))),
    }
}

/// reqwest asks for a body that is `Sync`; a lock that only one owner ever takes makes it one.
struct SyncBody(std::sync::Mutex<Body>);

impl http_body::Body for SyncBody {
    type Data = bytes::Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, BoxError>>> {
        let body = self
            .0
            .get_mut()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        std::pin::Pin::new(body).poll_frame(context)
    }

    /// A length that is known goes into a header.
    fn size_hint(&self) -> http_body::SizeHint {
        let body = self.0.lock();
        body.unwrap_or_else(std::sync::PoisonError::into_inner)
            .size_hint()
    }
}

fn classify(error: reqwest::Error) -> TransportError {
    let kind = match () {
        () if error.is_connect() && error.is_timeout() => TransportErrorKind::ConnectTimeout,
        () if error.is_connect() => TransportErrorKind::Connect,
        () if error.is_builder() => TransportErrorKind::Request,
        () if error.is_request() || error.is_body() || error.is_decode() => TransportErrorKind::Io,
        () => TransportErrorKind::Other,
    };
    // The URL is in the caller's error already, and may hold what should not be logged.
    TransportError::new(kind, error.without_url())
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}
