//! The builder of [`Config`].

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

/// The default limit of a response body: 64 MiB.
pub(super) const MAX_RESPONSE_BYTES: usize = 64 << 20;

/// A builder of [`Config`].
///
/// Each setting has two forms, as in the builders of the AWS SDK for Rust: `x(value)` takes and returns the builder,
/// and `set_x(option)` changes it in place, where `None` sets the default.
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
    /// Creates a builder with the defaults. Nothing is read from the environment.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn from_settings(settings: Settings) -> Self {
        Self { settings }
    }

    /// Sets the region to call and to sign for.
    pub fn region(mut self, region: impl Into<Option<Region>>) -> Self {
        self.settings.region = region.into();
        self
    }

    /// Sets the credential provider: any provider of the AWS SDK for Rust,
    /// [`Credentials`](crate::client::config::Credentials) themselves, or a provider of your own.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.settings.credentials = Some(CredentialsSource::provider(provider));
        self
    }

    /// Sets the provider of bearer tokens: a [`Token`](crate::client::config::Token) itself, any provider of the AWS
    /// SDK for Rust, or a provider of your own. Operations that accept a token or a signature are then called with the
    /// token. Each attempt calls the provider.
    pub fn token_provider(mut self, provider: impl ProvideToken + 'static) -> Self {
        self.set_token_provider(Some(SharedTokenProvider::new(provider)));
        self
    }

    /// Sets the token provider, for operations that accept only a token.
    pub(crate) fn token_source(mut self, source: TokenSource) -> Self {
        self.settings.bearer_tokens = Some(source);
        self
    }

    /// Sets the source of credentials if it is not a provider.
    pub(crate) fn credentials_source(mut self, source: CredentialsSource) -> Self {
        self.settings.credentials = Some(source);
        self
    }

    /// Sets whether to disable the compression of requests, even if the service accepts it.
    pub fn disable_request_compression(mut self, disable: impl Into<bool>) -> Self {
        self.settings.compression.disabled = disable.into();
        self
    }

    /// Sets the minimum length in bytes of a request body that is compressed if the service accepts it; 10,240 by
    /// default. Above 10,485,760, calls of operations with request compression return an error.
    pub fn request_min_compression_size_bytes(mut self, bytes: u32) -> Self {
        self.settings.compression.least = bytes;
        self
    }

    /// Sets when requests carry a checksum that the model allows and does not require; `WhenSupported` by default.
    #[cfg(feature = "checksums")]
    pub fn request_checksum_calculation(mut self, when: RequestChecksumCalculation) -> Self {
        self.settings.checksums.requests = when;
        self
    }

    /// Sets when responses are validated by their checksums; `WhenSupported` by default. With `WhenRequired`, they are
    /// validated if the member of the input asks for it.
    #[cfg(feature = "checksums")]
    pub fn response_checksum_validation(mut self, when: ResponseChecksumValidation) -> Self {
        self.settings.checksums.answers = when;
        self
    }

    /// Sets a URL to call instead of the endpoint of the region.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.set_endpoint_url(Some(url.into()));
        self
    }

    /// Sets whether to call the FIPS endpoint of the region.
    pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
        self.settings.use_fips = use_fips.into();
        self
    }

    /// Sets whether to call the dual-stack endpoint of the region.
    pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
        self.settings.use_dual_stack = use_dual_stack.into();
        self
    }

    /// Sets whether to omit the host prefix of operations with `smithy.api#endpoint`; off by default. A local endpoint
    /// with a single name serves such operations only if the prefix is disabled. IP addresses never get a prefix.
    pub fn disable_host_prefix(mut self, disable: impl Into<bool>) -> Self {
        self.settings.disable_host_prefix = disable.into();
        self
    }

    /// Sets a parameter of the service's endpoint rules: one of the client context parameters of its model.
    pub fn endpoint_parameter(
        mut self,
        name: impl Into<String>,
        value: impl Into<ParameterValue>,
    ) -> Self {
        self.settings.endpoint_parameters.set(name.into(), value);
        self
    }

    /// Sets how failed attempts are retried. It accepts the `RetryConfig` of the AWS SDK for Rust as well.
    pub fn retry_config(mut self, retry: impl Into<RetrySettings>) -> Self {
        self.settings.retry = retry.into();
        self
    }

    /// Sets the timeouts. It accepts the `TimeoutConfig` of the AWS SDK for Rust as well.
    pub fn timeout_config(mut self, timeouts: impl Into<TimeoutSettings>) -> Self {
        self.settings.timeouts = timeouts.into();
        self
    }

    /// Selects the HTTP client, in builds with several. The connect timeout, the CA bundle and the proxy apply to it.
    pub fn http_client(mut self, client: HttpClient) -> Self {
        self.settings.http_client = Some(client);
        self
    }

    /// Sets a transport to use instead of an HTTP client of this build. The connect timeout, the CA bundle and the
    /// proxies, those of the environment included, do not apply to it.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the source of the time of day, for signatures and expiration. Waiting uses the system clock. A
    /// [`clock`](Self::clock) provides both.
    pub fn time_source(mut self, source: impl TimeSource + 'static) -> Self {
        self.set_time_source(Some(SharedTimeSource::new(source)));
        self
    }

    /// Sets the clock, which provides the time and waits.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.settings.clock = Arc::new(clock);
        self
    }

    /// Sets whether requests are signed by the clock of the service if the local one is wrong; on by default.
    pub fn correct_clock_skew(mut self, correct: bool) -> Self {
        self.settings.correct_clock_skew = correct;
        self
    }

    /// Sets the opposite of [`correct_clock_skew`](Self::correct_clock_skew), under its name in the AWS SDKs.
    pub fn disable_clock_skew_correction(mut self, disable: impl Into<Option<bool>>) -> Self {
        self.set_disable_clock_skew_correction(disable.into());
        self
    }

    /// Trusts only the certificates in this PEM file.
    pub fn ca_bundle(self, path: impl Into<PathBuf>) -> Self {
        self.trusts(CaBundle::new(path))
    }

    pub(crate) fn trusts(mut self, bundle: CaBundle) -> Self {
        self.settings.ca_bundle = Some(bundle);
        self
    }

    /// Sends all requests through this proxy, regardless of the environment. The variables that name proxies are not
    /// read then, so an invalid one has no effect. Without this setting, an invalid proxy of a variable is an error of
    /// the first call. `ALL_PROXY` counts only for the schemes, `http` or `https`, that have no proxy of their own.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.proxy = Some(UrlText::new(url));
        self
    }

    /// Sets the environment of the variables that name proxies.
    pub(crate) fn environment(mut self, environment: Environment) -> Self {
        self.settings.environment = environment;
        self
    }

    /// Sets the name of the program in the user agent, which helps to find its calls in logs.
    pub fn app_name(mut self, name: impl AsRef<str>) -> Self {
        self.set_app_name(Some(name));
        self
    }

    /// Adds a library that makes calls with this client to the user agent, as `lib/name/version`. At most ten are sent.
    pub fn framework_metadata(mut self, framework: FrameworkMetadata) -> Self {
        self.push_framework_metadata(framework);
        self
    }

    /// Sets which constraints of an input are checked before it is sent.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.settings.validation = validation;
        self
    }

    /// Sets the maximum length in bytes of a response body; 64 MiB by default. A longer body is an error.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.settings.max_response_bytes = limit;
        self
    }

    /// Sets the function that creates the idempotency tokens that an input lacks; random UUIDs by default.
    pub fn idempotency_tokens(mut self, tokens: fn() -> String) -> Self {
        self.settings.tokens = tokens;
        self
    }

    /// Adds an interceptor, which sees each request before it is signed, and each response.
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.settings.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Has no effect, since there is one behavior, the newest. It exists for programs that set a version for the AWS
    /// SDK for Rust.
    pub fn behavior_version(self, _: BehaviorVersion) -> Self {
        self
    }

    /// Has no effect, like [`behavior_version`](Self::behavior_version).
    pub fn behavior_version_latest(self) -> Self {
        self
    }

    /// Returns the settings.
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
