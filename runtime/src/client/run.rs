//! Runs a call: attempts until one succeeds, or the retry rules end it.

use crate::aws::retry::{
    FailedAttempt, FailureKind, RetryAfter, RetryState, is_expired_credentials,
};
use crate::client::attempt::{Attempt, Unanswered, attempt};
use crate::client::error::{Answer, Cause, Error};
use crate::client::failure::failure_kind;
use crate::client::response::{answer, is_success};
use crate::client::{Answered, Prepared};
use crate::http::BoxFuture;
use crate::http::time::within;
use crate::http::timeout::Timeout;
use bytes::Bytes;
use std::pin::pin;
use std::time::Instant;
use tracing::Instrument;

impl Prepared {
    /// Sends the call. The future is on the heap, so that the futures of generated code stay small.
    pub(crate) fn run(&self) -> BoxFuture<'_, Result<Answered, Error>> {
        let span = tracing::debug_span!(
            "call",
            service = self.shared.service.sdk_id,
            operation = self.operation.name,
            attempts = tracing::field::Empty,
        );
        Box::pin(self.run_within_limit().instrument(span))
    }

    async fn run_within_limit(&self) -> Result<Answered, Error> {
        let settings = &self.shared.config.settings;
        let limit = settings.timeouts.operation;
        let mut progress = Progress {
            attempts: 0,
            last: None,
            ends: limit.and_then(|limit| settings.clock.monotonic().checked_add(limit)),
        };
        let result = {
            let run = pin!(self.run_attempts(&mut progress));
            within(&settings.clock, limit, run).await
        };
        match result {
            Ok(result) => result,
            Err(limit) => {
                let cause = Cause::Timeout(Timeout::Operation(limit));
                let error = Error::new(self.operation.name, cause)
                    .with_kind(FailureKind::Transient)
                    .with_attempts(progress.attempts, self.retry.attempts_allowed());
                Err(match progress.last {
                    Some(last) => error.with_last(last.into_error(self)),
                    None => error,
                })
            }
        }
    }

    /// Makes attempts. `progress` is for the timeout of the whole call.
    async fn run_attempts(&self, progress: &mut Progress) -> Result<Answered, Error> {
        let (retry, clock) = (&self.shared.retry, &self.shared.config.settings.clock);
        let mut state = retry.start_with(&self.retry);
        let mut refreshed = false;
        loop {
            retry.before_attempt(&state).await;
            progress.attempts = state.attempt();
            tracing::Span::current().record("attempts", state.attempt());
            let failure = match self.attempt_within_limit(&state).await {
                Ok(attempt) if is_success(self, &attempt.head) => {
                    self.observe_clock(&attempt);
                    retry.after_success(&state);
                    return Ok(self.answered(attempt, &state));
                }
                Ok(attempt) => self.refused(attempt, &mut refreshed),
                Err(unanswered) => self.unanswered(unanswered),
            };
            let attempt = state.attempt();
            let now = clock.monotonic();
            let failed = FailedAttempt::new(failure.kind)
                .asked(failure.retry_after)
                .time_left(progress.ends.map(|end| end.saturating_duration_since(now)))
                .repeatable(self.body.is_repeatable());
            match retry.after_failed_attempt(&mut state, failed) {
                Some(delay) => {
                    tracing::debug!(?delay, kind = ?failure.kind, "the attempt failed and will be repeated");
                    progress.last = Some(Box::new(Failure { attempt, ..failure }));
                    clock.sleep(delay).await;
                }
                None => {
                    let error = Failure { attempt, ..failure }.into_error(self);
                    return Err(error.with_give_up_reason(state.give_up_reason()));
                }
            }
        }
    }

    async fn attempt_within_limit(&self, state: &RetryState) -> Result<Attempt, Unanswered> {
        let settings = &self.shared.config.settings;
        let span = tracing::debug_span!("attempt", number = state.attempt());
        let sent = attempt(self, state.attempt(), state.max_attempts());
        let sent = pin!(sent.instrument(span));
        within(&settings.clock, settings.timeouts.attempt, sent)
            .await
            .unwrap_or_else(|limit| Err(Cause::Timeout(Timeout::Attempt(limit)).into()))
    }

    fn answered(&self, attempt: Attempt, state: &RetryState) -> Answered {
        let Attempt {
            head,
            body,
            stream,
            validated,
            ..
        } = attempt;
        Answered {
            head,
            body,
            stream,
            validated,
            attempts: state.attempt(),
            max_attempts: state.max_attempts(),
        }
    }

    /// Classifies an error response. Expired credentials are fetched again, once.
    fn refused(&self, attempt: Attempt, refreshed: &mut bool) -> Failure {
        let wrong_time = self.observe_clock(&attempt);
        let retry_after = RetryAfter::from_headers(&attempt.head.headers, attempt.received);
        let credentials = attempt.credentials;
        let answer = answer(self, attempt.head, attempt.body);
        let mut kind = failure_kind(self.operation, &answer, wrong_time);
        let expired = answer
            .document
            .code
            .as_deref()
            .is_some_and(is_expired_credentials);
        // The codes of expired credentials also mean a signature with a wrong time. The clock skew tells them apart.
        let expired = expired && kind != FailureKind::ClockSkew;
        if let (true, false, Some(used), Some(provider)) =
            (expired, *refreshed, credentials, &self.shared.credentials)
        {
            *refreshed = true;
            provider.invalidate_if_current(&used);
            kind = FailureKind::Transient;
        }
        Failure {
            cause: Cause::Service,
            kind,
            retry_after,
            answer: Some(answer),
            route: None,
            attempt: 0,
        }
    }

    /// Classifies an attempt without a readable response. The head of an incomplete response counts.
    fn unanswered(&self, unanswered: Unanswered) -> Failure {
        let Unanswered { cause, head, route } = unanswered;
        // The head alone may name the error.
        let answer = head.map(|head| answer(self, *head, Bytes::new()));
        let of_head = answer
            .as_ref()
            .filter(|answer| !is_success(self, &answer.head));
        let retry_after = of_head.and_then(|answer| {
            let now = self.shared.config.settings.clock.now();
            RetryAfter::from_headers(&answer.head.headers, now)
        });
        let kind = match of_head.map(|answer| failure_kind(self.operation, answer, false)) {
            Some(kind) if kind.is_retryable() => kind,
            _ => cause.failure_kind(),
        };
        let is_limit = matches!(cause, Cause::Timeout(_));
        Failure {
            cause,
            kind,
            retry_after,
            answer,
            route: route.or_else(|| is_limit.then(|| self.origin())),
            attempt: 0,
        }
    }

    fn observe_clock(&self, attempt: &Attempt) -> bool {
        self.shared.skew.observe(
            attempt.offset,
            attempt.sent,
            attempt.received,
            &attempt.head.headers,
        )
    }
}

/// The progress of a call.
struct Progress {
    /// The number of the current attempt.
    attempts: u32,
    /// The last attempt that failed. It is on the heap, since most calls have none.
    last: Option<Box<Failure>>,
    /// The time at which the call has to end.
    ends: Option<Instant>,
}

/// An attempt that failed.
struct Failure {
    cause: Cause,
    kind: FailureKind,
    retry_after: Option<RetryAfter>,
    answer: Option<Answer>,
    route: Option<String>,
    /// The number of the attempt.
    attempt: u32,
}

impl Failure {
    fn into_error(self, prepared: &Prepared) -> Error {
        let error = Error::new(prepared.operation.name, self.cause)
            .with_kind(self.kind)
            .with_route(self.route)
            .with_attempts(self.attempt, prepared.retry.attempts_allowed());
        match self.answer {
            Some(answer) => error.with_answer(answer),
            None => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size_of_future<F>(_: impl Fn(&'static Prepared) -> F) -> usize {
        size_of::<F>()
    }

    /// Thousands of calls may wait at a time. A future that is an argument of an asynchronous function is in memory
    /// twice, and locals that were borrowed stay as long as their function.
    #[test]
    fn the_future_of_a_call_takes_less_than_two_kilobytes() {
        let size = size_of_future(Prepared::run_within_limit);
        assert!(size < 2048, "{size} bytes");
    }
}
