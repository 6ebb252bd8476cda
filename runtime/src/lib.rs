//! The client runtime of generated AWS clients. It sends operations that schemas describe, and depends on no particular
//! service.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![allow(unexpected_cfgs, reason = "cargo-fuzz sets `fuzzing`")]

// The modules from the lowest layer up: each uses only those before it. `tests/rooms.rs` checks this.

pub mod http;

mod value;

mod aws;

pub mod protocol;

mod identity;

pub mod client;

#[cfg(any(feature = "server", feature = "test-util"))]
mod service;

#[cfg(feature = "blocking")]
pub use client::blocking;
#[cfg(feature = "event-stream")]
pub use client::event_stream;
#[cfg(feature = "presigning")]
pub use client::presigning;
#[cfg(feature = "server")]
pub use service::server;
#[cfg(feature = "test-util")]
pub use service::testing;
pub use {
    aws::{clock_skew, endpoint, retry},
    client::{
        Client, call, config,
        error::{self, Error},
        interceptor, operation, paginator, waiter,
    },
    http::{byte_stream, time, timeout},
    identity::{credentials, environment, profile},
    protocol::validate,
    value::{build, codec, debug, shape},
};

/// The types of simple values in generated code. They are those of the AWS SDK for Rust, so that values pass between
/// SDKs.
pub mod primitives {
    pub use crate::http::byte_stream::{AggregatedBytes, ByteStream, ByteStreamError};
    pub use crate::http::{ChecksumAlgorithm, ChecksumMismatch};

    /// The receiver of event streams, by the path that it has in the AWS SDK for Rust.
    #[cfg(feature = "event-stream")]
    pub mod event_stream {
        pub use crate::client::event_stream::EventReceiver;
    }
    pub use aws_smithy_types::date_time::Format as DateTimeFormat;
    pub use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, Number};
}

/// The static tables of generated code, which describe the model.
pub mod schema {
    pub use crate::protocol::ServiceSchema;
    pub use crate::value::schema::*;
}

/// The version of serde that generated code uses.
pub use serde;
