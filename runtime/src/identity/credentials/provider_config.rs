//! [`ProviderConfig`], the configuration of credential providers: variables, files, transports and the clock.

use crate::aws::ConfigurationError;
use crate::http::time::{SharedClock, SystemClock};
use crate::http::{self, BoxError, BoxFuture, SharedTransport, TransportSettings, lazy_transport};
use crate::identity::credentials::metadata_transport;
use crate::identity::credentials::refresh_gate::RefreshGate;
use crate::identity::environment::Environment;
use crate::identity::file_system::FileSystem;
use crate::identity::profile::{ProfileError, Profiles};
use crate::identity::settings::SettingsSource;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

/// A function that asks a person for the code of an MFA device.
type AskForCode = dyn Fn(String) -> BoxFuture<'static, Result<String, BoxError>> + Send + Sync;

/// The configuration of credential providers.
///
/// The default is this process: its variables and files, the system clock, and HTTP with the proxies of the environment
/// for services and without a proxy for metadata services. Nothing is read, and no HTTP client is built, before it is
/// needed. The configuration is cheap to clone.
#[derive(Clone)]
pub struct ProviderConfig {
    pub(crate) environment: Environment,
    pub(crate) files: FileSystem,
    pub(crate) transport: SharedTransport,
    /// `true` if the transport is the default one.
    is_default_transport: bool,
    pub(crate) metadata_transport: SharedTransport,
    pub(crate) clock: SharedClock,
    pub(crate) profile_name: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) mfa: Option<Arc<AskForCode>>,
    pub(crate) refreshes: RefreshGate,
}

/// Returns the HTTP transport with the proxies of these variables.
fn default_transport(environment: Environment) -> SharedTransport {
    lazy_transport(move || {
        let environment = environment.clone();
        let settings = TransportSettings::default();
        http::transport(None, settings.variables(move |name| environment.get(name)))
    })
}

impl Default for ProviderConfig {
    fn default() -> Self {
        Self {
            environment: Environment::process(),
            files: FileSystem::real(),
            transport: default_transport(Environment::process()),
            is_default_transport: true,
            metadata_transport: metadata_transport(),
            clock: Arc::new(SystemClock),
            profile_name: None,
            region: None,
            mfa: None,
            refreshes: RefreshGate::default(),
        }
    }
}

impl ProviderConfig {
    /// Creates the default configuration.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the source of variables, those that name proxies included.
    pub fn environment(mut self, environment: Environment) -> Self {
        if self.is_default_transport {
            self.transport = default_transport(environment.clone());
        }
        self.environment = environment;
        self
    }

    /// Sets the file system to read from and write to.
    pub fn files(mut self, files: FileSystem) -> Self {
        self.files = files;
        self
    }

    /// Sets the transport of all requests, those to metadata services included unless
    /// [`metadata_transport`](Self::metadata_transport) is set after it.
    pub fn transport(mut self, transport: SharedTransport) -> Self {
        self.metadata_transport = transport.clone();
        self.service_transport(transport)
    }

    /// Sets the transport of requests to services only: STS, SSO, SSO-OIDC and Sign-In.
    pub fn service_transport(mut self, transport: SharedTransport) -> Self {
        self.transport = transport;
        self.is_default_transport = false;
        self
    }

    /// Sets the transport of requests to metadata services, which respond only to the machine they serve. It should use
    /// no proxy.
    pub fn metadata_transport(mut self, transport: SharedTransport) -> Self {
        self.metadata_transport = transport;
        self
    }

    /// Sets the clock for timeouts and the expiration of credentials.
    pub fn clock(mut self, clock: SharedClock) -> Self {
        self.clock = clock;
        self
    }

    /// Uses this profile, regardless of the environment.
    pub fn profile_name(mut self, name: impl Into<String>) -> Self {
        self.profile_name = Some(name.into());
        self
    }

    /// Uses STS and Sign-In in this region, regardless of the environment and the profile.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the function that returns the code of an MFA device for its serial number, if a profile has `mfa_serial`.
    /// Without this function, such a profile is an error.
    ///
    /// It runs each time the role is assumed, which includes the refresh shortly before credentials expire.
    pub fn mfa<F, R>(mut self, ask: F) -> Self
    where
        F: Fn(String) -> R + Send + Sync + 'static,
        R: Future<Output = Result<String, BoxError>> + Send + 'static,
    {
        self.mfa = Some(Arc::new(move |serial| Box::pin(ask(serial))));
        self
    }

    /// Reads the profile files, and selects the profile that was named in code.
    pub(crate) fn profiles(&self) -> Result<Profiles, ProfileError> {
        let profiles = Profiles::load_from(&self.environment, &self.files)?;
        Ok(match &self.profile_name {
            Some(name) => profiles.select(name),
            None => profiles,
        })
    }

    /// Returns the settings of variables and the selected profile, for the services that are called on the way.
    pub(crate) fn settings(&self) -> Result<ProviderSettings<'_>, ConfigurationError> {
        let profiles = self.profiles();
        let profiles = profiles.map_err(|error| ConfigurationError::new(error.to_string()))?;
        Ok(ProviderSettings {
            config: self,
            profiles,
        })
    }
}

/// The settings of variables and the selected profile.
pub(crate) struct ProviderSettings<'a> {
    config: &'a ProviderConfig,
    profiles: Profiles,
}

impl ProviderSettings<'_> {
    /// Returns the source of settings.
    pub(crate) fn source(&self) -> SettingsSource<'_> {
        SettingsSource {
            environment: &self.config.environment,
            profiles: &self.profiles,
            profile: self.profiles.profile(self.profiles.selected_name()),
        }
    }

    /// Returns the region for this service: the one set in code, then `AWS_REGION`, then that of the profile.
    pub(crate) fn region(&self, service: &str) -> Result<String, ConfigurationError> {
        let region = match &self.config.region {
            Some(region) => Some(region.clone()),
            None => self.source().region()?,
        };
        region.ok_or_else(|| {
            ConfigurationError::new(format!(
                "no region for {service}: set AWS_REGION, or `region` in profile `{}`",
                self.profiles.selected_name()
            ))
        })
    }
}

impl fmt::Debug for ProviderConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderConfig")
            .field("environment", &self.environment)
            .field("files", &self.files)
            .field("transport", &self.transport)
            .field("metadata_transport", &self.metadata_transport)
            .field("profile_name", &self.profile_name)
            .field("region", &self.region)
            .field("mfa", &self.mfa.is_some())
            .finish_non_exhaustive()
    }
}
