//! One attempt: credentials, signature, request, response to its last byte.

use crate::client::Prepared;
use crate::clock_skew::ClockOffset;
use crate::config::{Credentials, Settings};
use crate::error::{Cause, ConfigurationError};
use crate::http::{TransportError, TransportErrorKind};
use crate::schema::Auth;
use crate::sign::{Scope, sign_request};
use crate::timeout::Timeout;
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
    for mutation in &prepared.mutations {
        mutation.apply(&mut head);
    }
    let signer = signer(prepared).await?;
    // One offset for the signature and for what the answer is compared with: other calls may move the shared one.
    let offset = shared.skew.offset();
    let credentials = match signer {
        Some(signer) => Some(signer.sign(prepared, &mut head, offset)?),
        None => None,
    };
    let transport = shared.transport().map_err(Cause::Configuration)?;
    let sent = settings.clock.now();
    let response = transport
        .send(prepared.with_body(head))
        .await
        .map_err(|error| refusal(settings, error))?;
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

/// What no response means. The default transport's own limit has a name; another transport's is its own matter.
fn refusal(settings: &Settings, error: TransportError) -> Cause {
    match (error.kind(), settings.timeouts.connect, &settings.transport) {
        (TransportErrorKind::Unexpected, _, _) => Cause::Test(error.to_string()),
        (TransportErrorKind::ConnectTimeout, Some(limit), None) => {
            Cause::Timeout(Timeout::Connect(limit))
        }
        _ => Cause::Transport(error),
    }
}

/// What a request is signed with.
struct Signer {
    credentials: Credentials,
    unsigned_payload: bool,
}

/// The signer that the operation asks for; `None` where it is not signed.
async fn signer(prepared: &Prepared) -> Result<Option<Signer>, Cause> {
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
    if prepared.signing.needs_sigv4a {
        let text = "the endpoint accepts only signatures by SigV4A, which are not supported";
        return Err(Cause::Configuration(ConfigurationError::new(text)));
    }
    Ok(Some(Signer {
        credentials: credentials(prepared).await?,
        unsigned_payload,
    }))
}

impl Signer {
    /// Signs the request, and gives the credentials it was signed with.
    fn sign(
        self,
        prepared: &Prepared,
        head: &mut http::request::Parts,
        offset: ClockOffset,
    ) -> Result<Credentials, Cause> {
        let shared = &prepared.shared;
        let region = shared.config.region().map(AsRef::as_ref);
        let signing = &prepared.signing;
        let scope = Scope {
            region: signing
                .region
                .as_deref()
                .or(region)
                .unwrap_or(DEFAULT_SIGNING_REGION),
            service: signing
                .name
                .as_deref()
                .unwrap_or(shared.service.signing_name),
            time: offset.apply(shared.config.settings.clock.now()),
            unsigned_payload: self.unsigned_payload,
        };
        sign_request(head, &prepared.body, self.credentials.clone(), scope)
            .map_err(|error| Cause::Signing(error.to_string()))?;
        Ok(self.credentials)
    }
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
