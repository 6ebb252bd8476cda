//! One attempt: credentials, signature, request, response to its last byte.

use crate::client::Prepared;
use crate::clock_skew::ClockOffset;
use crate::config::Credentials;
use crate::error::{Cause, ConfigurationError};
use crate::schema::Auth;
use crate::sign::{Scope, sign_request};
use bytes::Bytes;
use http::response::Parts;
use std::time::SystemTime;

/// What came of an attempt.
pub(super) struct Attempt {
    pub(super) head: Parts,
    pub(super) body: Bytes,
    pub(super) sent: SystemTime,
    pub(super) received: SystemTime,
    pub(super) offset: ClockOffset,
    pub(super) credentials: Option<Credentials>,
}

/// Sends one attempt.
pub(super) async fn attempt(prepared: &Prepared, number: u32, max: u32) -> Result<Attempt, Cause> {
    let shared = &prepared.shared;
    let settings = &shared.config.settings;
    let mut head = prepared.request(number, max);
    for interceptor in &settings.interceptors {
        interceptor
            .before_signing(prepared.operation, &mut head)
            .map_err(|error| {
                Cause::Configuration(ConfigurationError::new(format!(
                    "an interceptor refused: {error}"
                )))
            })?;
    }
    let credentials = authorize(prepared, &mut head).await?;
    let transport = shared.transport().map_err(Cause::Configuration)?;
    let offset = shared.skew.offset();
    let sent = settings.clock.now();
    let response = transport
        .send(prepared.with_body(head))
        .await
        .map_err(Cause::Transport)?;
    let received = settings.clock.now();
    let (head, body) = response.into_parts();
    for interceptor in &settings.interceptors {
        interceptor.after_response(prepared.operation, &head);
    }
    let body = body
        .collect(settings.max_response_bytes)
        .await
        .map_err(Cause::Body)?;
    Ok(Attempt {
        head,
        body,
        sent,
        received,
        offset,
        credentials,
    })
}

/// Signs the request, as its operation asks.
async fn authorize(
    prepared: &Prepared,
    head: &mut http::request::Parts,
) -> Result<Option<Credentials>, Cause> {
    let unsigned_payload = match prepared.operation.auth {
        Auth::None => return Ok(None),
        Auth::SigV4 => false,
        Auth::SigV4UnsignedPayload => true,
        Auth::Bearer => {
            let text =
                "bearer tokens are not supported: set the Authorization header with an interceptor";
            return Err(Cause::Configuration(ConfigurationError::new(text)));
        }
    };
    let shared = &prepared.shared;
    let credentials = credentials(prepared).await?;
    let region = shared
        .config
        .region()
        .map_or(DEFAULT_SIGNING_REGION, AsRef::as_ref);
    let time = shared.skew.now(&shared.config.settings.clock);
    let scope = Scope {
        region,
        service: shared.service.signing_name,
        time,
        unsigned_payload,
    };
    sign_request(head, &prepared.body, &credentials, scope)
        .map_err(|error| Cause::Signing(error.to_string()))?;
    Ok(Some(credentials))
}

/// The region to sign for where an endpoint was set and no region: what AWS's tools use then.
const DEFAULT_SIGNING_REGION: &str = "us-east-1";

async fn credentials(prepared: &Prepared) -> Result<Credentials, Cause> {
    use crate::config::ProvideCredentials;
    let Some(provider) = &prepared.shared.credentials else {
        let text = "no credentials provider is set: give the client one, or make the client from the environment";
        return Err(Cause::Configuration(ConfigurationError::new(text)));
    };
    provider
        .provide_credentials()
        .await
        .map_err(Cause::Credentials)
}
