//! [`lazy_transport`]: a transport that is built when the first request is sent.

use crate::http::{
    BoxFuture, Request, Response, SharedTransport, Transport, TransportError, TransportErrorKind,
};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Creates a transport that is built when the first request is sent. If that fails, every request returns the error.
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
    built: OnceLock<Result<SharedTransport, String>>,
}

impl Transport for LazyTransport {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let built = self
            .built
            .get_or_init(|| (self.build)().map_err(|error| error.to_string()));
        match built {
            Ok(transport) => transport.send(request),
            Err(why) => {
                let error = TransportError::new(TransportErrorKind::Request, why.as_str());
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }
}

impl fmt::Debug for LazyTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LazyTransport")
    }
}
