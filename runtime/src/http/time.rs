//! [`Clock`]: where the time comes from and how to wait, so that tests can own both.

mod limit;
mod time_source;

pub(crate) use limit::within;
pub(crate) use time_source::TimeSourceClock;

use crate::http::BoxFuture;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// A clock that clients share.
pub type SharedClock = Arc<dyn Clock>;

/// Tells the time and waits.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The time of day, for signatures and expiry.
    fn now(&self) -> SystemTime;

    /// A time that never goes back, for measuring spans.
    fn monotonic(&self) -> Instant;

    /// Resolves when `duration` has passed.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// The machine's clock and tokio's timer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn monotonic(&self) -> Instant {
        // Tokio's own instant, so that a paused test clock moves both together.
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
