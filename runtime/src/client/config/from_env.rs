//! Reads settings from the environment and the profile, as the AWS SDKs and Tools Reference Guide defines: variables
//! first, then the profile. An invalid value is an error that names its place.

use crate::aws::ConfigurationError;
use crate::aws::retry::{RetryMode, RetrySettings};
use crate::client::config::{Builder, Config, CredentialsSource, Region, Token, TokenSource};
use crate::http::CaBundle;
use crate::identity::credentials::{ImdsClient, ProviderConfig};
use crate::identity::environment::Environment;
use crate::identity::profile::ProfileError;
use crate::identity::settings::{ServiceKeys, SettingsSource};
use crate::protocol::ServiceSchema;
use crate::protocol::compression::MAX_MIN_COMPRESSION_SIZE;

impl Config {
    /// Reads the settings for a service from the environment of this process.
    ///
    /// The variables that name proxies are read for the first call, unless a proxy or a transport is set in code.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is invalid, or a file cannot be read.
    pub async fn from_env(service: &ServiceSchema) -> Result<Self, ConfigurationError> {
        Self::from_provider_config(service, ProviderConfig::new()).await
    }

    /// Reads the settings for a service from this environment.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is invalid, or a file cannot be read.
    pub async fn from_environment(
        service: &ServiceSchema,
        environment: Environment,
    ) -> Result<Self, ConfigurationError> {
        let provider_config = ProviderConfig::new().environment(environment);
        Self::from_provider_config(service, provider_config).await
    }

    /// Reads the settings for a service from the environment, the files and the profile of this configuration. The
    /// default chain of the same configuration provides the credentials, with the transport of the client.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is invalid, or a file cannot be read.
    pub async fn from_provider_config(
        service: &ServiceSchema,
        provider_config: ProviderConfig,
    ) -> Result<Self, ConfigurationError> {
        let profiles = provider_config.profiles().map_err(unusable)?;
        let profile = profiles.selected().map_err(unusable)?;
        let source = SettingsSource {
            environment: &provider_config.environment,
            profiles: &profiles,
            profile,
        };
        let mut builder = apply(&source, service)?;
        builder = match source.region()? {
            Some(region) => builder.region(Region::new(region)),
            None => builder.region(region_of_instance(&provider_config).await),
        };
        if source.property("sso_session").is_some() {
            builder = builder.token_source(TokenSource::sso(provider_config.clone()));
        }
        if let Some(token) = source.variable(&bearer_variable(service)) {
            builder = builder.token_provider(Token::new(token.value, None));
        }
        Ok(builder
            .credentials_source(CredentialsSource::default_chain(provider_config))
            .build())
    }
}

fn unusable(error: ProfileError) -> ConfigurationError {
    ConfigurationError::new(error.to_string())
}

/// Returns the region of the EC2 instance, or `None` elsewhere.
async fn region_of_instance(provider_config: &ProviderConfig) -> Option<Region> {
    let client = ImdsClient::new(provider_config.clone());
    client.region().await.ok().map(Region::new)
}

/// Returns the name of the variable that holds the token of a service, by its signing name.
pub(crate) fn bearer_variable(service: &ServiceSchema) -> String {
    format!("AWS_BEARER_TOKEN_{}", bearer_name(service).to_uppercase())
}

/// Returns the name of the service in that variable, in its original case.
pub(super) fn bearer_name(service: &ServiceSchema) -> String {
    service.signing_name.replace(['-', ' '], "_")
}

fn apply(
    source: &SettingsSource<'_>,
    service: &ServiceSchema,
) -> Result<Builder, ConfigurationError> {
    let mut builder = Builder::default()
        .retry_config(retry(source)?)
        .correct_clock_skew(!source.switch("AWS_DISABLE_CLOCK_SKEW_CORRECTION")?)
        .use_fips(source.use_fips()?)
        .use_dual_stack(source.use_dual_stack()?);
    if let Some(url) = source.endpoint_url(&ServiceKeys::of(service.sdk_id))? {
        builder = builder.endpoint_url(url.value);
    }
    if let Some(size) = compression_size(source)? {
        builder = builder.request_min_compression_size_bytes(size);
    }
    builder = builder.disable_request_compression(source.flag(
        "AWS_DISABLE_REQUEST_COMPRESSION",
        "disable_request_compression",
    )?);
    #[cfg(feature = "checksums")]
    {
        builder = checksums(source, builder)?;
    }
    if let Some(found) = source.find("AWS_CA_BUNDLE", "ca_bundle") {
        let bundle = CaBundle::new(source.environment.expand_home(&found.value));
        // The file is read here, so that the error can name the place of its path.
        #[cfg(any(feature = "reqwest", feature = "hyper"))]
        bundle
            .roots()
            .map_err(|error| ConfigurationError::new(format!("{}: {error}", found.origin)))?;
        builder = builder.trusts(bundle);
    }
    // The proxies are parsed for the first call: a proxy or a transport that is set in code replaces them.
    builder = builder.environment(source.environment.clone());
    if let Some(name) = source.find("AWS_SDK_UA_APP_ID", "sdk_ua_app_id") {
        builder = builder.app_name(name.value);
    }
    Ok(builder)
}

#[cfg(feature = "checksums")]
fn checksums(
    source: &SettingsSource<'_>,
    mut builder: Builder,
) -> Result<Builder, ConfigurationError> {
    const EXPECTED: &str = "when_supported or when_required";
    if let Some(found) = source.find(
        "AWS_REQUEST_CHECKSUM_CALCULATION",
        "request_checksum_calculation",
    ) {
        let when = found.value.parse().map_err(|_| found.invalid(EXPECTED))?;
        builder = builder.request_checksum_calculation(when);
    }
    if let Some(found) = source.find(
        "AWS_RESPONSE_CHECKSUM_VALIDATION",
        "response_checksum_validation",
    ) {
        let when = found.value.parse().map_err(|_| found.invalid(EXPECTED))?;
        builder = builder.response_checksum_validation(when);
    }
    Ok(builder)
}

fn compression_size(source: &SettingsSource<'_>) -> Result<Option<u32>, ConfigurationError> {
    let found = source.find(
        "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
        "request_min_compression_size_bytes",
    );
    let Some(found) = found else { return Ok(None) };
    let size = found.value.parse().ok();
    let size = size.filter(|size| *size <= MAX_MIN_COMPRESSION_SIZE);
    match size {
        Some(size) => Ok(Some(size)),
        None => Err(found.invalid("a number of bytes from 0 to 10485760")),
    }
}

fn retry(source: &SettingsSource<'_>) -> Result<RetrySettings, ConfigurationError> {
    let mut settings = RetrySettings::standard();
    if let Some(found) = source.find("AWS_RETRY_MODE", "retry_mode") {
        settings.mode = match found.value.to_ascii_lowercase().as_str() {
            // `legacy` stands for the rules of older tools. Newer SDKs read it as `standard`.
            "standard" | "legacy" => RetryMode::Standard,
            "adaptive" => RetryMode::Adaptive,
            _ => return Err(found.invalid("standard or adaptive")),
        };
    }
    if let Some(found) = source.find("AWS_MAX_ATTEMPTS", "max_attempts") {
        let attempts = found.value.parse().ok().filter(|attempts| *attempts > 0);
        settings.max_attempts =
            attempts.ok_or_else(|| found.invalid("a whole number of at least 1"))?;
    }
    Ok(settings)
}
