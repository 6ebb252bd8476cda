//! Lists the objects of an application that have child objects.

use crate::sdk::Client;
use std::error::Error;

pub async fn run(client: &Client, profile: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let answer = client
        .list_connector_entities()
        .connector_profile_name(profile)
        .send()
        .await?;
    Ok(answer
        .connector_entity_map()
        .values()
        .flatten()
        .filter(|entity| entity.has_nested_entities())
        .map(|entity| entity.name().to_owned())
        .collect())
}
