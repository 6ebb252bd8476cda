//! [`within`]: a timeout for futures. It is measured by the `sleep` of the clock, so that tests do not wait.

use crate::http::time::SharedClock;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// Returns the output of the future, or the limit as the error if it passes first.
pub(crate) async fn within<F: Future>(
    clock: &SharedClock,
    limit: Option<Duration>,
    future: F,
) -> Result<F::Output, Duration> {
    let mut future = pin!(future);
    let mut sleep = limit.map(|limit| (limit, clock.sleep(limit)));
    poll_fn(
        |context| match (future.as_mut().poll(context), &mut sleep) {
            (Poll::Ready(output), _) => Poll::Ready(Ok(output)),
            (Poll::Pending, Some((limit, sleep))) => {
                sleep.as_mut().poll(context).map(|()| Err(*limit))
            }
            (Poll::Pending, None) => Poll::Pending,
        },
    )
    .await
}
