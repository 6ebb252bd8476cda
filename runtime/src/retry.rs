//! Retries: settings and failures in; whether another attempt pays off out.

mod classify;
mod settings;

pub use classify::{
    ErrorAnswer, FailureKind, ModeledRetryable, is_expired_credentials, is_throttling_code,
};
pub use settings::{RetryMode, RetrySettings};
