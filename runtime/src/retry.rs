//! Retries: settings and failures in; whether another attempt pays off out.

mod classify;
mod rate_limiter;
mod settings;
#[cfg(test)]
mod test_clock;

pub use classify::{
    ErrorAnswer, FailureKind, ModeledRetryable, is_expired_credentials, is_throttling_code,
};
pub use rate_limiter::RateLimiter;
pub use settings::{RetryMode, RetrySettings};
