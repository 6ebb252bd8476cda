//! Replaces the tokens of a connector profile of Salesforce and keeps its properties. Tokens come from environment
//! variables, since other users of the machine can see arguments.
//!
//! ```sh
//! ACCESS_TOKEN=… REFRESH_TOKEN=… cargo run --example rotate_credentials salesforce
//! ```

use appflow_sdk::Client;
use appflow_sdk::types::{
    ConnectorProfileConfig, ConnectorProfileCredentials, SalesforceConnectorProfileCredentials,
};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1);
    let name = name.ok_or("usage: rotate_credentials PROFILE")?;
    let variable = |name: &str| std::env::var(name).map_err(|error| format!("{name}: {error}"));
    let tokens = SalesforceConnectorProfileCredentials::builder()
        .access_token(variable("ACCESS_TOKEN")?)
        .refresh_token(variable("REFRESH_TOKEN")?)
        .build();

    let client = Client::from_env().await?;
    let profiles = client
        .describe_connector_profiles()
        .connector_profile_names(&name)
        .send()
        .await?
        .connector_profile_details
        .unwrap_or_default();
    let profile = profiles.into_iter().next().ok_or("no such profile")?;

    // An update replaces the whole profile, so what is to stay is sent again.
    let config = ConnectorProfileConfig::builder()
        .set_connector_profile_properties(profile.connector_profile_properties)
        .connector_profile_credentials(
            ConnectorProfileCredentials::builder()
                .salesforce(tokens)
                .build(),
        )
        .build();
    // Secrets do not print, so this can go into a log.
    println!("sending {:?}", config.connector_profile_credentials());
    client
        .update_connector_profile()
        .connector_profile_name(&name)
        .set_connection_mode(profile.connection_mode)
        .connector_profile_config(config)
        .send()
        .await?;
    println!("{name} has new tokens");
    Ok(())
}
