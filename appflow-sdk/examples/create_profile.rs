//! Creates a connector profile of Salesforce. Tokens come from environment variables, since other users of the machine can
//! see arguments.
//!
//! ```sh
//! ACCESS_TOKEN=… REFRESH_TOKEN=… cargo run --example create_profile salesforce https://acme.my.salesforce.com
//! ```

use appflow_sdk::Client;
use appflow_sdk::types::{
    ConnectionMode, ConnectorProfileConfig, ConnectorProfileCredentials,
    ConnectorProfileProperties, ConnectorType, SalesforceConnectorProfileCredentials,
    SalesforceConnectorProfileProperties,
};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(name), Some(url)) = (arguments.next(), arguments.next()) else {
        return Err("usage: create_profile PROFILE URL".into());
    };
    let variable = |name: &str| std::env::var(name).map_err(|error| format!("{name}: {error}"));
    let tokens = SalesforceConnectorProfileCredentials::builder()
        .access_token(variable("ACCESS_TOKEN")?)
        .refresh_token(variable("REFRESH_TOKEN")?);
    let instance = SalesforceConnectorProfileProperties::builder().instance_url(url);
    let properties = ConnectorProfileProperties::builder().salesforce(instance.build());
    let credentials = ConnectorProfileCredentials::builder().salesforce(tokens.build());
    let config = ConnectorProfileConfig::builder()
        .connector_profile_properties(properties.build())
        .connector_profile_credentials(credentials.build())
        .build();

    let client = Client::from_env().await?;
    let created = client
        .create_connector_profile()
        .connector_profile_name(name)
        .connector_type(ConnectorType::Salesforce)
        .connection_mode(ConnectionMode::Public)
        .connector_profile_config(config)
        .send()
        .await?;
    let arn = created.connector_profile_arn().unwrap_or_default();
    println!("created {arn}");
    Ok(())
}
