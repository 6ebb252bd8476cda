//! [`Paginator`], which calls a paginated operation and returns its pages, or their items, as a stream.

#[cfg(feature = "blocking")]
mod blocking;
mod stream;

#[cfg(feature = "blocking")]
pub use blocking::BlockingPages;
pub use stream::PageStream;

use crate::client::call::Call;
use crate::client::operation::Operation;
use std::collections::{HashMap, VecDeque};
use std::fmt;

/// A pagination token: a string, or a map as in DynamoDB's `Scan`.
pub trait Token: Clone + PartialEq {
    /// Returns whether the token marks the last page, as an absent one does.
    fn is_empty(&self) -> bool;
}

impl Token for String {
    fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }
}

impl<V: Clone + PartialEq> Token for HashMap<String, V> {
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A paginated operation.
pub trait Paginated: Operation {
    /// The type of the pagination token.
    type Token: Token;

    /// Returns the token of the input.
    fn token(input: &Self::Input) -> Option<&Self::Token>;

    /// Sets the token of the page to request.
    fn set_token(input: &mut Self::Input, token: Option<Self::Token>);

    /// Returns the token of the next page.
    fn next_token(output: &Self::Output) -> Option<&Self::Token>;

    /// Sets the maximum number of items on a page.
    fn set_page_size(input: &mut Self::Input, size: i32);
}

/// A paginated operation whose pages hold items.
pub trait PaginatedItems: Paginated {
    /// The type of an item.
    type Item: Send + 'static;

    /// Returns the items of a page.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// A reader of all pages of a call, one after the other.
#[must_use = "nothing is sent until `send` is called and the stream is read"]
pub struct Paginator<O: Paginated> {
    call: Call<O>,
    stop_on_duplicate_token: bool,
}

impl<O: Paginated> Paginator<O> {
    /// Creates a paginator that starts at the token of the input.
    pub fn new(call: Call<O>) -> Self {
        Self {
            call,
            stop_on_duplicate_token: true,
        }
    }

    /// Sets the maximum number of items on a page.
    pub fn page_size(mut self, size: i32) -> Self {
        O::set_page_size(&mut self.call.input, size);
        self
    }

    /// Sets whether to stop when a page names itself as the next one; on by default, since such a stream has no end.
    pub fn stop_on_duplicate_token(mut self, stop: bool) -> Self {
        self.stop_on_duplicate_token = stop;
        self
    }

    /// Returns the pages. Each is fetched on demand.
    pub fn send(self) -> PageStream<O::Output, O::Error> {
        PageStream::new(
            Pages {
                paginator: Some(self),
            },
            |output| VecDeque::from([output]),
        )
    }
}

impl<O: PaginatedItems> Paginator<O> {
    /// Returns the items of the pages instead of the pages.
    pub fn items(self) -> ItemPaginator<O> {
        ItemPaginator { paginator: self }
    }
}

/// A reader of all items of a call.
#[must_use = "nothing is sent until `send` is called and the stream is read"]
pub struct ItemPaginator<O: PaginatedItems> {
    paginator: Paginator<O>,
}

impl<O: PaginatedItems> ItemPaginator<O> {
    /// Returns the items. A page is fetched when the items of the previous one are used up.
    pub fn send(self) -> PageStream<O::Item, O::Error> {
        PageStream::new(
            Pages {
                paginator: Some(self.paginator),
            },
            |output| O::items(output).into(),
        )
    }
}

/// The remaining pages.
struct Pages<O: Paginated> {
    /// `None` after the last page, or an error.
    paginator: Option<Paginator<O>>,
}

impl<O: Paginated> Pages<O> {
    /// Fetches the next page. Returns `None` if there is none.
    async fn fetch(mut self) -> Option<(Result<O::Output, O::Error>, Self)> {
        let Paginator {
            mut call,
            stop_on_duplicate_token,
        } = self.paginator.take()?;
        let fetched = call.clone().send().await;
        if let Ok(output) = &fetched {
            // An empty token ends the pages as an absent one does.
            let next = O::next_token(output).filter(|token| !token.is_empty());
            let repeats =
                stop_on_duplicate_token && next.is_some() && next == O::token(&call.input);
            if let Some(next) = next.filter(|_| !repeats).cloned() {
                O::set_token(&mut call.input, Some(next));
                self.paginator = Some(Paginator {
                    call,
                    stop_on_duplicate_token,
                });
            }
        }
        Some((fetched, self))
    }
}

impl<O: Paginated> fmt::Debug for Paginator<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paginator")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

impl<O: PaginatedItems> fmt::Debug for ItemPaginator<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.paginator.fmt(f)
    }
}
