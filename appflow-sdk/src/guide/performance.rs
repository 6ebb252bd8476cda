//! Performance and features.
//!
//! # One client
//!
//! A [`Client`](crate::Client) is cheap to clone. Clones share connections, credentials and the retry quota. Create one for
//! the program; a client for each call would open a connection for each call.
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
//! AppFlow returns twenty items a page by default. To read all items, request a hundred a page: it takes a fifth of the calls,
//! and calls are throttled.
//!
//! ```no_run
//! # async fn example(client: &appflow_sdk::Client) -> Result<(), appflow_sdk::Error> {
//! let flows = client.list_flows().into_paginator().page_size(100).items().send().try_collect().await?;
//! # let _ = flows;
//! # Ok(())
//! # }
//! ```
//!
//! # Timeouts
//!
//! The duration of a call is that of all its attempts and the delays between them. In interactive programs, set a timeout for
//! both. A call with its own configuration shares everything else with the client:
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
//! | Feature | Adds | Default |
//! |---|---|---|
//! | `reqwest` | the HTTP client reqwest | yes |
//! | `hyper` | an HTTP client on hyper alone, with fewer crates; see [below](#fewer-crates) | no |
//! | `sigv4` | keys and signatures by aws-sigv4; without it, they are made with ring | yes |
//! | `sdk-config` | `Client::new(&SdkConfig)`, the settings that other AWS clients share, by the crate aws-types | yes |
//! | `flows` | [`flows`](crate::flows): flows as code; without it, 40 % less code of this crate is compiled | yes |
//! | `blocking` | a blocking form of each asynchronous method, for programs [without async](super::blocking) | no |
//! | `patterns` | `Validation::with_patterns()`, which checks inputs against the model's patterns | no |
//! | `test-util` | [`testing`](crate::testing): typed responses in tests, and recordings; for `[dev-dependencies]` | no |
//!
//! # Fewer crates
//!
//! Two HTTP clients are available. The default is reqwest. The other is on hyper alone, and the crate then builds without reqwest,
//! `url`, `idna`, `tower`, aws-types and, without the feature `sigv4`, aws-sigv4: 71 crates instead of 125:
//!
//! ```toml
//! [dependencies]
//! appflow-sdk = { version = "0.1", default-features = false, features = ["hyper"] }
//! ```
//!
//! Both have the same settings and pass the same tests: HTTP/1.1, TLS by rustls with ring, platform certificates or a CA bundle, HTTP and
//! HTTPS proxies with user names and passwords, `NO_PROXY`, timeouts, a pool of idle connections. The differences:
//!
//! - The client on hyper reads proxies from variables only, and not from the system settings of macOS and Windows.
//! - It drives a connection only while one of its calls is polled. Dropping a call closes the connection of that call.
//! - Of idle connections, it keeps 100 for each host.
//!
//! Flows as code need the feature `flows` as well, and `Client::new(&SdkConfig)` the feature `sdk-config`. Without the latter, [`Region`](crate::config::Region),
//! [`AppName`](crate::config::AppName) and [`FrameworkMetadata`](crate::config::FrameworkMetadata) are types of this crate, with the same
//! constructors and methods.
//!
//! If another crate of the program enables the default features, both clients are built and reqwest is used. To select one, call
//! [`Builder::http_client`](crate::config::Builder::http_client). Without both features, set a
//! [`transport`](crate::config::Builder::transport); without one, each call fails with an error that says so.
//!
//! A program that stays on reqwest can build without ICU, which is 21 crates for host names beyond ASCII:
//!
//! ```sh
//! cargo update --package idna_adapter --precise 1.0.0
//! ```
//!
//! # Build times
//!
//! TLS is rustls with ring: it needs no CMake and no assembler, and installs no process-wide provider. The 250 types derive only
//! `Clone`, `PartialEq` and often `Default`. Instead of code for each type, they have schemas for one shared serializer,
//! validator and `Debug` printer, so the crate builds in seconds. The `bench` folder of the repository has the figures, and
//! the program that measures them.
