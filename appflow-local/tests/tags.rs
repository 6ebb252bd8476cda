//! Tags: on flows and registered connectors, within AWS's limits, and on nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_sdk::Client;
use appflow_sdk::config::Validation;
use appflow_sdk::types::{
    ConnectorProvisioningConfig, ConnectorProvisioningType, LambdaConnectorProvisioningConfig,
};
use common::{flow, frozen, on_demand, salesforce_profile};
use std::collections::HashMap;

async fn connector(client: &Client) -> String {
    let lambda = LambdaConnectorProvisioningConfig::builder()
        .lambda_arn("arn:aws:lambda:us-east-1:000000000000:function:connector")
        .build()
        .unwrap();
    let config = ConnectorProvisioningConfig::builder()
        .lambda(lambda)
        .build();
    let register = client.register_connector().connector_label("memory");
    let register = register.connector_provisioning_type(ConnectorProvisioningType::Lambda);
    let registered = register.connector_provisioning_config(config).send().await;
    registered.unwrap().connector_arn.unwrap()
}

async fn tags(client: &Client, arn: &str) -> usize {
    let listed = client.list_tags_for_resource().resource_arn(arn).send();
    listed.await.unwrap().tags.unwrap_or_default().len()
}

fn many(from: usize, to: usize) -> HashMap<String, String> {
    let tag = |number| (format!("k{number}"), "v".to_owned());
    (from..to).map(tag).collect()
}

#[tokio::test]
async fn flows_and_registered_connectors_take_fifty_tags() {
    let (_local, client) = frozen().await;
    let created = flow(&client, "f1", on_demand()).send().await.unwrap();
    for arn in [created.flow_arn.unwrap(), connector(&client).await] {
        let tag = |tags: HashMap<String, String>| {
            let call = client.tag_resource().resource_arn(&arn);
            call.set_tags(Some(tags.into_iter().collect())).send()
        };
        tag(many(0, 50)).await.unwrap();
        // Old keys may get new values.
        tag(many(49, 50)).await.unwrap();
        let refused = tag(many(50, 51)).await.unwrap_err();
        assert_eq!(refused.code(), Some("ValidationException"), "{arn}");
        assert_eq!(tags(&client, &arn).await, 50, "{arn}");
        let untag = client.untag_resource().resource_arn(&arn);
        untag
            .tag_keys("k1")
            .tag_keys("absent")
            .send()
            .await
            .unwrap();
        assert_eq!(tags(&client, &arn).await, 49, "{arn}");
    }
}

#[tokio::test]
async fn nothing_else_takes_tags() {
    let (local, client) = frozen().await;
    salesforce_profile(&client, "crm").await.unwrap();
    flow(&client, "f1", on_demand()).send().await.unwrap();
    let lax = local.config().to_builder().validation(Validation::OFF);
    let client = Client::from_conf(lax.build());
    let arn = |rest: &str| format!("arn:aws:appflow:{rest}");
    let table = [
        (
            arn("us-east-1:000000000000:connectorprofile/crm"),
            "ValidationException",
        ),
        (
            arn("us-east-1:000000000000:flow/absent"),
            "ResourceNotFoundException",
        ),
        (
            arn("eu-west-1:000000000000:flow/f1"),
            "ResourceNotFoundException",
        ),
        (
            arn("us-east-1:111122223333:flow/f1"),
            "ResourceNotFoundException",
        ),
        ("arn:aws:s3:::bucket".to_owned(), "ValidationException"),
        ("nonsense".to_owned(), "ValidationException"),
    ];
    for (arn, code) in table {
        let call = client.tag_resource().resource_arn(&arn).tags("a", "b");
        assert_eq!(call.send().await.unwrap_err().code(), Some(code), "{arn}");
    }
}
