//! Creates a flow from a file with the JSON of `aws appflow create-flow --cli-input-json`, and activates its schedule.
//!
//! ```sh
//! cargo run --example create_flow appflow-sdk/examples/nightly-orders.json
//! ```

use appflow_sdk::Client;
use appflow_sdk::operation::create_flow::CreateFlowInput;
use appflow_sdk::types::TriggerType;
use std::error::Error;
use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: create_flow FILE")?;
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    // A misspelled member is an error with its line, and never passed over.
    let input: CreateFlowInput =
        serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
    let name = input.flow_name().unwrap_or_default().to_owned();
    let trigger = input.trigger_config().map(|trigger| trigger.trigger_type());
    let is_scheduled = trigger == Some(&TriggerType::Scheduled);

    let client = Client::from_env().await?;
    let created = client.create_flow().with_input(input).send().await?;
    println!("created {}", created.flow_arn().unwrap_or_default());

    if is_scheduled {
        // A new schedule is a draft until it is started.
        client.start_flow().flow_name(&name).send().await?;
        let active = client.wait_until_flow_active().flow_name(&name);
        active.wait(Duration::from_secs(60)).await?;
        println!("{name} is active");
    }
    Ok(())
}
