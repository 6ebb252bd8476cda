//! A future and a limit in, its output or the news that time is up out. The clock's own sleep measures the limit, so
//! that tests wait for nothing.

use crate::time::SharedClock;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// The output of the future; `None` when the limit passed first.
pub(super) async fn within<F: Future>(
    clock: &SharedClock,
    limit: Duration,
    future: F,
) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut sleep = clock.sleep(limit);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => sleep.as_mut().poll(context).map(|()| None),
    })
    .await
}
