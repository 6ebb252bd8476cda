//! [`PageStream`], which is a [`Stream`] and has methods of its own, so that no other crate is needed to read it.

use crate::client::paginator::{Pages, Paginated};
use crate::http::BoxFuture;
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A stream of pages or items, which are fetched on demand. It ends after an error.
pub struct PageStream<T, E> {
    ready: VecDeque<T>,
    fetch: Option<Fetch<T, E>>,
}

/// A pending fetch: its items, and the remaining fetches.
type Fetch<T, E> = BoxFuture<'static, Option<(Result<VecDeque<T>, E>, Rest<T, E>)>>;

/// The function that fetches the next page.
struct Rest<T, E>(Box<dyn FnOnce() -> Fetch<T, E> + Send>);

impl<T: Send + 'static, E: Send + 'static> PageStream<T, E> {
    pub(super) fn new<O>(pages: Pages<O>, split: fn(O::Output) -> VecDeque<T>) -> Self
    where
        O: Paginated<Error = E>,
    {
        Self {
            ready: VecDeque::new(),
            fetch: Some(fetch(pages, split)),
        }
    }

    /// Returns the next page or item, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, E>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next item that is already fetched.
    #[cfg(feature = "blocking")]
    pub(super) fn take_ready(&mut self) -> Option<T> {
        self.ready.pop_front()
    }

    /// Returns the next page or item, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns an error if a page cannot be fetched.
    pub async fn try_next(&mut self) -> Result<Option<T>, E> {
        self.next().await.transpose()
    }

    /// Collects all of them into a collection: `collect::<Result<Vec<_>, _>>()` stops at the first error.
    pub async fn collect<C: FromIterator<Result<T, E>>>(mut self) -> C {
        let mut all = Vec::new();
        while let Some(next) = self.next().await {
            all.push(next);
        }
        all.into_iter().collect()
    }

    /// Collects all of them.
    ///
    /// # Errors
    ///
    /// Returns the first error.
    pub async fn try_collect(self) -> Result<Vec<T>, E> {
        self.collect().await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        loop {
            if let Some(next) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(next)));
            }
            let Some(fetch) = &mut self.fetch else {
                return Poll::Ready(None);
            };
            let Poll::Ready(fetched) = fetch.as_mut().poll(context) else {
                return Poll::Pending;
            };
            self.fetch = None;
            match fetched {
                Some((Ok(ready), rest)) => {
                    self.ready = ready;
                    self.fetch = Some((rest.0)());
                }
                Some((Err(error), _)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

fn fetch<T, O>(pages: Pages<O>, split: fn(O::Output) -> VecDeque<T>) -> Fetch<T, O::Error>
where
    T: Send + 'static,
    O: Paginated,
    O::Error: 'static,
{
    Box::pin(async move {
        let (page, pages) = pages.fetch().await?;
        let rest = Rest(Box::new(move || fetch(pages, split)));
        Some((page.map(split), rest))
    })
}

impl<T, E> Unpin for PageStream<T, E> {}

impl<T: Send + 'static, E: Send + 'static> Stream for PageStream<T, E> {
    type Item = Result<T, E>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T, E> fmt::Debug for PageStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream")
            .field("ready", &self.ready.len())
            .finish_non_exhaustive()
    }
}
