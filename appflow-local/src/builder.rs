//! [`Builder`]: configures and starts the service.

use crate::access_keys::AccessKeys;
use crate::entities::{SeededEntities, Seeds};
use crate::events::{Events, Receiver};
use crate::functions::Functions;
use crate::local::AppFlowLocal;
use crate::outbound::Endpoint;
use crate::request_log::{RequestLog, Sink};
use crate::runs::{Buckets, Ends, Engine, Folders, S3, Staging, serve};
use crate::server::{Handler, Hosts};
use crate::service::Service;
use crate::settings::Settings;
use crate::state::State;
use crate::store::{Store, StoreError};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// An error from [`Builder::start`] or from the setting of an endpoint.
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
    /// The URL of an S3 endpoint is not valid, or the settings for it are not.
    #[error("invalid S3 endpoint `{url}`: {reason}")]
    S3Endpoint {
        /// The URL.
        url: String,
        /// The reason.
        reason: String,
    },
    /// Both a folder of buckets and an S3 endpoint are set.
    #[error("two sets of buckets: set either a folder or an S3 endpoint")]
    TwoSetsOfBuckets,
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
    s3_endpoint: Option<Endpoint>,
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

    /// Sets the `http://` or `https://` URL of an S3 endpoint, such as that of MinIO or moto, whose buckets flows from S3 to S3
    /// read and write. Buckets are part of the path.
    ///
    /// Credentials and region come from the environment or the profile, as in the AWS CLI. Without them, the access key and
    /// the secret are `test`, and the region is [`DEFAULT_REGION`](crate::DEFAULT_REGION).
    ///
    /// # Errors
    ///
    /// Returns [`StartError::S3Endpoint`] if the URL has another scheme, a query or no host.
    pub fn s3_endpoint(mut self, url: &str) -> Result<Self, StartError> {
        let endpoint = endpoint(url).and_then(|endpoint| match url.contains('?') {
            true => Err("it must have no query".to_owned()),
            false => Ok(endpoint),
        });
        let endpoint = endpoint.map_err(|reason| StartError::S3Endpoint {
            url: url.to_owned(),
            reason,
        })?;
        self.s3_endpoint = Some(endpoint);
        Ok(self)
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
        let ends = self.ends().await?;
        let mut service = Service::new(self.settings, state, store);
        service.seeds = Seeds::new(self.entities);
        if let Some(receiver) = self.events_receiver {
            service.events = Events::to(receiver);
        }
        service.functions = self.functions;
        let service = if ends.is_empty() {
            Arc::new(service)
        } else {
            with_engine(service, ends)
        };
        let hosts = Hosts {
            others: self.control_hosts,
        };
        let handler = Handler::new(service, self.keys, RequestLog::new(self.sink), hosts);
        Ok(AppFlowLocal::serve(address, listener, Arc::new(handler)))
    }

    /// Opens the ends of flows that are local.
    async fn ends(&mut self) -> Result<Ends, StartError> {
        let is_staged = self.s3_endpoint.is_some() || self.functions.is_some();
        let staging = is_staged.then(Staging::temporary).transpose();
        let staging = staging.map_err(|reason| StartError::Folder {
            path: std::env::temp_dir(),
            reason,
        })?;
        let staging = staging.map(Arc::new);
        let buckets = match (self.buckets.take(), &self.s3_endpoint, &staging) {
            (Some(_), Some(_), _) => return Err(StartError::TwoSetsOfBuckets),
            (None, Some(endpoint), Some(staging)) => {
                let timeout = self.settings.s3_timeout;
                Some(connect(endpoint, timeout, staging.clone()).await?)
            }
            (folder, _, _) => open(folder)?,
        };
        Ok(Ends {
            buckets,
            sample_data: open(self.sample_data.take())?,
            functions: self.functions.clone(),
            staging,
        })
    }
}

/// Adds an engine to a service, and runs its jobs.
fn with_engine(mut service: Service, ends: Ends) -> Arc<Service> {
    let (engine, launches) = Engine::new(ends);
    service.engine = Some(engine);
    let service = Arc::new(service);
    tokio::spawn(serve(Arc::downgrade(&service), launches));
    service
}

/// Parses the URL of an endpoint; the error is the reason alone.
fn endpoint(url: &str) -> Result<Endpoint, String> {
    Endpoint::parse(url)
        .ok_or_else(|| "it must be an http:// or https:// URL with a host".to_owned())
}

/// Opens a folder of buckets.
fn open(folder: Option<PathBuf>) -> Result<Option<Arc<Buckets>>, StartError> {
    let Some(path) = folder else { return Ok(None) };
    match Folders::open(&path) {
        Ok(folders) => Ok(Some(Arc::new(Buckets::Folders(Arc::new(folders))))),
        Err(reason) => Err(StartError::Folder { path, reason }),
    }
}

/// Connects to an S3 endpoint.
async fn connect(
    endpoint: &Endpoint,
    timeout: Duration,
    staging: Arc<Staging>,
) -> Result<Arc<Buckets>, StartError> {
    match S3::connect(endpoint, timeout, staging).await {
        Ok(s3) => Ok(Arc::new(Buckets::S3(s3))),
        Err(reason) => Err(StartError::S3Endpoint {
            url: endpoint.as_str().to_owned(),
            reason,
        }),
    }
}
