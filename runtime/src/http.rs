//! HTTP as this crate sees it: requests and responses with a [`Body`], and the [`Transport`] that carries them. With it
//! all of the crate `http`, so that nobody needs that by name to write a header, an interceptor or a transport.

mod body;
pub mod byte_stream;
mod ca_bundle;
mod checksum_algorithm;
#[cfg(any(feature = "checksums", feature = "compression"))]
pub(crate) mod content_encoding;
pub(crate) mod debug_error;
#[cfg(any(feature = "checksums", feature = "compression"))]
mod filtered;
mod header_text;
mod http_client;
#[cfg(feature = "hyper")]
mod hyper_transport;
mod lazy_transport;
pub(crate) mod percent;
#[cfg_attr(
    not(any(feature = "reqwest", feature = "hyper")),
    allow(dead_code, reason = "only HTTP clients use proxies")
)]
pub(crate) mod proxy;
mod request_body;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
#[cfg(feature = "reqwest")]
mod sent_urls;
pub mod time;
pub mod timeout;
mod timeout_settings;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
pub(crate) mod tls;
mod transport;
mod transport_settings;
pub(crate) mod url;

pub use ::http::*;
pub use body::{Body, BodyError};
pub(crate) use ca_bundle::CaBundle;
pub use checksum_algorithm::{ChecksumAlgorithm, ChecksumMismatch};
#[cfg(any(feature = "checksums", feature = "compression"))]
pub(crate) use filtered::{Filter, filtered};
pub(crate) use header_text::header_text;
pub use http_client::HttpClient;
pub(crate) use http_client::transport;
#[cfg(feature = "hyper")]
pub use hyper_transport::{HyperTransport, HyperTransportBuilder};
pub(crate) use lazy_transport::lazy_transport;
pub(crate) use request_body::RequestBody;
#[cfg(feature = "reqwest")]
pub use reqwest_transport::{ReqwestTransport, ReqwestTransportBuilder};
pub use timeout_settings::TimeoutSettings;
pub use transport::{
    BoxError, BoxFuture, SharedTransport, Transport, TransportError, TransportErrorKind,
};
pub(crate) use transport_settings::TransportSettings;

/// A request as it goes over the wire.
pub type Request<B = Body> = ::http::Request<B>;

/// A response as it comes back: head first, the body still to be read.
pub type Response<B = Body> = ::http::Response<B>;
