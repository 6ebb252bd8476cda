//! Helpers for tests: services, flows and profiles.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

pub(crate) mod function;
pub(crate) mod http;
pub(crate) mod lab;
pub(crate) mod program;
pub(crate) mod s3;

use appflow_local::AppFlowLocal;
use appflow_sdk::config::{Config, RetrySettings};
use appflow_sdk::operation::create_connector_profile::builders::CreateConnectorProfileFluentBuilder;
use appflow_sdk::operation::create_flow::builders::CreateFlowFluentBuilder;
use appflow_sdk::types::{
    ConnectionMode, ConnectorOperator, ConnectorProfileConfig, ConnectorProfileCredentials,
    ConnectorProfileProperties, ConnectorType, DestinationConnectorProperties,
    DestinationFlowConfig, ExecutionRecord, S3ConnectorOperator, S3DestinationProperties,
    S3SourceProperties, SalesforceConnectorProfileCredentials,
    SalesforceConnectorProfileProperties, ScheduledTriggerProperties, SourceConnectorProperties,
    SourceFlowConfig, Task, TaskType, TriggerConfig, TriggerProperties, TriggerType,
};
use appflow_sdk::{Client, Error};
use std::path::Path;

/// Starts a service with a frozen clock.
pub(crate) async fn frozen() -> (AppFlowLocal, Client) {
    let local = AppFlowLocal::start().await.unwrap();
    local.clock().freeze();
    let client = local.client();
    (local, client)
}

/// Starts a service with a data folder.
pub(crate) async fn keep(folder: &Path) -> AppFlowLocal {
    AppFlowLocal::builder()
        .data_dir(folder)
        .start()
        .await
        .unwrap()
}

/// Returns a client configuration with one attempt per call.
pub(crate) fn once(config: Config) -> Config {
    config
        .to_builder()
        .retry_config(RetrySettings::off())
        .build()
}

pub(crate) fn source() -> SourceFlowConfig {
    let s3 = S3SourceProperties::builder()
        .bucket_name("source")
        .bucket_prefix("in")
        .build()
        .unwrap();
    SourceFlowConfig::builder()
        .connector_type(ConnectorType::S3)
        .source_connector_properties(SourceConnectorProperties::builder().s3(s3).build())
        .build()
        .unwrap()
}

pub(crate) fn destination() -> DestinationFlowConfig {
    let s3 = S3DestinationProperties::builder()
        .bucket_name("target")
        .build()
        .unwrap();
    DestinationFlowConfig::builder()
        .connector_type(ConnectorType::S3)
        .destination_connector_properties(DestinationConnectorProperties::builder().s3(s3).build())
        .build()
        .unwrap()
}

pub(crate) fn map(field: &str) -> Task {
    Task::builder()
        .task_type(TaskType::Map)
        .source_fields(field)
        .destination_field(field)
        .connector_operator(
            ConnectorOperator::builder()
                .s3(S3ConnectorOperator::NoOp)
                .build(),
        )
        .build()
        .unwrap()
}

pub(crate) fn on_demand() -> TriggerConfig {
    TriggerConfig::builder()
        .trigger_type(TriggerType::Ondemand)
        .build()
        .unwrap()
}

pub(crate) fn every(expression: &str) -> TriggerConfig {
    scheduled(
        ScheduledTriggerProperties::builder()
            .schedule_expression(expression)
            .build()
            .unwrap(),
    )
}

pub(crate) fn scheduled(properties: ScheduledTriggerProperties) -> TriggerConfig {
    TriggerConfig::builder()
        .trigger_type(TriggerType::Scheduled)
        .trigger_properties(TriggerProperties::builder().scheduled(properties).build())
        .build()
        .unwrap()
}

/// Returns a flow from S3 to S3.
pub(crate) fn flow(client: &Client, name: &str, trigger: TriggerConfig) -> CreateFlowFluentBuilder {
    client
        .create_flow()
        .flow_name(name)
        .trigger_config(trigger)
        .source_flow_config(source())
        .destination_flow_config_list(destination())
        .tasks(map("name"))
}

/// Returns a profile for Salesforce, with an optional access token.
pub(crate) fn salesforce(
    client: &Client,
    name: &str,
    mode: ConnectionMode,
    token: Option<&str>,
) -> CreateConnectorProfileFluentBuilder {
    let properties = ConnectorProfileProperties::builder()
        .salesforce(SalesforceConnectorProfileProperties::builder().build())
        .build();
    let credentials = token.map(|token| {
        let salesforce = SalesforceConnectorProfileCredentials::builder().access_token(token);
        ConnectorProfileCredentials::builder()
            .salesforce(salesforce.build())
            .build()
    });
    let config = ConnectorProfileConfig::builder()
        .connector_profile_properties(properties)
        .set_connector_profile_credentials(credentials)
        .build();
    client
        .create_connector_profile()
        .connector_profile_name(name)
        .connector_type(ConnectorType::Salesforce)
        .connection_mode(mode)
        .connector_profile_config(config)
}

pub(crate) async fn salesforce_profile(client: &Client, name: &str) -> Result<(), Error> {
    let profile = salesforce(client, name, ConnectionMode::Public, None);
    profile.send().await.map(drop)
}

/// Returns the last hundred runs of a flow, newest first.
pub(crate) async fn runs(client: &Client, flow: &str) -> Vec<ExecutionRecord> {
    let records = client.describe_flow_execution_records().flow_name(flow);
    records
        .max_results(100)
        .send()
        .await
        .unwrap()
        .flow_executions
        .unwrap_or_default()
}

/// Returns the statuses of the runs of a flow, newest first.
pub(crate) async fn run_statuses(client: &Client, flow: &str) -> Vec<String> {
    let runs = runs(client, flow).await;
    runs.iter()
        .map(|run| run.execution_status().unwrap().to_string())
        .collect()
}

/// Returns the status of a flow.
pub(crate) async fn status(client: &Client, flow: &str) -> String {
    let described = client.describe_flow().flow_name(flow).send().await.unwrap();
    described.flow_status().unwrap().to_string()
}
