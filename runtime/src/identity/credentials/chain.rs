//! [`DefaultChain`], which returns the credentials of the first configured source.

use crate::identity::credentials::{
    ContainerProvider, CredentialsError, EnvironmentProvider, ImdsClient, ImdsProvider,
    ProfileProvider, ProvideCredentials, ProviderConfig, Result, SharedCredentialsProvider,
    WebIdentityProvider, describe,
};
use aws_credential_types::provider::future;
use std::fmt;

/// The default chain of credential providers: environment variables, the selected profile, web identity, the container
/// endpoint and EC2 instance metadata, in this order.
///
/// It tries the next source only if one is not configured. A profile named in code comes first, and the environment
/// variables are not read.
///
/// Nothing is cached between calls: wrap it in a [`CachingProvider`](crate::identity::credentials::CachingProvider).
#[derive(Debug, Clone)]
pub struct DefaultChain {
    sources: Vec<(&'static str, SharedCredentialsProvider)>,
}

/// The error of a chain without credentials.
#[derive(Debug)]
pub struct ChainError {
    /// Each source that was tried, with the reason of its failure.
    tried: Vec<(&'static str, String)>,
    /// The error of the last source, if it is configured and failed.
    failure: Option<CredentialsError>,
}

impl DefaultChain {
    /// Creates the chain for this process.
    pub fn from_process() -> Self {
        Self::new(ProviderConfig::new())
    }

    /// Creates the chain with this configuration. Nothing is read yet.
    pub fn new(config: ProviderConfig) -> Self {
        let shared = SharedCredentialsProvider::new;
        let mut sources = Vec::with_capacity(5);
        if config.profile_name.is_none() {
            let variables = EnvironmentProvider::new(config.clone());
            sources.push(("environment", shared(variables)));
        }
        let imds = ImdsProvider::new(ImdsClient::new(config.clone()));
        let profile = ProfileProvider::with_imds(config.clone(), imds.clone());
        sources.push(("profile", SharedCredentialsProvider::new(profile)));
        let web_identity = WebIdentityProvider::new(config.clone());
        sources.push(("web identity", SharedCredentialsProvider::new(web_identity)));
        let container = ContainerProvider::new(config);
        sources.push(("container", SharedCredentialsProvider::new(container)));
        let imds = SharedCredentialsProvider::new(imds);
        sources.push(("EC2 instance metadata", imds));
        Self { sources }
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

/// Returns the error of the chain, of the same kind as the failure that stopped it.
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

impl ChainError {
    /// Returns each source that was tried, in order, with the reason of its failure.
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
                "no credentials available: the source `{source}` is configured but failed"
            )?,
            _ => f.write_str("no credentials available: no source is configured")?,
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
        // The failure displays only its kind; the details are in its cause.
        self.failure.as_ref()?.source()
    }
}
