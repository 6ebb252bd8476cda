//! The call: attempts until one succeeds, or the rules say stop.

use crate::aws::retry::{FailureKind, RetryAfter, RetryState, is_expired_credentials};
use crate::client::attempt::{Attempt, attempt};
use crate::client::error::{Answer, Cause, Error};
use crate::client::response::{answer, failure_kind, is_success};
use crate::client::{Answered, Prepared};
use crate::http::BoxFuture;
use crate::http::time::within;
use crate::http::timeout::Timeout;
use tracing::Instrument;

impl Prepared {
    /// Sends the call. On the heap, so that the futures of generated code stay small.
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
        let mut attempts = 0;
        let run = self.run_attempts(&mut attempts);
        match within(&settings.clock, settings.timeouts.operation, run).await {
            Ok(result) => result,
            Err(limit) => Err(Error::new(
                self.operation.name,
                Cause::Timeout(Timeout::Operation(limit)),
            )
            .with_attempts(attempts, self.retry.attempts_allowed())),
        }
    }

    /// `attempts` counts along, for whoever stops waiting.
    async fn run_attempts(&self, attempts: &mut u32) -> Result<Answered, Error> {
        let retry = &self.shared.retry;
        let mut state = retry.start_with(&self.retry);
        let mut refreshed = false;
        loop {
            retry.before_attempt(&state).await;
            *attempts = state.attempt();
            tracing::Span::current().record("attempts", state.attempt());
            let failure = match self.attempt_within_limit(&state).await {
                Ok(attempt) if is_success(self, &attempt.head) => {
                    self.observe_clock(&attempt);
                    retry.after_success(&state);
                    return Ok(self.answered(attempt, &state));
                }
                Ok(attempt) => self.refused(attempt, &mut refreshed),
                Err(cause) => Failure::without_answer(cause),
            };
            // What can be sent once is not retried, whatever the rules say.
            let delay = match self.body.is_repeatable() {
                true => retry.after_failure(&mut state, failure.kind, failure.retry_after),
                false => None,
            };
            match delay {
                Some(delay) => {
                    tracing::debug!(?delay, kind = ?failure.kind, "the attempt failed and will be repeated");
                    self.shared.config.settings.clock.sleep(delay).await;
                }
                None => return Err(failure.into_error(self, &state)),
            }
        }
    }

    async fn attempt_within_limit(&self, state: &RetryState) -> Result<Attempt, Cause> {
        let settings = &self.shared.config.settings;
        let span = tracing::debug_span!("attempt", number = state.attempt());
        let sent = attempt(self, state.attempt(), state.max_attempts()).instrument(span);
        within(&settings.clock, settings.timeouts.attempt, sent)
            .await
            .unwrap_or_else(|limit| Err(Cause::Timeout(Timeout::Attempt(limit))))
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

    /// What an error answer means for the call. Expired credentials are fetched anew, once.
    fn refused(&self, attempt: Attempt, refreshed: &mut bool) -> Failure {
        let wrong_time = self.observe_clock(&attempt);
        let retry_after = RetryAfter::from_headers(&attempt.head.headers, attempt.received);
        let credentials = attempt.credentials;
        let answer = answer(self, attempt.head, attempt.body);
        let mut kind = failure_kind(self, &answer, wrong_time);
        let expired = answer
            .document
            .code
            .as_deref()
            .is_some_and(is_expired_credentials);
        // The codes of expired credentials also stand for a signature with a wrong time, which is told by the clock.
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

/// An attempt that did not succeed.
struct Failure {
    cause: Cause,
    kind: FailureKind,
    retry_after: Option<RetryAfter>,
    answer: Option<Answer>,
}

impl Failure {
    fn without_answer(cause: Cause) -> Self {
        let kind = match &cause {
            Cause::Transport(error) => FailureKind::from(error),
            Cause::Body(error) => FailureKind::from(error),
            Cause::Timeout(_) => FailureKind::Transient,
            _ => FailureKind::Client,
        };
        Self {
            cause,
            kind,
            retry_after: None,
            answer: None,
        }
    }

    fn into_error(self, prepared: &Prepared, state: &RetryState) -> Error {
        let error = Error::new(prepared.operation.name, self.cause);
        let error = match self.answer {
            Some(answer) => error.with_answer(answer),
            None => error,
        };
        error.with_attempts(state.attempt(), state.max_attempts())
    }
}
