//! The transport of a client, which is built for the first request.

use crate::aws::ConfigurationError;
use crate::client::config::Config;
use crate::http::once::get_or_try_init;
use crate::http::{
    self, BoxFuture, Request, Response, SharedTransport, Transport, TransportError,
    TransportErrorKind, TransportSettings,
};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// The transport of the requests of a client and of its credential providers. Clones share it.
#[derive(Clone)]
pub(crate) struct ClientTransport {
    config: Config,
    built: Arc<OnceLock<SharedTransport>>,
}

impl ClientTransport {
    /// Creates the transport of these settings.
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            built: Arc::default(),
        }
    }

    /// Returns the transport, and builds it for the first request. If that fails, the next request tries again: the
    /// file of a CA bundle may be there then.
    pub(crate) fn get(&self) -> Result<&SharedTransport, ConfigurationError> {
        get_or_try_init(&self.built, || build(&self.config))
    }
}

fn build(config: &Config) -> Result<SharedTransport, ConfigurationError> {
    let settings = &config.settings;
    if let Some(transport) = &settings.transport {
        return Ok(transport.clone());
    }
    let mut transport = TransportSettings {
        connect_timeout: settings.timeouts.connect,
        ca_bundle: settings.ca_bundle.clone(),
        proxy: settings.proxy.clone(),
        ..TransportSettings::default()
    };
    if !settings.environment.is_process() {
        let environment = settings.environment.clone();
        transport = transport.variables(move |name| environment.get(name));
    }
    http::transport(settings.http_client, transport)
        .map_err(|error| ConfigurationError::new(error.causes()))
}

impl Transport for ClientTransport {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        match self.get() {
            Ok(transport) => transport.send(request),
            Err(error) => {
                let error = TransportError::new(TransportErrorKind::Request, error);
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }
}

impl fmt::Debug for ClientTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientTransport")
    }
}
