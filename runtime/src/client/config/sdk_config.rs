//! The settings that AWS's own clients share, as ours.

use crate::client::config::{Builder, Config, SdkConfig, SharedCredentialsProvider, TokenSource};

impl From<&SdkConfig> for Builder {
    fn from(shared: &SdkConfig) -> Self {
        let mut builder = Builder::default().region(shared.region().cloned());
        if let Some(provider) = shared.credentials_provider() {
            builder = builder.credentials_provider(SharedCredentialsProvider::clone(&provider));
        }
        if let Some(provider) = shared.token_provider() {
            builder = builder.token_source(TokenSource::Provider(provider));
        }
        if let Some(url) = shared.endpoint_url() {
            builder = builder.endpoint_url(url);
        }
        if let Some(use_fips) = shared.use_fips() {
            builder = builder.use_fips(use_fips);
        }
        if let Some(use_dual_stack) = shared.use_dual_stack() {
            builder = builder.use_dual_stack(use_dual_stack);
        }
        if let Some(retry) = shared.retry_config() {
            builder = builder.retry_config(retry.clone());
        }
        if let Some(timeouts) = shared.timeout_config() {
            builder = builder.timeout_config(timeouts);
        }
        if let Some(name) = shared.app_name() {
            builder = builder.app_name(name.as_ref());
        }
        #[cfg(feature = "checksums")]
        {
            if let Some(when) = shared.request_checksum_calculation() {
                builder = builder.request_checksum_calculation(when);
            }
            if let Some(when) = shared.response_checksum_validation() {
                builder = builder.response_checksum_validation(when);
            }
        }
        builder
    }
}

impl From<&SdkConfig> for Config {
    fn from(shared: &SdkConfig) -> Self {
        Builder::from(shared).build()
    }
}
