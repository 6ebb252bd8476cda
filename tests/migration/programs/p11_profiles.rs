//! Lists the profiles of one connector with their age.

use crate::sdk::Client;
use crate::sdk::primitives::DateTime;
use crate::sdk::types::ConnectorType;
use std::collections::HashMap;
use std::error::Error;

pub async fn run(client: &Client, now: DateTime) -> Result<HashMap<String, i64>, Box<dyn Error>> {
    let answer = client
        .describe_connector_profiles()
        .connector_type(ConnectorType::from("Slack"))
        .connector_profile_names("one")
        .set_connector_profile_names(None)
        .send()
        .await?;
    let mut ages = HashMap::new();
    for profile in answer.connector_profile_details() {
        if let (Some(name), Some(created)) =
            (profile.connector_profile_name(), profile.created_at())
        {
            ages.insert(name.to_owned(), now.secs() - created.secs());
        }
    }
    Ok(ages)
}
