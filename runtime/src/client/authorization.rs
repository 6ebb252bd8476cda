//! The authorization of a request: a signature, a bearer token or neither, as the operation and the settings require.

use crate::aws::ConfigurationError;
use crate::aws::clock_skew::ClockOffset;
use crate::aws::endpoint::rules::SigningScheme;
#[cfg(feature = "presigning")]
use crate::aws::sign::presign;
#[cfg(all(feature = "sigv4a", feature = "presigning"))]
use crate::aws::sign::presign_v4a;
#[cfg(feature = "sigv4a")]
use crate::aws::sign::sign_request_v4a;
use crate::aws::sign::{Payload, Scope, sign_request};
use crate::client::Prepared;
use crate::client::config::{Credentials, ProvideCredentials, ProvideToken, Token};
use crate::client::error::Cause;
use crate::client::outgoing::Coverage;
use crate::value::schema::Auth;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use std::borrow::Cow;
use std::time::SystemTime;

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
            Auth::SigV4 | Auth::SigV4A => false,
            Auth::SigV4UnsignedPayload => true,
        };
        // This comes before the wait for credentials, which cannot help here.
        check_scheme(&scheme(prepared))?;
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
            Self::Anonymous => {
                payload.announce_trailer(&mut head.headers);
                Ok(None)
            }
            Self::Bearer(token) => {
                payload.announce_trailer(&mut head.headers);
                let mut value = HeaderValue::try_from(format!("Bearer {}", token.token()))
                    .map_err(|_| configuration("the bearer token is not a valid header value"))?;
                value.set_sensitive(true);
                head.headers.insert(AUTHORIZATION, value);
                Ok(None)
            }
            Self::Signed { credentials, .. } => {
                sign(prepared, head, offset, credentials, payload).map(Some)
            }
        }
    }

    /// Signs the query of the request. The signature is valid from now on unless it has another start.
    #[cfg(feature = "presigning")]
    pub(super) fn presign(
        self,
        prepared: &Prepared,
        head: &mut http::request::Parts,
        payload: Payload,
        start: Option<SystemTime>,
        valid_for: std::time::Duration,
    ) -> Result<(), Cause> {
        let Self::Signed { credentials, .. } = self else {
            return Err(configuration(
                "a presigned request requires credentials: its operation or its client has none",
            ));
        };
        let shared = &prepared.shared;
        let now = || {
            shared
                .skew
                .offset()
                .apply(shared.config.settings.clock.now())
        };
        let scope = scope(prepared, start.unwrap_or_else(now));
        let signed = match scheme(prepared).as_ref() {
            #[cfg(feature = "sigv4a")]
            SigningScheme::SigV4A { regions } => {
                presign_v4a(head, payload, &credentials, scope, valid_for, regions)
            }
            _ => {
                let keys = &shared.signing_keys;
                presign(head, payload, &credentials, scope, valid_for, keys)
            }
        };
        signed.map_err(|error| Cause::Signing(error.to_string()))
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
    let scope = scope(prepared, offset.apply(shared.config.settings.clock.now()));
    let signed = match scheme(prepared).as_ref() {
        #[cfg(feature = "sigv4a")]
        SigningScheme::SigV4A { regions } => {
            sign_request_v4a(head, payload, &credentials, scope, regions)
        }
        _ => sign_request(head, payload, &credentials, scope, &shared.signing_keys),
    };
    signed.map_err(|error| Cause::Signing(error.to_string()))?;
    Ok(credentials)
}

/// Returns the signing scheme: that of the endpoint, or that of the operation. The region set of an operation is the
/// signing region.
fn scheme(prepared: &Prepared) -> Cow<'_, SigningScheme> {
    match (&prepared.signing.scheme, prepared.operation.auth) {
        (SigningScheme::SigV4, Auth::SigV4A) => Cow::Owned(SigningScheme::SigV4A {
            regions: region(prepared).to_owned(),
        }),
        (scheme, _) => Cow::Borrowed(scheme),
    }
}

/// Returns the scope of a signature at this time.
fn scope(prepared: &Prepared, time: SystemTime) -> Scope<'_> {
    let of_service = prepared.shared.service.signing_name;
    Scope {
        region: region(prepared),
        service: prepared.signing.name.as_deref().unwrap_or(of_service),
        time,
    }
}

/// Returns the signing region.
fn region(prepared: &Prepared) -> &str {
    let of_client = prepared.shared.config.region().map(AsRef::as_ref);
    let of_endpoint = prepared.signing.region.as_deref();
    of_endpoint.or(of_client).unwrap_or(DEFAULT_SIGNING_REGION)
}

/// Returns an error for a scheme that is not supported: a request with another signature must not be sent.
fn check_scheme(scheme: &SigningScheme) -> Result<(), Cause> {
    match scheme {
        SigningScheme::SigV4 | SigningScheme::SigV4AOrSigV4 { .. } => Ok(()),
        SigningScheme::SigV4A { .. } if cfg!(feature = "sigv4a") => Ok(()),
        SigningScheme::SigV4A { .. } => Err(configuration(
            "the endpoint accepts only signatures by SigV4A: enable the feature `sigv4a`",
        )),
        SigningScheme::Unsupported(name) => Err(configuration(format!(
            "the endpoint accepts only signatures by {name}, which are not supported"
        ))),
    }
}

async fn credentials(prepared: &Prepared) -> Result<Credentials, Cause> {
    let Some(provider) = &prepared.shared.credentials else {
        return Err(configuration(
            "no credentials provider: set one, or create the client from the environment",
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
            "no bearer token: set {variable} and create the client from the environment, or set a token provider"
        )));
    };
    let token = provider.provide_token().await;
    token.map_err(|error| Cause::Signing(format!("no bearer token: {error}")))
}

fn configuration(text: impl Into<String>) -> Cause {
    Cause::Configuration(ConfigurationError::new(text))
}
