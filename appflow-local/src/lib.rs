//! A local Amazon AppFlow for development and tests, for every SDK.
//!
//! It serves all 25 operations over HTTP, with the life cycle of flows and runs: in the same process, on a free port of
//! the loopback interface, or as the program `appflow-local`.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let appflow = appflow_local::AppFlowLocal::start().await?;
//! let flows = appflow.client().list_flows().send().await?;
//! assert!(flows.flows().is_empty());
//! # Ok(())
//! # }
//! ```
#![doc = include_str!("../CHOICES.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

/// The programs of the README, compiled and run as doctests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod arn;
mod builder;
mod caller;
mod catalog;
mod client_tokens;
mod clock;
mod control;
mod entities;
mod events;
mod faults;
mod functions;
mod server;
#[rustfmt::skip]
mod generated;
mod access_keys;
mod lifecycle;
mod local;
mod messages;
mod operations;
mod outbound;
mod page;
mod pagination;
mod probes;
mod reflect;
mod request_log;
mod rules;
mod runs;
mod schedule;
mod service;
mod session;
mod settings;
mod state;
mod store;
mod vended;

pub use access_keys::{AccessKeys, DEFAULT_ACCOUNT, is_account};
pub use builder::{Builder, StartError};
pub use caller::Caller;
pub use clock::Clock;
pub use entities::{SeededEntities, SeededEntity, SeededField};
pub use faults::{CallFault, Fault, Faults, Pending, RunFault};
pub use generated::{AppFlow, AppFlowOperation, dispatch, error};
pub use local::{AppFlowLocal, DEFAULT_REGION, StateError};
pub use settings::Settings;
pub use store::{STORE_CHECK_THREAD, StoreError};
