//! Starts a run and returns its id.

use crate::sdk::Client;
use std::error::Error;

pub async fn run(
    client: &Client,
    name: impl Into<String>,
) -> Result<Option<String>, Box<dyn Error>> {
    let started = client
        .start_flow()
        .flow_name(name)
        .client_token("once")
        .send()
        .await?;
    Ok(started.execution_id)
}
