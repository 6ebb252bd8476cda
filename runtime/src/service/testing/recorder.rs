//! [`RecordingTransport`], which records the traffic of a transport to a file without secrets.

use crate::client::operation::CalledOperation;
use crate::http::{
    Body, BoxFuture, Request, Response, SharedTransport, Transport, TransportError,
    TransportErrorKind,
};
use crate::service::testing::exchange::{self, Exchange};
use crate::service::testing::{redact, unexpected};
use bytes::Bytes;
use http::request::Parts;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::{fmt, io};

/// The maximum length of a recorded response.
const MAX_BODY_BYTES: usize = 64 << 20;

/// A transport that sends requests through another transport, and records them with their responses.
///
/// Recordings contain no secrets: the values of sensitive members, credentials, signatures, idempotency tokens, headers
/// that are not known to be harmless, and members that the model does not define are left out. Of an error response,
/// the code and message are recorded. Of an event stream, the response is recorded without its events. Requests without a
/// response are not recorded. It is cheap to clone: clones share
/// the recording.
#[derive(Clone)]
pub struct RecordingTransport {
    inner: SharedTransport,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl RecordingTransport {
    /// Creates a recorder of this transport.
    pub fn new(inner: impl Transport + 'static) -> Self {
        Self {
            inner: Arc::new(inner),
            exchanges: Arc::default(),
        }
    }

    /// Writes the recording so far to a file for [`ReplayTransport`](crate::service::testing::ReplayTransport).
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let text = exchange::write(
            &self
                .exchanges
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
        std::fs::write(path, text)
    }
}

impl Transport for RecordingTransport {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let Some(called) = request.extensions().get::<CalledOperation>().copied() else {
            return Box::pin(async { Err(unexpected("no client of this crate made it")) });
        };
        let (head, body) = request.into_parts();
        let sent = body.bytes().unwrap_or_default();
        let kept = head.clone();
        let answer = self.inner.send(Request::from_parts(head, body));
        let exchanges = self.exchanges.clone();
        Box::pin(async move {
            let (head, body) = answer.await?.into_parts();
            // An event stream may last for hours, so it is not read here.
            let is_stream = called.operation().events.is_some() && head.status.is_success();
            let (body, stream) = match is_stream {
                true => (Body::empty(), Some(body)),
                false => (body, None),
            };
            let body = body
                .collect(MAX_BODY_BYTES)
                .await
                .map_err(|error| TransportError::new(TransportErrorKind::Io, error))?;
            let exchange = exchange_of(called, &kept, &sent, &head, &body);
            let mut exchanges = exchanges.lock().unwrap_or_else(PoisonError::into_inner);
            exchanges.push(exchange);
            let body = stream.unwrap_or_else(|| Body::from_bytes(body));
            Ok(Response::from_parts(head, body))
        })
    }
}

fn exchange_of(
    called: CalledOperation,
    request: &Parts,
    sent: &Bytes,
    head: &http::response::Parts,
    body: &Bytes,
) -> Exchange {
    let request_redacted = redact::request(called, request, sent);
    let answer = redact::answer(called, head, body, &request_redacted.secrets);
    Exchange {
        operation: called.operation().name.to_owned(),
        method: request.method.to_string(),
        request: request_redacted,
        status: head.status.as_u16(),
        answer,
    }
}

impl fmt::Debug for RecordingTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RecordingTransport")
            .field(&self.inner)
            .finish()
    }
}
