//! HTTP as this crate sees it: requests and responses with a [`Body`], and the [`Transport`] that carries them.

mod body;
#[cfg(any(feature = "checksums", feature = "compression"))]
mod filtered;
mod reqwest_transport;
pub(crate) mod tls;
mod transport;
pub(crate) mod url;

pub use body::{Body, BodyError};
#[cfg(any(feature = "checksums", feature = "compression"))]
pub(crate) use filtered::{Filter, filtered};
pub use reqwest_transport::{ReqwestTransport, ReqwestTransportBuilder};
pub use transport::{
    BoxError, BoxFuture, SharedTransport, Transport, TransportError, TransportErrorKind,
};

/// A request as it goes over the wire.
pub type Request = http::Request<Body>;

/// A response as it comes back: head first, the body still to be read.
pub type Response = http::Response<Body>;
