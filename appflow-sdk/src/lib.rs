//! A small, fast client for [Amazon AppFlow](https://aws.amazon.com/appflow/), which carries records between applications
//! such as Salesforce, S3 and Snowflake. In `Cargo.toml`:
//!
//! ```toml
//! [dependencies]
//! appflow-sdk = { git = "https://github.com/appflow-sdk/appflow-sdk-rust" } # once it is published: "0.1"
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! Rust 1.94.1 or newer. Of tokio, `#[tokio::main]` needs these two features. Programs [without async](guide::blocking) leave
//! tokio out, and take the feature `blocking`.
//!
//! ```no_run
//! use appflow_sdk::{Client, Error};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Error> {
//!     // Region, credentials and endpoint as AWS's own tools find them.
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
//! No AWS account at hand? [A first flow in five minutes](guide::first_flow) runs on your machine alone.
//!
//! # Where things are
//!
//! | Module | Holds |
//! |---|---|
//! | [`Client`] | a method for each of the 25 operations |
//! | [`operation`] | for each operation what it does, an example, its errors, its input and output |
//! | [`types`] | the structures and enums that inputs and outputs are made of |
//! | [`tasks`] | the mapping of fields, put together with the projection that AppFlow wants |
//! | [`flows`] | flows as code: definitions in files, compared, planned, applied |
//! | [`Error`], [`ErrorKind`] | what can go wrong: one type for all operations |
//! | [`config`] | region, credentials, endpoint, time limits, retries, transports, interceptors |
//! | [`credentials`] | where credentials come from, each source by itself |
//! | [`paginator`], [`waiters`] | what reads all pages, and what calls until something is there |
//! | [`http`] | requests, responses and headers, for interceptors and transports |
//! | [`read`] | inputs from files: strict, lenient, or without what is required |
//! | [`primitives`] | timestamps, blobs and documents |
//! | [`testing`] | answers from a queue or from a recording, instead of a network; with the feature `test-util` |
//! | [`guide`] | pages by topic: errors, testing, runs, tasks, connector profiles, files, migration … |
//!
//! # What to expect
//!
//! - Input that breaks the model is refused before it is sent, every problem at once.
//! - An error prints all that a person needs on one line.
//! - Secrets never print, at any depth, in any `Debug`, error or log line.
//! - Every type speaks serde, in the JSON of the AWS CLI.
//!
//! Everything below [`operation`] and [`types`] is generated from the service's own model.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[rustfmt::skip]
mod generated;
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

/// How strictly inputs are read from files.
pub mod read {
    pub use smithy_reqwest::codec::{ReadOptions, ReadSeed};
}

/// About this crate.
pub mod meta {
    /// Its version.
    pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
}

/// The README's programs compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

/// The programs of the package's own README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod package_readme {}
