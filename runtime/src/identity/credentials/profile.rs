//! [`ProfileProvider`], which provides the credentials of a profile of the AWS config and credentials files.

use crate::aws::ConfigurationError;
use crate::http::BoxError;
use crate::identity::credentials::json::{self, Dialect};
use crate::identity::credentials::plan::{Base, NamedSource, Plan, PlanError, Process, Role, plan};
use crate::identity::credentials::service::{Place, Service};
use crate::identity::credentials::service_request::ServiceError;
use crate::identity::credentials::sts::assume_role;
use crate::identity::credentials::{
    ContainerProvider, Credentials, CredentialsError, EnvironmentProvider, ImdsClient,
    ImdsProvider, LoginProvider, ProvideCredentials, ProviderConfig, Result, SsoProvider,
    WebIdentityProvider, process,
};
use crate::identity::profile::Origin;
use aws_credential_types::provider::future;
use std::time::Duration;

/// The timeout of a process. It is long enough for a person who types a code, and shorter than the default timeout of
/// an attempt, so that the error names the process instead of the attempt.
const PROCESS_TIMEOUT: Duration = Duration::from_secs(45);
const PROCESS_ANSWER: Dialect = Dialect {
    provider_name: "credential_process",
    token_field: "SessionToken",
    is_versioned: true,
};

/// The credential provider of the selected profile: its keys, those that its `credential_process` prints, or those of
/// roles, of IAM Identity Center, of a web identity or of `aws login`, as [`plan`] defines.
///
/// Each call reads the files and runs the plan again. A process that times out is stopped, with all processes that it
/// has started if this program has no terminal. At a terminal, where it may have to ask for a code, those processes are
/// not stopped.
#[derive(Debug, Clone)]
pub struct ProfileProvider {
    config: ProviderConfig,
    imds: ImdsProvider,
    process_timeout: Duration,
}

/// The error of a step of the plan.
#[derive(Debug, thiserror::Error)]
enum StepError {
    #[error("{origin}: no credentials")]
    Source {
        origin: Origin,
        source: CredentialsError,
    },
    #[error("{origin}: {source}")]
    Configuration {
        origin: Origin,
        source: ConfigurationError,
    },
    #[error("{origin}: {source}")]
    Role {
        origin: Origin,
        source: ServiceError,
    },
    #[error(
        "{0} requires an MFA code: set \
         `ProviderConfig::mfa`, or use a profile without `mfa_serial`"
    )]
    NoMfa(Origin),
    #[error("{origin}: no MFA code: {source}")]
    Mfa { origin: Origin, source: BoxError },
}

impl ProfileProvider {
    /// Creates a provider of the profile that the configuration names, or that the environment selects.
    pub fn new(config: ProviderConfig) -> Self {
        let imds = ImdsProvider::new(ImdsClient::new(config.clone()));
        Self::with_imds(config, imds)
    }

    /// Creates a provider with a shared client of EC2 instance metadata.
    pub(super) fn with_imds(config: ProviderConfig, imds: ImdsProvider) -> Self {
        Self {
            config,
            imds,
            process_timeout: PROCESS_TIMEOUT,
        }
    }

    /// Sets the timeout of a `credential_process`; 45 seconds by default.
    pub fn process_timeout(mut self, limit: Duration) -> Self {
        self.process_timeout = limit;
        self
    }

    async fn load(&self) -> Result {
        // These are two small files, read when credentials are due, and do not need a thread.
        let profiles = self.config.profiles();
        let Plan { base, roles } = plan(&profiles.map_err(PlanError::from)?)?;
        // Missing settings are reported before anything is sent.
        let found = match &base {
            Base::Keys(_) | Base::Source(NamedSource::Environment, _) => {
                Some(self.base(base.clone()).await?)
            }
            _ => None,
        };
        let place = self.sts(&roles)?;
        self.check_mfa(&roles)?;
        let mut credentials = match found {
            Some(credentials) => credentials,
            None => self.base(base).await?,
        };
        if let Some(place) = place {
            for role in &roles {
                credentials = self.take(role, &place, &credentials).await?;
            }
        }
        Ok(credentials)
    }

    /// Checks that a callback for MFA codes is set if a role requires one.
    fn check_mfa(&self, roles: &[Role]) -> std::result::Result<(), CredentialsError> {
        let mut serials = roles.iter().filter_map(|role| role.mfa_serial.as_ref());
        match (&self.config.mfa, serials.next()) {
            (None, Some(serial)) => {
                let error = StepError::NoMfa(serial.origin().clone());
                Err(CredentialsError::invalid_configuration(error))
            }
            _ => Ok(()),
        }
    }

    /// Returns the endpoint of AWS STS; `None` if there are no roles.
    fn sts(&self, roles: &[Role]) -> std::result::Result<Option<Place>, CredentialsError> {
        let Some(role) = roles.first() else {
            return Ok(None);
        };
        let place = || {
            let settings = self.config.settings()?;
            let region = settings.region("AWS STS")?;
            Service::Sts.place(&region, settings.source())
        };
        place().map(Some).map_err(|source| {
            CredentialsError::invalid_configuration(StepError::Configuration {
                origin: role.origin.clone(),
                source,
            })
        })
    }

    /// Returns the first credentials.
    async fn base(&self, base: Base) -> Result {
        let config = self.config.clone();
        match base {
            Base::Keys(credentials) => Ok(credentials),
            Base::Source(source, origin) => {
                let found = self.named(source).await;
                // A named source is required: no other may replace it.
                found.map_err(|source| {
                    CredentialsError::provider_error(StepError::Source { origin, source })
                })
            }
            Base::WebIdentity(role) => {
                let provider = WebIdentityProvider::of_role(config, role);
                provider.provide_credentials().await
            }
            Base::Sso(role) => SsoProvider::new(config, role).provide_credentials().await,
            Base::Login(session) => {
                let provider = LoginProvider::new(config, session);
                provider.provide_credentials().await
            }
            Base::Process(process) => self.run(&process).await,
        }
    }

    async fn named(&self, source: NamedSource) -> Result {
        let config = self.config.clone();
        match source {
            NamedSource::Environment => {
                let provider = EnvironmentProvider::new(config);
                provider.provide_credentials().await
            }
            NamedSource::Ec2InstanceMetadata => self.imds.provide_credentials().await,
            NamedSource::EcsContainer => {
                let provider = ContainerProvider::new(config);
                provider.provide_credentials().await
            }
        }
    }

    async fn run(&self, process: &Process) -> Result {
        let origin = process.command.origin();
        let failed = |why: &dyn std::fmt::Display| {
            CredentialsError::provider_error(format!("{origin}: {why}"))
        };
        let (clock, limit) = (&self.config.clock, self.process_timeout);
        let output = process::run(process.command.value(), clock, limit).await;
        let output = output.map_err(|error| failed(&error))?;
        let account = process.account_id.as_deref();
        json::read(&output, PROCESS_ANSWER, account).map_err(|error| failed(&error))
    }

    /// Assumes a role with the previous credentials.
    async fn take(&self, role: &Role, place: &Place, credentials: &Credentials) -> Result {
        let code = match (&role.mfa_serial, &self.config.mfa) {
            (Some(serial), Some(ask)) => {
                let code = ask(serial.value().to_owned()).await;
                Some(code.map_err(|source| {
                    CredentialsError::provider_error(StepError::Mfa {
                        origin: serial.origin().clone(),
                        source,
                    })
                })?)
            }
            _ => None,
        };
        let taken = assume_role(&self.config, place, credentials, role, code.as_deref()).await;
        taken.map_err(|source| {
            CredentialsError::provider_error(StepError::Role {
                origin: role.origin.clone(),
                source,
            })
        })
    }
}

impl ProvideCredentials for ProfileProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        // The future is boxed once here, so that not every future that awaits it has the size of all steps.
        future::ProvideCredentials::new(Box::pin(self.load()))
    }
}
