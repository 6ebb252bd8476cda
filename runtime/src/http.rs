//! The HTTP types of this crate: requests and responses with a [`Body`], and the [`Transport`] that sends them. The
//! whole crate `http` is re-exported, so that headers, interceptors and transports can be written without a dependency
//! on it.

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
pub(crate) mod once;
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

/// An HTTP request.
pub type Request<B = Body> = ::http::Request<B>;

/// An HTTP response, whose body has not been read yet.
pub type Response<B = Body> = ::http::Response<B>;
