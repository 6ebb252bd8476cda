//! [`RetryStrategy`]: decides whether a failed attempt is retried, and after which delay.

mod backoff;
mod classify;
mod rate_limiter;
mod retry_after;
mod settings;
#[cfg(test)]
mod test_clock;
mod token_bucket;

pub use backoff::Jitter;
pub(crate) use classify::may_mean_clock_skew;
pub use classify::{
    ErrorAnswer, FailureKind, ModeledRetryable, is_expired_credentials, is_throttling_code,
};
pub use rate_limiter::RateLimiter;
pub use retry_after::RetryAfter;
pub use settings::{RetryMode, RetrySettings};
pub use token_bucket::{CAPACITY, FIRST_ATTEMPT_REFUND, TokenBucket};

use crate::http::time::SharedClock;
use std::fmt;
use std::time::Duration;

/// A retry strategy for all calls of a client, which share its quota and, in adaptive mode, its rate.
///
/// A call begins with [`start`](Self::start). Each attempt calls [`before_attempt`](Self::before_attempt), is sent, and
/// calls either [`after_success`](Self::after_success) or [`after_failure`](Self::after_failure), which returns whether
/// to wait and continue.
#[derive(Debug)]
pub struct RetryStrategy {
    settings: RetrySettings,
    clock: SharedClock,
    quota: TokenBucket,
    limiter: RateLimiter,
    jitter: Jitter,
}

impl RetryStrategy {
    /// Creates a strategy with a full quota and no rate limit.
    pub fn new(settings: RetrySettings, clock: SharedClock) -> Self {
        Self {
            settings,
            quota: TokenBucket::default(),
            limiter: RateLimiter::new(clock.as_ref()),
            clock,
            jitter: fastrand::f64,
        }
    }

    /// Sets the source of randomness for backoff. Tests use a constant one.
    pub fn with_jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = jitter;
        self
    }

    /// Returns the remaining retry quota, of [`CAPACITY`] tokens.
    pub fn quota_left(&self) -> u32 {
        self.quota.available()
    }

    /// Begins a call, at attempt 1.
    pub fn start(&self) -> RetryState {
        self.start_with(&self.settings)
    }

    /// Begins a call with its own settings; the quota and the rate are those of the client.
    pub fn start_with(&self, settings: &RetrySettings) -> RetryState {
        RetryState {
            settings: *settings,
            attempt: 1,
            last_cost: FIRST_ATTEMPT_REFUND,
            gave_up: None,
        }
    }

    /// Waits until the next attempt may be sent: at once, except in adaptive mode while the service throttles.
    pub async fn before_attempt(&self, state: &RetryState) {
        if state.is_adaptive() {
            self.limiter.acquire(&self.clock).await;
        }
    }

    /// Records a failed attempt. Returns the delay before the next attempt, or `None` if the call is not retried for
    /// the reason in [`RetryState::give_up_reason`].
    ///
    /// `asked` is the delay that the response, if there is one, requests. The tokens of a retry are not returned if its
    /// call is dropped before it finishes, as if it had failed.
    pub fn after_failure(
        &self,
        state: &mut RetryState,
        kind: FailureKind,
        asked: Option<RetryAfter>,
    ) -> Option<Duration> {
        self.after_failed_attempt(state, FailedAttempt::new(kind).asked(asked))
    }

    /// Records a failed attempt, as [`after_failure`](Self::after_failure) does, with all its details.
    pub fn after_failed_attempt(
        &self,
        state: &mut RetryState,
        failed: FailedAttempt,
    ) -> Option<Duration> {
        // The failure of a call that cannot be repeated says as much about the service as any other.
        if state.is_adaptive() {
            let throttled = failed.kind == FailureKind::Throttling;
            self.limiter.on_answer(throttled, &self.clock);
        }
        let next = self.next_attempt(state, failed);
        state.gave_up = next.err();
        let (delay, cost) = next.ok()?;
        state.attempt += 1;
        state.last_cost = cost;
        Some(delay)
    }

    /// Returns the delay before the next attempt and its cost, which has been paid, or the reason why there is none.
    fn next_attempt(
        &self,
        state: &RetryState,
        failed: FailedAttempt,
    ) -> Result<(Duration, u32), GiveUpReason> {
        if !failed.kind.is_retryable() {
            return Err(GiveUpReason::NotRetryable);
        }
        if !failed.is_repeatable {
            return Err(GiveUpReason::NotRepeatable);
        }
        if state.attempt >= state.max_attempts() {
            return Err(GiveUpReason::AttemptsExhausted);
        }
        // Retry 1 follows the first failure.
        let retry = state.attempt;
        let delay = backoff::delay(
            &state.settings,
            failed.kind,
            retry,
            self.jitter,
            failed.asked,
        );
        // If the timeout would expire before the next attempt begins, the call fails now and pays nothing.
        if failed.time_left.is_some_and(|left| delay >= left) {
            return Err(GiveUpReason::TimeExhausted);
        }
        let cost = token_bucket::retry_cost(failed.kind, state.settings.new_rules_2026);
        match self.quota.acquire(cost) {
            true => Ok((delay, cost)),
            false => Err(GiveUpReason::QuotaExhausted),
        }
    }

    /// Records a successful attempt: returns the cost of the last retry to the quota, or one token if there was none.
    pub fn after_success(&self, state: &RetryState) {
        if state.is_adaptive() {
            self.limiter.on_answer(false, &self.clock);
        }
        self.quota.refund(state.last_cost);
    }
}

/// The state of a call during its attempts.
#[derive(Debug, Clone)]
pub struct RetryState {
    settings: RetrySettings,
    attempt: u32,
    /// The tokens that are returned to the quota on success.
    last_cost: u32,
    gave_up: Option<GiveUpReason>,
}

impl RetryState {
    /// Returns the number of the current or next attempt, beginning at 1, or of the last one after the call.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the maximum number of attempts of the call.
    pub fn max_attempts(&self) -> u32 {
        self.settings.attempts_allowed()
    }

    /// Returns the reason why there is no further attempt, or `None` while one is possible.
    pub fn give_up_reason(&self) -> Option<GiveUpReason> {
        self.gave_up
    }

    fn is_adaptive(&self) -> bool {
        self.settings.mode == RetryMode::Adaptive
    }
}

/// The details of a failed attempt that are relevant for retries.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct FailedAttempt {
    /// The kind of failure.
    pub kind: FailureKind,
    /// The delay that the server requested.
    pub asked: Option<RetryAfter>,
    /// The time that is left of the operation timeout; `None` without a timeout.
    pub time_left: Option<Duration>,
    /// `true` if the request can be sent again. A streaming body may be readable only once.
    pub is_repeatable: bool,
}

impl FailedAttempt {
    /// Creates a failure of this kind, for a repeatable request without an operation timeout.
    pub const fn new(kind: FailureKind) -> Self {
        Self {
            kind,
            asked: None,
            time_left: None,
            is_repeatable: true,
        }
    }

    /// Sets the delay that the server requested.
    pub const fn asked(mut self, asked: Option<RetryAfter>) -> Self {
        self.asked = asked;
        self
    }

    /// Sets the time that is left of the operation timeout.
    pub const fn time_left(mut self, left: Option<Duration>) -> Self {
        self.time_left = left;
        self
    }

    /// Sets whether the request can be sent again.
    pub const fn repeatable(mut self, is_repeatable: bool) -> Self {
        self.is_repeatable = is_repeatable;
        self
    }
}

/// The reason why a failed call is not retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GiveUpReason {
    /// A retry would fail again.
    NotRetryable,
    /// The maximum number of attempts is reached.
    AttemptsExhausted,
    /// The retry quota is used up, because too many calls of the client fail.
    QuotaExhausted,
    /// The operation timeout would expire before the next attempt begins.
    TimeExhausted,
    /// The request cannot be sent again, because its body can be read only once.
    NotRepeatable,
}

impl fmt::Display for GiveUpReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotRetryable => "not retryable",
            Self::AttemptsExhausted => "no attempts left",
            Self::QuotaExhausted => "retry quota exhausted",
            Self::TimeExhausted => "no time left for another attempt",
            Self::NotRepeatable => "the body can be sent only once",
        })
    }
}
