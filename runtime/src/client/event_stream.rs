//! [`EventReceiver`]: the event stream of an output.

mod source;

pub use source::Source;

#[cfg(fuzzing)]
#[doc(hidden)]
pub use crate::protocol::event_stream::{decode_pieces, framed};

use crate::client::error::Error;
use crate::value::shape::{Shape, Slot, Union, Value};
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

/// The events of an output, which are received one by one.
///
/// Nothing is read ahead: the memory that a stream needs is that of one event and of one piece from the network. The
/// timeouts of the client end when `send` returns, so that a stream may last as long as the service keeps it open; to
/// limit the wait for an event, use `tokio::time::timeout`. Dropping the receiver and its clones closes the connection.
/// A call is not repeated once its response has begun.
///
/// Clones share a stream: an event that one clone has received is not available to the others.
///
/// ```
/// # use smithy_reqwest::{Error, event_stream::EventReceiver};
/// # use smithy_reqwest::shape::{Shape, Union};
/// # async fn example<Event: Union + Shape>(mut stream: EventReceiver<Event, Error>) -> Result<(), Error> {
/// while let Some(event) = stream.recv().await? {
///     # let _ = event;
///     // match event { … }
/// }
/// # Ok(())
/// # }
/// ```
pub struct EventReceiver<T, E> {
    state: Arc<Mutex<State<T>>>,
    /// The type of the errors.
    error: PhantomData<fn() -> E>,
}

enum State<T> {
    /// Events in memory.
    Queued(VecDeque<T>),
    /// The stream of a response.
    Open(Box<Source>),
}

impl<T, E> EventReceiver<T, E> {
    /// Creates a receiver of these events, for tests and for services.
    pub fn from_events(events: impl IntoIterator<Item = T>) -> Self {
        Self {
            state: Arc::new(Mutex::new(State::Queued(events.into_iter().collect()))),
            error: PhantomData,
        }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Union + Shape, E: From<Error>> EventReceiver<T, E> {
    /// Receives the next event, or `None` at the end of the stream. No event is lost if the future is dropped.
    ///
    /// # Errors
    ///
    /// Returns the error that the service ended the stream with, whose kind is that of the model. Also returns an error
    /// if the connection fails, the stream ends within an event, or its bytes are corrupted; these end the stream too.
    /// After an event that does not match the model, the following events can still be received.
    pub async fn recv(&mut self) -> Result<Option<T>, E> {
        let received = poll_fn(|context| self.poll(context)).await;
        received.transpose()
    }

    /// Receives the next event while this thread waits for it.
    ///
    /// # Errors
    ///
    /// Returns an error as [`recv`](Self::recv) does, and at once in an asynchronous task of a current-thread runtime.
    #[cfg(feature = "blocking")]
    pub fn recv_blocking(&mut self) -> Result<Option<T>, E>
    where
        T: 'static,
        E: Send + 'static,
    {
        let mut shared = self.clone();
        let waited = crate::client::blocking::block_on(async move { shared.recv().await });
        waited.unwrap_or_else(|error| Err(Error::from(error).into()))
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        match &mut *self.state() {
            State::Queued(events) => Poll::Ready(events.pop_front().map(Ok)),
            State::Open(source) => {
                let mut event = T::empty();
                let received = source.poll_event(&mut event, context);
                received.map(|received| match received {
                    Ok(true) => Some(Ok(event)),
                    Ok(false) => None,
                    Err(error) => Some(Err(error.into())),
                })
            }
        }
    }
}

impl<T: Union + Shape, E: From<Error>> Stream for EventReceiver<T, E> {
    type Item = Result<T, E>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T, E> Clone for EventReceiver<T, E> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            error: PhantomData,
        }
    }
}

impl<T, E> Default for EventReceiver<T, E> {
    /// Creates a receiver without events.
    fn default() -> Self {
        Self::from_events([])
    }
}

impl<T: PartialEq, E> PartialEq for EventReceiver<T, E> {
    /// Compares events in memory by value. The stream of a response equals only its own clones.
    fn eq(&self, other: &Self) -> bool {
        if Arc::ptr_eq(&self.state, &other.state) {
            return true;
        }
        match (&*self.state(), &*other.state()) {
            (State::Queued(a), State::Queued(b)) => a == b,
            _ => false,
        }
    }
}

impl<T, E> fmt::Debug for EventReceiver<T, E> {
    /// Writes the number of events only: they may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.state() {
            State::Queued(events) => write!(f, "EventReceiver({} events)", events.len()),
            State::Open(_) => f.write_str("EventReceiver(stream)"),
        }
    }
}

/// An event stream is not part of documents, so reflection sees no value in its member.
impl<T: Send, E> Shape for EventReceiver<T, E> {
    fn value(&self) -> Value<'_> {
        Value::Absent
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Ignored
    }

    fn empty() -> Self {
        Self::default()
    }
}

/// The event stream of an output, whatever its events are.
#[doc(hidden)]
pub trait Events: Send + Sync {
    /// Connects the receiver to the stream of a response.
    fn open(&self, source: Source);

    /// Returns the events in memory.
    #[cfg(any(feature = "server", feature = "test-util"))]
    fn queued(&self) -> Vec<Box<dyn Union>>;

    /// Returns an unknown event.
    #[cfg(any(feature = "server", feature = "test-util"))]
    fn empty_event(&self) -> Box<dyn Union>;
}

impl<T: Union + Shape + Clone + 'static, E> Events for EventReceiver<T, E> {
    fn open(&self, source: Source) {
        *self.state() = State::Open(Box::new(source));
    }

    #[cfg(any(feature = "server", feature = "test-util"))]
    fn queued(&self) -> Vec<Box<dyn Union>> {
        match &*self.state() {
            State::Queued(events) => {
                let events = events.iter().cloned();
                events
                    .map(|event| Box::new(event) as Box<dyn Union>)
                    .collect()
            }
            State::Open(_) => Vec::new(),
        }
    }

    #[cfg(any(feature = "server", feature = "test-util"))]
    fn empty_event(&self) -> Box<dyn Union> {
        Box::new(T::empty())
    }
}
