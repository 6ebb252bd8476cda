//! [`Client::wait_for_run`]: waits for a run of a flow.

use crate::types::{ExecutionRecord, ExecutionStatus};
use crate::{Client, Error};
use smithy_reqwest::waiter::{self, Verdict, WaiterError, WaiterSchema};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// An error from [`Client::wait_for_run`].
///
/// If the run failed or was canceled, it is [`WaiterError::FailureState`] with the execution record. A record with only the
/// id stands for a run that has no record yet.
pub type WaitForRunError = WaiterError<ExecutionRecord, Error>;

static RUN_FINISHED: WaiterSchema = WaiterSchema::new("RunFinished", 5, 60);

/// The maximum number of records in a page.
const MAX_RECORDS: i32 = 100;

impl Client {
    /// Waits until a run of a flow is `Successful`, for at most `max_wait`, and returns its execution record.
    ///
    /// `execution_id` is the id that [`start_flow`](Self::start_flow) returned. The method searches all pages of records, and
    /// treats a run without a record, as in the first seconds after the start, as one in progress.
    ///
    /// # Errors
    ///
    /// Returns an error if the run fails, with the message of the application, if it is canceled, if it does not end in time, or
    /// if a call fails.
    pub async fn wait_for_run(
        &self,
        flow_name: impl Into<String>,
        execution_id: impl AsRef<str>,
        max_wait: Duration,
    ) -> Result<ExecutionRecord, WaitForRunError> {
        let wait = self.wait_for_run_with(flow_name, execution_id, max_wait, |_| {});
        wait.await
    }

    /// Waits as [`wait_for_run`](Self::wait_for_run) does, and passes each record to `on_record`, including the last.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`wait_for_run`](Self::wait_for_run).
    pub async fn wait_for_run_with(
        &self,
        flow_name: impl Into<String>,
        execution_id: impl AsRef<str>,
        max_wait: Duration,
        mut on_record: impl FnMut(&ExecutionRecord),
    ) -> Result<ExecutionRecord, WaitForRunError> {
        let (flow_name, execution_id) = (flow_name.into(), execution_id.as_ref());
        let (client, flow_name) = (self, flow_name.as_str());
        // Attempts follow each other; to the compiler they are futures like others.
        let on_record = &Mutex::new(&mut on_record);
        let attempt = || async move {
            let run = client.find_run(flow_name, execution_id).await;
            let verdict = run.as_ref().ok().map(judge);
            if let Ok(record) = &run {
                let mut on_record = on_record.lock().unwrap_or_else(PoisonError::into_inner);
                on_record(record);
            }
            (run, verdict)
        };
        let clock = self.config().clock();
        waiter::poll(&RUN_FINISHED, clock, max_wait, attempt)
            .await
            .map_err(|error| error.with_detail(message))?
            .into_output(RUN_FINISHED.name)
    }

    /// Waits as [`wait_for_run`](Self::wait_for_run) does, and blocks the current thread.
    ///
    /// It returns an error at once when called in an asynchronous task of a current-thread runtime, where it would deadlock.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`wait_for_run`](Self::wait_for_run).
    #[cfg(feature = "blocking")]
    pub fn wait_for_run_blocking(
        &self,
        flow_name: impl Into<String>,
        execution_id: impl Into<String>,
        max_wait: Duration,
    ) -> Result<ExecutionRecord, WaitForRunError> {
        self.wait_for_run_with_blocking(flow_name, execution_id, max_wait, |_| {})
    }

    /// Waits as [`wait_for_run_with`](Self::wait_for_run_with) does, and blocks the current thread. `on_record` runs on another
    /// thread.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`wait_for_run`](Self::wait_for_run).
    #[cfg(feature = "blocking")]
    pub fn wait_for_run_with_blocking(
        &self,
        flow_name: impl Into<String>,
        execution_id: impl Into<String>,
        max_wait: Duration,
        on_record: impl FnMut(&ExecutionRecord) + Send + 'static,
    ) -> Result<ExecutionRecord, WaitForRunError> {
        let (client, flow_name, execution_id) =
            (self.clone(), flow_name.into(), execution_id.into());
        let waited = smithy_reqwest::blocking::block_on(async move {
            let wait = client.wait_for_run_with(flow_name, execution_id, max_wait, on_record);
            wait.await
        });
        waited.unwrap_or_else(|error| Err(WaiterError::not_started(&RUN_FINISHED, error)))
    }

    /// Finds the record of a run. Without one, it returns a record with only the id.
    async fn find_run(
        &self,
        flow_name: &str,
        execution_id: &str,
    ) -> Result<ExecutionRecord, Error> {
        let mut records = self
            .describe_flow_execution_records()
            .flow_name(flow_name)
            .max_results(MAX_RECORDS)
            .into_paginator()
            .items()
            .send();
        while let Some(record) = records.next().await {
            let record = record?;
            if record.execution_id.as_deref() == Some(execution_id) {
                return Ok(record);
            }
        }
        Ok(ExecutionRecord::builder()
            .execution_id(execution_id)
            .build())
    }
}

/// Returns the message of the applications for a failed run.
fn message(run: &ExecutionRecord) -> Option<String> {
    let info = run.execution_result()?.error_info()?;
    info.execution_message().map(str::to_owned)
}

fn judge(run: &ExecutionRecord) -> Verdict {
    match &run.execution_status {
        Some(ExecutionStatus::Successful) => Verdict::Success,
        Some(ExecutionStatus::Error) => Verdict::Failure("the run ended with an error"),
        Some(ExecutionStatus::Canceled) => Verdict::Failure("the run was canceled"),
        _ => Verdict::Retry,
    }
}
