//! The authorization of a request: a signature, a bearer token or neither, as the operation and the settings require.

use crate::aws::ConfigurationError;
use crate::aws::clock_skew::ClockOffset;
use crate::aws::sign::{Payload, Scope, sign_request};
use crate::client::Prepared;
use crate::client::config::{Credentials, ProvideCredentials, ProvideToken, Token};
use crate::client::error::Cause;
use crate::client::outgoing::Coverage;
use crate::value::schema::Auth;
use http::HeaderValue;
use http::header::AUTHORIZATION;

/// The signing region if an endpoint is set and no region is. The AWS tools use the same one.
const DEFAULT_SIGNING_REGION: &str = "us-east-1";

/// The authorization of a request.
pub(super) enum Authorization {
    /// No authorization.
    Anonymous,
    /// A bearer token.
    Bearer(Token),
    /// A signature.
    Signed {
        credentials: Credentials,
        unsigned_payload: bool,
    },
}

impl Authorization {
    /// Returns the authorization that the operation requires. Waits for credentials or a token.
    pub(super) async fn of(prepared: &Prepared) -> Result<Self, Cause> {
        let operation = prepared.operation;
        let settings = &prepared.shared.config.settings;
        let has_token = settings.prefers_bearer && prepared.shared.bearer_tokens.is_some();
        let unsigned_payload = match operation.auth {
            Auth::None => return Ok(Self::Anonymous),
            Auth::Bearer if operation.optional_auth && prepared.shared.bearer_tokens.is_none() => {
                return Ok(Self::Anonymous);
            }
            Auth::Bearer => return token(prepared).await.map(Self::Bearer),
            _ if operation.or_bearer && has_token => {
                return token(prepared).await.map(Self::Bearer);
            }
            _ if operation.optional_auth && prepared.shared.credentials.is_none() => {
                return Ok(Self::Anonymous);
            }
            Auth::SigV4 => false,
            Auth::SigV4UnsignedPayload => true,
        };
        // This comes before the wait for credentials, which cannot help here.
        if prepared.signing.needs_sigv4a {
            return Err(configuration(
                "the endpoint accepts only signatures by SigV4A, which are not supported",
            ));
        }
        Ok(Self::Signed {
            credentials: credentials(prepared).await?,
            unsigned_payload,
        })
    }

    /// Authorizes the request, and returns the credentials that signed it.
    pub(super) fn apply(
        self,
        prepared: &Prepared,
        head: &mut http::request::Parts,
        payload: Payload,
        offset: ClockOffset,
    ) -> Result<Option<Credentials>, Cause> {
        match self {
            Self::Anonymous => Ok(None),
            Self::Bearer(token) => {
                let mut value = HeaderValue::try_from(format!("Bearer {}", token.token()))
                    .map_err(|_| configuration("the bearer token holds what a header cannot"))?;
                value.set_sensitive(true);
                head.headers.insert(AUTHORIZATION, value);
                Ok(None)
            }
            Self::Signed { credentials, .. } => {
                sign(prepared, head, offset, credentials, payload).map(Some)
            }
        }
    }

    /// Returns the part of the request that the authorization covers.
    pub(super) fn coverage(&self) -> Coverage {
        match self {
            Self::Signed {
                unsigned_payload: false,
                ..
            } => Coverage::Body,
            Self::Signed { .. } => Coverage::Head,
            Self::Anonymous | Self::Bearer(_) => Coverage::Nothing,
        }
    }
}

fn sign(
    prepared: &Prepared,
    head: &mut http::request::Parts,
    offset: ClockOffset,
    credentials: Credentials,
    payload: Payload,
) -> Result<Credentials, Cause> {
    let shared = &prepared.shared;
    let signing = &prepared.signing;
    let region = shared.config.region().map(AsRef::as_ref);
    let region = signing.region.as_deref().or(region);
    let service = signing.name.as_deref();
    let scope = Scope {
        region: region.unwrap_or(DEFAULT_SIGNING_REGION),
        service: service.unwrap_or(shared.service.signing_name),
        time: offset.apply(shared.config.settings.clock.now()),
    };
    sign_request(head, payload, &credentials, scope, &shared.signing_keys)
        .map_err(|error| Cause::Signing(error.to_string()))?;
    Ok(credentials)
}

async fn credentials(prepared: &Prepared) -> Result<Credentials, Cause> {
    let Some(provider) = &prepared.shared.credentials else {
        return Err(configuration(
            "no credentials provider is set: give the client one, or make the client from the environment",
        ));
    };
    provider
        .provide_credentials()
        .await
        .map_err(Cause::Credentials)
}

async fn token(prepared: &Prepared) -> Result<Token, Cause> {
    let shared = &prepared.shared;
    let Some(provider) = &shared.bearer_tokens else {
        let variable = crate::client::config::bearer_variable(shared.service);
        return Err(configuration(format!(
            "the operation takes a bearer token, and none is set: set {variable} and make the client from the environment, or give the client a token provider"
        )));
    };
    let token = provider.provide_token().await;
    token.map_err(|error| Cause::Signing(format!("no bearer token: {error}")))
}

fn configuration(text: impl Into<String>) -> Cause {
    Cause::Configuration(ConfigurationError::new(text))
}
