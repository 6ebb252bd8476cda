//! [`SsoProvider`], which provides the temporary credentials of an IAM Identity Center role for a signed-in session.

use crate::aws::ConfigurationError;
use crate::http::percent::COMPONENT;
use crate::identity::credentials::json;
use crate::identity::credentials::plan::SsoRole;
use crate::identity::credentials::service::Service;
use crate::identity::credentials::service_request::{
    ServiceError, ServiceRequest, json_error_details, secret_header,
};
use crate::identity::credentials::sso_token::{SsoTokenError, sign_in, token};
use crate::identity::credentials::{
    Credentials, CredentialsError, ProvideCredentials, ProviderConfig, Result,
};
use aws_credential_types::provider::future;
use aws_smithy_types::DateTime;
use bytes::Bytes;
use http::{Method, StatusCode};
use percent_encoding::utf8_percent_encode;
use serde_json::Value;
use std::time::SystemTime;

const OPERATION: &str = "GetRoleCredentials";
const BEARER_TOKEN: &str = "x-amz-sso_bearer_token";

/// The credential provider of a role of IAM Identity Center.
#[derive(Debug, Clone)]
pub struct SsoProvider {
    config: ProviderConfig,
    role: SsoRole,
}

#[derive(Debug, thiserror::Error)]
enum SsoError {
    #[error(transparent)]
    Token(#[from] SsoTokenError),
    #[error(transparent)]
    Configuration(#[from] ConfigurationError),
    #[error("{source}; {remedy}")]
    Session {
        source: ServiceError,
        remedy: String,
    },
    #[error(
        "{source}; the signed-in user has no role `{role_name}` in account {account_id}, \
         or no longer has it"
    )]
    Role {
        source: ServiceError,
        role_name: String,
        account_id: String,
    },
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl SsoProvider {
    /// Creates a provider of this role, which [`plan`](crate::identity::credentials::plan::plan) finds in a profile.
    pub fn new(config: ProviderConfig, role: SsoRole) -> Self {
        Self { config, role }
    }

    async fn load(&self) -> std::result::Result<Credentials, SsoError> {
        let role = &self.role;
        let settings = self.config.settings()?;
        let place = Service::Sso.place(&role.session.region, settings.source())?;
        let token = token(&self.config, &role.session).await?;
        let encoded = |text| utf8_percent_encode(text, COMPONENT);
        let path = format!(
            "/federation/credentials?account_id={}&role_name={}",
            encoded(&role.account_id),
            encoded(&role.role_name)
        );
        let mut head = Service::Sso.request(OPERATION, Method::GET, &place, &path)?;
        let bearer = secret_header(OPERATION, "the token of the session", token.token())?;
        head.headers.insert(BEARER_TOKEN, bearer);
        let service_request = ServiceRequest {
            operation: OPERATION,
            head,
            body: Bytes::new(),
            error_details: json_error_details,
            secrets: &[token.token()],
        };
        let answer = service_request.send(&self.config).await?;
        let answer = service_request.accepted(answer);
        let answer = answer.map_err(|error| self.explained(error))?;
        Ok(read(&answer.body, &role.account_id)?)
    }

    /// Adds the remedy to an error of the service.
    fn explained(&self, error: ServiceError) -> SsoError {
        let role = &self.role;
        match &error {
            ServiceError::Refused { status, .. } if *status == StatusCode::UNAUTHORIZED => {
                SsoError::Session {
                    source: error,
                    remedy: format!(
                        "the session has expired or was revoked: {}",
                        sign_in(&role.session)
                    ),
                }
            }
            ServiceError::Refused { status, .. }
                if *status == StatusCode::FORBIDDEN || *status == StatusCode::NOT_FOUND =>
            {
                SsoError::Role {
                    source: error,
                    role_name: role.role_name.clone(),
                    account_id: role.account_id.clone(),
                }
            }
            _ => SsoError::Service(error),
        }
    }
}

fn read(answer: &[u8], account_id: &str) -> std::result::Result<Credentials, ServiceError> {
    let unusable = |what| ServiceError::Unusable {
        operation: OPERATION,
        what,
    };
    let answer = json::object(answer).map_err(|_| unusable("roleCredentials"))?;
    let role = answer.get("roleCredentials").and_then(Value::as_object);
    let role = role.ok_or_else(|| unusable("roleCredentials"))?;
    let text = |name| {
        let text = json::text(role, name).ok().flatten();
        text.ok_or_else(|| unusable(name))
    };
    // The value is in milliseconds since 1970.
    let expiry = role.get("expiration").and_then(Value::as_i64);
    let expiry = expiry.and_then(|millis| SystemTime::try_from(DateTime::from_millis(millis)).ok());
    Ok(Credentials::builder()
        .access_key_id(text("accessKeyId")?)
        .secret_access_key(text("secretAccessKey")?)
        .session_token(text("sessionToken")?)
        .expiry(expiry.ok_or_else(|| unusable("expiration"))?)
        .account_id(account_id)
        .provider_name("SSO")
        .build())
}

impl From<SsoError> for CredentialsError {
    fn from(error: SsoError) -> Self {
        match &error {
            SsoError::Configuration(_) => Self::invalid_configuration(error),
            _ => Self::provider_error(error),
        }
    }
}

impl ProvideCredentials for SsoProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async { Result::Ok(self.load().await?) })
    }
}
