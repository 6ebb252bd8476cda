//! `appflow run`: starts a run of a flow, and waits for its end with `--wait`.

use crate::Done;
use crate::arguments::{Global, Run};
use crate::commands::runs::RunRow;
use crate::connect::Connection;
use crate::{output, progress};
use anyhow::{Result, bail};
use appflow_sdk::flows::Account;
use appflow_sdk::types::{ExecutionRecord, ExecutionStatus};
use indicatif::ProgressBar;
use std::time::{Duration, Instant};

/// The first interval between polls of a run in progress, which is short since small runs take a second.
const MIN_INTERVAL: Duration = Duration::from_millis(500);
/// The longest interval between polls.
const MAX_INTERVAL: Duration = Duration::from_secs(15);

pub(crate) async fn run(global: &Global, arguments: &Run) -> Result<Done> {
    let connection = Connection::open(global).await?;
    let name = &arguments.name;
    let started = connection
        .client()
        .start_flow()
        .flow_name(name)
        .send()
        .await?;
    let Some(id) = started.execution_id else {
        let lines = [format!("{name}: activated, runs when it is due")];
        output::either(
            global.output,
            &serde_json::json!({"flowName": name, "executionId": null}),
            lines,
        )?;
        return Ok(Done::Complete);
    };
    if !arguments.wait {
        let value = serde_json::json!({"flowName": name, "executionId": id});
        output::either(
            global.output,
            &value,
            [format!("{name}: run {id}: started")],
        )?;
        return Ok(Done::Complete);
    }
    let spinner = progress::spinner(&format!("{name}: run {id}"));
    let limit = Duration::from_secs(arguments.timeout);
    let record = tokio::select! {
        record = wait(&connection.account, name, &id, limit, &spinner) => Some(record),
        interrupted = tokio::signal::ctrl_c() => {
            interrupted?;
            None
        }
    };
    spinner.finish_and_clear();
    let Some(record) = record else {
        bail!(
            "{name}: run {id}: continues in the background: cancel it with `appflow cancel {name} {id}`"
        );
    };
    let row = RunRow::of(record?);
    output::either(
        global.output,
        &row,
        [format!("{name}: run {id}: {}", row.describe())],
    )?;
    match row.is_successful() {
        true => Ok(Done::Complete),
        false => Ok(Done::Failed),
    }
}

/// Waits for the end of a run. A run may have no record in its first seconds.
async fn wait(
    account: &Account,
    name: &str,
    id: &str,
    limit: Duration,
    spinner: &ProgressBar,
) -> Result<ExecutionRecord> {
    let (started, mut delay) = (Instant::now(), MIN_INTERVAL);
    loop {
        let record = find(account, name, id).await?;
        let status = record
            .as_ref()
            .and_then(|record| record.execution_status.clone());
        let ended = [
            ExecutionStatus::Successful,
            ExecutionStatus::Error,
            ExecutionStatus::Canceled,
        ];
        if let Some(record) =
            record.filter(|_| status.as_ref().is_some_and(|status| ended.contains(status)))
        {
            return Ok(record);
        }
        let state = status.map_or("no record yet".to_owned(), |status| status.to_string());
        spinner.set_message(format!("{name}: run {id}: {state}"));
        if started.elapsed() >= limit {
            bail!(
                "{name}: run {id}: timed out after {}s: the run continues",
                limit.as_secs()
            );
        }
        tokio::time::sleep(delay.min(limit.saturating_sub(started.elapsed()))).await;
        delay = (delay * 3 / 2).min(MAX_INTERVAL);
    }
}

async fn find(account: &Account, name: &str, id: &str) -> Result<Option<ExecutionRecord>> {
    let request = account
        .client()
        .describe_flow_execution_records()
        .flow_name(name);
    let mut records = request.into_paginator().page_size(100).items().send();
    while let Some(record) = records.next().await {
        let record = record?;
        if record.execution_id.as_deref() == Some(id) {
            return Ok(Some(record));
        }
    }
    Ok(None)
}
