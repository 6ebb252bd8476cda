//! The [`Transport`] on hyper: HTTP/1.1, TLS by rustls on ring, and this crate's own connection pool and proxy support.
//!
//! The future of a request drives the connection that it uses, and then the body of its response does. No task is
//! spawned for a connection: dropping a request closes its connection and affects no other.

mod connect;
mod link;
mod pool;
mod race;
mod received;
mod target;
mod tunnel;

use crate::http::proxy::Proxies;
use crate::http::transport_settings::{POOL_IDLE_TIMEOUT, TransportSettings, transport_setters};
use crate::http::{
    Body, BoxError, BoxFuture, Request, Response, Transport, TransportError, TransportErrorKind,
    tls,
};
use connect::{ConnectError, Connector};
use http::Version;
use link::{Link, SendError};
use pool::Pool;
use received::Received;
use std::fmt;
use std::sync::Arc;
use target::Target;

/// The default maximum number of idle connections for each host.
const MAX_IDLE_PER_HOST: usize = 100;

/// A transport that sends requests with hyper.
///
/// It does not follow redirects, and does not retry a request that a server may have received. Proxies come from
/// `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` unless [`HyperTransportBuilder::proxy`] sets one or
/// [`HyperTransportBuilder::no_proxy`] disables them. The system settings of macOS and Windows are not read.
#[derive(Clone)]
pub struct HyperTransport {
    shared: Arc<Shared>,
}

/// The settings of a [`HyperTransport`].
#[derive(Clone)]
pub struct HyperTransportBuilder {
    settings: TransportSettings,
    max_idle_per_host: usize,
}

transport_setters!(HyperTransportBuilder);

struct Shared {
    proxies: Proxies,
    connector: Connector,
    pool: Arc<Pool>,
}

impl HyperTransport {
    /// Returns a builder with the default settings.
    pub fn builder() -> HyperTransportBuilder {
        HyperTransportBuilder {
            settings: TransportSettings::default(),
            max_idle_per_host: MAX_IDLE_PER_HOST,
        }
    }

    pub(crate) fn from_settings(settings: TransportSettings) -> Result<Self, TransportError> {
        HyperTransportBuilder {
            settings,
            ..Self::builder()
        }
        .build()
    }
}

impl HyperTransportBuilder {
    /// Sets the maximum number of idle connections for each host. The default is 100. The number of connections in use
    /// is not limited.
    pub fn max_idle_per_host(mut self, limit: usize) -> Self {
        self.max_idle_per_host = limit;
        self
    }

    /// Builds the transport.
    ///
    /// # Errors
    ///
    /// Returns an error if the CA bundle cannot be read, or if a proxy that requests would use is invalid, whether it was
    /// set or comes from a variable.
    pub fn build(self) -> Result<HyperTransport, TransportError> {
        let settings = self.settings;
        let mut tls = tls::client_config(settings.ca_bundle.as_ref()).map_err(unusable)?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let shared = Shared {
            proxies: settings.proxies().map_err(unusable)?,
            connector: Connector::new(tls, settings.connect_timeout),
            pool: Pool::new(POOL_IDLE_TIMEOUT, self.max_idle_per_host),
        };
        Ok(HyperTransport {
            shared: Arc::new(shared),
        })
    }
}

fn unusable(source: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Request, source)
}

impl Transport for HyperTransport {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        Box::pin(self.shared.clone().send(Box::new(request)))
    }
}

impl Shared {
    /// Sends the request. It is on the heap, so that the futures that pass it on stay small.
    async fn send(self: Arc<Self>, mut request: Box<Request>) -> Result<Response, TransportError> {
        let target = Target::of(&mut request, &self.proxies).map_err(unusable)?;
        let sent = self.send_to(&target, request).await;
        sent.map_err(|error| classify(error).with_route(self.proxies.route(&target.url)))
    }

    /// Sends the request over an idle connection, or over a new one if there is none.
    async fn send_to(
        &self,
        target: &Target<'_>,
        mut request: Box<Request>,
    ) -> Result<Response, Failure> {
        loop {
            let idle = self.pool.take(&target.key);
            let is_reused = idle.is_some();
            let link = match idle {
                Some(link) => link,
                // Most requests need no new connection, so its future has no place in theirs.
                None => Box::pin(self.connector.connect(target)).await?,
            };
            match link.send(request).await {
                Ok((response, link)) => return Ok(self.received(target, response, link)),
                // The server closed the connection before it received any of the request, which is unchanged.
                Err(SendError::Untaken(untaken, _)) if is_reused => request = untaken,
                Err(SendError::Untaken(_, error) | SendError::Broken(error)) => {
                    return Err(Failure::Exchange(error));
                }
            }
        }
    }

    /// Returns the response with a body that returns the connection to the pool at its end, if it can be used again.
    fn received(
        &self,
        target: &Target<'_>,
        response: http::Response<hyper::body::Incoming>,
        link: Option<Link>,
    ) -> Response {
        // After an HTTP/1.0 response, hyper sends requests as HTTP/1.0 on this connection, and drops a body of unknown
        // length without an error.
        let can_chunk = response.version() >= Version::HTTP_11;
        let home = can_chunk.then(|| (self.pool.clone(), target.key.clone()));
        response.map(|body| Body::from_stream(Received::new(body, link, home)))
    }
}

/// The reason why a request has no response.
enum Failure {
    Connect(ConnectError),
    Exchange(hyper::Error),
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        Self::Connect(error)
    }
}

fn classify(failure: Failure) -> TransportError {
    match failure {
        Failure::Connect(error) => {
            let kind = match error {
                ConnectError::Timeout(_) => TransportErrorKind::ConnectTimeout,
                ConnectError::ProxyAuthentication => TransportErrorKind::ProxyAuthentication,
                _ => TransportErrorKind::Connect,
            };
            TransportError::new(kind, error)
        }
        // The request cannot be written as HTTP. A body that failed is not such a request.
        Failure::Exchange(error) if error.is_user() && !error.is_body_write_aborted() => {
            let is_body = std::error::Error::source(&error).is_some();
            let kind = match is_body {
                true => TransportErrorKind::Io,
                false => TransportErrorKind::Request,
            };
            TransportError::new(kind, error)
        }
        Failure::Exchange(error) => TransportError::new(TransportErrorKind::Io, error),
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HyperTransport")
    }
}

#[cfg(test)]
mod tests;
