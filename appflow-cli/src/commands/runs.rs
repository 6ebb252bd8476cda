//! `appflow runs`: lists the latest runs of a flow.

use crate::Done;
use crate::arguments::{Global, Runs};
use crate::connect::Connection;
use crate::output;
use anyhow::Result;
use appflow_sdk::primitives::{DateTime, DateTimeFormat};
use appflow_sdk::types::{ExecutionRecord, ExecutionStatus};
use serde::Serialize;

/// A row of the output: one run.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunRow {
    execution_id: String,
    status: String,
    started_at: Option<String>,
    last_updated_at: Option<String>,
    records: Option<i64>,
    bytes: Option<i64>,
    message: Option<String>,
}

impl RunRow {
    pub(crate) fn of(record: ExecutionRecord) -> Self {
        let result = record.execution_result.unwrap_or_default();
        let info = result.error_info.unwrap_or_default();
        Self {
            execution_id: record.execution_id.unwrap_or_default(),
            status: record
                .execution_status
                .map(|status| status.to_string())
                .unwrap_or_default(),
            started_at: time(record.started_at),
            last_updated_at: time(record.last_updated_at),
            records: result.records_processed,
            bytes: result.bytes_written,
            message: info.execution_message,
        }
    }

    pub(crate) fn is_successful(&self) -> bool {
        self.status == ExecutionStatus::Successful.as_str()
    }

    /// Formats the status, the number of records and the message of the run.
    pub(crate) fn describe(&self) -> String {
        let records = self.records.map(|records| format!(", {records} records"));
        let message = self.message.as_ref().map(|message| format!(": {message}"));
        format!(
            "{}{}{}",
            self.status,
            records.unwrap_or_default(),
            message.unwrap_or_default()
        )
    }
}

/// Formats a time to the second.
pub(crate) fn time(time: Option<DateTime>) -> Option<String> {
    let time = DateTime::from_secs(time?.secs());
    time.fmt(DateTimeFormat::DateTime).ok()
}

pub(crate) async fn run(global: &Global, arguments: &Runs) -> Result<Done> {
    let connection = Connection::open(global).await?;
    let request = connection.client().describe_flow_execution_records();
    let request = request.flow_name(&arguments.name);
    let size = i32::try_from(arguments.limit.clamp(1, 100)).unwrap_or(100);
    let mut records = request.into_paginator().page_size(size).items().send();
    let mut rows = Vec::new();
    while rows.len() < arguments.limit
        && let Some(record) = records.next().await
    {
        rows.push(RunRow::of(record?));
    }
    let cells: Vec<[String; 5]> = rows
        .iter()
        .map(|row| {
            [
                row.execution_id.clone(),
                row.status.clone(),
                row.started_at.clone().unwrap_or_default(),
                row.records
                    .map(|records| records.to_string())
                    .unwrap_or_default(),
                row.message.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let head = ["RUN", "STATUS", "STARTED", "RECORDS", "MESSAGE"];
    output::either(global.output, &rows, output::table(head, &cells))?;
    Ok(Done::Complete)
}
