//! [`AppFlowLocal`]: the service as a library.

use crate::builder::{Builder, StartError};
use crate::clock::Clock;
use crate::faults::Faults;
use crate::server::{Handler, listen};
use appflow_sdk::config::{Config, Credentials, Region};
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The region of clients made with [`AppFlowLocal::config`].
pub const DEFAULT_REGION: &str = "us-east-1";

/// An error from [`AppFlowLocal::reset`] or [`AppFlowLocal::restore`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StateError(String);

/// A running AppFlow.
///
/// It stops when it is dropped. To let requests in progress finish first, call [`shutdown`](Self::shutdown).
#[derive(Debug)]
pub struct AppFlowLocal {
    address: SocketAddr,
    handler: Arc<Handler>,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl AppFlowLocal {
    /// Starts an empty service on a free port of the loopback interface.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Serves requests at an address.
    pub(crate) fn serve(address: SocketAddr, listener: TcpListener, handler: Arc<Handler>) -> Self {
        let (stop, stopped) = watch::channel(false);
        let server = tokio::spawn(listen(listener, handler.clone(), stopped));
        Self {
            address,
            handler,
            stop,
            server,
        }
    }

    /// Returns a builder to configure the service.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the endpoint URL for SDKs on this machine.
    pub fn endpoint_url(&self) -> String {
        let mut address = self.address;
        // The unspecified address is not one to connect to.
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("http://{address}")
    }

    /// Returns a client configuration for it, with the default access key and region.
    pub fn config(&self) -> Config {
        Config::builder()
            .region(Region::new(DEFAULT_REGION))
            .credentials_provider(Credentials::new(
                "test",
                "test",
                None,
                None,
                "appflow-local",
            ))
            .endpoint_url(self.endpoint_url())
            .build()
    }

    /// Returns a client for it, with the default access key and region.
    pub fn client(&self) -> appflow_sdk::Client {
        appflow_sdk::Client::from_conf(self.config())
    }

    /// Returns the clock of the service.
    pub fn clock(&self) -> &Clock {
        &self.handler.service.clock
    }

    /// Returns the faults to inject.
    pub fn faults(&self) -> &Faults {
        &self.handler.service.faults
    }

    /// Removes all state and faults, and resets the clock.
    pub async fn reset(&self) -> Result<(), StateError> {
        self.handler.reset().await.map_err(StateError)
    }

    /// Returns a snapshot of all state, to pass to [`restore`](Self::restore). It contains no secrets.
    pub fn snapshot(&self) -> Value {
        self.handler.snapshot()
    }

    /// Replaces all state with a snapshot.
    pub async fn restore(&self, snapshot: Value) -> Result<(), StateError> {
        self.handler.restore(snapshot).await.map_err(StateError)
    }

    /// Stops the service after the requests in progress have finished.
    pub async fn shutdown(mut self) {
        let _ = self.stop.send(true);
        // A server that panicked has stopped too.
        let _ = (&mut self.server).await;
        if let Some(engine) = &self.handler.service.engine {
            engine.end_all().await;
        }
    }
}

impl Drop for AppFlowLocal {
    fn drop(&mut self) {
        self.server.abort();
        if let Some(engine) = &self.handler.service.engine {
            engine.abandon_all();
        }
    }
}
