//! [`ClientTransport`]: settings in; what carries requests, built once, when the first is to be carried, out.

use crate::aws::ConfigurationError;
use crate::client::config::Config;
use crate::http::{
    BoxFuture, Request, ReqwestTransport, Response, SharedTransport, Transport, TransportError,
    TransportErrorKind,
};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// What carries a client's requests, and those of the providers that it asks for credentials. Clones share it.
#[derive(Clone)]
pub(crate) struct ClientTransport {
    config: Config,
    built: Arc<OnceLock<Result<SharedTransport, ConfigurationError>>>,
}

impl ClientTransport {
    /// What these settings say.
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            built: Arc::default(),
        }
    }

    /// The transport itself.
    pub(crate) fn get(&self) -> Result<&SharedTransport, ConfigurationError> {
        let built = self.built.get_or_init(|| build(&self.config));
        built.as_ref().map_err(Clone::clone)
    }
}

fn build(config: &Config) -> Result<SharedTransport, ConfigurationError> {
    let settings = &config.settings;
    if let Some(transport) = &settings.transport {
        return Ok(transport.clone());
    }
    let mut builder = ReqwestTransport::builder().connect_timeout(settings.timeouts.connect);
    if !settings.environment.is_process() {
        let environment = settings.environment.clone();
        builder = builder.variables(move |name| environment.get(name));
    }
    if let Some(path) = &settings.ca_bundle {
        builder = builder.ca_bundle(path);
    }
    if let Some(url) = &settings.proxy {
        builder = builder.proxy(url.as_str());
    }
    let transport = builder
        .build()
        .map_err(|error: TransportError| ConfigurationError::new(error.to_string()))?;
    Ok(Arc::new(transport))
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
