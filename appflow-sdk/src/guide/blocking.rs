//! Blocking calls, for commands, build scripts and other programs without async.
//!
//! ```toml
//! [dependencies]
//! appflow-sdk = { git = "https://github.com/appflow-sdk/appflow-sdk-rust", features = ["blocking"] }
//! ```
//!
//! The feature `blocking` adds a blocking form of every asynchronous method:
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
//!     // Finds region, credentials and endpoint as the AWS CLI does.
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
//! # Threads
//!
//! All clients of a process share one background thread for blocking calls, which starts with the first call. The calling
//! thread blocks; any number of threads can block at once.
//!
//! The blocking forms also work in a multi-thread tokio runtime, where other tasks continue. In a current-thread runtime,
//! they would deadlock, so they return an error instead. Use `.await` or `tokio::task::spawn_blocking` there.
//!
//! The feature does not rely on unwinding, so it works with `panic = "abort"`.
