//! A request in, its whole answer out, within a time limit and a few attempts.

use crate::http::time::{SharedClock, within};
use crate::http::{Body, BodyError, BoxFuture, Request, SharedTransport, TransportError};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::time::Duration;

/// More than any answer with credentials or tokens has to say.
const LONGEST_ANSWER: usize = 64 * 1024;

/// How long to wait at least before the second attempt where the service is asked too often.
const THROTTLED_PAUSE: Duration = Duration::from_secs(1);

/// How requests are sent.
#[derive(Debug, Clone)]
pub(super) struct Exchange {
    pub(super) transport: SharedTransport,
    pub(super) clock: SharedClock,
    /// How long one attempt may take, answer included.
    pub(super) attempt_timeout: Duration,
    /// How often to try in all.
    pub(super) attempts: u32,
    /// How long to wait before the second attempt; twice as long before the next.
    pub(super) pause: Duration,
}

/// What a service answered.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// No answer came.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NoAnswer {
    /// It took too long.
    #[error("no answer within {} ms", limit.as_millis())]
    TimedOut {
        /// The time limit of each attempt.
        limit: Duration,
    },
    /// The request did not get through.
    #[error(transparent)]
    Transport(TransportError),
    /// The answer did not come whole.
    #[error(transparent)]
    Body(BodyError),
}

impl NoAnswer {
    fn is_retryable(&self) -> bool {
        match self {
            Self::TimedOut { .. } => true,
            Self::Transport(error) => error.is_retryable(),
            Self::Body(error) => matches!(error, BodyError::Broken { .. }),
        }
    }
}

impl Exchange {
    /// Sends the request, and again while no answer comes or the answer asks for that; returns the last answer,
    /// whatever its status. Boxed, so that its code is not made anew for each who waits for it.
    pub(super) fn send<'a>(
        &'a self,
        head: &'a http::request::Parts,
        body: &'a Bytes,
        asks_again: &'a (dyn Fn(&Answer) -> bool + Sync),
    ) -> BoxFuture<'a, Result<Answer, NoAnswer>> {
        Box::pin(async move {
            let mut attempt = 1;
            loop {
                let result = self.attempt(head, body).await;
                let is_final = match &result {
                    Ok(answer) => !asks_again(answer),
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
                // Up to half less, so that those who failed together do not come back together.
                let longest = pause * 2_u32.saturating_pow(attempt - 1);
                let pause = longest.mul_f32(1.0 - fastrand::f32() / 2.0);
                self.clock.sleep(pause).await;
                attempt += 1;
            }
        })
    }

    async fn attempt(&self, head: &http::request::Parts, body: &Bytes) -> Result<Answer, NoAnswer> {
        let request = Request::from_parts(head.clone(), Body::from_bytes(body.clone()));
        let exchange = async {
            let response = self.transport.send(request).await;
            let (head, body) = response.map_err(NoAnswer::Transport)?.into_parts();
            let body = body.collect(LONGEST_ANSWER).await;
            Ok(Answer {
                status: head.status,
                headers: head.headers,
                body: body.map_err(NoAnswer::Body)?,
            })
        };
        within(&self.clock, Some(self.attempt_timeout), exchange)
            .await
            .unwrap_or_else(|limit| Err(NoAnswer::TimedOut { limit }))
    }
}
