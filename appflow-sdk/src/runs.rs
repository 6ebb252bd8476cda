//! [`Client::wait_for_run`]: a flow and the id of one of its runs in, the record of the finished run out.

use crate::types::{ExecutionRecord, ExecutionStatus};
use crate::{Client, Error};
use smithy_reqwest::waiter::{self, Verdict, WaiterError, WaiterSchema};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Why a wait for a run did not succeed.
///
/// A run that ended with an error, or was canceled, is [`WaiterError::FailureState`] with its record. A record that says
/// nothing but the id stands for a run that has none yet.
pub type WaitForRunError = WaiterError<ExecutionRecord, Error>;

static RUN_FINISHED: WaiterSchema = WaiterSchema::new("RunFinished", 5, 60);

/// The most records that a page may have.
const MOST_RECORDS: i32 = 100;

impl Client {
    /// Waits until a run of a flow is `Successful`, for at most `max_wait`, and gives its record.
    ///
    /// `execution_id` is the one that [`start_flow`](Self::start_flow) gave. The records are searched page by page,
    /// and a run that has no record yet, as in the first seconds after the start, is waited for like one in progress.
    ///
    /// # Errors
    ///
    /// A run that ended otherwise, with its own message; one that is not over in time; a call that failed.
    pub async fn wait_for_run(
        &self,
        flow_name: impl Into<String>,
        execution_id: impl AsRef<str>,
        max_wait: Duration,
    ) -> Result<ExecutionRecord, WaitForRunError> {
        let wait = self.wait_for_run_with(flow_name, execution_id, max_wait, |_| {});
        wait.await
    }

    /// Like [`wait_for_run`](Self::wait_for_run), and shows `on_record` each record on the way, the last one too.
    ///
    /// # Errors
    ///
    /// Those of [`wait_for_run`](Self::wait_for_run).
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

    /// Like [`wait_for_run`](Self::wait_for_run), for programs that are not asynchronous: this thread waits.
    ///
    /// It can be called anywhere but in an asynchronous task of a runtime that has one thread; there it is an error at
    /// once.
    ///
    /// # Errors
    ///
    /// Those of [`wait_for_run`](Self::wait_for_run).
    #[cfg(feature = "blocking")]
    pub fn wait_for_run_blocking(
        &self,
        flow_name: impl Into<String>,
        execution_id: impl Into<String>,
        max_wait: Duration,
    ) -> Result<ExecutionRecord, WaitForRunError> {
        self.wait_for_run_with_blocking(flow_name, execution_id, max_wait, |_| {})
    }

    /// Like [`wait_for_run_with`](Self::wait_for_run_with), for programs that are not asynchronous: this thread waits,
    /// and `on_record` runs on another one.
    ///
    /// # Errors
    ///
    /// Those of [`wait_for_run`](Self::wait_for_run).
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

    /// The record of a run; one that says nothing but the id where there is none yet.
    async fn find_run(
        &self,
        flow_name: &str,
        execution_id: &str,
    ) -> Result<ExecutionRecord, Error> {
        let mut records = self
            .describe_flow_execution_records()
            .flow_name(flow_name)
            .max_results(MOST_RECORDS)
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

/// What the applications said of a run that failed.
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
