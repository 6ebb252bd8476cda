//! Moving from `aws-sdk-appflow`. The idiom is the same; most programs change their `use` lines and their errors.
//!
//! ```no_run
//! // use aws_sdk_appflow::{Client, types::FlowStatus};
//! use appflow_sdk::{Client, types::FlowStatus};
//! ```
//!
//! # The same
//!
//! Client methods; `operation::<name>::{XInput, XOutput, builders}`; setters `x`, `set_x`, `get_x`; `types::*` with
//! `builder()`, public fields and accessors; enums with `as_str`, `From<&str>`, `FromStr`, `values()` and `Unknown`;
//! `primitives::DateTime`; `config::{Config, Builder, Region, Credentials}`; `into_paginator()`;
//! `Client::new(&sdk_config)` with what `aws_config::load_from_env()` gives.
//!
//! # Different
//!
//! | There | Here |
//! |---|---|
//! | `SdkError<CreateFlowError>`, one for each operation | [`Error`](crate::Error), one for all; see [`errors`](super::errors) |
//! | `err.into_service_error().is_conflict_exception()` | `err.is_conflict()` |
//! | `DisplayErrorContext(&err)` | `err` prints itself, by `{}` and by `{:?}`; the name is there too |
//! | a panic without a behavior version | one is accepted, and has no effect |
//! | invalid input is sent | [`InvalidInputs`](crate::ErrorKind::InvalidInputs) before the network; can be switched off |
//! | `PaginationStream` with `next()` | the same, and a `futures::Stream` |
//! | no paginator for `ListConnectorEntities` | it has one |
//! | `refresh_token`, `auth_code` and `credentials_map` print in clear | nothing sensitive prints |
//! | no waiters | [`wait_for_run`](crate::Client::wait_for_run), and `wait_until_…` for flows and private connections |
//! | no serde | every type, always |
//! | `aws-smithy-mocks` | [`testing`](super::testing) |
//!
//! Errors, before and after:
//!
//! ```no_run
//! # async fn example(client: appflow_sdk::Client) -> Result<(), appflow_sdk::Error> {
//! // match client.start_flow().flow_name("x").send().await {
//! //     Err(SdkError::ServiceError(e)) if e.err().is_resource_not_found_exception() => { … }
//! match client.start_flow().flow_name("x").send().await {
//!     Err(error) if error.is_not_found() => println!("there is no such flow"),
//!     other => println!("{:?}", other?.execution_id()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Shared settings
//!
//! `Client::new(&sdk_config)` takes over endpoint (`AWS_ENDPOINT_URL_APPFLOW` and `services` sections included), region,
//! credentials, retries, time limits, app name, time source, clock skew and compression. It does not take over:
//!
//! | Not taken over | Here |
//! |---|---|
//! | HTTP client | [`Builder::transport`](crate::config::Builder::transport) |
//! | sleep implementation | [`Builder::clock`](crate::config::Builder::clock) |
//! | identity cache | each client keeps its credentials until shortly before they expire |
//! | stalled stream protection | the limit of an attempt |
//!
//! # Not there
//!
//! HTTP clients of `aws-smithy-http-client` and interceptors of `aws-smithy-runtime-api` do not fit. Their places are
//! taken by [`Builder::transport`](crate::config::Builder::transport), [`Interceptor`](crate::config::Interceptor) and
//! `customize()` on every call. `SdkError`, the error types of single operations and presigned requests are not there
//! either. The repository's `docs/migration.md` has the whole list.
