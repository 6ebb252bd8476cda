//! Every operation by this project's own SDK: all 25 are called and answered.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::{AppFlowLocal, AppFlowOperation};
use appflow_sdk::Client;
use appflow_sdk::types::{
    ConnectionMode, ConnectorProfileConfig, ConnectorProfileProperties,
    ConnectorProvisioningConfig, ConnectorProvisioningType, ConnectorType,
    LambdaConnectorProvisioningConfig, SalesforceConnectorProfileProperties,
};
use common::{destination, every, flow, map, on_demand, salesforce_profile, source};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// The names of the operations that were answered with 200, from the lines that tell of them.
type Answered = Arc<Mutex<BTreeSet<String>>>;

async fn flows(client: &Client) {
    let created = flow(client, "accounts", on_demand()).send().await.unwrap();
    let arn = created.flow_arn().unwrap();
    let started = client.start_flow().flow_name("accounts").send().await;
    let run = started.unwrap().execution_id.unwrap();
    let records = client.describe_flow_execution_records();
    let records = records.flow_name("accounts").send().await.unwrap();
    assert_eq!(records.flow_executions()[0].execution_id(), Some(&*run));
    let cancel = client.cancel_flow_executions().flow_name("accounts");
    let canceled = cancel.execution_ids(run).send().await.unwrap();
    assert!(canceled.invalid_executions().is_empty());
    let tag = client.tag_resource().resource_arn(arn);
    tag.tags("team", "sales").send().await.unwrap();
    let tags = client.list_tags_for_resource().resource_arn(arn);
    assert_eq!(tags.send().await.unwrap().tags.unwrap()["team"], "sales");
    let untag = client.untag_resource().resource_arn(arn);
    untag.tag_keys("team").send().await.unwrap();
    let update = client.update_flow().flow_name("accounts");
    let update = update.trigger_config(every("rate(1hours)"));
    let update = update.source_flow_config(source()).tasks(map("name"));
    let updated = update.destination_flow_config_list(destination()).send();
    assert_eq!(
        updated.await.unwrap().flow_status().unwrap().as_str(),
        "Draft"
    );
    client
        .start_flow()
        .flow_name("accounts")
        .send()
        .await
        .unwrap();
    let stopped = client.stop_flow().flow_name("accounts").send().await;
    assert_eq!(
        stopped.unwrap().flow_status().unwrap().as_str(),
        "Suspended"
    );
    let described = client.describe_flow().flow_name("accounts").send().await;
    assert_eq!(described.unwrap().flow_arn(), Some(arn));
    assert_eq!(client.list_flows().send().await.unwrap().flows().len(), 1);
    let delete = client.delete_flow().flow_name("accounts");
    delete.force_delete(true).send().await.unwrap();
}

async fn profiles(client: &Client) {
    salesforce_profile(client, "crm").await.unwrap();
    let salesforce = SalesforceConnectorProfileProperties::builder()
        .instance_url("https://example.my.salesforce.com")
        .build();
    let properties = ConnectorProfileProperties::builder()
        .salesforce(salesforce)
        .build();
    let config = ConnectorProfileConfig::builder()
        .connector_profile_properties(properties)
        .build();
    let update = client
        .update_connector_profile()
        .connector_profile_name("crm");
    let update = update.connection_mode(ConnectionMode::Public);
    let update = update.connector_profile_config(config);
    update.send().await.unwrap();
    let profiles = client.describe_connector_profiles().send().await.unwrap();
    let first = profiles.connector_profile_details()[0].clone();
    let properties = first.connector_profile_properties.unwrap();
    assert_eq!(
        properties.salesforce.unwrap().instance_url.as_deref(),
        Some("https://example.my.salesforce.com")
    );
    let entities = client
        .list_connector_entities()
        .connector_profile_name("crm");
    let entities = entities.send().await.unwrap();
    assert!(entities.connector_entity_map.contains_key("Objects"));
    let entity = client
        .describe_connector_entity()
        .connector_profile_name("crm");
    let entity = entity.connector_entity_name("Account").send().await;
    assert!(!entity.unwrap().connector_entity_fields().is_empty());
    let reset = client
        .reset_connector_metadata_cache()
        .connector_profile_name("crm");
    reset.send().await.unwrap();
    let delete = client
        .delete_connector_profile()
        .connector_profile_name("crm");
    delete.send().await.unwrap();
}

async fn connectors(client: &Client) {
    let catalogue = client.describe_connectors().into_paginator().send();
    let pages = catalogue.try_collect().await.unwrap();
    assert!(pages.len() > 1, "the catalogue has more than one page");
    let salesforce = client
        .describe_connector()
        .connector_type(ConnectorType::Salesforce);
    let salesforce = salesforce.send().await.unwrap();
    assert!(salesforce.connector_configuration.is_some());
    let function = "arn:aws:lambda:us-east-1:000000000000:function:connector";
    let lambda = LambdaConnectorProvisioningConfig::builder()
        .lambda_arn(function)
        .build()
        .unwrap();
    let config = ConnectorProvisioningConfig::builder()
        .lambda(lambda)
        .build();
    let register = client.register_connector().connector_label("memory");
    let register = register.connector_provisioning_type(ConnectorProvisioningType::Lambda);
    let register = register.connector_provisioning_config(config.clone());
    let registered = register.send().await.unwrap();
    assert!(registered.connector_arn().unwrap().ends_with("/memory"));
    let update = client
        .update_connector_registration()
        .connector_label("memory");
    let update = update.connector_provisioning_config(config);
    update.description("again").send().await.unwrap();
    let listed = client.list_connectors().send().await.unwrap();
    assert_eq!(listed.connectors()[0].connector_label(), Some("memory"));
    let unregister = client.unregister_connector().connector_label("memory");
    unregister.send().await.unwrap();
}

#[tokio::test]
async fn all_operations_are_answered() {
    let answered = Answered::default();
    let sink = answered.clone();
    let local = AppFlowLocal::builder()
        .log(move |line| {
            let mut words = line.split(' ').skip(1);
            if words.next() == Some("200") {
                let name = words.next().unwrap_or_default().to_owned();
                sink.lock().unwrap().insert(name);
            }
        })
        .start()
        .await
        .unwrap();
    local.clock().freeze();
    let client = local.client();
    flows(&client).await;
    profiles(&client).await;
    connectors(&client).await;
    let all: BTreeSet<String> = AppFlowOperation::ALL
        .iter()
        .map(|operation| operation.name().to_owned())
        .collect();
    assert_eq!(all.len(), 25);
    assert_eq!(*answered.lock().unwrap(), all);
}
