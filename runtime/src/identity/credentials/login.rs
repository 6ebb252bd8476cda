//! [`LoginProvider`], which provides the temporary credentials of an `aws login` session and refreshes them at AWS
//! Sign-In.

mod dpop;

use crate::identity::credentials::cached_token::{CacheError, CachedToken, is_fresh, time_after};
use crate::identity::credentials::json;
use crate::identity::credentials::plan::LoginSession;
use crate::identity::credentials::service::Service;
use crate::identity::credentials::service_request::{
    ServiceError, ServiceRequest, json_error_details, secret_header,
};
use crate::identity::credentials::sso_token::{NotRefreshed, gated, quoted};
use crate::identity::credentials::{
    Credentials, CredentialsError, ProvideCredentials, ProviderConfig, Result,
};
use crate::protocol::idempotency;
use aws_credential_types::provider::future;
use bytes::Bytes;
use dpop::ProofKey;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

const OPERATION: &str = "CreateOAuth2Token";
const CACHE: &str = "AWS_LOGIN_CACHE_DIRECTORY";

/// The credential provider of a session that a person has signed in to with `aws login`.
///
/// `aws login` writes the credentials to `~/.aws/login/cache`, or to the folder in `AWS_LOGIN_CACHE_DIRECTORY`. They
/// are read again for each call, and refreshed five minutes before they expire. The file is then replaced, for other
/// programs too. A failed refresh is repeated after 30 seconds.
#[derive(Debug, Clone)]
pub struct LoginProvider {
    config: ProviderConfig,
    session: LoginSession,
}

#[derive(Debug, thiserror::Error)]
enum LoginError {
    #[error("{source}; {remedy}")]
    Cache { source: CacheError, remedy: String },
    #[error("`{}`: invalid `dpopKey`: {source}; {remedy}", path.display())]
    Key {
        path: PathBuf,
        source: dpop::KeyError,
        remedy: String,
    },
    #[error("the session in `{}` has expired and cannot be refreshed ({why}); {remedy}", path.display())]
    Expired {
        path: PathBuf,
        why: NotRefreshed,
        remedy: String,
    },
}

/// The contents of a token file of `aws login`.
struct Login {
    file: CachedToken,
    credentials: Credentials,
    client_id: String,
    refresh_token: String,
    key: ProofKey,
}

impl LoginProvider {
    /// Creates a provider of this session, which [`plan`](crate::identity::credentials::plan::plan) finds in a profile.
    pub fn new(config: ProviderConfig, session: LoginSession) -> Self {
        Self { config, session }
    }

    async fn load(&self) -> std::result::Result<Credentials, LoginError> {
        let login = self.read()?;
        if self.is_fresh(&login.credentials) {
            return Ok(login.credentials);
        }
        let _turn = self.config.refreshes.turn(&self.config.clock).await;
        // Another caller may have refreshed it in the meantime.
        let login = self.read()?;
        if self.is_fresh(&login.credentials) {
            return Ok(login.credentials);
        }
        let path = login.file.path().to_owned();
        let why = match gated(&self.config, &path, self.refreshed(&login)).await {
            Ok(credentials) => return Ok(credentials),
            Err(why) => why,
        };
        match self.read() {
            // Another process may have refreshed it too, with the same refresh token, which is why this one was
            // rejected.
            Ok(login) if self.is_fresh(&login.credentials) => Ok(login.credentials),
            _ if login.credentials.expiry() > Some(self.config.clock.now()) => {
                tracing::debug!(%why, "failed to refresh the login session; its credentials are still valid");
                Ok(login.credentials)
            }
            _ => {
                let remedy = self.remedy(&why);
                Err(LoginError::Expired { path, why, remedy })
            }
        }
    }

    fn is_fresh(&self, credentials: &Credentials) -> bool {
        let now = self.config.clock.now();
        credentials
            .expiry()
            .is_some_and(|expiry| is_fresh(expiry, now))
    }

    fn path(&self) -> std::result::Result<PathBuf, CacheError> {
        let environment = &self.config.environment;
        let folder = match environment.get(CACHE) {
            Some(folder) => environment.expand_home(&folder),
            None => environment
                .home()
                .ok_or(CacheError::NoHome)?
                .join(".aws/login/cache"),
        };
        let name = digest(&SHA256, self.session.session.trim().as_bytes());
        Ok(folder.join(format!("{}.json", hex::encode(name))))
    }

    fn read(&self) -> std::result::Result<Login, LoginError> {
        let sign_in = || format!("run {}", self.sign_in());
        let read = || {
            let file = CachedToken::read(&self.config, &self.path()?)?;
            let keys = file.members.get("accessToken").and_then(Value::as_object);
            let keys = keys.ok_or_else(|| file.missing("accessToken"))?;
            let credentials = credentials(&file, keys)?;
            let owned = |member| file.text(member).map(str::to_owned);
            let parts = (
                owned("clientId")?,
                owned("refreshToken")?,
                file.lines("dpopKey")?.to_owned(),
            );
            Ok((credentials, parts, file))
        };
        let (credentials, (client_id, refresh_token, key), file) =
            read().map_err(|source| LoginError::Cache {
                source,
                remedy: sign_in(),
            })?;
        let key = ProofKey::from_pem(&key).map_err(|source| LoginError::Key {
            path: file.path().to_owned(),
            source,
            remedy: sign_in(),
        })?;
        Ok(Login {
            file,
            credentials,
            client_id,
            refresh_token,
            key,
        })
    }

    async fn refreshed(&self, login: &Login) -> std::result::Result<Credentials, NotRefreshed> {
        let settings = self.config.settings()?;
        // The region of the sign-in takes precedence over that of the program.
        let region = match login.file.text("signInRegion") {
            Ok(region) => region.to_owned(),
            Err(_) => settings.region("AWS Sign-In")?,
        };
        let place = Service::Signin.place(&region, settings.source())?;
        let mut head = Service::Signin.request(OPERATION, Method::POST, &place, "/v1/token")?;
        let json = HeaderValue::from_static("application/json");
        head.headers.insert(CONTENT_TYPE, json);
        let now = self.config.clock.now();
        let seconds = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let url = head.uri.to_string();
        let proof = login.key.proof(&url, seconds, &idempotency::token());
        let proof = proof.map_err(|error| ServiceError::Unsendable {
            operation: OPERATION,
            why: error.to_string(),
        })?;
        let proof = secret_header(OPERATION, "the proof", &proof)?;
        head.headers.insert("dpop", proof);
        let body = json!({
            "clientId": login.client_id,
            "refreshToken": login.refresh_token,
            "grantType": "refresh_token",
        });
        let service_request = ServiceRequest {
            operation: OPERATION,
            head,
            body: Bytes::from(body.to_string()),
            error_details: json_error_details,
            secrets: &[&login.refresh_token],
        };
        let answer = service_request.send(&self.config).await?;
        let answer = service_request.accepted(answer)?;
        Ok(self.accept(login, &answer.body)?)
    }

    /// Reads the new credentials from a response, and writes them to the file.
    fn accept(
        &self,
        login: &Login,
        answer: &[u8],
    ) -> std::result::Result<Credentials, ServiceError> {
        let unusable = |what| ServiceError::Unusable {
            operation: OPERATION,
            what,
        };
        let answer = json::object(answer).map_err(|_| unusable("accessToken"))?;
        let new = answer.get("accessToken").and_then(Value::as_object);
        let new = new.ok_or_else(|| unusable("accessToken"))?;
        let lifetime = answer.get("expiresIn").and_then(Value::as_u64);
        let expiry = lifetime.and_then(|seconds| time_after(self.config.clock.now(), seconds));
        let expiry = expiry.ok_or_else(|| unusable("expiresIn"))?;
        let mut members = login.file.members.clone();
        // Members that the response lacks, such as the account, are kept.
        let mut keys = members
            .get("accessToken")
            .and_then(Value::as_object)
            .cloned();
        let keys = keys.get_or_insert_default();
        for name in ["accessKeyId", "secretAccessKey", "sessionToken"] {
            let text = json::text(new, name).ok().flatten();
            let text = text.ok_or_else(|| unusable(name))?;
            keys.insert(name.to_owned(), text.into());
        }
        keys.insert("expiresAt".to_owned(), expiry.into());
        members.insert("accessToken".to_owned(), Value::Object(keys.clone()));
        for name in ["refreshToken", "idToken"] {
            if let Some(text) = json::text(&answer, name).ok().flatten() {
                members.insert(name.to_owned(), text.into());
            }
        }
        let file = login.file.with(members);
        let credentials = credentials(&file, keys).map_err(|_| unusable("accessToken"))?;
        file.save(&self.config);
        tracing::debug!("login session refreshed");
        Ok(credentials)
    }

    /// Returns the remedy for a session that cannot be refreshed.
    fn remedy(&self, why: &NotRefreshed) -> String {
        let sign_in = self.sign_in();
        let code = match why {
            NotRefreshed::Service(ServiceError::Refused { refusal, .. }) => {
                refusal.oauth.as_deref()
            }
            _ => None,
        };
        match code {
            Some("USER_CREDENTIALS_CHANGED") => {
                format!("the password has changed: run {sign_in}")
            }
            Some("INSUFFICIENT_PERMISSIONS") => {
                "the user lacks the permission `signin:CreateOAuth2Token`".to_owned()
            }
            _ => format!("run {sign_in}"),
        }
    }

    fn sign_in(&self) -> String {
        let profile = quoted(&self.session.profile);
        format!("`aws login --profile {profile}` (AWS CLI version 2)")
    }
}

fn credentials(
    file: &CachedToken,
    keys: &Map<String, Value>,
) -> std::result::Result<Credentials, CacheError> {
    let mut builder = Credentials::builder()
        .access_key_id(file.text_in(keys, "accessKeyId")?)
        .secret_access_key(file.text_in(keys, "secretAccessKey")?)
        .session_token(file.text_in(keys, "sessionToken")?)
        .expiry(file.time_in(keys, "expiresAt")?)
        .provider_name("login");
    builder.set_account_id(file.text_in(keys, "accountId").ok().map(Into::into));
    Ok(builder.build())
}

impl From<LoginError> for CredentialsError {
    fn from(error: LoginError) -> Self {
        match &error {
            LoginError::Expired {
                why: NotRefreshed::Configuration(_),
                ..
            } => Self::invalid_configuration(error),
            _ => Self::provider_error(error),
        }
    }
}

impl ProvideCredentials for LoginProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async { Result::Ok(self.load().await?) })
    }
}
