//! A single attempt of a call: credentials, signature, request and response.

use crate::aws::ConfigurationError;
use crate::aws::clock_skew::ClockOffset;
use crate::client::Prepared;
use crate::client::authorization::Authorization;
use crate::client::config::{Credentials, Settings};
use crate::client::error::Cause;
use crate::client::outgoing::Outgoing;
use crate::client::response::is_success;
use crate::http::ChecksumAlgorithm;
use crate::http::byte_stream::ByteStream;
use crate::http::timeout::Timeout;
use crate::http::url::{Url, UrlError};
use crate::http::{Body, BodyError, Request, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::response::Parts;
use http::{HeaderValue, Method, StatusCode};
use http_body::Body as _;
use std::time::SystemTime;

/// The result of an attempt that got a response.
pub(super) struct Attempt {
    pub(super) head: Parts,
    pub(super) body: Bytes,
    /// The body, if it is left to the caller.
    pub(super) stream: Option<ByteStream>,
    /// The checksum algorithms that the body was validated with, or is validated with while it is read.
    pub(super) validated: Vec<ChecksumAlgorithm>,
    pub(super) sent: SystemTime,
    pub(super) received: SystemTime,
    pub(super) offset: ClockOffset,
    pub(super) credentials: Option<Credentials>,
}

/// An attempt without a readable response.
pub(super) struct Unanswered {
    pub(super) cause: Cause,
    /// The head of the response, if it was received.
    pub(super) head: Option<Box<Parts>>,
    /// The route of the request, if the cause does not name it.
    pub(super) route: Option<String>,
}

impl From<Cause> for Unanswered {
    fn from(cause: Cause) -> Self {
        Self {
            cause,
            head: None,
            route: None,
        }
    }
}

/// A request that is ready to be sent.
struct Authorized {
    request: Request,
    offset: ClockOffset,
    /// The credentials that signed it.
    credentials: Option<Credentials>,
}

/// Returns the request of an attempt, with its signature or token.
async fn authorized(prepared: &Prepared, number: u32, max: u32) -> Result<Authorized, Cause> {
    let mut head = changed(prepared, prepared.request(number, max))?;
    let authorization = Authorization::of(prepared).await?;
    // The signature and the comparison with the response use one offset: other calls may change the shared one.
    let offset = prepared.shared.skew.offset();
    let Outgoing { body, payload } = prepared
        .body
        .outgoing(
            authorization.coverage(),
            prepared.operation,
            prepared.checksums,
            &mut head.headers,
        )
        .await?;
    let credentials = authorization.apply(prepared, &mut head, payload, offset)?;
    announce_no_body(&mut head, &body);
    Ok(Authorized {
        request: Request::from_parts(head, body),
        offset,
        credentials,
    })
}

/// Sends one attempt.
pub(super) async fn attempt(
    prepared: &Prepared,
    number: u32,
    max: u32,
) -> Result<Attempt, Unanswered> {
    let shared = &prepared.shared;
    let settings = &shared.config.settings;
    // A function of its own, so that nothing of the request is in the future that waits for the response.
    let Authorized {
        request,
        offset,
        credentials,
    } = authorized(prepared, number, max).await?;
    let transport = shared.transport().map_err(Cause::Configuration)?;
    let sent = settings.clock.now();
    let response = transport
        .send(request)
        .await
        .map_err(|error| classify_transport_error(settings, error))?;
    let received = settings.clock.now();
    let (mut head, body) = response.into_parts();
    for interceptor in &settings.interceptors {
        interceptor.after_response(prepared.operation, &head);
    }
    let read = match read(prepared, &head, body).await {
        Ok(read) => read,
        Err(error) => {
            return Err(Unanswered {
                head: Some(Box::new(head)),
                ..Cause::Body(error).into()
            });
        }
    };
    if is_success(prepared, &head) && shared.service.protocol.is_error(&read.body) {
        head.status = StatusCode::INTERNAL_SERVER_ERROR;
    }
    Ok(Attempt {
        head,
        body: read.body,
        stream: read.stream,
        validated: read.validated,
        sent,
        received,
        offset,
        credentials,
    })
}

/// Applies the interceptors of the client and the changes of the call to a request.
pub(super) fn changed(
    prepared: &Prepared,
    mut head: http::request::Parts,
) -> Result<http::request::Parts, Cause> {
    let interceptors = &prepared.shared.config.settings.interceptors;
    for interceptor in interceptors {
        interceptor
            .before_signing(prepared.operation, &mut head)
            .map_err(|error| {
                Cause::Configuration(ConfigurationError::new(format!(
                    "interceptor failed: {error}"
                )))
            })?;
    }
    for mutation in &prepared.mutations {
        mutation.apply(&mut head);
    }
    // The URL may have been changed. It is normalized to the form that is sent before it is signed.
    if !interceptors.is_empty() || !prepared.mutations.is_empty() {
        head.uri = Url::try_from(head.uri).map_err(unsendable)?.into_uri();
    }
    Ok(head)
}

/// Announces an empty body with `content-length: 0` where the method gives a body a meaning (RFC 9110, section 8.6).
/// Proxies and servers reject such a request without the header with status 411. The header is not signed, since an
/// intermediary may remove it.
fn announce_no_body(head: &mut http::request::Parts, body: &Body) {
    let has_meaning = [Method::POST, Method::PUT, Method::PATCH].contains(&head.method);
    if has_meaning && body.size_hint().exact() == Some(0) {
        let length = head.headers.entry(CONTENT_LENGTH);
        length.or_insert(HeaderValue::from_static("0"));
    }
}

fn unsendable(error: UrlError) -> Cause {
    let text = format!("interceptor set an invalid URL: {error}");
    Cause::Configuration(ConfigurationError::new(text))
}

/// The body of a response.
#[derive(Default)]
struct Read {
    body: Bytes,
    stream: Option<ByteStream>,
    validated: Vec<ChecksumAlgorithm>,
}

/// Reads the body of a response, unless it is streamed to the caller. The body of an error response is never streamed,
/// and has no checksum that the request asked for.
async fn read(prepared: &Prepared, head: &Parts, body: Body) -> Result<Read, BodyError> {
    let limit = prepared.shared.config.settings.max_response_bytes;
    if !is_success(prepared, head) {
        let body = body.collect(limit).await?;
        return Ok(Read {
            body,
            ..Read::default()
        });
    }
    let check = prepared.checksums.check(&head.headers);
    let validated = check.algorithms();
    if prepared.operation.streams_output {
        return Ok(Read {
            stream: Some(check.of_stream(body).into()),
            validated,
            ..Read::default()
        });
    }
    let body = body.collect(limit).await?;
    check.of_bytes(&body)?;
    Ok(Read {
        body,
        validated,
        ..Read::default()
    })
}

/// Returns the failure of a request without a response. The limit of the default transport has a name; other transports
/// have limits of their own.
fn classify_transport_error(settings: &Settings, error: TransportError) -> Unanswered {
    match (error.kind(), settings.timeouts.connect, &settings.transport) {
        (TransportErrorKind::Unexpected, _, _) => Cause::Test(error.to_string()).into(),
        (TransportErrorKind::ConnectTimeout, Some(limit), None) => Unanswered {
            route: error.route().map(str::to_owned),
            ..Cause::Timeout(Timeout::Connect(limit)).into()
        },
        _ => Cause::Transport(error).into(),
    }
}
