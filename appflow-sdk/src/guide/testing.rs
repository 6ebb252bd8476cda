//! Test without AWS, in three ways.
//!
//! | To | Use |
//! |---|---|
//! | set each response, and inspect each request | [`TestTransport`](crate::testing::TestTransport) |
//! | call a service with state: flows, runs, failures | the crate `appflow-local` |
//! | replay responses of the real service | [`RecordingTransport`](crate::testing::RecordingTransport), [`ReplayTransport`](crate::testing::ReplayTransport) |
//!
//! The first and the last are in the module [`testing`](crate::testing). Enable it for tests only, with the feature
//! `test-util`:
//!
//! ```toml
//! [dev-dependencies]
//! appflow-sdk = { version = "0.1", features = ["test-util"] }
//! ```
//!
//! # Queued responses
//!
//! ```
//! use appflow_sdk::operation::list_flows::{ListFlows, ListFlowsOutput};
//! use appflow_sdk::operation::start_flow::StartFlow;
//! use appflow_sdk::testing::TestTransport;
//! use appflow_sdk::types::FlowDefinition;
//! use appflow_sdk::{Client, Error};
//!
//! /// The code under test: starts every flow whose name has a prefix.
//! async fn start_all(client: &Client, prefix: &str) -> Result<usize, Error> {
//!     let mut started = 0;
//!     let mut flows = client.list_flows().into_paginator().items().send();
//!     while let Some(flow) = flows.next().await {
//!         let flow = flow?;
//!         let name = flow.flow_name().unwrap_or_default();
//!         if name.starts_with(prefix) {
//!             client.start_flow().flow_name(name).send().await?;
//!             started += 1;
//!         }
//!     }
//!     Ok(started)
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let transport = TestTransport::new();
//! let flow = |name| FlowDefinition::builder().flow_name(name).build();
//! transport
//!     .throttle::<ListFlows>() // the client retries this without your help
//!     .answer::<ListFlows>(ListFlowsOutput::builder().flows(flow("a-1")).flows(flow("b-1")).build())
//!     .error::<StartFlow>("ConflictException", "not now");
//! let client = Client::from_conf(transport.config().build());
//!
//! let error = start_all(&client, "a-").await.unwrap_err();
//!
//! assert!(error.is_conflict());
//! assert_eq!(transport.inputs::<StartFlow>()[0].flow_name(), Some("a-1"));
//! transport.assert_exhausted();
//! # Ok(())
//! # }
//! ```
//!
//! A call without a queued response fails with an error that lists what was queued. With
//! `#[tokio::test(start_paused = true)]`, delays and retry backoff take no time.
//!
//! # A service with state
//!
//! ```
//! use appflow_local::{AppFlowLocal, Fault};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let local = AppFlowLocal::start().await?;
//! let client = local.client();
//!
//! assert!(client.list_flows().send().await?.flows().is_empty());
//! let error = client.start_flow().flow_name("orders").send().await.unwrap_err();
//! assert!(error.is_not_found());
//! # let _ = |_: Fault| ();
//! # Ok(())
//! # }
//! ```
//!
//! It validates tasks and triggers as AppFlow does, runs schedules by a clock that you can move, and injects the faults that you
//! configure. Other SDKs can call it too: run the program `appflow-local`.
//!
//! # Recordings
//!
//! Wrap the transport of a client in a `RecordingTransport`, make the calls once against AWS, and call `save`. The file contains
//! no secrets: sensitive members, credentials and signatures are never recorded. `ReplayTransport::open` then responds from the
//! file.
