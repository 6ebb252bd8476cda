//! Starts a run of a flow, shows its progress, waits until it ends, and prints the result.
//!
//! ```sh
//! cargo run --example run_flow orders
//! ```

use appflow_sdk::types::ExecutionRecord;
use appflow_sdk::{Client, WaitForRunError};
use std::error::Error;
use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let flow = std::env::args().nth(1).ok_or("usage: run_flow FLOW")?;
    let client = Client::from_env().await?;
    let started = client.start_flow().flow_name(&flow).send().await?;
    let Some(run) = started.execution_id() else {
        println!("{flow} has a schedule, which is active now");
        return Ok(());
    };
    println!("run {run} of {flow}");

    match wait(&client, &flow, run).await {
        Ok(record) => {
            let result = record.execution_result();
            let records = result.and_then(|result| result.records_processed());
            println!("successful: {} records", records.unwrap_or_default());
            Ok(())
        }
        Err(error) => {
            // What the application said, where a run failed.
            let result = error
                .last_output()
                .and_then(|record| record.execution_result());
            let info = result.and_then(|result| result.error_info());
            let message = info.and_then(|info| info.execution_message());
            Err(format!("{error}: {}", message.unwrap_or("no message")).into())
        }
    }
}

/// Waits for the run, and prints a line every second.
async fn wait(client: &Client, flow: &str, run: &str) -> Result<ExecutionRecord, WaitForRunError> {
    let mut waiting = std::pin::pin!(client.wait_for_run(flow, run, Duration::from_secs(3_600)));
    let mut seconds = tokio::time::interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            done = &mut waiting => return done,
            _ = seconds.tick() => println!("in progress"),
        }
    }
}
