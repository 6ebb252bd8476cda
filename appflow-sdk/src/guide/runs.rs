//! Runs: starting them, waiting for them, stopping them.
//!
//! What [`start_flow`](crate::Client::start_flow) does depends on the trigger of the flow:
//!
//! | Trigger | `start_flow` | `stop_flow` |
//! |---|---|---|
//! | `OnDemand` | starts a run and answers with its id | is refused with `UnsupportedOperationException` |
//! | `Scheduled` | activates the schedule; no id | suspends the schedule; a run in progress goes on |
//! | `Event` | begins to listen; no id | stops listening |
//!
//! A new scheduled or event flow is `Draft`, and nothing happens until it is started.
//!
//! # Wait for a run
//!
//! Look for the run's id among the flow's records, on all pages. Two traps: right after the start there may be no record
//! yet, and the order of records is not promised, so the first one need not be yours.
//!
//! ```
//! use appflow_sdk::types::{ExecutionRecord, ExecutionStatus};
//! use appflow_sdk::{Client, Error};
//! use std::time::Duration;
//!
//! /// The record of a run that is over; `None` when it is not over after all these attempts.
//! async fn finished(client: &Client, flow: &str, run: &str) -> Result<Option<ExecutionRecord>, Error> {
//!     for _ in 0..120 {
//!         let records = client.describe_flow_execution_records().flow_name(flow);
//!         let records = records.into_paginator().items().send().try_collect().await?;
//!         let record = records.into_iter().find(|record| record.execution_id() == Some(run));
//!         let status = record.as_ref().and_then(|record| record.execution_status());
//!         match status {
//!             None | Some(ExecutionStatus::Inprogress | ExecutionStatus::Cancelstarted) => {}
//!             Some(_) => return Ok(record),
//!         }
//!         tokio::time::sleep(Duration::from_secs(5)).await;
//!     }
//!     Ok(None)
//! }
//! ```
//!
//! # How it went
//!
//! - [`execution_status`](crate::types::ExecutionRecord::execution_status) is `Successful`, `Error` or `Canceled` at the
//!   end. A run may take up to 48 hours.
//! - [`execution_result`](crate::types::ExecutionRecord::execution_result) counts records and bytes. After an error, its
//!   `error_info` has the application's own message, and the counts may be above zero: some records went through.
//!
//! # Cancel
//!
//! [`cancel_flow_executions`](crate::Client::cancel_flow_executions) ends the runs you name, or all that are in progress.
//! It succeeds even when some could not be canceled; those are in
//! [`invalid_executions`](crate::operation::cancel_flow_executions::CancelFlowExecutionsOutput::invalid_executions). What
//! has reached the destination stays there.
//!
//! # After an update
//!
//! [`update_flow`](crate::Client::update_flow) takes effect with a delay. A run that starts within some fifteen seconds of it
//! may still use the old settings.
