//! [`WebIdentityProvider`]: the variables that ask for a role by web identity in, an error that says who can do it out.

use crate::identity::credentials::unsupported::Unsupported;
use crate::identity::credentials::{CredentialsError, ProvideCredentials};
use crate::identity::environment::Environment;
use aws_credential_types::provider::future;

/// Notices `AWS_WEB_IDENTITY_TOKEN_FILE` with `AWS_ROLE_ARN`, so that the chain does not pass over them in silence.
#[derive(Debug, Clone)]
pub(super) struct WebIdentityProvider {
    environment: Environment,
}

impl WebIdentityProvider {
    pub(super) fn new(environment: Environment) -> Self {
        Self { environment }
    }

    fn error(&self) -> CredentialsError {
        let is_set = |name| self.environment.get(name).is_some();
        match (
            is_set("AWS_WEB_IDENTITY_TOKEN_FILE"),
            is_set("AWS_ROLE_ARN"),
        ) {
            (true, true) => CredentialsError::invalid_configuration(Unsupported {
                feature:
                    "AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN ask for a role by web identity"
                        .to_owned(),
                profile: None,
            }),
            (true, false) => CredentialsError::not_loaded(
                "AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not",
            ),
            (false, _) => CredentialsError::not_loaded("AWS_WEB_IDENTITY_TOKEN_FILE is not set"),
        }
    }
}

impl ProvideCredentials for WebIdentityProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(self.error()))
    }
}
