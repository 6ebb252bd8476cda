//! [`SsoTokenProvider`], which provides the token of an `aws sso login` session and refreshes it if the session allows
//! that.

use crate::aws::ConfigurationError;
use crate::identity::credentials::ProviderConfig;
use crate::identity::credentials::cached_token::{CacheError, CachedToken, is_fresh, time_after};
use crate::identity::credentials::json;
use crate::identity::credentials::plan::{PlanError, SsoSession, sso_session};
use crate::identity::credentials::service::Service;
use crate::identity::credentials::service_request::{
    ServiceError, ServiceRequest, json_error_details,
};
use aws_credential_types::Token;
use aws_credential_types::provider::error::TokenError;
use aws_credential_types::provider::future;
use aws_credential_types::provider::token::ProvideToken;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const CREATE_TOKEN: &str = "CreateToken";

/// The provider of the IAM Identity Center token, for services that accept bearer tokens.
///
/// `aws sso login` writes it to `~/.aws/sso/cache`. It is read again for each call, and refreshed five minutes before
/// it expires if the file holds the required members. The file is then replaced, for other programs too. A failed
/// refresh is repeated after 30 seconds.
#[derive(Debug, Clone)]
pub struct SsoTokenProvider {
    config: ProviderConfig,
    session: Option<SsoSession>,
}

/// The error of a provider without a token.
#[derive(Debug, thiserror::Error)]
pub(super) enum SsoTokenError {
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error("the profile has no `sso_session`")]
    NoSession,
    #[error("{source}; {}", sign_in(session))]
    Cache {
        source: CacheError,
        session: SsoSession,
    },
    #[error("the session in `{}` has expired and cannot be refreshed ({why}); {}", path.display(), sign_in(session))]
    Expired {
        path: PathBuf,
        why: NotRefreshed,
        session: SsoSession,
    },
}

/// The reason why a token was not refreshed.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotRefreshed {
    #[error("legacy profiles without `sso_session` do not support it")]
    Legacy,
    #[error("`{0}` is missing")]
    Missing(&'static str),
    #[error("the client registration has expired")]
    Registration,
    #[error("the last refresh failed less than 30 seconds ago: {0}")]
    Lately(String),
    #[error(transparent)]
    Configuration(#[from] ConfigurationError),
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// Returns the remedy for a session that has ended.
pub(super) fn sign_in(session: &SsoSession) -> String {
    let profile = quoted(&session.profile);
    format!("run `aws sso login --profile {profile}` (AWS CLI version 2)")
}

/// Quotes a name for a shell.
pub(super) fn quoted(name: &str) -> String {
    match name.contains(char::is_whitespace) {
        true => format!("\"{name}\""),
        false => name.to_owned(),
    }
}

impl SsoTokenProvider {
    /// Creates a provider of the session that the selected profile names in `sso_session`.
    pub fn new(config: ProviderConfig) -> Self {
        Self {
            config,
            session: None,
        }
    }

    /// Creates a provider of this session.
    pub fn of_session(config: ProviderConfig, session: SsoSession) -> Self {
        Self {
            config,
            session: Some(session),
        }
    }

    async fn load(&self) -> Result<Token, SsoTokenError> {
        let session = match &self.session {
            Some(session) => session.clone(),
            None => {
                let profiles = self.config.profiles().map_err(PlanError::from)?;
                sso_session(&profiles)?.ok_or(SsoTokenError::NoSession)?
            }
        };
        token(&self.config, &session).await
    }
}

/// Returns the token of a session.
pub(super) async fn token(
    config: &ProviderConfig,
    session: &SsoSession,
) -> Result<Token, SsoTokenError> {
    let of_cache = |source| SsoTokenError::Cache {
        source,
        session: session.clone(),
    };
    let path = path(config, session).map_err(of_cache)?;
    let read = || {
        let file = CachedToken::read(config, &path)?;
        let expires_at = file.time_in(&file.members, "expiresAt")?;
        let token = Token::new(file.text("accessToken")?, Some(expires_at));
        Ok((file, token, expires_at))
    };
    let (_, token, expires_at) = read().map_err(of_cache)?;
    if is_fresh(expires_at, config.clock.now()) {
        return Ok(token);
    }
    let _turn = config.refreshes.turn(&config.clock).await;
    // Another caller may have refreshed it in the meantime.
    let (file, token, expires_at) = read().map_err(of_cache)?;
    if is_fresh(expires_at, config.clock.now()) {
        return Ok(token);
    }
    let why = match refreshed(config, session, &file).await {
        Ok(token) => return Ok(token),
        Err(why) => why,
    };
    match read() {
        // Another process may have refreshed it too, with the same refresh token, which is why this one was rejected.
        Ok((_, token, expires_at)) if is_fresh(expires_at, config.clock.now()) => Ok(token),
        _ if config.clock.now() < expires_at => {
            tracing::debug!(%why, "failed to refresh the SSO token; it is still valid");
            Ok(token)
        }
        _ => Err(SsoTokenError::Expired {
            path,
            why,
            session: session.clone(),
        }),
    }
}

fn path(config: &ProviderConfig, session: &SsoSession) -> Result<PathBuf, CacheError> {
    let home = config.environment.home().ok_or(CacheError::NoHome)?;
    let key = session.name.as_deref().unwrap_or(&session.start_url);
    let algorithm = &ring::digest::SHA1_FOR_LEGACY_USE_ONLY;
    let digest = hex::encode(ring::digest::digest(algorithm, key.as_bytes()));
    Ok(home.join(".aws/sso/cache").join(format!("{digest}.json")))
}

/// Returns a new token, and writes it to the file.
async fn refreshed(
    config: &ProviderConfig,
    session: &SsoSession,
    file: &CachedToken,
) -> Result<Token, NotRefreshed> {
    if session.name.is_none() {
        return Err(NotRefreshed::Legacy);
    }
    let text = |name| file.text(name).map_err(|_| NotRefreshed::Missing(name));
    let (id, secret) = (text("clientId")?, text("clientSecret")?);
    let refresh_token = text("refreshToken")?;
    let registered = file.time_in(&file.members, "registrationExpiresAt");
    let registered = registered.map_err(|_| NotRefreshed::Missing("registrationExpiresAt"))?;
    if registered <= config.clock.now() {
        return Err(NotRefreshed::Registration);
    }
    gated(config, file.path(), async {
        let settings = config.settings()?;
        let place = Service::SsoOidc.place(&session.region, settings.source())?;
        let mut head = Service::SsoOidc.request(CREATE_TOKEN, Method::POST, &place, "/token")?;
        let json = HeaderValue::from_static("application/json");
        head.headers.insert(CONTENT_TYPE, json);
        let body = json!({
            "clientId": id,
            "clientSecret": secret,
            "grantType": "refresh_token",
            "refreshToken": refresh_token,
        });
        let service_request = ServiceRequest {
            operation: CREATE_TOKEN,
            head,
            body: Bytes::from(body.to_string()),
            error_details: json_error_details,
            secrets: &[secret, refresh_token],
        };
        let answer = service_request.send(config).await?;
        let answer = service_request.accepted(answer)?;
        Ok(accept(config, file, &answer.body)?)
    })
    .await
}

/// Refreshes a token, unless that failed a short while ago.
pub(super) async fn gated<T>(
    config: &ProviderConfig,
    path: &Path,
    refresh: impl Future<Output = Result<T, NotRefreshed>>,
) -> Result<T, NotRefreshed> {
    let now = config.clock.monotonic();
    if let Some(why) = config.refreshes.failed_lately(path, now) {
        return Err(NotRefreshed::Lately(why));
    }
    let result = refresh.await;
    if let Err(why) = &result {
        let now = config.clock.monotonic();
        config.refreshes.note(path, now, why.to_string());
    }
    result
}

/// Reads the new token from a response, and writes it to the file.
fn accept(
    config: &ProviderConfig,
    file: &CachedToken,
    answer: &[u8],
) -> Result<Token, ServiceError> {
    let unusable = |what| ServiceError::Unusable {
        operation: CREATE_TOKEN,
        what,
    };
    let answer = json::object(answer).map_err(|_| unusable("accessToken"))?;
    let text = |name| json::text(&answer, name).ok().flatten();
    let token = text("accessToken").ok_or_else(|| unusable("accessToken"))?;
    let lifetime = answer.get("expiresIn").and_then(Value::as_u64);
    let expiry = lifetime.and_then(|seconds| time_after(config.clock.now(), seconds));
    let expiry = expiry.ok_or_else(|| unusable("expiresIn"))?;
    let mut members = file.members.clone();
    members.insert("accessToken".to_owned(), token.into());
    members.insert("expiresAt".to_owned(), expiry.into());
    if let Some(refresh_token) = text("refreshToken") {
        members.insert("refreshToken".to_owned(), refresh_token.into());
    }
    let file = file.with(members);
    file.save(config);
    tracing::debug!("SSO token refreshed");
    Ok(Token::new(token, file.expires_at()))
}

impl From<SsoTokenError> for TokenError {
    fn from(error: SsoTokenError) -> Self {
        match &error {
            SsoTokenError::NoSession => Self::not_loaded(error),
            SsoTokenError::Plan(_) => Self::invalid_configuration(error),
            _ => Self::provider_error(error),
        }
    }
}

impl ProvideToken for SsoTokenProvider {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        future::ProvideToken::new(async { Ok(self.load().await?) })
    }
}
