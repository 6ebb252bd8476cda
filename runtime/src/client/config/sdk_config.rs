//! Conversion of the settings that the AWS SDK for Rust shares between its clients.

use crate::client::config::service_settings::{ServiceSettings, prefers_bearer};
use crate::client::config::{Builder, Config, SdkConfig, TokenSource};
use crate::http::url::UrlText;

impl From<&SdkConfig> for Builder {
    /// Converts shared settings.
    ///
    /// The endpoint is the one set in code, else that of the service (`AWS_ENDPOINT_URL_<SERVICE>`, or the `services`
    /// section of the profile), else that of all services. Since only a client knows its service, the endpoint of the
    /// service is looked up when a client is created.
    ///
    /// An HTTP client, a sleep implementation and an identity cache are ignored.
    fn from(shared: &SdkConfig) -> Self {
        let mut builder = Self::default();
        builder.settings.of_service = ServiceSettings::of(shared);
        builder.take_identity(shared);
        builder.take_endpoint(shared);
        builder.take_resilience(shared);
        builder.take_request_settings(shared);
        builder
    }
}

impl Builder {
    fn take_identity(&mut self, shared: &SdkConfig) {
        self.set_credentials_provider(shared.credentials_provider());
        self.settings.bearer_tokens = shared.token_provider().map(TokenSource::Provider);
        self.settings.prefers_bearer = prefers_bearer(shared).unwrap_or(false);
        if let Some(name) = shared.app_name() {
            self.set_app_name(Some(name));
        }
        for framework in shared.framework_metadata() {
            self.push_framework_metadata(framework.clone());
        }
    }

    fn take_endpoint(&mut self, shared: &SdkConfig) {
        self.set_region(shared.region().cloned());
        // The setter is not used here: the endpoint of the service takes precedence over this one.
        self.settings.endpoint_url = shared.endpoint_url().map(UrlText::new);
        self.set_use_fips(shared.use_fips());
        self.set_use_dual_stack(shared.use_dual_stack());
    }

    fn take_resilience(&mut self, shared: &SdkConfig) {
        if let Some(retry) = shared.retry_config() {
            self.set_retry_config(Some(retry));
        }
        if let Some(timeouts) = shared.timeout_config() {
            self.set_timeout_config(Some(timeouts));
        }
        self.set_time_source(shared.time_source());
        self.set_disable_clock_skew_correction(shared.disable_clock_skew_correction());
    }

    fn take_request_settings(&mut self, shared: &SdkConfig) {
        self.set_disable_request_compression(shared.disable_request_compression());
        self.set_request_min_compression_size_bytes(shared.request_min_compression_size_bytes());
        #[cfg(feature = "checksums")]
        {
            self.set_request_checksum_calculation(shared.request_checksum_calculation());
            self.set_response_checksum_validation(shared.response_checksum_validation());
        }
    }
}

impl From<&SdkConfig> for Config {
    fn from(shared: &SdkConfig) -> Self {
        Builder::from(shared).build()
    }
}

/// Defines the constructor of a client from shared settings.
#[doc(hidden)]
#[macro_export]
macro_rules! from_sdk_config {
    ($config:ty) => {
        /// Creates a client with the settings that other AWS clients share, such as those of
        /// `aws_config::load_from_env()`.
        pub fn new(config: &$crate::config::SdkConfig) -> Self {
            Self::from_conf(<$config>::from(config))
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::config::{SharedTokenProvider, Token};
    use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};

    fn preference(names: &[&'static str]) -> AuthSchemePreference {
        let ids: Vec<AuthSchemeId> = names.iter().map(|name| AuthSchemeId::from(*name)).collect();
        AuthSchemePreference::from(ids)
    }

    #[test]
    fn how_requests_are_compressed_is_taken_over() {
        let open = Config::new(&SdkConfig::builder().build());
        assert_eq!(open.settings.compression, Default::default());
        let shared = SdkConfig::builder()
            .disable_request_compression(true)
            .request_min_compression_size_bytes(7);
        let compression = Config::new(&shared.build()).settings.compression;
        assert!(compression.disabled);
        assert_eq!(compression.least, 7);
    }

    #[test]
    fn tokens_precede_signatures_if_preferred() {
        let token = SharedTokenProvider::new(Token::new("t0ken", None));
        let table = [
            (None, false),
            (Some(["sigv4", "httpBearerAuth"]), false),
            (Some(["httpBearerAuth", "sigv4"]), true),
            (Some(["noAuth", "httpBearerAuth"]), true),
        ];
        for (names, expected) in table {
            let mut shared = SdkConfig::builder().token_provider(token.clone());
            shared.set_auth_scheme_preference(names.map(|names| preference(&names)));
            let config = Config::new(&shared.build());
            assert!(config.settings.bearer_tokens.is_some());
            assert_eq!(config.settings.prefers_bearer, expected, "{names:?}");
        }
    }
}
