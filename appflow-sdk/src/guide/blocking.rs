//! Programs without async: commands, build scripts, code that is synchronous for good reasons.
//!
//! ```toml
//! [dependencies]
//! appflow-sdk = { git = "https://github.com/appflow-sdk/appflow-sdk-rust", features = ["blocking"] }
//! ```
//!
//! The feature `blocking` adds a form that waits to everything that is asynchronous:
//!
//! | Asynchronous | Blocking |
//! |---|---|
//! | `Client::from_env().await` | `Client::from_env_blocking()` |
//! | `Client::config_from_env().await` | `Client::config_from_env_blocking()` |
//! | `Client::from_env().profile_name("dev").await` | `Client::from_env().profile_name("dev").blocking()` |
//! | `….send().await` | `….send_blocking()`, after `customize()` too |
//! | `into_paginator().send()`, a stream of pages | `into_paginator().send_blocking()`, an iterator |
//! | `into_paginator().items().send()` | `into_paginator().items().send_blocking()` |
//! | `wait_until_flow_active()….wait(limit).await` | `wait_until_flow_active()….wait_blocking(limit)` |
//! | `wait_for_run(flow, run, limit).await` | `wait_for_run_blocking(flow, run, limit)` |
//! | `wait_for_run_with(flow, run, limit, show).await` | `wait_for_run_with_blocking(flow, run, limit, show)` |
//!
#![cfg_attr(feature = "blocking", doc = "```no_run")]
#![cfg_attr(not(feature = "blocking"), doc = "```ignore")]
//! use appflow_sdk::Client;
//! use std::time::Duration;
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     // Region, credentials and endpoint from the environment and the profile, as AWS's own tools find them.
//!     let client = Client::from_env_blocking()?;
//!
//!     for flow in client.list_flows().into_paginator().items().send_blocking() {
//!         println!("{}", flow?.flow_name().unwrap_or_default());
//!     }
//!
//!     let started = client.start_flow().flow_name("orders").send_blocking()?;
//!     if let Some(run) = started.execution_id() {
//!         client.wait_for_run_blocking("orders", run, Duration::from_secs(600))?;
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Where it waits
//!
//! Calls run on one thread of their own, which starts with the first of them and is shared by all clients of the process.
//! The caller's thread waits. Many threads can wait at once.
//!
//! Inside of an asynchronous runtime of several threads the blocking forms work too, and other tasks go on meanwhile. In a
//! task of a runtime that has one thread they would wait for themselves: there they are an error at once, which says so. Use
//! the form with `.await` there, or `tokio::task::spawn_blocking`.
//!
//! Nothing here depends on unwinding: programs that are built with `panic = "abort"` can use it.
