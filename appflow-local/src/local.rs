//! [`AppFlowLocal`] and its [`Builder`]: the service as a library.

use crate::access_keys::AccessKeys;
use crate::clock::Clock;
use crate::entities::{SeededEntities, Seeds};
use crate::events::{Events, Receiver};
use crate::faults::Faults;
use crate::functions::Functions;
use crate::outbound::Endpoint;
use crate::request_log::{RequestLog, Sink};
use crate::runs::{Buckets, Ends, Engine, serve};
use crate::server::{Handler, Hosts, listen};
use crate::service::Service;
use crate::settings::Settings;
use crate::state::State;
use crate::store::{Store, StoreError};
use appflow_sdk::config::{Config, Credentials, Region};
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The region of clients made with [`AppFlowLocal::config`].
pub const DEFAULT_REGION: &str = "us-east-1";

/// An error from [`Builder::start`] or [`Builder::events_endpoint`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The service could not bind to the address.
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The reason.
        reason: std::io::Error,
    },
    /// The account of an access key is not valid.
    #[error("invalid account `{account}` of an access key: it must be 12 digits")]
    Account {
        /// The invalid account.
        account: String,
    },
    /// The URL for events is not valid.
    #[error("invalid events endpoint `{url}`: {reason}")]
    EventsEndpoint {
        /// The URL.
        url: String,
        /// The reason.
        reason: String,
    },
    /// The URL of a Lambda endpoint is not valid.
    #[error("invalid Lambda endpoint `{url}`: {reason}")]
    LambdaEndpoint {
        /// The URL.
        url: String,
        /// The reason.
        reason: String,
    },
    /// The folder of buckets or of sample data cannot be opened.
    #[error("{path}: {reason}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The reason.
        reason: std::io::Error,
    },
    /// The store in the data folder cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An error from [`AppFlowLocal::reset`] or [`AppFlowLocal::restore`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StateError(String);

/// Configures and starts an [`AppFlowLocal`].
#[derive(Default)]
pub struct Builder {
    address: Option<SocketAddr>,
    settings: Settings,
    keys: AccessKeys,
    data_dir: Option<PathBuf>,
    sink: Option<Sink>,
    entities: SeededEntities,
    control_hosts: Vec<String>,
    events_receiver: Option<Receiver>,
    functions: Option<Arc<Functions>>,
    buckets: Option<PathBuf>,
    sample_data: Option<PathBuf>,
}

impl Builder {
    /// Sets the address to listen on. By default, a free port of the loopback interface.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = Some(address);
        self
    }

    /// Sets durations, volumes and quotas.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Sets the access keys that are accepted.
    pub fn access_keys(mut self, keys: AccessKeys) -> Self {
        self.keys = keys;
        self
    }

    /// Sets the folder that the state is kept in. By default, the state is lost when the service ends.
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(folder.into());
        self
    }

    /// Sends an EventBridge event for each run to an `http://` or `https://` URL, with `POST`.
    ///
    /// # Errors
    ///
    /// Returns [`StartError::EventsEndpoint`] if the URL has another scheme or no host, or if the HTTP client cannot be
    /// created.
    pub fn events_endpoint(mut self, url: &str) -> Result<Self, StartError> {
        let receiver = endpoint(url).and_then(Receiver::new);
        let receiver = receiver.map_err(|reason| StartError::EventsEndpoint {
            url: url.to_owned(),
            reason,
        })?;
        self.events_receiver = Some(receiver);
        Ok(self)
    }

    /// Sets the `http://` or `https://` URL of a Lambda endpoint at which the functions of custom connectors are called, as by
    /// `Invoke` of the Lambda API. Functions describe their connectors, validate settings and credentials, list entities, and
    /// read and write the records of runs. By default, no function is called.
    ///
    /// # Errors
    ///
    /// Returns [`StartError::LambdaEndpoint`] if the URL has another scheme, a query or no host, or if the HTTP client cannot
    /// be created.
    pub fn lambda_endpoint(mut self, url: &str) -> Result<Self, StartError> {
        let functions = endpoint(url).and_then(|endpoint| Functions::new(&endpoint));
        let functions = functions.map_err(|reason| StartError::LambdaEndpoint {
            url: url.to_owned(),
            reason,
        })?;
        self.functions = Some(Arc::new(functions));
        Ok(self)
    }

    /// Sets the folder whose subfolders are S3 buckets, so that flows from S3 to S3 move data. By default, runs read and
    /// write nothing.
    pub fn buckets(mut self, folder: impl Into<PathBuf>) -> Self {
        self.buckets = Some(folder.into());
        self
    }

    /// Sets the folder with the records of sources other than S3, such as `Salesforce/Account.jsonl`. Records for
    /// destinations other than S3 are written to its subfolder `_written`.
    pub fn sample_data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.sample_data = Some(folder.into());
        self
    }

    /// Adds entities to the built-in ones that connectors list and describe.
    pub fn entities(mut self, entities: SeededEntities) -> Self {
        self.entities = entities;
        self
    }

    /// Adds a host name or address for which the control API and the status page respond. They always respond for the
    /// loopback interface and for the address that is listened on.
    pub fn control_host(mut self, name: impl Into<String>) -> Self {
        self.control_hosts.push(name.into());
        self
    }

    /// Sets a function that receives one log line for each request.
    pub fn log(mut self, sink: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.sink = Some(Box::new(sink));
        self
    }

    /// Starts the service. Call it within a tokio runtime.
    pub async fn start(mut self) -> Result<AppFlowLocal, StartError> {
        if let Some(account) = self.keys.invalid_account() {
            let account = account.to_owned();
            return Err(StartError::Account { account });
        }
        let (state, store) = match &self.data_dir {
            Some(folder) => {
                let (store, records) = Store::open(folder)?;
                let state = State::from_records(&records);
                let mut state = state.map_err(|error| store.damaged(error.to_string()))?;
                state.interrupt(|_| false);
                (state, Some(store))
            }
            None => (State::default(), None),
        };
        let loopback = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        let address = self.address.unwrap_or(loopback);
        self.control_hosts.push(address.ip().to_string());
        let failed = |reason| StartError::Listen { address, reason };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let mut service = Service::new(self.settings, state, store);
        service.seeds = Seeds::new(self.entities);
        if let Some(receiver) = self.events_receiver {
            service.events = Events::to(receiver);
        }
        let ends = Ends {
            buckets: open(self.buckets)?,
            sample_data: open(self.sample_data)?,
            functions: self.functions.clone(),
        };
        service.functions = self.functions;
        let launches = if ends.is_empty() {
            None
        } else {
            let engine = Engine::new(ends).map_err(|reason| StartError::Folder {
                path: std::env::temp_dir(),
                reason,
            })?;
            let (engine, launches) = engine;
            service.engine = Some(engine);
            Some(launches)
        };
        let service = Arc::new(service);
        if let Some(launches) = launches {
            tokio::spawn(serve(Arc::downgrade(&service), launches));
        }
        let hosts = Hosts {
            others: self.control_hosts,
        };
        let handler = Handler::new(service, self.keys, RequestLog::new(self.sink), hosts);
        let handler = Arc::new(handler);
        let (stop, stopped) = watch::channel(false);
        let server = tokio::spawn(listen(listener, handler.clone(), stopped));
        Ok(AppFlowLocal {
            address,
            handler,
            stop,
            server,
        })
    }
}

/// Parses the URL of an endpoint; the error is the reason alone.
fn endpoint(url: &str) -> Result<Endpoint, String> {
    Endpoint::parse(url)
        .ok_or_else(|| "it must be an http:// or https:// URL with a host".to_owned())
}

/// Opens the folder of buckets.
fn open(folder: Option<PathBuf>) -> Result<Option<Arc<Buckets>>, StartError> {
    let Some(path) = folder else { return Ok(None) };
    match Buckets::open(&path) {
        Ok(buckets) => Ok(Some(Arc::new(buckets))),
        Err(reason) => Err(StartError::Folder { path, reason }),
    }
}

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
