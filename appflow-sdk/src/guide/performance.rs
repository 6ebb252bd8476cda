//! Performance and features: what is cheap, what is not, and what can be switched on.
//!
//! # One client
//!
//! A [`Client`](crate::Client) is cheap to clone, and clones share connections, credentials and the quota of retries. Make
//! one for the program; one for each call opens a connection each.
//!
//! ```
//! # fn example(client: appflow_sdk::Client) {
//! let for_a_task = client.clone();
//! # let _ = for_a_task;
//! # }
//! ```
//!
//! # Pages
//!
//! AppFlow gives twenty items a page unless asked for more. Ask for a hundred where all are wanted: it is a fifth of the
//! calls, and calls are what is throttled.
//!
//! ```no_run
//! # async fn example(client: &appflow_sdk::Client) -> Result<(), appflow_sdk::Error> {
//! let flows = client.list_flows().into_paginator().page_size(100).items().send().try_collect().await?;
//! # let _ = flows;
//! # Ok(())
//! # }
//! ```
//!
//! # Time limits
//!
//! A call takes as long as its slowest attempt and all pauses between. Where a person waits, limit both; what is changed
//! for one call shares everything else with the client:
//!
//! ```no_run
//! use appflow_sdk::config::TimeoutSettings;
//! use std::time::Duration;
//!
//! # async fn example(client: &appflow_sdk::Client) -> Result<(), appflow_sdk::Error> {
//! let limits = TimeoutSettings::default()
//!     .with_attempt(Duration::from_secs(2))
//!     .with_operation(Duration::from_secs(5));
//! let config = client.config().to_builder().timeout_config(limits).build();
//! client.list_flows().customize().config_override(config).send().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | Feature | Brings | Default |
//! |---|---|---|
//! | `blocking` | a form that waits of everything asynchronous, for programs [without async](super::blocking) | no |
//! | `patterns` | `Validation::with_patterns()`: inputs are checked against the model's patterns, too | no |
//! | `test-util` | [`testing`](crate::testing): typed answers in tests, and recordings; for `[dev-dependencies]` | no |
//!
//! # What it stands on
//!
//! TLS is rustls with ring: no CMake, no assembler, and no provider installed for the whole process. The 250 types derive
//! `Clone`, `PartialEq` and often `Default`, and nothing for what costs most to compile: they describe themselves to one
//! serializer, one validator and one printer, which is why the crate builds in seconds. The repository's
//! `bench` folder has the figures, and the program that measures them.
