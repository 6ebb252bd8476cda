//! Registers a function as a connector.

use crate::sdk::Client;
use crate::sdk::types::{
    ConnectorProvisioningConfig, ConnectorProvisioningType, LambdaConnectorProvisioningConfig,
};
use std::error::Error;

pub async fn run(client: &Client, function: &str) -> Result<Option<String>, Box<dyn Error>> {
    let lambda = LambdaConnectorProvisioningConfig::builder()
        .lambda_arn(function)
        .build()?;
    let registered = client
        .register_connector()
        .connector_label("own")
        .connector_provisioning_type(ConnectorProvisioningType::Lambda)
        .connector_provisioning_config(
            ConnectorProvisioningConfig::builder()
                .lambda(lambda)
                .build(),
        )
        .send()
        .await?;
    Ok(registered.connector_arn().map(String::from))
}
