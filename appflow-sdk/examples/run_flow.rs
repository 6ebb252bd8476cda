//! Starts a run of a flow, shows its progress, waits until it ends, and prints the result.
//!
//! ```sh
//! cargo run --example run_flow orders
//! ```

use appflow_sdk::Client;
use appflow_sdk::types::ExecutionRecord;
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

    let show = |record: &ExecutionRecord| {
        let status = record.execution_status().map(|status| status.as_str());
        println!("{}", status.unwrap_or("not started"));
    };
    // Where a run failed, the error has the application's own message.
    let hour = Duration::from_secs(3_600);
    let record = client.wait_for_run_with(&flow, run, hour, show).await?;
    let result = record.execution_result();
    let records = result.and_then(|result| result.records_processed());
    println!("successful: {} records", records.unwrap_or_default());
    Ok(())
}
