//! The client runtime that generated AWS clients stand on: a described operation and its input in, its output or one
//! flat error out. Nothing in it names a service.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![allow(unexpected_cfgs, reason = "cargo-fuzz sets `fuzzing`")]

// The rooms, from the ground up: each uses those before it, and none behind it. `tests/rooms.rs` holds them to that.

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

/// The types of simple values that generated code uses, which are AWS's own, so that values pass between SDKs.
pub mod primitives {
    pub use crate::http::byte_stream::{AggregatedBytes, ByteStream, ByteStreamError};
    pub use crate::http::{ChecksumAlgorithm, ChecksumMismatch};
    pub use aws_smithy_types::date_time::Format as DateTimeFormat;
    pub use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, Number};
}

/// The tables that generated code holds: what a model says, as static data.
pub mod schema {
    pub use crate::protocol::ServiceSchema;
    pub use crate::value::schema::*;
}

/// The serde that generated code stands on.
pub use serde;
