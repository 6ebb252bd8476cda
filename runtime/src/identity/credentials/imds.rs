//! [`ImdsProvider`], which loads the credentials of the role of an EC2 instance, and tolerates failures of the service.

use crate::identity::credentials::imds_client::{ImdsClient, ImdsError};
use crate::identity::credentials::json::{self, Dialect, JsonError};
use crate::identity::credentials::{Credentials, CredentialsError, ProvideCredentials, Result};
use aws_credential_types::provider::future;
use http::StatusCode;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

const ROLES: &str = "/latest/meta-data/iam/security-credentials/";
const ANSWER: Dialect = Dialect {
    provider_name: "EC2 instance metadata",
    token_field: "Token",
    is_versioned: false,
};
/// The minimum time for which expired credentials are used before the service is called again; the maximum is 15
/// minutes. The service returns expired ones while it cannot get new ones, and AWS accepts them.
const EXTENSION: Duration = Duration::from_secs(600);
const EXTENSION_JITTER_SECONDS: u64 = 300;

/// The credential provider of the role that is attached to this EC2 instance.
///
/// If the service fails, instances keep running ("static stability"): the provider continues to use expired credentials
/// of the service, and its last ones if the service does not respond at all.
#[derive(Clone)]
pub struct ImdsProvider {
    client: ImdsClient,
    last: Arc<Mutex<Option<Credentials>>>,
}

#[derive(Debug, thiserror::Error)]
enum ProviderError {
    #[error(transparent)]
    Imds(#[from] ImdsError),
    #[error("no role is attached to this instance")]
    NoRole,
    #[error("credentials of role `{role}`: {source}")]
    Answer { role: String, source: JsonError },
}

impl ImdsProvider {
    /// Creates a provider with this client.
    pub fn new(client: ImdsClient) -> Self {
        Self {
            client,
            last: Arc::default(),
        }
    }

    async fn load(&self) -> Result {
        let result = self.fetch().await;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let credentials = match (result, last.take()) {
            (Ok(credentials), _) => credentials,
            (Err(error), Some(kept)) if !error.is_disabled() => {
                tracing::debug!(%error, "EC2 instance metadata failed; continuing with its last credentials");
                kept
            }
            (Err(error), _) => return Err(error.into()),
        };
        let credentials = self.extended(credentials);
        *last = Some(credentials.clone());
        Ok(credentials)
    }

    async fn fetch(&self) -> std::result::Result<Credentials, ProviderError> {
        let roles = match self.client.get(ROLES).await {
            Err(ImdsError::Status { status, .. }) if status == StatusCode::NOT_FOUND => {
                return Err(ProviderError::NoRole);
            }
            roles => roles?,
        };
        let role = roles.lines().next().unwrap_or_default().trim();
        let answer = self.client.get(&format!("{ROLES}{role}")).await?;
        json::read(answer.as_bytes(), ANSWER, None).map_err(|source| ProviderError::Answer {
            role: role.to_owned(),
            source,
        })
    }

    /// Returns the same credentials, with a later expiration if they have expired.
    fn extended(&self, mut credentials: Credentials) -> Credentials {
        let now = self.client.clock().now();
        if credentials.expiry().is_some_and(|expiry| expiry <= now) {
            let jitter = Duration::from_secs(fastrand::u64(0..=EXTENSION_JITTER_SECONDS));
            let extension = EXTENSION + jitter;
            tracing::debug!(
                seconds = extension.as_secs(),
                "EC2 instance metadata returned expired credentials; their use is extended"
            );
            *credentials.expiry_mut() = now.checked_add(extension);
        }
        credentials
    }
}

impl ProviderError {
    fn is_disabled(&self) -> bool {
        matches!(self, Self::Imds(ImdsError::Disabled))
    }
}

impl From<ProviderError> for CredentialsError {
    fn from(error: ProviderError) -> Self {
        match &error {
            ProviderError::NoRole => Self::not_loaded(error),
            ProviderError::Imds(imds) if imds.is_absent() => Self::not_loaded(error),
            ProviderError::Imds(ImdsError::Setting { .. } | ImdsError::Profile(_)) => {
                Self::invalid_configuration(error)
            }
            _ => Self::provider_error(error),
        }
    }
}

impl ProvideCredentials for ImdsProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.load())
    }
}

impl fmt::Debug for ImdsProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImdsProvider")
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::credentials::ProviderConfig;
    use crate::identity::environment::Environment;

    #[tokio::test]
    async fn a_service_that_is_switched_off_serves_no_earlier_credentials() {
        let environment = Environment::from_pairs([("AWS_EC2_METADATA_DISABLED", "true")]);
        let provider = ImdsProvider {
            client: ImdsClient::new(ProviderConfig::new().environment(environment)),
            last: Arc::new(Mutex::new(Some(Credentials::new(
                "AK", "SK", None, None, "test",
            )))),
        };
        let error = provider.provide_credentials().await.unwrap_err();
        assert!(
            matches!(error, CredentialsError::CredentialsNotLoaded(_)),
            "{error:?}"
        );
    }
}
