//! Creates a profile of a custom connector with custom credentials.

use crate::sdk::Client;
use crate::sdk::types::{
    AuthenticationType, ConnectionMode, ConnectorProfileConfig, ConnectorProfileCredentials,
    ConnectorProfileProperties, ConnectorType, CustomAuthCredentials,
    CustomConnectorProfileCredentials, CustomConnectorProfileProperties, OAuth2GrantType,
    OAuth2Properties,
};
use std::error::Error;

pub async fn run(client: &Client, label: &str) -> Result<(), Box<dyn Error>> {
    let custom = CustomAuthCredentials::builder()
        .custom_authentication_type("token")
        .credentials_map("token", "secret")
        .build()?;
    let credentials = CustomConnectorProfileCredentials::builder()
        .authentication_type(AuthenticationType::Custom)
        .custom(custom)
        .build()?;
    let properties = CustomConnectorProfileProperties::builder()
        .profile_properties("region", "eu")
        .o_auth2_properties(
            OAuth2Properties::builder()
                .token_url("https://example.com/token")
                .o_auth2_grant_type(OAuth2GrantType::ClientCredentials)
                .build()?,
        )
        .build();
    client
        .create_connector_profile()
        .connector_profile_name("own")
        .connector_type(ConnectorType::Customconnector)
        .connector_label(label)
        .connection_mode(ConnectionMode::Private)
        .connector_profile_config(
            ConnectorProfileConfig::builder()
                .connector_profile_properties(
                    ConnectorProfileProperties::builder()
                        .custom_connector(properties)
                        .build(),
                )
                .connector_profile_credentials(
                    ConnectorProfileCredentials::builder()
                        .custom_connector(credentials)
                        .build(),
                )
                .build(),
        )
        .send()
        .await?;
    Ok(())
}
