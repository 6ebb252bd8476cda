//! Describes a flow, or returns `None` if it does not exist.

use crate::errors;
use crate::sdk::Client;
use std::error::Error;

pub async fn run(client: &Client, name: &str) -> Result<Option<String>, Box<dyn Error>> {
    match client.describe_flow().flow_name(name).send().await {
        Ok(flow) => Ok(flow.description),
        Err(error) if errors::no_such_flow(&error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
