//! `appflow run`: the name of a flow in; a run that is started, or its end, out.

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

/// How often a run in progress is asked for: soon at first, since small runs take a second.
const SOONEST: Duration = Duration::from_millis(500);
const LATEST: Duration = Duration::from_secs(15);

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
        let lines = [format!("{name} is active: it runs when it is due")];
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
            [format!("{name}: run {id} is started")],
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
            "{name}: run {id} goes on, nobody waits for it; `appflow cancel {name} {id}` ends it"
        );
    };
    let row = RunRow::of(record?);
    output::either(
        global.output,
        &row,
        [format!("{name}: run {id}: {}", row.told())],
    )?;
    match row.is_successful() {
        true => Ok(Done::Complete),
        false => Ok(Done::Failed),
    }
}

/// Waits for the end of a run. In its first seconds it may have no record yet.
async fn wait(
    account: &Account,
    name: &str,
    id: &str,
    limit: Duration,
    spinner: &ProgressBar,
) -> Result<ExecutionRecord> {
    let (started, mut delay) = (Instant::now(), SOONEST);
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
        let told = status.map_or("not recorded yet".to_owned(), |status| status.to_string());
        spinner.set_message(format!("{name}: run {id}: {told}"));
        if started.elapsed() >= limit {
            bail!(
                "{name}: run {id} has not ended within {} seconds; it goes on",
                limit.as_secs()
            );
        }
        tokio::time::sleep(delay.min(limit.saturating_sub(started.elapsed()))).await;
        delay = (delay * 3 / 2).min(LATEST);
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
