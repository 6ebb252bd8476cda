//! Runs a limited number of futures concurrently, and returns their results in the order of completion.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

type Running<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A queue of futures, some of which are running.
pub(super) struct Concurrent<'a, I, T> {
    waiting: I,
    running: Vec<Running<'a, T>>,
    limit: usize,
}

impl<'a, I, F, T> Concurrent<'a, I, T>
where
    I: Iterator<Item = F>,
    F: Future<Output = T> + Send + 'a,
{
    /// Creates a queue that runs at most `limit` futures at once, and at least one.
    pub(super) fn new(futures: impl IntoIterator<IntoIter = I>, limit: usize) -> Self {
        Self {
            waiting: futures.into_iter(),
            running: Vec::new(),
            limit: limit.max(1),
        }
    }

    /// Returns the result of the next future to complete, or `None` after the last.
    pub(super) async fn next(&mut self) -> Option<T> {
        while self.running.len() < self.limit {
            match self.waiting.next() {
                Some(future) => self.running.push(Box::pin(future)),
                None => break,
            }
        }
        if self.running.is_empty() {
            return None;
        }
        Some(poll_fn(|context| poll_any(&mut self.running, context)).await)
    }
}

fn poll_any<T>(running: &mut Vec<Running<'_, T>>, context: &mut Context<'_>) -> Poll<T> {
    for index in 0..running.len() {
        let Some(future) = running.get_mut(index) else {
            break;
        };
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            drop(running.swap_remove(index));
            return Poll::Ready(output);
        }
    }
    Poll::Pending
}

#[cfg(test)]
mod tests {
    use super::Concurrent;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn no_more_than_the_limit_are_in_progress_and_all_end() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let futures = (0..50_usize).map(|number| {
            let (now, most) = (&now, &most);
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                for _ in 0..number % 5 {
                    tokio::task::yield_now().await;
                }
                now.fetch_sub(1, Ordering::SeqCst);
                number
            }
        });
        let mut running = Concurrent::new(futures, 4);
        let mut ended = Vec::new();
        while let Some(number) = running.next().await {
            ended.push(number);
        }
        drop(running);
        ended.sort_unstable();
        assert_eq!(ended, (0..50).collect::<Vec<_>>());
        assert_eq!(most.into_inner(), 4);
    }
}
