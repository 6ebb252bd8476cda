//! [`DefaultChain`]: the usual sources in their usual order in, the credentials of the first that is configured out, or
//! an error that says why each of them did not serve.

use crate::http::SharedTransport;
use crate::http::time::{SharedClock, SystemClock};
use crate::identity::credentials::web_identity::WebIdentityProvider;
use crate::identity::credentials::{
    ContainerProvider, CredentialsError, EnvironmentProvider, ImdsClient, ImdsProvider,
    ProfileProvider, ProvideCredentials, Result, SharedCredentialsProvider, describe,
    metadata_transport,
};
use crate::identity::environment::Environment;
use aws_credential_types::provider::future;
use std::fmt;
use std::sync::Arc;

/// Asks, in this order: environment variables, the selected profile, web identity, the container endpoint, EC2 instance
/// metadata.
///
/// It goes on to the next source only when one is not configured. Web identity is only noticed: see the
/// [module](crate::identity::credentials). A profile that is named in code comes first, and the environment variables are not
/// looked at.
///
/// Nothing is kept between calls: put a [`CachingProvider`](crate::identity::credentials::CachingProvider) around it.
#[derive(Debug, Clone)]
pub struct DefaultChain {
    sources: Vec<(&'static str, SharedCredentialsProvider)>,
}

/// Settings of a [`DefaultChain`].
#[derive(Debug, Clone, Default)]
pub struct DefaultChainBuilder {
    environment: Environment,
    transport: Option<SharedTransport>,
    clock: Option<SharedClock>,
    profile_name: Option<String>,
}

/// No source of the chain gave credentials.
#[derive(Debug)]
pub struct ChainError {
    /// Each source that was asked, with the reason why it did not serve.
    tried: Vec<(&'static str, String)>,
    /// What the last source said, if it is configured and failed.
    failure: Option<CredentialsError>,
}

impl DefaultChain {
    /// The chain for this process.
    pub fn from_process() -> Self {
        Self::builder().build()
    }

    /// Starts from the defaults: the variables of the process, the system's clock, HTTP without proxies.
    pub fn builder() -> DefaultChainBuilder {
        DefaultChainBuilder::default()
    }

    async fn load(&self) -> Result {
        let mut tried = Vec::with_capacity(self.sources.len());
        for (name, source) in &self.sources {
            let error = match source.provide_credentials().await {
                Ok(credentials) => {
                    tracing::debug!(source = name, "AWS credentials found");
                    return Ok(credentials);
                }
                Err(error) => error,
            };
            tried.push((*name, describe(&error)));
            if !matches!(error, CredentialsError::CredentialsNotLoaded(_)) {
                return Err(stopped(tried, error));
            }
        }
        Err(CredentialsError::not_loaded(ChainError {
            tried,
            failure: None,
        }))
    }
}

/// The chain's error is of the kind of the failure that stopped it.
fn stopped(tried: Vec<(&'static str, String)>, failure: CredentialsError) -> CredentialsError {
    let is_configuration = matches!(failure, CredentialsError::InvalidConfiguration(_));
    let error = ChainError {
        tried,
        failure: Some(failure),
    };
    match is_configuration {
        true => CredentialsError::invalid_configuration(error),
        false => CredentialsError::provider_error(error),
    }
}

impl ProvideCredentials for DefaultChain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.load())
    }
}

impl DefaultChainBuilder {
    /// Where variables are read.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// How metadata services are reached. It should use no proxy.
    pub fn transport(mut self, transport: SharedTransport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// What measures timeouts and tells whether credentials have expired.
    pub fn clock(mut self, clock: SharedClock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Uses this profile, whatever the environment says.
    pub fn profile_name(mut self, name: impl Into<String>) -> Self {
        self.profile_name = Some(name.into());
        self
    }

    /// Builds the chain. Nothing is read yet.
    pub fn build(self) -> DefaultChain {
        let environment = self.environment;
        let transport = self.transport.unwrap_or_else(metadata_transport);
        let clock = self.clock.unwrap_or_else(|| Arc::new(SystemClock));
        let shared = SharedCredentialsProvider::new;
        let mut sources = Vec::with_capacity(5);
        let mut profile = ProfileProvider::new(environment.clone(), clock.clone());
        match self.profile_name {
            Some(name) => profile = profile.profile_name(name),
            None => {
                let variables = EnvironmentProvider::new(environment.clone());
                sources.push(("environment", shared(variables)));
            }
        }
        sources.push(("profile", SharedCredentialsProvider::new(profile)));
        let web_identity = WebIdentityProvider::new(environment.clone());
        sources.push(("web identity", SharedCredentialsProvider::new(web_identity)));
        let container =
            ContainerProvider::new(environment.clone(), transport.clone(), clock.clone());
        sources.push(("container", SharedCredentialsProvider::new(container)));
        let imds = ImdsProvider::new(ImdsClient::new(environment, transport, clock));
        sources.push((
            "EC2 instance metadata",
            SharedCredentialsProvider::new(imds),
        ));
        DefaultChain { sources }
    }
}

impl ChainError {
    /// Each source that was asked, in order, with the reason why it did not serve.
    pub fn tried(&self) -> impl Iterator<Item = (&str, &str)> {
        self.tried
            .iter()
            .map(|(source, why)| (*source, why.as_str()))
    }
}

impl fmt::Display for ChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.failure, self.tried.last()) {
            (Some(_), Some((source, _))) => write!(
                f,
                "no AWS credentials: the source `{source}` is configured and failed"
            )?,
            _ => f.write_str("no AWS credentials: no source is configured")?,
        }
        for (source, why) in &self.tried {
            write!(f, "\n  {source}: {why}")?;
        }
        if self.failure.is_none() {
            f.write_str(
                "\nset AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws configure`, or name a profile in \
                 AWS_PROFILE",
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for ChainError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The failure itself displays only its kind; what it says is in its cause.
        self.failure.as_ref()?.source()
    }
}
