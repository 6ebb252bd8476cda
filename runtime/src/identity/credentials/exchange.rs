//! Sends a request with a timeout and a limited number of attempts, and reads the whole response.

use crate::http::time::{SharedClock, within};
use crate::http::{Body, BodyError, BoxFuture, Request, SharedTransport, TransportError};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::pin::pin;
use std::time::Duration;

/// The maximum length of a response, which is more than any response with credentials or tokens needs.
const MAX_RESPONSE_BYTES: usize = 64 * 1024;

/// The minimum delay before the second attempt if the service throttles.
const THROTTLED_PAUSE: Duration = Duration::from_secs(1);

/// The settings of requests.
#[derive(Debug, Clone)]
pub(super) struct Exchange {
    pub(super) transport: SharedTransport,
    pub(super) clock: SharedClock,
    /// The timeout of one attempt, response included.
    pub(super) attempt_timeout: Duration,
    /// The maximum number of attempts.
    pub(super) attempts: u32,
    /// The delay before the second attempt; it doubles before each further one.
    pub(super) pause: Duration,
}

/// The response of a service.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// The error of a request without a response.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NoResponse {
    /// The attempts timed out.
    #[error("no response within {} ms", limit.as_millis())]
    TimedOut {
        /// The timeout of each attempt.
        limit: Duration,
    },
    /// The request could not be sent.
    #[error(transparent)]
    Transport(TransportError),
    /// The body of the response is incomplete.
    #[error(transparent)]
    Body(BodyError),
}

impl NoResponse {
    fn is_retryable(&self) -> bool {
        match self {
            Self::TimedOut { .. } => true,
            Self::Transport(error) => error.is_retryable(),
            Self::Body(error) => matches!(error, BodyError::Broken { .. }),
        }
    }
}

impl Exchange {
    /// Sends the request, and repeats it while there is no response or the response is retryable. Returns the last
    /// response, regardless of its status. The future is boxed, so that its code is not compiled again for each caller.
    pub(super) fn send<'a>(
        &'a self,
        head: &'a http::request::Parts,
        body: &'a Bytes,
        is_retryable: &'a (dyn Fn(&Answer) -> bool + Sync),
    ) -> BoxFuture<'a, Result<Answer, NoResponse>> {
        Box::pin(async move {
            let mut attempt = 1;
            loop {
                let result = self.attempt(head, body).await;
                let is_final = match &result {
                    Ok(answer) => !is_retryable(answer),
                    Err(error) => !error.is_retryable(),
                };
                if is_final || attempt >= self.attempts {
                    return result;
                }
                let pause = match &result {
                    Ok(answer) if answer.status == StatusCode::TOO_MANY_REQUESTS => {
                        self.pause.max(THROTTLED_PAUSE)
                    }
                    _ => self.pause,
                };
                // The delay is up to half shorter, so that clients that failed together do not retry together.
                let longest = pause * 2_u32.saturating_pow(attempt - 1);
                let pause = longest.mul_f32(1.0 - fastrand::f32() / 2.0);
                self.clock.sleep(pause).await;
                attempt += 1;
            }
        })
    }

    async fn attempt(
        &self,
        head: &http::request::Parts,
        body: &Bytes,
    ) -> Result<Answer, NoResponse> {
        let request = Request::from_parts(head.clone(), Body::from_bytes(body.clone()));
        let exchange = async {
            let response = self.transport.send(request).await;
            let (head, body) = response.map_err(NoResponse::Transport)?.into_parts();
            let body = body.collect(MAX_RESPONSE_BYTES).await;
            Ok(Answer {
                status: head.status,
                headers: head.headers,
                body: body.map_err(NoResponse::Body)?,
            })
        };
        within(&self.clock, Some(self.attempt_timeout), pin!(exchange))
            .await
            .unwrap_or_else(|limit| Err(NoResponse::TimedOut { limit }))
    }
}
