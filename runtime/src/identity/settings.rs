//! [`SettingsSource`], which looks up a setting in variables and the profile, with its origin.

use crate::aws::ConfigurationError;
use crate::http::url::{UrlText, is_host_label};
use crate::identity::environment::Environment;
use crate::identity::profile::{Profile, Profiles, Property};

/// The source of settings: variables first, then the profile.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SettingsSource<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) profiles: &'a Profiles,
    pub(crate) profile: Option<&'a Profile>,
}

/// A value and its origin.
pub(crate) struct Found {
    pub(crate) value: String,
    pub(crate) origin: String,
}

/// The names of a service in settings.
#[derive(Debug, Clone)]
pub(crate) struct ServiceKeys {
    /// The suffix of its variables, such as `SSO_OIDC`.
    pub(crate) variable_suffix: String,
    /// Its property in a `services` section, such as `sso_oidc`.
    pub(crate) property: String,
}

impl ServiceKeys {
    /// Returns the keys of the service with this `sdkId`.
    pub(crate) fn of(sdk_id: &str) -> Self {
        let name = sdk_id.replace(' ', "_");
        Self {
            variable_suffix: name.to_uppercase(),
            property: name.to_lowercase(),
        }
    }
}

impl Found {
    /// Returns the error of a value that is not among the expected ones.
    pub(crate) fn invalid(&self, expected: &str) -> ConfigurationError {
        let (shown, more) = first_line(&self.value);
        ConfigurationError::new(format!(
            "{}: invalid value {shown:?}{more}: expected {expected}",
            self.origin
        ))
    }

    fn of_property(property: &Property) -> Option<Self> {
        let found = Self {
            value: property.value().to_owned(),
            origin: property.origin().to_string(),
        };
        Some(found).filter(|found| !found.value.is_empty())
    }
}

/// Returns the first line of a value, and the text after it in messages if there are more lines. Each is another line of
/// the file that is indented, and may be a secret.
pub(crate) fn first_line(value: &str) -> (&str, &'static str) {
    match value.split_once(['\n', '\r']) {
        Some((first, _)) => (first, " and the indented lines after it"),
        None => (value, ""),
    }
}

/// Reads a flag; one that is not set is `false`.
pub(crate) fn is_true(found: Option<Found>) -> Result<bool, ConfigurationError> {
    let Some(found) = found else {
        return Ok(false);
    };
    match found.value.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(found.invalid("true or false")),
    }
}

impl SettingsSource<'_> {
    pub(crate) fn variable(&self, name: &str) -> Option<Found> {
        self.environment.get(name).map(|value| Found {
            value,
            origin: format!("environment variable {name}"),
        })
    }

    pub(crate) fn property(&self, name: &str) -> Option<Found> {
        Found::of_property(self.profile?.property(name)?)
    }

    pub(crate) fn find(&self, variable: &str, property: &str) -> Option<Found> {
        self.variable(variable).or_else(|| self.property(property))
    }

    pub(crate) fn flag(&self, variable: &str, property: &str) -> Result<bool, ConfigurationError> {
        is_true(self.find(variable, property))
    }

    /// Returns a flag that profiles do not have.
    pub(crate) fn switch(&self, variable: &str) -> Result<bool, ConfigurationError> {
        is_true(self.variable(variable))
    }

    /// Returns the value of `AWS_USE_FIPS_ENDPOINT` or its property.
    pub(crate) fn use_fips(&self) -> Result<bool, ConfigurationError> {
        self.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")
    }

    /// Returns the value of `AWS_USE_DUALSTACK_ENDPOINT` or its property.
    pub(crate) fn use_dual_stack(&self) -> Result<bool, ConfigurationError> {
        self.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")
    }

    /// Returns `AWS_REGION`, then `AWS_DEFAULT_REGION`, then `region` of the profile.
    pub(crate) fn region(&self) -> Result<Option<String>, ConfigurationError> {
        let found = self
            .variable("AWS_REGION")
            .or_else(|| self.find("AWS_DEFAULT_REGION", "region"));
        let Some(found) = found else { return Ok(None) };
        match is_host_label(&found.value) {
            true => Ok(Some(found.value)),
            false => Err(found.invalid("the name of a region, such as us-east-1")),
        }
    }

    /// Returns the endpoint URL. That of the service takes precedence over that of all services, and variables over the
    /// profile.
    pub(crate) fn endpoint_url(
        &self,
        service: &ServiceKeys,
    ) -> Result<Option<Found>, ConfigurationError> {
        if self.flag(
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "ignore_configured_endpoint_urls",
        )? {
            return Ok(None);
        }
        let of_services = self
            .profile
            .map(|profile| {
                self.profiles
                    .service_property(profile, &service.property, "endpoint_url")
            })
            .transpose()
            .map_err(|error| ConfigurationError::new(error.to_string()))?
            .flatten();
        let found = self
            .variable(&format!("AWS_ENDPOINT_URL_{}", service.variable_suffix))
            .or_else(|| self.variable("AWS_ENDPOINT_URL"))
            .or_else(|| Found::of_property(of_services?))
            .or_else(|| self.property("endpoint_url"));
        if let Some(found) = &found {
            // The URL is checked here, so that the error can name its place.
            crate::aws::endpoint::check_url(&UrlText::new(&found.value))
                .map_err(|error| ConfigurationError::new(format!("{}: {error}", found.origin)))?;
        }
        Ok(found)
    }
}
