//! A client and a name in; whether the flow is of a kind that can be stopped out.

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
