//! [`EnvironmentProvider`], which reads credentials from environment variables.

use crate::identity::credentials::{
    Credentials, CredentialsError, ProvideCredentials, ProviderConfig, Result,
};
use aws_credential_types::provider::future;

const ACCESS_KEY_ID: &str = "AWS_ACCESS_KEY_ID";
const SECRET_ACCESS_KEY: &str = "AWS_SECRET_ACCESS_KEY";
const SESSION_TOKEN: &str = "AWS_SESSION_TOKEN";

/// The credential provider of `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary credentials,
/// `AWS_SESSION_TOKEN`.
///
/// If only one of the two keys is set, it returns an error that names the other.
#[derive(Debug, Clone)]
pub struct EnvironmentProvider {
    config: ProviderConfig,
}

impl EnvironmentProvider {
    /// Creates a provider that reads the variables again for each call.
    pub fn new(config: ProviderConfig) -> Self {
        Self { config }
    }

    fn read(&self) -> Result {
        let get = |name| self.config.environment.get(name);
        match (get(ACCESS_KEY_ID), get(SECRET_ACCESS_KEY)) {
            (Some(access_key_id), Some(secret_access_key)) => {
                for name in [ACCESS_KEY_ID, SECRET_ACCESS_KEY, SESSION_TOKEN] {
                    if get(name).is_some_and(|value| value.contains(char::is_control)) {
                        return Err(CredentialsError::invalid_configuration(format!(
                            "{name}: control characters are not allowed"
                        )));
                    }
                }
                let mut builder = Credentials::builder()
                    .access_key_id(access_key_id)
                    .secret_access_key(secret_access_key)
                    .provider_name("environment");
                builder.set_session_token(get(SESSION_TOKEN));
                builder.set_account_id(get("AWS_ACCOUNT_ID").map(Into::into));
                Ok(builder.build())
            }
            (Some(_), None) => Err(half_set(ACCESS_KEY_ID, SECRET_ACCESS_KEY)),
            (None, Some(_)) => Err(half_set(SECRET_ACCESS_KEY, ACCESS_KEY_ID)),
            (None, None) => Err(CredentialsError::not_loaded(format!(
                "{ACCESS_KEY_ID} and {SECRET_ACCESS_KEY} are not set"
            ))),
        }
    }
}

fn half_set(present: &str, missing: &str) -> CredentialsError {
    CredentialsError::invalid_configuration(format!(
        "{present} is set, but {missing} is not set or empty"
    ))
}

impl ProvideCredentials for EnvironmentProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(self.read())
    }
}
