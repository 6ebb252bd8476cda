//! [`RetryStrategy`]: how an attempt ended, in; whether there is another one and how long to wait for it, out.

mod backoff;
mod classify;
mod rate_limiter;
mod settings;
#[cfg(test)]
mod test_clock;
mod token_bucket;

pub use backoff::{Jitter, RetryAfter};
pub(crate) use classify::may_mean_clock_skew;
pub use classify::{
    ErrorAnswer, FailureKind, ModeledRetryable, is_expired_credentials, is_throttling_code,
};
pub use rate_limiter::RateLimiter;
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

    /// The settings that calls get unless they bring their own.
    pub fn settings(&self) -> &RetrySettings {
        &self.settings
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
        if state.is_adaptive() {
            let throttled = kind == FailureKind::Throttling;
            self.limiter.on_answer(throttled, &self.clock);
        }
        let cost = token_bucket::retry_cost(kind, state.settings.new_rules_2026);
        state.gave_up = if !kind.is_retryable() {
            Some(GiveUpReason::NotRetryable)
        } else if state.attempt >= state.max_attempts() {
            Some(GiveUpReason::AttemptsExhausted)
        } else if !self.quota.acquire(cost) {
            Some(GiveUpReason::QuotaExhausted)
        } else {
            None
        };
        if state.gave_up.is_some() {
            return None;
        }
        // The first failure leads to retry 1.
        let retry = state.attempt;
        state.attempt += 1;
        state.last_cost = cost;
        Some(backoff::delay(
            &state.settings,
            kind,
            retry,
            self.jitter,
            asked,
        ))
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
}

impl fmt::Display for GiveUpReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotRetryable => "not retryable",
            Self::AttemptsExhausted => "no attempts left",
            Self::QuotaExhausted => "retry quota exhausted",
        })
    }
}
