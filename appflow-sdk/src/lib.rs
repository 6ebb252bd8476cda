//! A small, fast client for [Amazon AppFlow](https://aws.amazon.com/appflow/), which transfers records between applications
//! such as Salesforce, S3 and Snowflake. In `Cargo.toml`:
//!
//! ```toml
//! [dependencies]
//! appflow-sdk = { git = "https://github.com/appflow-sdk/appflow-sdk-rust" } # once it is published: "0.1"
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! It requires Rust 1.94.1 or newer. `#[tokio::main]` needs these two features of tokio. Programs
//! [without async](guide::blocking) use the feature `blocking` instead of tokio.
//!
//! ```no_run
//! use appflow_sdk::{Client, Error};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Error> {
//!     // Finds region, credentials and endpoint as the AWS CLI does.
//!     let client = Client::from_env().await?;
//!
//!     let started = client.start_flow().flow_name("accounts-to-s3").send().await?;
//!     println!("run {}", started.execution_id().unwrap_or("is scheduled"));
//!
//!     let mut flows = client.list_flows().into_paginator().items().send();
//!     while let Some(flow) = flows.next().await {
//!         println!("{}", flow?.flow_name().unwrap_or_default());
//!     }
//!     Ok(())
//! }
//! ```
//!
//! [A first flow in five minutes](guide::first_flow) runs on your machine, without an AWS account.
//!
//! # Modules
//!
//! | Module | Contents |
//! |---|---|
//! | [`Client`] | a method for each of the 25 operations |
//! | [`operation`] | for each operation its description, an example, its errors, its input and output |
//! | [`types`] | the structures and enums of inputs and outputs |
//! | [`tasks`] | a builder of field mappings, with the projection that AppFlow requires |
//! | [`flows`] | flows as code: compare, plan and apply definitions in files |
//! | [`Error`], [`ErrorKind`] | errors: one type for all operations |
//! | [`config`] | region, credentials, endpoint, timeouts, retries, transports, interceptors |
//! | [`credentials`] | credential providers |
//! | [`paginator`], [`waiters`] | streams of all pages, and waits for a state |
//! | [`http`] | requests, responses and headers, for interceptors and transports |
//! | [`read`] | options to read inputs from files: strict, lenient, or without required members |
//! | [`primitives`] | timestamps, blobs and documents |
//! | [`testing`] | queued or recorded responses for tests; with the feature `test-util` |
//! | [`guide`] | guides by topic: errors, testing, runs, tasks, connector profiles, files, migration … |
//!
//! # Guarantees
//!
//! - Input that violates the model is rejected before it is sent, with all problems at once.
//! - The `Display` of an error is one line with its full context.
//! - Secrets never appear in any `Debug`, error or log line, at any depth.
//! - Every type implements serde, with the JSON of the AWS CLI.
//!
//! Everything in [`operation`] and [`types`] is generated from the model of the service.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[rustfmt::skip]
mod generated;
#[cfg(feature = "flows")]
#[cfg_attr(docsrs, doc(cfg(feature = "flows")))]
pub mod flows;
pub mod guide;
mod runs;
pub mod tasks;

#[doc(inline)]
pub use config::Config;
#[doc(inline)]
pub use generated::client::{self, Client};
#[doc(inline)]
pub use generated::error::{self, Error, ErrorKind};
pub use generated::{operation, types, waiters};
pub use runs::WaitForRunError;

pub use smithy_reqwest::credentials;
#[cfg(feature = "test-util")]
#[cfg_attr(docsrs, doc(cfg(feature = "test-util")))]
pub use smithy_reqwest::testing;
#[doc(inline)]
pub use smithy_reqwest::{config, http, paginator, primitives};

/// Options to read inputs from files.
pub mod read {
    pub use smithy_reqwest::codec::{ReadOptions, ReadSeed};
}

/// About this crate.
pub mod meta {
    /// The version of this crate.
    pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
}

/// The programs of the README, as doctests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

/// The programs of the package's README, as doctests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod package_readme {}
