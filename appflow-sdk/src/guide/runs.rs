//! Runs of flows: start, wait, cancel.
//!
//! The effect of [`start_flow`](crate::Client::start_flow) depends on the trigger of the flow:
//!
//! | Trigger | `start_flow` | `stop_flow` |
//! |---|---|---|
//! | `OnDemand` | starts a run and returns its id | fails with `UnsupportedOperationException` |
//! | `Scheduled` | activates the schedule; returns no id | suspends the schedule; a run in progress continues |
//! | `Event` | starts to listen for events; returns no id | stops listening |
//!
//! A new scheduled or event flow is `Draft`, and does not run until you start it.
//!
//! # Wait for a run
//!
//! ```no_run
//! # async fn example(client: &appflow_sdk::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::Duration;
//!
//! let started = client.start_flow().flow_name("orders-to-lake").send().await?;
//! if let Some(run) = started.execution_id() {
//!     let record = client.wait_for_run("orders-to-lake", run, Duration::from_secs(600)).await?;
//!     println!("{:?}", record.execution_result());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`wait_for_run`](crate::Client::wait_for_run) handles two pitfalls of a polling loop: right after the start, there may be no
//! record yet; and the order of records is not guaranteed, so the first one may be of another run. If the run fails or is
//! canceled, the error contains its record and the message of the application. A timeout is an error too; the run itself
//! continues. [`wait_for_run_with`](crate::Client::wait_for_run_with) passes each record to a function.
//!
//! Other waiters begin with `wait_until_`. Use [`wait_until_flow_active`](crate::Client::wait_until_flow_active) after you
//! activate a schedule, and [`wait_until_flow_deleted`](crate::Client::wait_until_flow_deleted) before you reuse a name.
//!
//! # Result
//!
//! - [`execution_status`](crate::types::ExecutionRecord::execution_status) is `Successful`, `Error` or `Canceled` at the
//!   end. A run may take up to 48 hours.
//! - [`execution_result`](crate::types::ExecutionRecord::execution_result) counts records and bytes. After an error, its
//!   `error_info` has the message of the application, and the counts may be above zero if some records were transferred.
//!
//! # Cancel
//!
//! [`cancel_flow_executions`](crate::Client::cancel_flow_executions) cancels the runs you name, or all that are in progress.
//! It succeeds even if some could not be canceled; those are in
//! [`invalid_executions`](crate::operation::cancel_flow_executions::CancelFlowExecutionsOutput::invalid_executions).
//! Records that have reached the destination stay there.
//!
//! # After an update
//!
//! [`update_flow`](crate::Client::update_flow) takes effect with a delay. A run that starts within some fifteen seconds of it
//! may still use the old settings.
