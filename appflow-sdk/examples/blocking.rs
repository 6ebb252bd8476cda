//! A command without async: runs a flow if it exists, and lists all flows.
//!
//! ```sh
//! cargo run --features blocking --example blocking orders
//! ```

use appflow_sdk::Client;
use std::error::Error;
use std::time::Duration;

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).ok_or("usage: blocking FLOW")?;
    let client = Client::from_env_blocking()?;

    match client.start_flow().flow_name(&name).send_blocking() {
        Ok(started) => {
            if let Some(run) = started.execution_id() {
                let limit = Duration::from_secs(600);
                let record = client.wait_for_run_blocking(&name, run, limit)?;
                let status = record.execution_status().map(ToString::to_string);
                println!("run {run}: {}", status.unwrap_or_default());
            }
        }
        Err(error) if error.is_not_found() => println!("there is no flow {name}"),
        Err(error) => return Err(error.into()),
    }

    let flows = client.list_flows().into_paginator().items();
    for flow in flows.send_blocking() {
        println!("{}", flow?.flow_name().unwrap_or_default());
    }
    Ok(())
}
