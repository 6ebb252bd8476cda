//! Sums the records of a flow's runs and collects their errors.

use crate::sdk::Client;
use crate::sdk::types::{ExecutionRecord, ExecutionStatus};
use std::error::Error;

pub async fn run(client: &Client, name: &str) -> Result<(i64, Vec<String>), Box<dyn Error>> {
    let mut moved = 0;
    let mut faults = Vec::new();
    let mut pages = client
        .describe_flow_execution_records()
        .flow_name(name)
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        for record in page?.flow_executions() {
            match record.execution_status() {
                Some(ExecutionStatus::Successful) => moved += records(record),
                Some(ExecutionStatus::Error) => faults.extend(message(record)),
                Some(other) => println!(
                    "{}: {}",
                    record.execution_id().unwrap_or("?"),
                    other.as_str()
                ),
                None => {}
            }
        }
    }
    Ok((moved, faults))
}

fn records(record: &ExecutionRecord) -> i64 {
    record
        .execution_result()
        .and_then(|result| result.records_processed())
        .unwrap_or_default()
}

fn message(record: &ExecutionRecord) -> Option<String> {
    record
        .execution_result()?
        .error_info()?
        .execution_message
        .clone()
}
