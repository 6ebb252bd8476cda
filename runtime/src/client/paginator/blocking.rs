//! [`BlockingPages`], the iterator of a paginator for programs that are not asynchronous.

use crate::client::blocking::block_on;
use crate::client::error::Error;
use crate::client::paginator::{ItemPaginator, PageStream, Paginated, PaginatedItems, Paginator};
use std::fmt;
use std::iter::FusedIterator;

/// An iterator over pages or items. The thread waits for each page. It ends after an error.
pub struct BlockingPages<T, E> {
    /// `None` at the end, and while a page is fetched.
    stream: Option<PageStream<T, E>>,
}

impl<T, E> Iterator for BlockingPages<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Result<T, E>> {
        let mut stream = self.stream.take()?;
        if let Some(ready) = stream.take_ready() {
            self.stream = Some(stream);
            return Some(Ok(ready));
        }
        let waited = block_on(async move {
            let next = stream.next().await;
            (next, stream)
        });
        match waited {
            Ok((next, stream)) => {
                self.stream = next.as_ref().is_some_and(Result::is_ok).then_some(stream);
                next
            }
            Err(error) => Some(Err(Error::from(error).into())),
        }
    }
}

impl<T, E> FusedIterator for BlockingPages<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
}

impl<T, E> fmt::Debug for BlockingPages<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingPages")
            .field("stream", &self.stream)
            .finish()
    }
}

impl<O: Paginated<Error: 'static>> Paginator<O> {
    /// Returns the pages, for programs that are not asynchronous. Each is fetched on demand.
    pub fn send_blocking(self) -> BlockingPages<O::Output, O::Error> {
        BlockingPages {
            stream: Some(self.send()),
        }
    }
}

impl<O: PaginatedItems<Error: 'static>> ItemPaginator<O> {
    /// Returns the items, for programs that are not asynchronous. A page is fetched when the items of the previous one
    /// are used up.
    pub fn send_blocking(self) -> BlockingPages<O::Item, O::Error> {
        BlockingPages {
            stream: Some(self.send()),
        }
    }
}
