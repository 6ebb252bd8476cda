//! A request to a metadata service in, its whole answer out, within a time limit and a few attempts.

use crate::http::time::{SharedClock, within};
use crate::http::{
    Body, BodyError, BoxFuture, Request, ReqwestTransport, Response, SharedTransport, Transport,
    TransportError, TransportErrorKind,
};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// More than any metadata service has to say.
const LONGEST_ANSWER: usize = 64 * 1024;
/// How long to wait before another attempt.
const PAUSE: Duration = Duration::from_millis(200);
/// These services are one hop away.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// Speaks to a metadata service.
#[derive(Debug, Clone)]
pub(super) struct Metadata {
    pub(super) transport: SharedTransport,
    pub(super) clock: SharedClock,
    /// How long one attempt may take, answer included.
    pub(super) attempt_timeout: Duration,
    /// How often to try in all.
    pub(super) attempts: u32,
}

/// What a metadata service answered.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// A metadata service gave no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataError {
    /// It took too long.
    #[error("no answer within {} ms", limit.as_millis())]
    TimedOut {
        /// How long it was waited for, each time.
        limit: Duration,
    },
    /// The request did not get through.
    #[error(transparent)]
    Transport(TransportError),
    /// The answer did not come whole.
    #[error(transparent)]
    Body(BodyError),
}

impl Metadata {
    /// The answer, whatever its status; after a server error or none at all, the request is sent again. Boxed, so that
    /// its code is not made anew for each who waits for it.
    pub(super) fn send<'a>(
        &'a self,
        method: Method,
        uri: &'a Uri,
        headers: &'a HeaderMap,
    ) -> BoxFuture<'a, Result<Answer, MetadataError>> {
        Box::pin(self.send_attempts(method, uri, headers))
    }

    async fn send_attempts(
        &self,
        method: Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<Answer, MetadataError> {
        let mut attempt = 1;
        loop {
            let result = self.attempt(&method, uri, headers).await;
            let is_final = match &result {
                Ok(answer) => !answer.status.is_server_error(),
                Err(MetadataError::Transport(error)) => !error.is_retryable(),
                Err(_) => false,
            };
            if is_final || attempt >= self.attempts {
                return result;
            }
            attempt += 1;
            self.clock.sleep(PAUSE).await;
        }
    }

    async fn attempt(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<Answer, MetadataError> {
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method.clone();
        *request.uri_mut() = uri.clone();
        *request.headers_mut() = headers.clone();
        let exchange = async {
            let response = self.transport.send(request).await;
            let (head, body) = response.map_err(MetadataError::Transport)?.into_parts();
            let body = body.collect(LONGEST_ANSWER).await;
            Ok(Answer {
                status: head.status,
                headers: head.headers,
                body: body.map_err(MetadataError::Body)?,
            })
        };
        within(&self.clock, Some(self.attempt_timeout), exchange)
            .await
            .unwrap_or_else(|limit| Err(MetadataError::TimedOut { limit }))
    }
}

/// The transport for metadata services: no proxy, since they answer only to the machine they serve, and a connect
/// timeout of one second. It is built when the first request is sent.
pub fn metadata_transport() -> SharedTransport {
    Arc::new(LazyTransport::default())
}

/// Most programs find their credentials before a metadata service is asked, and need no second HTTP client.
#[derive(Default)]
struct LazyTransport(OnceLock<Result<ReqwestTransport, String>>);

impl Transport for LazyTransport {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let transport = self.0.get_or_init(|| {
            ReqwestTransport::builder()
                .no_proxy()
                .connect_timeout(CONNECT_TIMEOUT)
                .build()
                .map_err(|error| error.to_string())
        });
        match transport {
            Ok(transport) => transport.send(request),
            Err(why) => {
                let error = TransportError::new(TransportErrorKind::Request, why.as_str());
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }
}

impl fmt::Debug for LazyTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MetadataTransport")
    }
}
