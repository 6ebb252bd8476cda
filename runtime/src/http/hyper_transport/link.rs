//! [`Link`]: a connection to a server, which is driven by its user.

use crate::http::{Body, Request};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, Connection, SendRequest};
use hyper_util::rt::TokioIo;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::unconstrained;

/// A stream of bytes: TCP, TLS, or TLS in TLS.
pub(super) trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// A connection.
pub(super) struct Link {
    sender: SendRequest<Body>,
    /// The state of the connection. It is on the heap, since links are moved between futures and the pool.
    connection: Box<Connection<TokioIo<Box<dyn Io>>, Body>>,
}

/// The error type of sending a request.
pub(super) enum SendError {
    /// The connection was closed before any byte of the request was written.
    Untaken(Box<Request>, hyper::Error),
    /// The connection failed.
    Broken(hyper::Error),
}

/// A response whose body has not been read yet, and its connection unless that was closed.
type Answered = (http::Response<Incoming>, Option<Link>);

impl Link {
    /// Starts HTTP on a stream.
    pub(super) async fn new(io: Box<dyn Io>) -> Result<Self, hyper::Error> {
        let (sender, connection) = http1::handshake(TokioIo::new(io)).await?;
        let connection = Box::new(connection);
        Ok(Self { sender, connection })
    }

    /// Sends a request and returns the response when its head has been received.
    pub(super) async fn send(mut self, request: Box<Request>) -> Result<Answered, SendError> {
        let mut response = pin!(self.sender.try_send_request(*request));
        let mut link = Some(self);
        let response = poll_fn(|context| {
            if let Some(alive) = &mut link
                && alive.poll(context).is_ready()
            {
                // This wakes the future of the response.
                link = None;
            }
            response.as_mut().poll(context)
        });
        match response.await {
            Ok(response) => Ok((response, link)),
            Err(mut error) => Err(match error.take_message() {
                Some(request) => SendError::Untaken(Box::new(request), error.into_error()),
                None => SendError::Broken(error.into_error()),
            }),
        }
    }

    /// Drives the connection. Returns `Ready` when the connection is closed.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut *self.connection).poll(context).map(drop)
    }

    /// Returns whether the connection can carry another request, as far as is known without waiting.
    pub(super) fn is_idle(&mut self) -> bool {
        // No task waits for the connection: a waker would only keep a finished task in memory. A task that has used up
        // its budget would always see a pending connection.
        let mut context = Context::from_waker(Waker::noop());
        let polled = pin!(unconstrained(&mut *self.connection)).poll(&mut context);
        polled.is_pending() && self.sender.is_ready()
    }
}
