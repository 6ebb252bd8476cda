//! [`RetryStrategy`]: how an attempt ended, in; whether there is another one and how long to wait for it, out.

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

/// Decides about retries for all calls of a client, which share its quota and, in adaptive mode, its rate.
///
/// One call goes: [`start`](Self::start); then for every attempt [`before_attempt`](Self::before_attempt), send, and
/// either [`after_success`](Self::after_success) or [`after_failure`](Self::after_failure), which says whether to wait
/// and go on.
#[derive(Debug)]
pub struct RetryStrategy {
    settings: RetrySettings,
    clock: SharedClock,
    quota: TokenBucket,
    limiter: RateLimiter,
    jitter: Jitter,
}

impl RetryStrategy {
    /// A strategy with a full quota and no rate limit yet.
    pub fn new(settings: RetrySettings, clock: SharedClock) -> Self {
        Self {
            settings,
            quota: TokenBucket::default(),
            limiter: RateLimiter::new(clock.as_ref()),
            clock,
            jitter: fastrand::f64,
        }
    }

    /// With another source of randomness for backoff. Tests take a constant one.
    pub fn with_jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = jitter;
        self
    }

    /// The retry quota that is left, in tokens of [`CAPACITY`].
    pub fn quota_left(&self) -> u32 {
        self.quota.available()
    }

    /// Begins a call, at attempt 1.
    pub fn start(&self) -> RetryState {
        self.start_with(&self.settings)
    }

    /// Begins a call that has settings of its own; quota and rate remain the client's.
    pub fn start_with(&self, settings: &RetrySettings) -> RetryState {
        RetryState {
            settings: *settings,
            attempt: 1,
            last_cost: FIRST_ATTEMPT_REFUND,
            gave_up: None,
        }
    }

    /// Resolves when the next attempt may be sent: at once, except in adaptive mode while the service throttles.
    pub async fn before_attempt(&self, state: &RetryState) {
        if state.is_adaptive() {
            self.limiter.acquire(&self.clock).await;
        }
    }

    /// Takes note that the attempt failed: `Some` is how long to wait before the next one, `None` is to give up, for
    /// the reason in [`RetryState::give_up_reason`].
    ///
    /// `asked` is what the server's answer, if there is one, says about when to come back. The tokens of a retry are
    /// gone when its call is dropped halfway, as if it had failed.
    pub fn after_failure(
        &self,
        state: &mut RetryState,
        kind: FailureKind,
        asked: Option<RetryAfter>,
    ) -> Option<Duration> {
        self.after_failed_attempt(state, FailedAttempt::new(kind).asked(asked))
    }

    /// Takes note that the attempt failed, as [`after_failure`](Self::after_failure) does, with all that counts.
    pub fn after_failed_attempt(
        &self,
        state: &mut RetryState,
        failed: FailedAttempt,
    ) -> Option<Duration> {
        // A call that cannot be repeated says as much about the service as any other.
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

    /// How long to wait for the next attempt, and its price, which is paid; or why there is none.
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
        // The first failure leads to retry 1.
        let retry = state.attempt;
        let delay = backoff::delay(
            &state.settings,
            failed.kind,
            retry,
            self.jitter,
            failed.asked,
        );
        // What would end before the next attempt begins is better told now, and costs nothing.
        if failed.time_left.is_some_and(|left| delay >= left) {
            return Err(GiveUpReason::TimeExhausted);
        }
        let cost = token_bucket::retry_cost(failed.kind, state.settings.new_rules_2026);
        match self.quota.acquire(cost) {
            true => Ok((delay, cost)),
            false => Err(GiveUpReason::QuotaExhausted),
        }
    }

    /// Takes note that the attempt succeeded: gives back what the last retry cost, or one token if there was none.
    pub fn after_success(&self, state: &RetryState) {
        if state.is_adaptive() {
            self.limiter.on_answer(false, &self.clock);
        }
        self.quota.refund(state.last_cost);
    }
}

/// One call on its way through its attempts.
#[derive(Debug, Clone)]
pub struct RetryState {
    settings: RetrySettings,
    attempt: u32,
    /// What success gives back.
    last_cost: u32,
    gave_up: Option<GiveUpReason>,
}

impl RetryState {
    /// The number of the attempt that is under way or comes next, from 1; once the call is over, of the last one.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The most attempts that the call may take.
    pub fn max_attempts(&self) -> u32 {
        self.settings.attempts_allowed()
    }

    /// Why there is no further attempt; `None` while there may be one.
    pub fn give_up_reason(&self) -> Option<GiveUpReason> {
        self.gave_up
    }

    fn is_adaptive(&self) -> bool {
        self.settings.mode == RetryMode::Adaptive
    }
}

/// How an attempt failed, as far as retries care.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct FailedAttempt {
    /// The kind of failure.
    pub kind: FailureKind,
    /// When the server asked to be asked again.
    pub asked: Option<RetryAfter>,
    /// What is left of the time that the whole call may take; `None` where there is no limit.
    pub time_left: Option<Duration>,
    /// Whether the request can be sent again; a body that streams may be read only once.
    pub is_repeatable: bool,
}

impl FailedAttempt {
    /// A failure of this kind, of a request that can be sent again, without a limit of time.
    pub const fn new(kind: FailureKind) -> Self {
        Self {
            kind,
            asked: None,
            time_left: None,
            is_repeatable: true,
        }
    }

    /// Adds when the server asked to be asked again.
    pub const fn asked(mut self, asked: Option<RetryAfter>) -> Self {
        self.asked = asked;
        self
    }

    /// Adds what is left of the time that the whole call may take.
    pub const fn time_left(mut self, left: Option<Duration>) -> Self {
        self.time_left = left;
        self
    }

    /// Says whether the request can be sent again.
    pub const fn repeatable(mut self, is_repeatable: bool) -> Self {
        self.is_repeatable = is_repeatable;
        self
    }
}

/// Why a failed call is not tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GiveUpReason {
    /// Asking again would fail again.
    NotRetryable,
    /// It was the last attempt that the settings allow.
    AttemptsExhausted,
    /// Too many calls of this client fail for more retries.
    QuotaExhausted,
    /// The next attempt would begin after the time limit of the whole call.
    TimeExhausted,
    /// The request cannot be sent again: its body can be read only once.
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
