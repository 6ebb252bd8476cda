//! One attempt: credentials, signature, request, response to its last byte.

use crate::byte_stream::ByteStream;
use crate::client::Prepared;
use crate::client::authorization::Authorization;
use crate::client::response::is_success;
use crate::clock_skew::ClockOffset;
use crate::config::{Credentials, Settings};
use crate::error::{Cause, ConfigurationError};
use crate::http::{TransportError, TransportErrorKind};
use crate::timeout::Timeout;
use bytes::Bytes;
use http::response::Parts;
use std::time::SystemTime;

/// What came of an attempt.
pub(super) struct Attempt {
    pub(super) head: Parts,
    pub(super) body: Bytes,
    /// The body, where it is left to the caller.
    pub(super) stream: Option<ByteStream>,
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
    let authorization = Authorization::of(prepared).await?;
    // One offset for the signature and for what the answer is compared with: other calls may move the shared one.
    let offset = shared.skew.offset();
    let credentials = authorization.apply(prepared, &mut head, offset).await?;
    let transport = shared.transport().map_err(Cause::Configuration)?;
    let sent = settings.clock.now();
    let response = transport
        .send(prepared.with_body(head)?)
        .await
        .map_err(|error| refusal(settings, error))?;
    let received = settings.clock.now();
    let (head, body) = response.into_parts();
    for interceptor in &settings.interceptors {
        interceptor.after_response(prepared.operation, &head);
    }
    // What streams is the caller's to read; an error answer never streams.
    let streams = prepared.operation.streams_output && is_success(prepared, &head);
    let (body, stream) = match streams {
        true => (Bytes::new(), Some(ByteStream::from(body))),
        false => {
            let read = body.collect(settings.max_response_bytes).await;
            (read.map_err(Cause::Body)?, None)
        }
    };
    Ok(Attempt {
        head,
        body,
        stream,
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
