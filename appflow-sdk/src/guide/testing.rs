//! Testing without AWS, in three ways.
//!
//! | You want | Use |
//! |---|---|
//! | to decide each answer, and see each request | [`TestTransport`](crate::testing::TestTransport) |
//! | a service with state: flows that run, fail and are found again | the crate `appflow-local` |
//! | answers of the real service, without asking it again | [`RecordingTransport`](crate::testing::RecordingTransport), [`ReplayTransport`](crate::testing::ReplayTransport) |
//!
//! The first and the last are in the module [`testing`](crate::testing), which the feature `test-util` turns on. Programs do
//! without it; their tests have it by
//!
//! ```toml
//! [dev-dependencies]
//! appflow-sdk = { version = "0.1", features = ["test-util"] }
//! ```
//!
//! # Answers from a queue
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
//! A call for which nothing is queued fails with an error that says what was. Under
//! `#[tokio::test(start_paused = true)]`, delays and the pauses between retries take no time.
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
//! It checks tasks and triggers like the real one, keeps schedules by a clock that you can move, and fails where you ask
//! it to. Every SDK can call it; as a program it is `appflow-local`.
//!
//! # What was recorded
//!
//! Wrap the transport that a client uses into a `RecordingTransport`, make the calls once against AWS, and `save`. The
//! file holds no secrets: sensitive members, credentials and signatures never get there. `ReplayTransport::open` answers
//! from it from then on.
