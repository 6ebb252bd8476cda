//! [`Received`]: the body of a response, which drives its connection and returns it to the pool at the end.

use crate::http::hyper_transport::link::Link;
use crate::http::hyper_transport::pool::Pool;
use crate::http::hyper_transport::target::Key;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// The body of a response.
pub(super) struct Received {
    body: Incoming,
    /// The connection; `None` if it is closed or was returned to the pool.
    link: Option<Link>,
    /// The pool; `None` if the connection is closed at the end.
    home: Option<(Arc<Pool>, Key)>,
}

impl Received {
    pub(super) fn new(body: Incoming, link: Option<Link>, home: Option<(Arc<Pool>, Key)>) -> Self {
        Self { body, link, home }
    }

    /// Returns the connection to the pool if another request can use it.
    fn return_to_pool(&mut self) {
        let Some(mut link) = self.link.take() else {
            return;
        };
        if let Some((pool, key)) = &self.home
            && link.is_idle()
        {
            pool.put(key, link);
        }
    }
}

impl Body for Received {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        loop {
            let mut polled = Pin::new(&mut self.body).poll_frame(context);
            if polled.is_pending()
                && let Some(link) = &mut self.link
            {
                if link.poll(context).is_ready() {
                    // The connection may have received the whole body before it was closed.
                    self.link = None;
                    continue;
                }
                polled = Pin::new(&mut self.body).poll_frame(context);
            }
            match &polled {
                Poll::Ready(None) => self.return_to_pool(),
                Poll::Ready(Some(Err(_))) => self.link = None,
                _ => {}
            }
            return polled;
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Received {
    /// Closes a connection whose body has not been read to its end.
    fn drop(&mut self) {
        if self.body.is_end_stream() {
            self.return_to_pool();
        }
    }
}
