//! [`Connector`]: connects to hosts and proxies.

use crate::http::hyper_transport::link::{Io, Link};
use crate::http::hyper_transport::race::{in_turn, race};
use crate::http::hyper_transport::target::Target;
use crate::http::hyper_transport::tunnel::tunnel;
use crate::http::url::Url;
use rustls::ClientConfig;
use rustls::pki_types::{IpAddr, ServerName};
use socket2::{SockRef, TcpKeepalive};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;

/// The idle time before the first TCP keepalive probe, and the interval between probes.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// Creates connections.
pub(super) struct Connector {
    tls: Arc<ClientConfig>,
    timeout: Option<Duration>,
}

/// The error type of connecting.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConnectError {
    #[error("timed out after {0:?}")]
    Timeout(Duration),
    #[error("host lookup failed")]
    Lookup(#[source] io::Error),
    #[error("the host has no addresses")]
    NoAddress,
    #[error("{address}")]
    Tcp {
        address: SocketAddr,
        #[source]
        error: io::Error,
    },
    #[error("invalid host")]
    Host,
    #[error("TLS handshake failed")]
    Tls(#[source] io::Error),
    #[error("connection to the proxy lost")]
    Proxy(#[source] io::Error),
    #[error("the proxy did not respond with HTTP")]
    NotHttp,
    #[error("the proxy requires a valid user name and password in its URL: status 407")]
    ProxyAuthentication,
    #[error("the proxy refused the tunnel: status {0}")]
    Refused(u16),
    #[error(transparent)]
    Http(#[from] hyper::Error),
}

impl ConnectError {
    /// Returns whether this machine has no route to the address.
    fn is_unreachable(&self) -> bool {
        use io::ErrorKind::{AddrNotAvailable, HostUnreachable, NetworkDown, NetworkUnreachable};
        let Self::Tcp { error, .. } = self else {
            return false;
        };
        matches!(
            error.kind(),
            AddrNotAvailable | HostUnreachable | NetworkDown | NetworkUnreachable
        )
    }
}

impl Connector {
    /// Creates a connector with TLS settings and a timeout.
    pub(super) fn new(tls: ClientConfig, timeout: Option<Duration>) -> Self {
        Self {
            tls: Arc::new(tls),
            timeout,
        }
    }

    /// Connects for a request.
    pub(super) async fn connect(&self, target: &Target<'_>) -> Result<Link, ConnectError> {
        let Some(limit) = self.timeout else {
            return self.connect_without_limit(target).await;
        };
        let connecting = tokio::time::timeout(limit, self.connect_without_limit(target));
        connecting
            .await
            .unwrap_or(Err(ConnectError::Timeout(limit)))
    }

    async fn connect_without_limit(&self, target: &Target<'_>) -> Result<Link, ConnectError> {
        let io = match target.proxy {
            None => self.stream(&target.url).await?,
            Some(proxy) if target.is_forward() => self.stream(proxy.url()).await?,
            Some(proxy) => {
                let mut io = self.stream(proxy.url()).await?;
                tunnel(io.as_mut(), proxy, &target.url).await?;
                self.with_tls(io, &target.url).await?
            }
        };
        Ok(Link::new(io).await?)
    }

    /// Connects to the host of a URL, with TLS if the scheme is `https`.
    async fn stream(&self, url: &Url) -> Result<Box<dyn Io>, ConnectError> {
        let tcp = tcp(url).await?;
        match url.scheme() {
            "https" => self.with_tls(tcp, url).await,
            _ => Ok(Box::new(tcp)),
        }
    }

    async fn with_tls(
        &self,
        io: impl Io + 'static,
        url: &Url,
    ) -> Result<Box<dyn Io>, ConnectError> {
        let connecting = TlsConnector::from(self.tls.clone()).connect(server_name(url)?, io);
        let stream = connecting.await.map_err(ConnectError::Tls)?;
        Ok(Box::new(stream))
    }
}

/// Returns the host of a URL, without the brackets of an IPv6 address.
fn host(url: &Url) -> &str {
    url.host().trim_matches(['[', ']'])
}

fn server_name(url: &Url) -> Result<ServerName<'static>, ConnectError> {
    if let Ok(address) = host(url).parse::<std::net::IpAddr>() {
        return Ok(ServerName::IpAddress(IpAddr::from(address)));
    }
    ServerName::try_from(host(url).to_owned()).map_err(|_| ConnectError::Host)
}

async fn tcp(url: &Url) -> Result<TcpStream, ConnectError> {
    let port = url.port();
    if let Ok(address) = host(url).parse::<std::net::IpAddr>() {
        return tcp_to(SocketAddr::new(address, port)).await;
    }
    let addresses = lookup_host((host(url), port)).await;
    let addresses = in_turn(addresses.map_err(ConnectError::Lookup)?);
    race(addresses, tcp_to).await.map_err(most_telling)
}

/// Returns the error to report if all addresses failed: the first one that is about the server. Most machines cannot
/// reach the addresses of one family at all.
fn most_telling(errors: Vec<ConnectError>) -> ConnectError {
    let telling = errors.iter().position(|error| !error.is_unreachable());
    let mut errors = errors.into_iter();
    errors
        .nth(telling.unwrap_or_default())
        .unwrap_or(ConnectError::NoAddress)
}

async fn tcp_to(address: SocketAddr) -> Result<TcpStream, ConnectError> {
    let connected = TcpStream::connect(address).await;
    connected
        .map(tuned)
        .map_err(|error| ConnectError::Tcp { address, error })
}

/// Sets the options of a connection. It works without them, and some systems and sandboxes refuse to set them.
fn tuned(stream: TcpStream) -> TcpStream {
    let keepalive = TcpKeepalive::new()
        .with_time(KEEPALIVE)
        .with_interval(KEEPALIVE);
    for (option, set) in [
        ("nodelay", stream.set_nodelay(true)),
        (
            "keepalive",
            SockRef::from(&stream).set_tcp_keepalive(&keepalive),
        ),
    ] {
        if let Err(error) = set {
            tracing::debug!(option, %error, "the option of a connection cannot be set");
        }
    }
    stream
}

#[cfg(test)]
mod tests;
