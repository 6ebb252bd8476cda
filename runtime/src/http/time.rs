//! [`Clock`]: the source of time and timers, which tests can replace.

mod limit;
mod time_source;

pub(crate) use limit::within;
pub(crate) use time_source::TimeSourceClock;

use crate::http::BoxFuture;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// A clock that is shared by clients.
pub type SharedClock = Arc<dyn Clock>;

/// A source of time and timers.
pub trait Clock: fmt::Debug + Send + Sync {
    /// Returns the time of day, for signatures and expiry.
    fn now(&self) -> SystemTime;

    /// Returns a monotonic time, for measuring durations.
    fn monotonic(&self) -> Instant;

    /// Returns a future that is ready when `duration` has passed.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// The clock of the system and the timer of Tokio.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn monotonic(&self) -> Instant {
        // Tokio's `Instant` is used so that a paused test clock moves both.
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
