//! Deletes a flow if it exists.

use crate::errors;
use crate::sdk::Client;
use std::error::Error;

pub async fn run(client: &Client, name: &str) -> Result<(), Box<dyn Error>> {
    match client
        .delete_flow()
        .flow_name(name)
        .force_delete(true)
        .send()
        .await
    {
        Err(error) if !errors::nothing_to_delete(&error) => Err(error.into()),
        _ => Ok(()),
    }
}
