//! [`Clock`]: the source of time and timers, which tests can replace, and the timeouts that are measured by it.

use crate::http::BoxFuture;
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};
use tokio::task::unconstrained;

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

/// Returns the output of the future, or the limit as the error if it passes first. The limit is measured by the `sleep`
/// of the clock, so that tests do not wait. The future is pinned by the caller, since it would be in memory twice as the
/// argument of an asynchronous function.
pub(crate) async fn within<F: Future + Unpin>(
    clock: &SharedClock,
    limit: Option<Duration>,
    mut future: F,
) -> Result<F::Output, Duration> {
    // A future that always has something to read uses up the budget of its task. The timer must not need what is left.
    let mut sleep = limit.map(|limit| (limit, unconstrained(clock.sleep(limit))));
    poll_fn(
        |context| match (Pin::new(&mut future).poll(context), &mut sleep) {
            (Poll::Ready(output), _) => Poll::Ready(Ok(output)),
            (Poll::Pending, Some((limit, sleep))) => {
                Pin::new(sleep).poll(context).map(|()| Err(*limit))
            }
            (Poll::Pending, None) => Poll::Pending,
        },
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;

    #[tokio::test]
    async fn a_limit_ends_a_future_that_always_uses_up_the_budget_of_its_task() {
        let busy = pin!(async {
            loop {
                tokio::task::consume_budget().await;
            }
        });
        let clock: SharedClock = Arc::new(SystemClock);
        let limit = Duration::from_millis(20);
        let limited = within(&clock, Some(limit), busy);
        let ended: Result<Result<(), Duration>, _> =
            tokio::time::timeout(Duration::from_secs(20), limited).await;
        assert_eq!(ended, Ok(Err(limit)));
    }
}
