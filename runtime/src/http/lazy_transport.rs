//! [`lazy_transport`]: a transport that is built when the first request is sent.

use crate::http::once::get_or_try_init;
use crate::http::{BoxFuture, Request, Response, SharedTransport, Transport, TransportError};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Creates a transport that is built when the first request is sent. If that fails, the request returns the error, and
/// the next one tries again.
pub(crate) fn lazy_transport(
    build: impl Fn() -> Result<SharedTransport, TransportError> + Send + Sync + 'static,
) -> SharedTransport {
    Arc::new(LazyTransport {
        build: Box::new(build),
        built: OnceLock::new(),
    })
}

struct LazyTransport {
    build: Box<dyn Fn() -> Result<SharedTransport, TransportError> + Send + Sync>,
    built: OnceLock<SharedTransport>,
}

impl Transport for LazyTransport {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        match get_or_try_init(&self.built, &self.build) {
            Ok(transport) => transport.send(request),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}

impl fmt::Debug for LazyTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LazyTransport")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{Body, TransportErrorKind};
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[derive(Debug)]
    struct Silent;

    impl Transport for Silent {
        fn send(&self, _: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
            Box::pin(std::future::ready(Ok(Response::new(Body::empty()))))
        }
    }

    #[tokio::test]
    async fn a_transport_is_built_once_and_after_a_failure_again() {
        let count = Arc::new(AtomicUsize::new(0));
        let builds = count.clone();
        let transport = lazy_transport(move || match builds.fetch_add(1, Ordering::SeqCst) {
            0 => Err(TransportError::new(TransportErrorKind::Request, "not yet")),
            _ => Ok(Arc::new(Silent)),
        });
        let mut outcomes = Vec::new();
        for _ in 0..3 {
            let sent = transport.send(Request::new(Body::empty()));
            outcomes.push(sent.await.is_ok());
        }
        assert_eq!(outcomes, [false, true, true]);
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }
}
