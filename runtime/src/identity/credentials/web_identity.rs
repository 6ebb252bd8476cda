//! [`WebIdentityProvider`], which provides the credentials of a role for a web identity token in a file. Pods of EKS
//! have roles in this way ("IAM roles for service accounts").

use crate::aws::ConfigurationError;
use crate::identity::credentials::plan::WebIdentityRole;
use crate::identity::credentials::service::Service;
use crate::identity::credentials::service_request::ServiceError;
use crate::identity::credentials::sts::assume_role_with_web_identity;
use crate::identity::credentials::{
    Credentials, CredentialsError, ProvideCredentials, ProviderConfig, Result,
};
use aws_credential_types::provider::future;
use std::path::PathBuf;

const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE_ARN: &str = "AWS_ROLE_ARN";
const SESSION_NAME: &str = "AWS_ROLE_SESSION_NAME";

/// The credential provider of a role that AWS STS returns for the web identity token in a file.
///
/// The file is read again for each call, since tokens in it are replaced as they expire.
#[derive(Debug, Clone)]
pub struct WebIdentityProvider {
    config: ProviderConfig,
    role: Option<WebIdentityRole>,
}

#[derive(Debug, thiserror::Error)]
enum WebIdentityError {
    #[error("{TOKEN_FILE} is not set")]
    NotSet,
    #[error("{TOKEN_FILE} is set, but {ROLE_ARN} is not set or empty")]
    NoRole,
    #[error("{origin}: failed to read {}: {source}", path.display())]
    TokenFile {
        origin: String,
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{origin}: {}: {problem}", path.display())]
    Token {
        origin: String,
        path: PathBuf,
        problem: &'static str,
    },
    #[error("{origin}: {source}")]
    Configuration {
        origin: String,
        source: ConfigurationError,
    },
    #[error("{origin}: {source}")]
    Service {
        origin: String,
        source: ServiceError,
    },
}

impl WebIdentityProvider {
    /// Creates a provider of the role and the file in `AWS_ROLE_ARN` and `AWS_WEB_IDENTITY_TOKEN_FILE`.
    /// `AWS_ROLE_SESSION_NAME` can name the session.
    pub fn new(config: ProviderConfig) -> Self {
        Self { config, role: None }
    }

    /// Creates a provider of this role, which [`plan`](crate::identity::credentials::plan::plan) finds in a profile.
    pub fn of_role(config: ProviderConfig, role: WebIdentityRole) -> Self {
        Self {
            config,
            role: Some(role),
        }
    }

    fn role(&self) -> std::result::Result<WebIdentityRole, WebIdentityError> {
        if let Some(role) = &self.role {
            return Ok(role.clone());
        }
        let get = |name| self.config.environment.get(name);
        let token_file = get(TOKEN_FILE).ok_or(WebIdentityError::NotSet)?;
        Ok(WebIdentityRole {
            role_arn: get(ROLE_ARN).ok_or(WebIdentityError::NoRole)?,
            token_file: token_file.into(),
            session_name: get(SESSION_NAME),
            origin: TOKEN_FILE.to_owned(),
        })
    }

    async fn load(&self) -> std::result::Result<Credentials, WebIdentityError> {
        let role = self.role()?;
        let of_settings = |source| WebIdentityError::Configuration {
            origin: role.origin.clone(),
            source,
        };
        let settings = self.config.settings().map_err(of_settings)?;
        let region = settings.region("AWS STS").map_err(of_settings)?;
        let place = Service::Sts.place(&region, settings.source());
        let place = place.map_err(of_settings)?;
        let token = self.token(&role)?;
        let session = role.session_name.as_deref();
        assume_role_with_web_identity(&self.config, &place, &role.role_arn, session, &token)
            .await
            .map_err(|source| WebIdentityError::Service {
                origin: role.origin.clone(),
                source,
            })
    }

    fn token(&self, role: &WebIdentityRole) -> std::result::Result<String, WebIdentityError> {
        let path = self
            .config
            .environment
            .expand_home(&role.token_file.to_string_lossy());
        let bytes = match self.config.files.read(&path) {
            Ok(bytes) => bytes,
            Err(source) => {
                return Err(WebIdentityError::TokenFile {
                    origin: role.origin.clone(),
                    path,
                    source,
                });
            }
        };
        let problem = match std::str::from_utf8(&bytes).map(str::trim) {
            Ok("") => "the token is empty",
            Ok(token) => return Ok(token.to_owned()),
            Err(_) => "the token is not UTF-8",
        };
        Err(WebIdentityError::Token {
            origin: role.origin.clone(),
            path,
            problem,
        })
    }
}

impl From<WebIdentityError> for CredentialsError {
    fn from(error: WebIdentityError) -> Self {
        match &error {
            WebIdentityError::NotSet => Self::not_loaded(error),
            WebIdentityError::NoRole | WebIdentityError::Configuration { .. } => {
                Self::invalid_configuration(error)
            }
            _ => Self::provider_error(error),
        }
    }
}

impl ProvideCredentials for WebIdentityProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async { Result::Ok(self.load().await?) })
    }
}
