//! The settings of a client: region, credentials, endpoint, retries, timeouts and transport.

mod builder;
mod from_env;
mod from_env_future;
mod identity_source;
#[cfg(not(feature = "sdk-config"))]
mod own_types;
#[cfg(feature = "sdk-config")]
mod sdk_config;
#[cfg_attr(
    not(feature = "sdk-config"),
    path = "config/service_settings/absent.rs"
)]
mod service_settings;
mod setters;
mod transport;

pub use crate::http::TimeoutSettings;
pub use aws_credential_types::Credentials;
pub use aws_credential_types::Token;
pub use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_smithy_async::time::{SharedTimeSource, TimeSource};
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
#[cfg(feature = "checksums")]
pub use aws_smithy_types::checksum_config::{
    RequestChecksumCalculation, ResponseChecksumValidation,
};
#[cfg(feature = "sdk-config")]
pub use aws_types::{
    SdkConfig, app_name::AppName, region::Region, sdk_ua_metadata::FrameworkMetadata,
};
pub use builder::Builder;
pub(crate) use from_env::bearer_variable;
pub use from_env_future::FromEnv;
pub(crate) use identity_source::{CredentialsSource, TokenSource};
#[cfg(not(feature = "sdk-config"))]
pub use own_types::{AppName, FrameworkMetadata, InvalidName, Region};
use service_settings::ServiceSettings;
pub(crate) use transport::ClientTransport;

// The types of settings, so that one module exports all of them.
pub use crate::aws::retry::{RetryMode, RetrySettings};
pub use crate::client::interceptor::{Interceptor, SharedInterceptor};
pub use crate::http::time::{Clock, SharedClock, SystemClock};
pub use crate::http::{
    Body, BoxFuture, HttpClient, SharedTransport, Transport, TransportError, TransportErrorKind,
};
pub use crate::protocol::validate::Validation;
pub use crate::value::schema::OperationSchema;

use crate::aws::endpoint::rules::Parameters;
use crate::http::CaBundle;
use crate::http::url::UrlText;
use crate::identity::environment::Environment;
use crate::protocol::ServiceSchema;
use crate::protocol::checksum::ChecksumSettings;
use crate::protocol::compression::Compression;
use std::fmt;
use std::sync::Arc;

/// The settings of a client. They are cheap to clone.
#[derive(Clone)]
pub struct Config {
    pub(crate) settings: Arc<Settings>,
}

/// The fields of [`Config`].
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) region: Option<Region>,
    pub(crate) credentials: Option<CredentialsSource>,
    pub(crate) bearer_tokens: Option<TokenSource>,
    /// `true` if a token is preferred to a signature where an operation accepts both.
    pub(crate) prefers_bearer: bool,
    pub(crate) compression: Compression,
    pub(crate) checksums: ChecksumSettings,
    pub(crate) endpoint_url: Option<UrlText>,
    pub(crate) use_fips: bool,
    pub(crate) use_dual_stack: bool,
    pub(crate) disable_host_prefix: bool,
    pub(crate) endpoint_parameters: Parameters,
    pub(crate) retry: RetrySettings,
    pub(crate) timeouts: TimeoutSettings,
    pub(crate) transport: Option<SharedTransport>,
    pub(crate) http_client: Option<HttpClient>,
    pub(crate) clock: SharedClock,
    pub(crate) correct_clock_skew: bool,
    pub(crate) ca_bundle: Option<CaBundle>,
    pub(crate) proxy: Option<UrlText>,
    /// The environment of the variables that name proxies: that of the process, unless the settings come from another.
    pub(crate) environment: Environment,
    pub(crate) app_name: Option<String>,
    pub(crate) frameworks: Vec<FrameworkMetadata>,
    /// The settings to look up when the service is known.
    pub(crate) of_service: Option<ServiceSettings>,
    pub(crate) validation: Validation,
    pub(crate) max_response_bytes: usize,
    pub(crate) tokens: fn() -> String,
    pub(crate) interceptors: Vec<SharedInterceptor>,
}

impl Settings {
    /// Returns whether both settings can use the same connections.
    pub(crate) fn has_same_connections(&self, other: &Self) -> bool {
        let same_transport = match (&self.transport, &other.transport) {
            (Some(ours), Some(theirs)) => Arc::ptr_eq(ours, theirs),
            (ours, theirs) => ours.is_none() && theirs.is_none(),
        };
        same_transport
            && self.http_client == other.http_client
            && self.timeouts.connect == other.timeouts.connect
            && self.ca_bundle == other.ca_bundle
            && self.proxy == other.proxy
            && self.environment.is_same(&other.environment)
    }

    /// Returns whether both settings have the same source of credentials.
    pub(crate) fn has_same_credentials(&self, other: &Self) -> bool {
        match (&self.credentials, &other.credentials) {
            (Some(ours), Some(theirs)) => ours.is(theirs),
            (ours, theirs) => ours.is_none() && theirs.is_none(),
        }
    }

    /// Returns whether both settings lead to the same server.
    pub(crate) fn has_same_endpoint(&self, other: &Self) -> bool {
        self.region == other.region
            && self.endpoint_url == other.endpoint_url
            && self.use_fips == other.use_fips
            && self.use_dual_stack == other.use_dual_stack
            && self.endpoint_parameters == other.endpoint_parameters
    }
}

/// The retry settings of the AWS SDK for Rust, which [`Builder::retry_config`] accepts as well as [`RetrySettings`].
pub mod retry {
    pub use crate::aws::retry::RetrySettings;
    pub use aws_smithy_types::retry::{
        ReconnectMode, RetryConfig, RetryConfigBuilder, RetryKind, RetryMode,
    };
}

/// The timeouts of the AWS SDK for Rust, which [`Builder::timeout_config`] accepts as well as [`TimeoutSettings`].
pub mod timeout {
    pub use crate::http::TimeoutSettings;
    pub use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};
}

impl Config {
    /// Creates settings from those that AWS clients share, such as those of `aws_config::load_from_env()`.
    #[cfg(feature = "sdk-config")]
    pub fn new(shared: &SdkConfig) -> Self {
        Self::from(shared)
    }

    /// Returns a builder with the defaults. Nothing is read from the environment.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns a builder with these settings.
    pub fn to_builder(&self) -> Builder {
        Builder::from_settings(Settings::clone(&self.settings))
    }

    /// Returns these settings with those that the shared settings have for this service only.
    pub(crate) fn for_service(mut self, service: &ServiceSchema) -> Self {
        if self.settings.of_service.is_some() {
            let settings = Arc::make_mut(&mut self.settings);
            if let Some(of_service) = settings.of_service.take() {
                of_service.apply(service, settings);
            }
        }
        self
    }

    /// Returns the region.
    pub fn region(&self) -> Option<&Region> {
        self.settings.region.as_ref()
    }

    /// Returns the URL that is called instead of the endpoint of the region.
    pub fn endpoint_url(&self) -> Option<&str> {
        self.settings.endpoint_url.as_ref().map(UrlText::as_str)
    }

    /// Returns the retry settings.
    pub fn retry(&self) -> &RetrySettings {
        &self.settings.retry
    }

    /// Returns the timeouts.
    pub fn timeouts(&self) -> &TimeoutSettings {
        &self.settings.timeouts
    }

    /// Returns the clock.
    pub fn clock(&self) -> SharedClock {
        self.settings.clock.clone()
    }

    /// Returns the credential provider.
    pub fn credentials_provider(&self) -> Option<SharedCredentialsProvider> {
        let source = self.settings.credentials.as_ref()?;
        let transport = Arc::new(ClientTransport::new(self.clone()));
        Some(source.provider_for(&self.settings, transport))
    }
}

impl fmt::Debug for Config {
    /// Writes the settings without secrets, and without the internals of providers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = &self.settings;
        f.debug_struct("Config")
            .field("region", &settings.region.as_ref().map(Region::as_ref))
            .field("endpoint_url", &settings.endpoint_url)
            .field("use_fips", &settings.use_fips)
            .field("use_dual_stack", &settings.use_dual_stack)
            .field("disable_host_prefix", &settings.disable_host_prefix)
            .field("retry", &settings.retry)
            .field("timeouts", &settings.timeouts)
            .finish_non_exhaustive()
    }
}
