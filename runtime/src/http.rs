//! HTTP as this crate sees it: requests and responses with a [`Body`], and the [`Transport`] that carries them. With it
//! all of the crate `http`, so that nobody needs that by name to write a header, an interceptor or a transport.

mod body;
#[cfg(any(feature = "checksums", feature = "compression"))]
mod filtered;
mod reqwest_transport;
pub(crate) mod tls;
mod transport;

pub use ::http::*;
pub use body::{Body, BodyError};
#[cfg(any(feature = "checksums", feature = "compression"))]
pub(crate) use filtered::{Filter, filtered};
pub use reqwest_transport::{ReqwestTransport, ReqwestTransportBuilder};
pub use transport::{
    BoxError, BoxFuture, SharedTransport, Transport, TransportError, TransportErrorKind,
};

/// A request as it goes over the wire.
pub type Request<B = Body> = ::http::Request<B>;

/// A response as it comes back: head first, the body still to be read.
pub type Response<B = Body> = ::http::Response<B>;
