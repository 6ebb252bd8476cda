//! Stops a flow, and returns whether flows of its type can be stopped.

use crate::errors;
use crate::sdk::Client;
use std::error::Error;

pub async fn run(client: &Client, name: &str) -> Result<bool, Box<dyn Error>> {
    match client.stop_flow().flow_name(name).send().await {
        Ok(_) => Ok(true),
        Err(error) => match errors::cannot_be_stopped(&error) {
            Some(message) => {
                println!("{name}: {message}");
                Ok(false)
            }
            None => Err(error.into()),
        },
    }
}
