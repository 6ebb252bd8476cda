//! [`CountingClock`]: Tokio's clock with a count of sleeps.

use crate::http::BoxFuture;
use crate::http::time::{Clock, SystemClock};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// Tokio's clock, which tests can pause, with a count of sleeps.
#[derive(Debug, Default)]
pub(crate) struct CountingClock {
    sleeps: AtomicUsize,
}

impl CountingClock {
    /// Returns the number of sleeps.
    pub(crate) fn sleeps(&self) -> usize {
        self.sleeps.load(Ordering::Relaxed)
    }
}

impl Clock for CountingClock {
    fn now(&self) -> SystemTime {
        SystemClock.now()
    }

    fn monotonic(&self) -> Instant {
        SystemClock.monotonic()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.sleeps.fetch_add(1, Ordering::Relaxed);
        SystemClock.sleep(duration)
    }
}
