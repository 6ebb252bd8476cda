//! [`ProfileProvider`]: a profile of the AWS config and credentials files in, its credentials out.

use crate::aws::ConfigurationError;
use crate::http::BoxError;
use crate::identity::credentials::json::{self, Dialect};
use crate::identity::credentials::plan::{Base, NamedSource, Plan, PlanError, Process, Role, plan};
use crate::identity::credentials::question::ServiceError;
use crate::identity::credentials::service::{Place, Service};
use crate::identity::credentials::sts::assume_role;
use crate::identity::credentials::{
    ContainerProvider, Credentials, CredentialsError, EnvironmentProvider, ImdsClient,
    ImdsProvider, LoginProvider, ProvideCredentials, ProviderConfig, Result, SsoProvider,
    WebIdentityProvider, process,
};
use crate::identity::profile::Origin;
use aws_credential_types::provider::future;
use std::time::Duration;

/// Long enough for a person who types a code, and shorter than an attempt may take by default: what hangs is then named,
/// instead of an attempt that took too long.
const PROCESS_TIMEOUT: Duration = Duration::from_secs(45);
const PROCESS_ANSWER: Dialect = Dialect {
    provider_name: "credential_process",
    token_field: "SessionToken",
    is_versioned: true,
};

/// Credentials of the selected profile: its keys, those that its `credential_process` prints, or those of roles, of IAM
/// Identity Center, of a web identity or of `aws login`, as [`plan`] has it.
///
/// The files are read, and what they ask for is done, anew at every call. A process that takes too long is stopped, and
/// where this program has no terminal all that it has started with it. At a terminal, where it may have to ask for a
/// code, what it has started is not.
#[derive(Debug, Clone)]
pub struct ProfileProvider {
    config: ProviderConfig,
    imds: ImdsProvider,
    process_timeout: Duration,
}

/// A step of the plan failed.
#[derive(Debug, thiserror::Error)]
enum StepError {
    #[error("{origin} gives no credentials")]
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
        "{0} asks for a code of an MFA device, and the program does not ask for one: set \
         `ProviderConfig::mfa`, or use a profile without `mfa_serial`"
    )]
    NoMfa(Origin),
    #[error("{origin}: no code of the MFA device: {source}")]
    Mfa { origin: Origin, source: BoxError },
}

impl ProfileProvider {
    /// The profile that the configuration names, or that the environment selects.
    pub fn new(config: ProviderConfig) -> Self {
        let imds = ImdsProvider::new(ImdsClient::new(config.clone()));
        Self::with_imds(config, imds)
    }

    /// The same, with a client of EC2 instance metadata that others use too.
    pub(super) fn with_imds(config: ProviderConfig, imds: ImdsProvider) -> Self {
        Self {
            config,
            imds,
            process_timeout: PROCESS_TIMEOUT,
        }
    }

    /// Sets how long a `credential_process` may take: 45 seconds by default.
    pub fn process_timeout(mut self, limit: Duration) -> Self {
        self.process_timeout = limit;
        self
    }

    async fn load(&self) -> Result {
        // Two small files, read when credentials are due: not worth a thread.
        let profiles = self.config.profiles();
        let Plan { base, roles } = plan(&profiles.map_err(PlanError::from)?)?;
        // What can be known to be missing is told before anything is sent.
        let place = self.sts(&roles)?;
        if let (None, Some(serial)) = (
            &self.config.mfa,
            roles.iter().find_map(|role| role.mfa_serial.as_ref()),
        ) {
            let error = StepError::NoMfa(serial.origin().clone());
            return Err(CredentialsError::invalid_configuration(error));
        }
        let mut credentials = self.base(base).await?;
        if let Some(place) = place {
            for role in &roles {
                credentials = self.take(role, &place, &credentials).await?;
            }
        }
        Ok(credentials)
    }

    /// Where roles are taken; `None` when there are none.
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

    /// The first credentials.
    async fn base(&self, base: Base) -> Result {
        let config = self.config.clone();
        match base {
            Base::Keys(credentials) => Ok(credentials),
            Base::Source(source, origin) => {
                let found = self.named(source).await;
                // A source that is named has to serve: no other may take its place.
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

    /// Takes a role with the credentials before it.
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
        // Boxed once here, rather than the size of all steps wherever this is awaited.
        future::ProvideCredentials::new(Box::pin(self.load()))
    }
}
