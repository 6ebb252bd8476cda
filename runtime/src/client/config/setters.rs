//! The setters of [`Builder`] that take an `Option` and the builder by reference. `None` sets the default.

use crate::aws::retry::RetrySettings;
use crate::client::config::builder::MAX_RESPONSE_BYTES;
use crate::client::config::{
    BehaviorVersion, Builder, CredentialsSource, FrameworkMetadata, Region,
    SharedCredentialsProvider, SharedTimeSource, SharedTokenProvider, TokenSource,
};
#[cfg(feature = "checksums")]
use crate::client::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use crate::client::interceptor::SharedInterceptor;
use crate::http::time::{SharedClock, SystemClock, TimeSourceClock};
use crate::http::url::UrlText;
use crate::http::{CaBundle, HttpClient, SharedTransport, TimeoutSettings};
use crate::protocol::compression::Compression;
use crate::protocol::idempotency;
use crate::protocol::validate::Validation;
use std::path::PathBuf;
use std::sync::Arc;

impl Builder {
    /// Sets or unsets the [`region`](Self::region).
    pub fn set_region(&mut self, region: Option<Region>) -> &mut Self {
        self.settings.region = region;
        self
    }

    /// Sets or unsets the [`credentials_provider`](Self::credentials_provider).
    pub fn set_credentials_provider(
        &mut self,
        provider: Option<SharedCredentialsProvider>,
    ) -> &mut Self {
        self.settings.credentials =
            provider.map(|provider| CredentialsSource::Provider(Arc::new(provider)));
        self
    }

    /// Sets or unsets the [`token_provider`](Self::token_provider).
    pub fn set_token_provider(&mut self, provider: Option<SharedTokenProvider>) -> &mut Self {
        self.settings.prefers_bearer = provider.is_some();
        self.settings.bearer_tokens = provider.map(TokenSource::Provider);
        if let Some(of_service) = &mut self.settings.of_service {
            of_service.set_token_in_code();
        }
        self
    }

    /// Sets or unsets the [`endpoint_url`](Self::endpoint_url).
    pub fn set_endpoint_url(&mut self, url: Option<String>) -> &mut Self {
        self.settings.endpoint_url = url.map(UrlText::new);
        if let Some(of_service) = &mut self.settings.of_service {
            of_service.set_endpoint_in_code();
        }
        self
    }

    /// Sets or unsets [`disable_host_prefix`](Self::disable_host_prefix).
    pub fn set_disable_host_prefix(&mut self, disable: Option<bool>) -> &mut Self {
        self.settings.disable_host_prefix = disable.unwrap_or(false);
        self
    }

    /// Sets or unsets [`use_fips`](Self::use_fips).
    pub fn set_use_fips(&mut self, use_fips: Option<bool>) -> &mut Self {
        self.settings.use_fips = use_fips.unwrap_or(false);
        self
    }

    /// Sets or unsets [`use_dual_stack`](Self::use_dual_stack).
    pub fn set_use_dual_stack(&mut self, use_dual_stack: Option<bool>) -> &mut Self {
        self.settings.use_dual_stack = use_dual_stack.unwrap_or(false);
        self
    }

    /// Sets or unsets the [`retry_config`](Self::retry_config).
    pub fn set_retry_config(&mut self, retry: Option<impl Into<RetrySettings>>) -> &mut Self {
        self.settings.retry = retry.map(Into::into).unwrap_or_default();
        self
    }

    /// Sets or unsets the [`timeout_config`](Self::timeout_config).
    pub fn set_timeout_config(&mut self, limits: Option<impl Into<TimeoutSettings>>) -> &mut Self {
        self.settings.timeouts = limits.map(Into::into).unwrap_or_default();
        self
    }

    /// Sets or unsets the [`http_client`](Self::http_client).
    pub fn set_http_client(&mut self, client: Option<HttpClient>) -> &mut Self {
        self.settings.http_client = client;
        self
    }

    /// Sets or unsets the [`transport`](Self::transport).
    pub fn set_transport(&mut self, transport: Option<SharedTransport>) -> &mut Self {
        self.settings.transport = transport;
        self
    }

    /// Sets or unsets the [`clock`](Self::clock).
    pub fn set_clock(&mut self, clock: Option<SharedClock>) -> &mut Self {
        self.settings.clock = clock.unwrap_or_else(|| Arc::new(SystemClock));
        self
    }

    /// Sets or unsets the [`time_source`](Self::time_source).
    pub fn set_time_source(&mut self, source: Option<SharedTimeSource>) -> &mut Self {
        self.set_clock(source.map(|source| Arc::new(TimeSourceClock::new(source)) as SharedClock))
    }

    /// Sets or unsets [`correct_clock_skew`](Self::correct_clock_skew).
    pub fn set_correct_clock_skew(&mut self, correct: Option<bool>) -> &mut Self {
        self.settings.correct_clock_skew = correct.unwrap_or(true);
        self
    }

    /// Sets or unsets [`disable_clock_skew_correction`](Self::disable_clock_skew_correction).
    pub fn set_disable_clock_skew_correction(&mut self, disable: Option<bool>) -> &mut Self {
        self.set_correct_clock_skew(disable.map(|disable| !disable))
    }

    /// Sets or unsets the [`ca_bundle`](Self::ca_bundle).
    pub fn set_ca_bundle(&mut self, path: Option<PathBuf>) -> &mut Self {
        self.settings.ca_bundle = path.map(CaBundle::new);
        self
    }

    /// Sets or unsets the [`proxy`](Self::proxy).
    pub fn set_proxy(&mut self, url: Option<String>) -> &mut Self {
        self.settings.proxy = url.map(UrlText::new);
        self
    }

    /// Sets or unsets the [`app_name`](Self::app_name).
    pub fn set_app_name(&mut self, name: Option<impl AsRef<str>>) -> &mut Self {
        self.settings.app_name = name.map(|name| name.as_ref().to_owned());
        self
    }

    /// Adds to the [`framework_metadata`](Self::framework_metadata).
    pub fn push_framework_metadata(&mut self, framework: FrameworkMetadata) -> &mut Self {
        if !self.settings.frameworks.contains(&framework) {
            self.settings.frameworks.push(framework);
        }
        self
    }

    /// Sets or unsets [`disable_request_compression`](Self::disable_request_compression).
    pub fn set_disable_request_compression(&mut self, disable: Option<bool>) -> &mut Self {
        let default = Compression::default().disabled;
        self.settings.compression.disabled = disable.unwrap_or(default);
        self
    }

    /// Sets or unsets [`request_min_compression_size_bytes`](Self::request_min_compression_size_bytes).
    pub fn set_request_min_compression_size_bytes(&mut self, bytes: Option<u32>) -> &mut Self {
        let default = Compression::default().least;
        self.settings.compression.least = bytes.unwrap_or(default);
        self
    }

    /// Sets or unsets [`request_checksum_calculation`](Self::request_checksum_calculation).
    #[cfg(feature = "checksums")]
    pub fn set_request_checksum_calculation(
        &mut self,
        when: Option<RequestChecksumCalculation>,
    ) -> &mut Self {
        self.settings.checksums.requests = when.unwrap_or_default();
        self
    }

    /// Sets or unsets [`response_checksum_validation`](Self::response_checksum_validation).
    #[cfg(feature = "checksums")]
    pub fn set_response_checksum_validation(
        &mut self,
        when: Option<ResponseChecksumValidation>,
    ) -> &mut Self {
        self.settings.checksums.answers = when.unwrap_or_default();
        self
    }

    /// Sets or unsets the [`validation`](Self::validation).
    pub fn set_validation(&mut self, validation: Option<Validation>) -> &mut Self {
        self.settings.validation = validation.unwrap_or(Validation::STANDARD);
        self
    }

    /// Sets or unsets [`max_response_bytes`](Self::max_response_bytes).
    pub fn set_max_response_bytes(&mut self, limit: Option<usize>) -> &mut Self {
        self.settings.max_response_bytes = limit.unwrap_or(MAX_RESPONSE_BYTES);
        self
    }

    /// Sets or unsets the [`idempotency_tokens`](Self::idempotency_tokens).
    pub fn set_idempotency_tokens(&mut self, tokens: Option<fn() -> String>) -> &mut Self {
        self.settings.tokens = tokens.unwrap_or(idempotency::token);
        self
    }

    /// Adds an [`interceptor`](Self::interceptor).
    pub fn push_interceptor(&mut self, interceptor: SharedInterceptor) -> &mut Self {
        self.settings.interceptors.push(interceptor);
        self
    }

    /// Replaces all [interceptors](Self::interceptor).
    pub fn set_interceptors(
        &mut self,
        interceptors: impl IntoIterator<Item = SharedInterceptor>,
    ) -> &mut Self {
        self.settings.interceptors = interceptors.into_iter().collect();
        self
    }

    /// Has no effect, like [`behavior_version`](Self::behavior_version).
    pub fn set_behavior_version(&mut self, _: Option<BehaviorVersion>) -> &mut Self {
        self
    }
}
