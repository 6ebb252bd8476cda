//! [`Builder`]: settings one by one in, a [`Config`] out.

use crate::aws::endpoint::rules::{ParameterValue, Parameters};
use crate::aws::retry::RetrySettings;
use crate::client::config::{
    BehaviorVersion, Config, CredentialsSource, FrameworkMetadata, ProvideCredentials,
    ProvideToken, Region, Settings, SharedTimeSource, SharedTokenProvider, TimeSource, TokenSource,
};
#[cfg(feature = "checksums")]
use crate::client::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use crate::client::interceptor::Interceptor;
use crate::http::time::{Clock, SystemClock};
use crate::http::url::UrlText;
use crate::http::{CaBundle, TimeoutSettings};
use crate::http::{HttpClient, Transport};
use crate::identity::environment::Environment;
use crate::protocol::checksum::ChecksumSettings;
use crate::protocol::compression::Compression;
use crate::protocol::idempotency;
use crate::protocol::validate::Validation;
use std::path::PathBuf;
use std::sync::Arc;

/// The most a response body may hold when nothing else is said: 64 MiB.
pub(super) const MAX_RESPONSE_BYTES: usize = 64 << 20;

/// Makes a [`Config`].
///
/// Each setting has two forms, as in the builders of the AWS SDK for Rust: `x(value)` takes and returns the builder, and
/// `set_x(option)` changes it in place, where `None` stands for the default.
#[derive(Clone)]
pub struct Builder {
    pub(super) settings: Settings,
}

impl Default for Builder {
    fn default() -> Self {
        Self::from_settings(Settings {
            region: None,
            credentials: None,
            bearer_tokens: None,
            prefers_bearer: false,
            compression: Compression::default(),
            checksums: ChecksumSettings::default(),
            endpoint_url: None,
            use_fips: false,
            use_dual_stack: false,
            disable_host_prefix: false,
            endpoint_parameters: Parameters::new(),
            retry: RetrySettings::default(),
            timeouts: TimeoutSettings::default(),
            transport: None,
            http_client: None,
            clock: Arc::new(SystemClock),
            correct_clock_skew: true,
            ca_bundle: None,
            proxy: None,
            environment: Environment::process(),
            app_name: None,
            frameworks: Vec::new(),
            of_service: None,
            validation: Validation::STANDARD,
            max_response_bytes: MAX_RESPONSE_BYTES,
            tokens: idempotency::token,
            interceptors: Vec::new(),
        })
    }
}

impl Builder {
    /// Starts from the defaults. Nothing is read from the environment.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn from_settings(settings: Settings) -> Self {
        Self { settings }
    }

    /// The region to call and to sign for.
    pub fn region(mut self, region: impl Into<Option<Region>>) -> Self {
        self.settings.region = region.into();
        self
    }

    /// Where credentials come from: any of AWS's own providers, [`Credentials`](crate::client::config::Credentials) themselves,
    /// or one of your own.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.settings.credentials = Some(CredentialsSource::provider(provider));
        self
    }

    /// Where bearer tokens come from: a [`Token`](crate::client::config::Token) itself, any of AWS's own providers, or one of
    /// your own. Operations that take a token or a signature are then called with the token. The provider is asked for
    /// each attempt.
    pub fn token_provider(mut self, provider: impl ProvideToken + 'static) -> Self {
        self.set_token_provider(Some(SharedTokenProvider::new(provider)));
        self
    }

    /// The same, for operations that take nothing but a token.
    pub(crate) fn token_source(mut self, source: TokenSource) -> Self {
        self.settings.bearer_tokens = Some(source);
        self
    }

    /// Where credentials come from, if that is not a provider that was set.
    pub(crate) fn credentials_source(mut self, source: CredentialsSource) -> Self {
        self.settings.credentials = Some(source);
        self
    }

    /// Sends requests as they are, even where the service takes them compressed.
    pub fn disable_request_compression(mut self, disable: impl Into<bool>) -> Self {
        self.settings.compression.disabled = disable.into();
        self
    }

    /// The least length of a request body, in bytes, that is compressed where the service takes that; 10,240 by default.
    /// Above 10,485,760, calls of operations whose requests may be compressed are errors.
    pub fn request_min_compression_size_bytes(mut self, bytes: u32) -> Self {
        self.settings.compression.least = bytes;
        self
    }

    /// When requests carry a checksum that the model allows and does not require; `WhenSupported` by default.
    #[cfg(feature = "checksums")]
    pub fn request_checksum_calculation(mut self, when: RequestChecksumCalculation) -> Self {
        self.settings.checksums.requests = when;
        self
    }

    /// When answers are validated by the checksums they come with; `WhenSupported` by default. `WhenRequired` leaves it to
    /// the member of the input that asks for it.
    #[cfg(feature = "checksums")]
    pub fn response_checksum_validation(mut self, when: ResponseChecksumValidation) -> Self {
        self.settings.checksums.answers = when;
        self
    }

    /// Calls this address instead of the region's.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.set_endpoint_url(Some(url.into()));
        self
    }

    /// Calls the region's FIPS endpoint.
    pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
        self.settings.use_fips = use_fips.into();
        self
    }

    /// Calls the region's dual-stack endpoint.
    pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
        self.settings.use_dual_stack = use_dual_stack.into();
        self
    }

    /// Calls the endpoint without what some operations put before its host (`smithy.api#endpoint`); off by default. A local
    /// endpoint that has one name serves such operations only with it. IP addresses never take a prefix.
    pub fn disable_host_prefix(mut self, disable: impl Into<bool>) -> Self {
        self.settings.disable_host_prefix = disable.into();
        self
    }

    /// Gives a parameter of the service's endpoint rules a value: one of those that its model calls client context
    /// parameters.
    pub fn endpoint_parameter(
        mut self,
        name: impl Into<String>,
        value: impl Into<ParameterValue>,
    ) -> Self {
        self.settings.endpoint_parameters.set(name.into(), value);
        self
    }

    /// How failed attempts are retried; AWS's own `RetryConfig` fits too.
    pub fn retry_config(mut self, retry: impl Into<RetrySettings>) -> Self {
        self.settings.retry = retry.into();
        self
    }

    /// The time limits; AWS's own `TimeoutConfig` fits too.
    pub fn timeout_config(mut self, timeouts: impl Into<TimeoutSettings>) -> Self {
        self.settings.timeouts = timeouts.into();
        self
    }

    /// Selects the HTTP client, in builds with several. The connect limit, the CA bundle and the proxy apply to it.
    pub fn http_client(mut self, client: HttpClient) -> Self {
        self.settings.http_client = Some(client);
        self
    }

    /// What carries requests, instead of an HTTP client of this build. The connect limit, the CA bundle and the proxy are then its own matter.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Where the time of day comes from, for signatures and expiry; waiting is left to the machine's clock. A
    /// [`clock`](Self::clock) is both.
    pub fn time_source(mut self, source: impl TimeSource + 'static) -> Self {
        self.set_time_source(Some(SharedTimeSource::new(source)));
        self
    }

    /// Where the time comes from, and how to wait.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.settings.clock = Arc::new(clock);
        self
    }

    /// Whether requests are signed by the service's clock when the local one is off; on by default.
    pub fn correct_clock_skew(mut self, correct: bool) -> Self {
        self.settings.correct_clock_skew = correct;
        self
    }

    /// The opposite of [`correct_clock_skew`](Self::correct_clock_skew), by the name that the setting has in the AWS SDKs.
    pub fn disable_clock_skew_correction(mut self, disable: impl Into<Option<bool>>) -> Self {
        self.set_disable_clock_skew_correction(disable.into());
        self
    }

    /// Trusts the certificates in this PEM file, and no others.
    pub fn ca_bundle(self, path: impl Into<PathBuf>) -> Self {
        self.trusts(CaBundle::new(path))
    }

    pub(crate) fn trusts(mut self, bundle: CaBundle) -> Self {
        self.settings.ca_bundle = Some(bundle);
        self
    }

    /// Sends everything through this proxy, whatever the environment says.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.proxy = Some(UrlText::new(url));
        self
    }

    /// Reads the variables that name proxies here.
    pub(crate) fn environment(mut self, environment: Environment) -> Self {
        self.settings.environment = environment;
        self
    }

    /// Names the program in the user agent, which helps to find its calls in logs.
    pub fn app_name(mut self, name: impl AsRef<str>) -> Self {
        self.set_app_name(Some(name));
        self
    }

    /// Names a library in the user agent that makes calls by this client, as `lib/name/version`. Up to ten are sent.
    pub fn framework_metadata(mut self, framework: FrameworkMetadata) -> Self {
        self.push_framework_metadata(framework);
        self
    }

    /// What of an input is checked before it is sent.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.settings.validation = validation;
        self
    }

    /// The most a response body may hold, in bytes; 64 MiB by default. A longer one is an error.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.settings.max_response_bytes = limit;
        self
    }

    /// Where idempotency tokens come from, when they are not set: random UUIDs by default.
    pub fn idempotency_tokens(mut self, tokens: fn() -> String) -> Self {
        self.settings.tokens = tokens;
        self
    }

    /// Adds an interceptor, which sees every request before it is signed and every response.
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.settings.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Has no effect: there is one behavior, the newest. It is here for programs that set a version for the AWS SDK for
    /// Rust.
    pub fn behavior_version(self, _: BehaviorVersion) -> Self {
        self
    }

    /// Has no effect, like [`behavior_version`](Self::behavior_version).
    pub fn behavior_version_latest(self) -> Self {
        self
    }

    /// The settings.
    pub fn build(self) -> Config {
        Config {
            settings: Arc::new(self.settings),
        }
    }
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.clone().build().fmt(f)
    }
}
