//! Migrate from `aws-sdk-appflow`. The API is the same in most places; most programs change their `use` lines and their error
//! handling.
//!
//! ```no_run
//! // use aws_sdk_appflow::{Client, types::FlowStatus};
//! use appflow_sdk::{Client, types::FlowStatus};
//! ```
//!
//! # What stays the same
//!
//! Client methods; `operation::<name>::{XInput, XOutput, builders}`; setters `x`, `set_x`, `get_x`; `types::*` with
//! `builder()`, public fields and accessors; enums with `as_str`, `From<&str>`, `FromStr`, `values()` and `Unknown`;
//! `primitives::DateTime`; `config::{Config, Builder, Region, Credentials}`; `into_paginator()`;
//! `Client::new(&sdk_config)` with the result of `aws_config::load_from_env()`.
//!
//! # What changes
//!
//! | `aws-sdk-appflow` | `appflow-sdk` |
//! |---|---|
//! | `SdkError<CreateFlowError>`, one for each operation | [`Error`](crate::Error), one for all; see [`errors`](super::errors) |
//! | `err.into_service_error().is_conflict_exception()` | `err.is_conflict()` |
//! | `DisplayErrorContext(&err)` | `err` prints its full context with `{}` and `{:?}`; the wrapper exists too |
//! | panics without a behavior version | accepts one, without effect |
//! | sends invalid input | returns [`InvalidInputs`](crate::ErrorKind::InvalidInputs) before sending; you can disable it |
//! | `PaginationStream` with `next()` | the same, and a `futures::Stream` |
//! | no paginator for `ListConnectorEntities` | has one |
//! | prints `refresh_token`, `auth_code` and `credentials_map` in clear text | never prints sensitive values |
//! | no waiters | [`wait_for_run`](crate::Client::wait_for_run), and `wait_until_…` for flows and private connections |
//! | no serde | serde for every type |
//! | `aws-smithy-mocks` | [`testing`](super::testing) |
//!
//! Errors, before and after:
//!
//! ```no_run
//! # async fn example(client: appflow_sdk::Client) -> Result<(), appflow_sdk::Error> {
//! // match client.start_flow().flow_name("x").send().await {
//! //     Err(SdkError::ServiceError(e)) if e.err().is_resource_not_found_exception() => { … }
//! match client.start_flow().flow_name("x").send().await {
//!     Err(error) if error.is_not_found() => println!("flow not found"),
//!     other => println!("{:?}", other?.execution_id()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Shared settings
//!
//! `Client::new(&sdk_config)` uses the endpoint (including `AWS_ENDPOINT_URL_APPFLOW` and `services` sections), region,
//! credentials, retries, timeouts, app name, time source, clock skew and compression of the shared settings. It does not use:
//!
//! | Setting | Use instead |
//! |---|---|
//! | HTTP client | [`Builder::transport`](crate::config::Builder::transport) |
//! | sleep implementation | [`Builder::clock`](crate::config::Builder::clock) |
//! | identity cache | each client caches its credentials until shortly before they expire |
//! | stalled stream protection | the attempt timeout |
//!
//! # Not supported
//!
//! HTTP clients of `aws-smithy-http-client` and interceptors of `aws-smithy-runtime-api` are not compatible. Use
//! [`Builder::transport`](crate::config::Builder::transport), [`Interceptor`](crate::config::Interceptor) and `customize()` on
//! each call instead. `SdkError`, error types of single operations and presigned requests do not exist. See
//! `docs/migration.md` in the repository for the full list.
