//! [`TimeSourceClock`]: a [`Clock`] with a time source of the AWS SDK for Rust.

use crate::http::BoxFuture;
use crate::http::time::{Clock, SystemClock};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use std::time::{Duration, Instant, SystemTime};

/// A clock that reads the time of day from a time source, and waits with the system's timer.
#[derive(Debug)]
pub(crate) struct TimeSourceClock {
    source: SharedTimeSource,
}

impl TimeSourceClock {
    pub(crate) fn new(source: SharedTimeSource) -> Self {
        Self { source }
    }
}

impl Clock for TimeSourceClock {
    fn now(&self) -> SystemTime {
        TimeSource::now(&self.source)
    }

    fn monotonic(&self) -> Instant {
        SystemClock.monotonic()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        SystemClock.sleep(duration)
    }
}
