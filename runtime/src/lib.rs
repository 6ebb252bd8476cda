//! The client runtime that generated AWS clients stand on: a described operation and its input in, its output or one
//! flat error out. Nothing in it names a service.

#[cfg(feature = "blocking")]
pub mod blocking;
pub mod build;
pub mod byte_stream;
pub mod call;
mod checksum;
pub mod client;
pub mod clock_skew;
pub mod codec;
mod compression;
pub mod config;
#[cfg(any(feature = "checksums", feature = "compression"))]
mod content_encoding;
pub mod credentials;
pub mod debug;
pub mod endpoint;
pub mod environment;
pub mod error;
pub mod http;
mod idempotency;
pub mod interceptor;
pub mod operation;
pub mod paginator;
#[cfg(any(feature = "patterns", feature = "server"))]
mod patterns;
mod percent;
pub mod primitives;
pub mod profile;
pub mod protocol;
pub mod retry;
pub mod schema;
#[cfg(feature = "server")]
pub mod server;
pub mod shape;
mod sign;
pub mod testing;
pub mod time;
pub mod timeout;
mod user_agent;
pub mod validate;
pub mod waiter;

pub use client::Client;
pub use error::Error;
#[cfg(not(feature = "blocking"))]
mod not_blocking;

/// The serde that generated code stands on.
pub use serde;
