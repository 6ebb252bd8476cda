//! A small, fast client for Amazon AppFlow.
//!
//! Everything below [`operation`] and [`types`] is generated from the service's own model; the rest is shared with any
//! client that is generated the same way.

#[rustfmt::skip]
mod generated;
mod runs;

#[doc(inline)]
pub use config::Config;
#[doc(inline)]
pub use generated::client::{self, Client};
#[doc(inline)]
pub use generated::error::{self, Error, ErrorKind};
pub use generated::{operation, types, waiters};
pub use runs::WaitForRunError;

/// Settings of a client.
pub mod config {
    pub use smithy_reqwest::config::*;
    pub use smithy_reqwest::retry::{RetryMode, RetrySettings};
    pub use smithy_reqwest::validate::Validation;
}

pub use smithy_reqwest::{primitives, testing};

/// The README's programs compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
