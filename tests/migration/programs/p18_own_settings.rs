//! Creates a client with explicit settings, and cancels runs.

use crate::sdk::Client;
use crate::sdk::config::{Config, Credentials, Region};
use crate::settings;
use std::error::Error;

pub async fn run(key: &str, secret: &str, address: &str) -> Result<Client, Box<dyn Error>> {
    let config = settings::begin(Config::builder())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new(key, secret, None, None, "own"))
        .endpoint_url(address)
        .build();
    let client = Client::from_conf(config);
    let answer = client
        .cancel_flow_executions()
        .flow_name("copy")
        .execution_ids("1")
        .execution_ids("2")
        .send()
        .await?;
    println!("{} of 2 are no runs", answer.invalid_executions().len());
    Ok(client)
}
