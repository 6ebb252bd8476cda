//! Repeats a call while the service throttles it.

use crate::errors;
use crate::sdk::Client;
use aws_types::SdkConfig;
use std::error::Error;

pub async fn run(shared: &SdkConfig, entity: &str) -> Result<usize, Box<dyn Error>> {
    let client = Client::new(shared);
    for _ in 0..5 {
        let call = client
            .describe_connector_entity()
            .connector_entity_name(entity);
        match call.send().await {
            Ok(answer) => return Ok(answer.connector_entity_fields.len()),
            Err(error) if errors::asks_for_patience(&error) => {
                println!("{}", errors::request_id(&error).unwrap_or("no request id"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err("no patience left".into())
}
