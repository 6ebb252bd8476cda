//! Creates a connector profile for Salesforce with tokens.

use crate::sdk::Client;
use crate::sdk::types::{
    ConnectionMode, ConnectorOAuthRequest, ConnectorProfileConfig, ConnectorProfileCredentials,
    ConnectorProfileProperties, ConnectorType, SalesforceConnectorProfileCredentials,
    SalesforceConnectorProfileProperties,
};
use std::error::Error;

pub async fn run(
    client: &Client,
    access: &str,
    refresh: &str,
) -> Result<Option<String>, Box<dyn Error>> {
    let properties = SalesforceConnectorProfileProperties::builder()
        .instance_url("https://example.my.salesforce.com")
        .is_sandbox_environment(true)
        .build();
    let credentials = SalesforceConnectorProfileCredentials::builder()
        .access_token(access)
        .refresh_token(refresh)
        .o_auth_request(
            ConnectorOAuthRequest::builder()
                .redirect_uri("https://example.com/done")
                .build(),
        )
        .build();
    let config = ConnectorProfileConfig::builder()
        .connector_profile_properties(
            ConnectorProfileProperties::builder()
                .salesforce(properties)
                .build(),
        )
        .connector_profile_credentials(
            ConnectorProfileCredentials::builder()
                .salesforce(credentials)
                .build(),
        )
        .build();
    let created = client
        .create_connector_profile()
        .connector_profile_name("sales")
        .connector_type(ConnectorType::Salesforce)
        .connection_mode(ConnectionMode::Public)
        .connector_profile_config(config)
        .send()
        .await?;
    Ok(created.connector_profile_arn)
}
