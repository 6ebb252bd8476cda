//! [`AppFlowLocal`]: a running service, as a library.

use crate::clock::Clock;
use crate::entities::{SeededEntities, Seeds};
use crate::events::{Endpoint, Events};
use crate::faults::Faults;
use crate::front::{Front, Hosts, listen};
use crate::functions::{self, Functions};
use crate::keys::AccessKeys;
use crate::request_log::{RequestLog, Sink};
use crate::runs::{Buckets, Ends, Engine, serve};
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

/// The region of [`AppFlowLocal::config`].
pub const DEFAULT_REGION: &str = "us-east-1";

/// A service that cannot be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        reason: std::io::Error,
    },
    /// An access key is of no account.
    #[error("the account `{account}` of an access key is not 12 digits")]
    Account {
        /// What stands in place of an account.
        account: String,
    },
    /// The URL for events cannot be used.
    #[error("invalid events endpoint `{url}`: it must be an http:// URL with a host")]
    EventsEndpoint {
        /// The URL.
        url: String,
    },
    /// The URL of a Lambda endpoint cannot be used.
    #[error("invalid Lambda endpoint `{url}`: {reason}")]
    LambdaEndpoint {
        /// The URL.
        url: String,
        /// Why not.
        reason: String,
    },
    /// The folder of buckets or of sample data cannot be used.
    #[error("{path}: {reason}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why not.
        reason: std::io::Error,
    },
    /// What was kept cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A state that cannot be reset or restored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StateError(String);

/// How a service is started.
#[derive(Default)]
pub struct Builder {
    address: Option<SocketAddr>,
    settings: Settings,
    keys: AccessKeys,
    data_dir: Option<PathBuf>,
    sink: Option<Sink>,
    entities: SeededEntities,
    control_hosts: Vec<String>,
    events_endpoint: Option<Endpoint>,
    functions: Option<Arc<Functions>>,
    buckets: Option<PathBuf>,
    sample_data: Option<PathBuf>,
}

impl Builder {
    /// Listens on this address, instead of any free port of the loopback interface.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = Some(address);
        self
    }

    /// Sets durations, volumes and quotas.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Sets which access keys are accepted.
    pub fn access_keys(mut self, keys: AccessKeys) -> Self {
        self.keys = keys;
        self
    }

    /// Keeps the state in this folder.
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(folder.into());
        self
    }

    /// Sends the events of runs to an `http://` URL, each by a POST, as EventBridge has them.
    pub fn events_endpoint(mut self, url: &str) -> Result<Self, StartError> {
        let endpoint = Endpoint::parse(url);
        let invalid = || StartError::EventsEndpoint {
            url: url.to_owned(),
        };
        self.events_endpoint = Some(endpoint.ok_or_else(invalid)?);
        Ok(self)
    }

    /// Calls the Lambda functions of custom connectors at this `http://` or `https://` URL, as `Invoke` of Lambda's API
    /// does: they describe themselves, check settings and credentials, list entities, and are sources and destinations of
    /// runs. Without it nothing is called.
    ///
    /// # Errors
    ///
    /// The URL is of another scheme or has no host, or no transport can be made.
    pub fn lambda_endpoint(mut self, url: &str) -> Result<Self, StartError> {
        let invalid = |reason: String| StartError::LambdaEndpoint {
            url: url.to_owned(),
            reason,
        };
        let endpoint = functions::Endpoint::parse(url);
        let endpoint = endpoint.ok_or_else(|| {
            invalid("it must be an http:// or https:// URL with a host".to_owned())
        })?;
        self.functions = Some(Arc::new(Functions::new(endpoint).map_err(invalid)?));
        Ok(self)
    }

    /// Lets flows from S3 to S3 move data: a bucket is a folder in this one. Without it runs read and write nothing.
    pub fn buckets(mut self, folder: impl Into<PathBuf>) -> Self {
        self.buckets = Some(folder.into());
        self
    }

    /// Gives the records of other sources than S3, such as `Salesforce/Account.jsonl` in this folder; what flows write to
    /// other destinations goes into its folder `_written`.
    pub fn sample_data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.sample_data = Some(folder.into());
        self
    }

    /// Adds entities to those that connectors list and describe.
    pub fn entities(mut self, entities: SeededEntities) -> Self {
        self.entities = entities;
        self
    }

    /// Lets the control API and the status page answer for this name or address, too; for those of the loopback interface
    /// and for the address that is listened on they always do.
    pub fn control_host(mut self, name: impl Into<String>) -> Self {
        self.control_hosts.push(name.into());
        self
    }

    /// Gives one line for each request to this function.
    pub fn log(mut self, sink: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.sink = Some(Box::new(sink));
        self
    }

    /// Starts the service. It must be called within a tokio runtime.
    pub async fn start(mut self) -> Result<AppFlowLocal, StartError> {
        if let Some(account) = self.keys.wrong_account() {
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
        if let Some(endpoint) = self.events_endpoint {
            service.events = Events::to(endpoint);
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
        let front = Front::new(service, self.keys, RequestLog::new(self.sink), hosts);
        let front = Arc::new(front);
        let (stop, stopped) = watch::channel(false);
        let server = tokio::spawn(listen(listener, front.clone(), stopped));
        Ok(AppFlowLocal {
            address,
            front,
            stop,
            server,
        })
    }
}

/// Opens a folder of buckets.
fn open(folder: Option<PathBuf>) -> Result<Option<Arc<Buckets>>, StartError> {
    let Some(path) = folder else { return Ok(None) };
    match Buckets::open(&path) {
        Ok(buckets) => Ok(Some(Arc::new(buckets))),
        Err(reason) => Err(StartError::Folder { path, reason }),
    }
}

/// A running AppFlow. It ends when it is dropped, or by [`shutdown`](Self::shutdown) when requests in progress should
/// finish first.
#[derive(Debug)]
pub struct AppFlowLocal {
    address: SocketAddr,
    front: Arc<Front>,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl AppFlowLocal {
    /// Starts a service on a free port of the loopback interface, with nothing in it.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Starts a service with options.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL, as SDKs on this machine take it.
    pub fn endpoint_url(&self) -> String {
        let mut address = self.address;
        // Who listens on all addresses is found by none of that name.
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("http://{address}")
    }

    /// Settings of a client of it, with the default key and region.
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

    /// A client of it, with the default key and region.
    pub fn client(&self) -> appflow_sdk::Client {
        appflow_sdk::Client::from_conf(self.config())
    }

    /// Its time.
    pub fn clock(&self) -> &Clock {
        &self.front.service.clock
    }

    /// What is to go wrong.
    pub fn faults(&self) -> &Faults {
        &self.front.service.faults
    }

    /// Forgets all state, faults, and moves of the clock.
    pub async fn reset(&self) -> Result<(), StateError> {
        self.front.reset().await.map_err(StateError)
    }

    /// All state, as [`restore`](Self::restore) takes it. There are no secrets in it.
    pub fn snapshot(&self) -> Value {
        self.front.snapshot()
    }

    /// Replaces all state with that of a snapshot.
    pub async fn restore(&self, snapshot: Value) -> Result<(), StateError> {
        self.front.restore(snapshot).await.map_err(StateError)
    }

    /// Lets requests in progress finish, and ends.
    pub async fn shutdown(mut self) {
        let _ = self.stop.send(true);
        // A server that broke down has ended too.
        let _ = (&mut self.server).await;
    }
}

impl Drop for AppFlowLocal {
    fn drop(&mut self) {
        self.server.abort();
        if let Some(engine) = &self.front.service.engine {
            engine.abandon_all();
        }
    }
}
