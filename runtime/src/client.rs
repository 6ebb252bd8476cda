//! The client of a service: [`Client`] and the state that its calls share.

mod attempt;
mod authorization;
#[cfg(feature = "blocking")]
pub mod blocking;
pub mod call;
mod changes;
pub mod config;
pub mod error;
#[cfg(feature = "event-stream")]
pub mod event_stream;
mod failure;
pub mod interceptor;
mod lambda;
#[cfg(not(feature = "sdk-config"))]
mod no_sdk_config;
#[cfg(not(feature = "blocking"))]
mod not_blocking;
pub mod operation;
mod outgoing;
pub mod paginator;
mod prepare;
#[cfg(feature = "presigning")]
pub mod presigning;
mod request_id;
mod response;
mod run;
mod user_agent;
pub mod waiter;

pub(crate) use prepare::Prepared;
pub(crate) use response::Answered;

use crate::aws::ConfigurationError;
use crate::aws::clock_skew::ClockSkew;
use crate::aws::endpoint::rules::Parameters;
use crate::aws::endpoint::{self, Endpoint, EndpointSettings};
use crate::aws::retry::RetryStrategy;
use crate::aws::sign::SigningKeys;
use crate::client::config::{ClientTransport, Config, SharedTokenProvider};
use crate::http::SharedTransport;
use crate::http::url::UrlText;
use crate::identity::credentials::CachingProvider;
use crate::protocol::{ServiceSchema, customization};
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use http::HeaderValue;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A client of a service. It is cheap to clone; clones share connections, credentials and the retry quota.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
}

/// The state shared by all calls of a client.
pub(crate) struct Shared {
    pub(crate) service: &'static ServiceSchema,
    pub(crate) config: Config,
    pub(crate) retry: Arc<RetryStrategy>,
    pub(crate) skew: Arc<ClockSkew>,
    pub(crate) credentials: Option<CachingProvider>,
    pub(crate) bearer_tokens: Option<SharedTokenProvider>,
    pub(crate) user_agent: HeaderValue,
    /// `true` if the program is a Lambda function.
    pub(crate) in_lambda: bool,
    pub(crate) signing_keys: SigningKeys,
    endpoint: OnceLock<Result<Endpoint, ConfigurationError>>,
    transport: ClientTransport,
}

impl Client {
    /// Creates a client of a service. No connection is opened and no setting is resolved yet.
    pub fn new(service: &'static ServiceSchema, config: Config) -> Self {
        let config = config.for_service(service);
        let settings = &config.settings;
        let transport = ClientTransport::new(config.clone());
        let credentials = settings.credentials.as_ref();
        let credentials =
            credentials.map(|source| source.provider_for(settings, Arc::new(transport.clone())));
        let tokens = settings.bearer_tokens.as_ref();
        let bearer_tokens =
            tokens.map(|source| source.provider_for(settings, Arc::new(transport.clone())));
        let shared = Shared {
            service,
            retry: Arc::new(RetryStrategy::new(settings.retry, settings.clock.clone())),
            skew: Arc::new(if settings.correct_clock_skew {
                ClockSkew::new()
            } else {
                ClockSkew::disabled()
            }),
            credentials: credentials
                .map(|provider| CachingProvider::new(provider, settings.clock.clone())),
            bearer_tokens,
            user_agent: user_agent::header(service, settings),
            in_lambda: lambda::is_function(&settings.environment),
            signing_keys: SigningKeys::default(),
            endpoint: OnceLock::new(),
            transport,
            config,
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Returns this client with other settings. State that the new settings do not affect is shared: connections,
    /// credentials, the retry quota and the known clock skew.
    pub(crate) fn with_config(&self, config: Config) -> Self {
        let (ours, old) = (Self::new(self.shared.service, config), &self.shared);
        let mut shared = match Arc::try_unwrap(ours.shared) {
            Ok(shared) => shared,
            Err(shared) => return Self { shared },
        };
        let (before, after) = (&old.config.settings, &shared.config.settings);
        let same_clock = Arc::ptr_eq(&before.clock, &after.clock);
        if before.has_same_connections(after) {
            shared.transport = old.transport.clone();
        }
        if same_clock {
            shared.retry = old.retry.clone();
        }
        if same_clock && before.has_same_credentials(after) {
            shared.credentials = old.credentials.clone();
        }
        let same_skew = before.correct_clock_skew == after.correct_clock_skew;
        if same_clock && same_skew && before.has_same_endpoint(after) {
            shared.skew = old.skew.clone();
        }
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Returns the settings of the client.
    pub fn config(&self) -> &Config {
        &self.shared.config
    }
}

impl Shared {
    /// Returns the endpoint of the service, which is resolved once.
    pub(crate) fn endpoint(&self) -> Result<&Endpoint, ConfigurationError> {
        self.endpoint
            .get_or_init(|| self.resolve_endpoint(&Parameters::new()))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// Returns the endpoint of a call: that of the service, unless the call has endpoint parameters of its own, or its
    /// input contains the endpoint.
    pub(crate) fn endpoint_of_call(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        parameters: &Parameters,
    ) -> Result<Cow<'_, Endpoint>, ConfigurationError> {
        if let Some(endpoint) = customization::endpoint(operation, input)? {
            return Ok(Cow::Owned(endpoint));
        }
        if parameters.is_empty() {
            return self.endpoint().map(Cow::Borrowed);
        }
        self.resolve_endpoint(parameters).map(Cow::Owned)
    }

    fn resolve_endpoint(&self, call: &Parameters) -> Result<Endpoint, ConfigurationError> {
        let settings = &self.config.settings;
        let endpoint_settings = EndpointSettings {
            region: settings.region.as_ref().map(AsRef::as_ref),
            url: settings.endpoint_url.as_ref().map(UrlText::as_str),
            use_fips: settings.use_fips,
            use_dual_stack: settings.use_dual_stack,
        };
        match self.service.endpoint_rules {
            Some(rules) => {
                let client = &settings.endpoint_parameters;
                endpoint::resolve_by_rules(rules, endpoint_settings, client, call)
            }
            None => endpoint::resolve(self.service.endpoint_prefix, endpoint_settings),
        }
    }

    /// Returns the transport, which is built once, for the first request.
    pub(crate) fn transport(&self) -> Result<&SharedTransport, ConfigurationError> {
        self.transport.get()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.shared.service.sdk_id)
            .field("config", &self.shared.config)
            .finish_non_exhaustive()
    }
}
