//! HTTP as this crate sees it: requests and responses with a [`Body`], and the [`Transport`] that carries them. With it
//! all of the crate `http`, so that nobody needs that by name to write a header, an interceptor or a transport.

mod body;
pub mod byte_stream;
mod checksum_algorithm;
#[cfg(any(feature = "checksums", feature = "compression"))]
pub(crate) mod content_encoding;
pub(crate) mod debug_error;
#[cfg(any(feature = "checksums", feature = "compression"))]
mod filtered;
mod header_text;
mod lazy_transport;
pub(crate) mod percent;
pub(crate) mod proxy;
mod request_body;
mod reqwest_transport;
pub mod time;
pub mod timeout;
mod timeout_settings;
pub(crate) mod tls;
mod transport;
pub(crate) mod url;

pub use ::http::*;
pub use body::{Body, BodyError};
pub use checksum_algorithm::{ChecksumAlgorithm, ChecksumMismatch};
#[cfg(any(feature = "checksums", feature = "compression"))]
pub(crate) use filtered::{Filter, filtered};
pub(crate) use header_text::header_text;
pub(crate) use lazy_transport::lazy_transport;
pub(crate) use request_body::RequestBody;
pub use reqwest_transport::{ReqwestTransport, ReqwestTransportBuilder};
pub use timeout_settings::TimeoutSettings;
pub use transport::{
    BoxError, BoxFuture, SharedTransport, Transport, TransportError, TransportErrorKind,
};

/// A request as it goes over the wire.
pub type Request<B = Body> = ::http::Request<B>;

/// A response as it comes back: head first, the body still to be read.
pub type Response<B = Body> = ::http::Response<B>;
