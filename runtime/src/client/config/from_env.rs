//! The settings of the environment and of the profile, by the AWS SDKs and Tools Reference Guide: variables first, then
//! the profile. A value that makes no sense is an error that says where it stands.

use crate::aws::ConfigurationError;
use crate::aws::retry::{RetryMode, RetrySettings};
use crate::client::config::{Builder, Config, Region, Token};
use crate::http::proxy::Proxies;
use crate::http::time::{SharedClock, SystemClock};
use crate::http::tls;
use crate::http::url::UrlText;
use crate::identity::credentials::{DefaultChain, ImdsClient, metadata_transport};
use crate::identity::environment::Environment;
use crate::identity::profile::{Profile, ProfileError, Profiles};
use crate::protocol::ServiceSchema;
use crate::protocol::compression::MOST_BEFORE_COMPRESSION;
use std::sync::Arc;

impl Config {
    /// The settings of this process's environment for a service.
    pub async fn from_env(service: &ServiceSchema) -> Result<Self, ConfigurationError> {
        Self::from_environment(service, Environment::process()).await
    }

    /// The settings of a given environment for a service.
    pub async fn from_environment(
        service: &ServiceSchema,
        environment: Environment,
    ) -> Result<Self, ConfigurationError> {
        let profiles = Profiles::load(&environment).map_err(unusable)?;
        let profile = profiles.selected().map_err(unusable)?;
        let source = Source {
            environment: &environment,
            profiles: &profiles,
            profile,
        };
        let builder = source.apply(service)?;
        let builder = match source.region()? {
            Some(region) => builder.region(Region::new(region)),
            None => builder.region(region_of_instance(&environment).await),
        };
        let chain = DefaultChain::builder()
            .environment(environment.clone())
            .build();
        Ok(builder.credentials_provider(chain).build())
    }
}

fn unusable(error: ProfileError) -> ConfigurationError {
    ConfigurationError::new(error.to_string())
}

/// The region of the EC2 instance that this is; `None` elsewhere.
async fn region_of_instance(environment: &Environment) -> Option<Region> {
    let clock: SharedClock = Arc::new(SystemClock);
    let client = ImdsClient::new(environment.clone(), metadata_transport(), clock);
    client.region().await.ok().map(Region::new)
}

/// The variable that holds the token of a service, by its name in signatures.
pub(crate) fn bearer_variable(service: &ServiceSchema) -> String {
    let name = service.signing_name.replace(['-', ' '], "_");
    format!("AWS_BEARER_TOKEN_{}", name.to_uppercase())
}

fn is_true(found: Option<Found>) -> Result<bool, ConfigurationError> {
    let Some(found) = found else {
        return Ok(false);
    };
    match found.value.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(found.invalid("true or false")),
    }
}

/// Where settings are looked up.
struct Source<'a> {
    environment: &'a Environment,
    profiles: &'a Profiles,
    profile: Option<&'a Profile>,
}

/// A value and where it stands.
struct Found {
    value: String,
    origin: String,
}

impl Found {
    fn invalid(&self, expected: &str) -> ConfigurationError {
        ConfigurationError::new(format!(
            "{} is {:?}: it must be {expected}",
            self.origin, self.value
        ))
    }
}

impl Source<'_> {
    fn apply(&self, service: &ServiceSchema) -> Result<Builder, ConfigurationError> {
        let mut builder = Builder::default()
            .retry_config(self.retry()?)
            .correct_clock_skew(!self.switch("AWS_DISABLE_CLOCK_SKEW_CORRECTION")?)
            .use_fips(self.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?)
            .use_dual_stack(self.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?);
        if let Some(url) = self.endpoint_url(service)? {
            // Looked at here, so that the error can say where the URL stands.
            crate::aws::endpoint::check_url(&UrlText::new(&url.value))
                .map_err(|error| ConfigurationError::new(format!("{}: {error}", url.origin)))?;
            builder = builder.endpoint_url(url.value);
        }
        if let Some(token) = self.variable(&bearer_variable(service)) {
            builder = builder.token_provider(Token::new(token.value, None));
        }
        if let Some(size) = self.compression_size()? {
            builder = builder.request_min_compression_size_bytes(size);
        }
        builder = builder.disable_request_compression(self.flag(
            "AWS_DISABLE_REQUEST_COMPRESSION",
            "disable_request_compression",
        )?);
        #[cfg(feature = "checksums")]
        {
            builder = self.checksums(builder)?;
        }
        if let Some(found) = self.find("AWS_CA_BUNDLE", "ca_bundle") {
            let path = self.environment.expand_home(&found.value);
            // Read here too, so that the error can say where the path stands.
            tls::check_bundle(&path)
                .map_err(|error| ConfigurationError::new(format!("{}: {error}", found.origin)))?;
            builder = builder.ca_bundle(path);
        }
        // Looked at here, so that a proxy that cannot be used is not first noticed by a call.
        Proxies::from_variables(|name| self.environment.get(name))
            .map_err(|error| ConfigurationError::new(error.to_string()))?;
        builder = builder.environment(self.environment.clone());
        if let Some(name) = self.find("AWS_SDK_UA_APP_ID", "sdk_ua_app_id") {
            builder = builder.app_name(name.value);
        }
        Ok(builder)
    }

    #[cfg(feature = "checksums")]
    fn checksums(&self, mut builder: Builder) -> Result<Builder, ConfigurationError> {
        const EXPECTED: &str = "when_supported or when_required";
        if let Some(found) = self.find(
            "AWS_REQUEST_CHECKSUM_CALCULATION",
            "request_checksum_calculation",
        ) {
            let when = found.value.parse().map_err(|_| found.invalid(EXPECTED))?;
            builder = builder.request_checksum_calculation(when);
        }
        if let Some(found) = self.find(
            "AWS_RESPONSE_CHECKSUM_VALIDATION",
            "response_checksum_validation",
        ) {
            let when = found.value.parse().map_err(|_| found.invalid(EXPECTED))?;
            builder = builder.response_checksum_validation(when);
        }
        Ok(builder)
    }

    fn compression_size(&self) -> Result<Option<u32>, ConfigurationError> {
        let found = self.find(
            "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
            "request_min_compression_size_bytes",
        );
        let Some(found) = found else { return Ok(None) };
        let size = found.value.parse().ok();
        let size = size.filter(|size| *size <= MOST_BEFORE_COMPRESSION);
        match size {
            Some(size) => Ok(Some(size)),
            None => Err(found.invalid("a number of bytes from 0 to 10485760")),
        }
    }

    fn variable(&self, name: &str) -> Option<Found> {
        self.environment.get(name).map(|value| Found {
            value,
            origin: format!("the variable {name}"),
        })
    }

    fn property(&self, name: &str) -> Option<Found> {
        let property = self.profile?.property(name)?;
        let found = Found {
            value: property.value().to_owned(),
            origin: property.origin().to_string(),
        };
        Some(found).filter(|found| !found.value.is_empty())
    }

    fn find(&self, variable: &str, property: &str) -> Option<Found> {
        self.variable(variable).or_else(|| self.property(property))
    }

    fn flag(&self, variable: &str, property: &str) -> Result<bool, ConfigurationError> {
        is_true(self.find(variable, property))
    }

    /// A flag that profiles do not have.
    fn switch(&self, variable: &str) -> Result<bool, ConfigurationError> {
        is_true(self.variable(variable))
    }

    fn region(&self) -> Result<Option<String>, ConfigurationError> {
        let found = self
            .variable("AWS_REGION")
            .or_else(|| self.find("AWS_DEFAULT_REGION", "region"));
        let Some(found) = found else { return Ok(None) };
        match crate::aws::endpoint::is_host_label(&found.value) {
            true => Ok(Some(found.value)),
            false => Err(found.invalid("the name of a region, such as us-east-1")),
        }
    }

    /// The service's own endpoint goes before the one of all services, and variables before the profile.
    fn endpoint_url(&self, service: &ServiceSchema) -> Result<Option<Found>, ConfigurationError> {
        if self.flag(
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "ignore_configured_endpoint_urls",
        )? {
            return Ok(None);
        }
        let of_services = || {
            let property = self.profiles.service_property(
                self.profile?,
                &service.profile_key(),
                "endpoint_url",
            )?;
            let found = Found {
                value: property.value().to_owned(),
                origin: property.origin().to_string(),
            };
            Some(found).filter(|found| !found.value.is_empty())
        };
        Ok(self
            .variable(&format!("AWS_ENDPOINT_URL_{}", service.variable_suffix()))
            .or_else(|| self.variable("AWS_ENDPOINT_URL"))
            .or_else(of_services)
            .or_else(|| self.property("endpoint_url")))
    }

    fn retry(&self) -> Result<RetrySettings, ConfigurationError> {
        let mut settings = RetrySettings::standard();
        if let Some(found) = self.find("AWS_RETRY_MODE", "retry_mode") {
            settings.mode = match found.value.to_ascii_lowercase().as_str() {
                // `legacy` is what older tools call their own rules; newer SDKs read it as `standard`.
                "standard" | "legacy" => RetryMode::Standard,
                "adaptive" => RetryMode::Adaptive,
                _ => return Err(found.invalid("standard or adaptive")),
            };
        }
        if let Some(found) = self.find("AWS_MAX_ATTEMPTS", "max_attempts") {
            let attempts = found.value.parse().ok().filter(|attempts| *attempts > 0);
            settings.max_attempts =
                attempts.ok_or_else(|| found.invalid("a whole number of at least 1"))?;
        }
        settings.new_rules_2026 = self.switch("AWS_NEW_RETRIES_2026")?;
        Ok(settings)
    }
}
