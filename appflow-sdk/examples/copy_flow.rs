//! Copies a flow: same source, destination, trigger, tasks and tags, under another name.
//!
//! ```sh
//! cargo run --example copy_flow nightly-orders nightly-orders-2
//! ```

use appflow_sdk::Client;
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        return Err("usage: copy_flow FROM TO".into());
    };
    let client = Client::from_env().await?;
    let flow = client.describe_flow().flow_name(&from).send().await?;
    let copied = client
        .create_flow()
        .flow_name(&to)
        .set_description(flow.description)
        .set_kms_arn(flow.kms_arn)
        .set_trigger_config(flow.trigger_config)
        .set_source_flow_config(flow.source_flow_config)
        .set_destination_flow_config_list(flow.destination_flow_config_list)
        .set_tasks(flow.tasks)
        .set_metadata_catalog_config(flow.metadata_catalog_config)
        .set_tags(flow.tags)
        .send()
        .await;
    match copied {
        Ok(copied) => println!("{from} is now {}, too", copied.flow_arn().unwrap_or(&to)),
        Err(error) if error.is_conflict() => println!("there is a flow {to} already"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
