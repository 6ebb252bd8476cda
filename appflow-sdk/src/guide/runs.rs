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
//! [`wait_for_run`](crate::Client::wait_for_run) knows two traps that a loop of your own meets: right after the start there
//! may be no record yet, and the order of records is not promised, so that the first one need not be yours. A run that
//! fails or is canceled is an error which holds its record and says what the application said; so is one that is not over
//! in time. It goes on all the same. [`wait_for_run_with`](crate::Client::wait_for_run_with) shows you each record on the
//! way.
//!
//! Other waiters begin with `wait_until_`: [`wait_until_flow_active`](crate::Client::wait_until_flow_active) after the
//! start of a schedule, [`wait_until_flow_deleted`](crate::Client::wait_until_flow_deleted) before a name is used again.
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
