//! Builds an input separately from its call, and sends it to two regions.

use crate::sdk::Client;
use crate::sdk::config::{Config, Region};
use crate::sdk::operation::start_flow::{StartFlowInput, StartFlowOutput};
use crate::settings;
use std::error::Error;

pub async fn run(client: &Client) -> Result<Vec<StartFlowOutput>, Box<dyn Error>> {
    let input = StartFlowInput::builder().flow_name("copy").build()?;
    println!("{input:?}");
    let mut outputs = Vec::new();
    for region in ["us-east-1", "us-west-2"] {
        let call = client
            .start_flow()
            .set_flow_name(input.flow_name().map(str::to_owned));
        if call.get_flow_name().is_none() {
            continue;
        }
        let elsewhere = Config::builder().region(Region::new(region));
        let customized = call
            .customize()
            .config_override(settings::for_one_call(client, elsewhere));
        outputs.push(customized.send().await?);
    }
    Ok(outputs)
}
