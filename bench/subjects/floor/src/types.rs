//! The serde types of the three calls, with only the members that are used.

#![allow(
    dead_code,
    reason = "outputs are read whole, as a user needs them, and only counted here"
)]

use harness::{FLOW_NAME, TASKS};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ListFlows {
    pub(crate) next_token: String,
}

#[derive(Deserialize)]
pub(crate) struct Flows {
    pub(crate) flows: Vec<Flow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Flow {
    flow_arn: Option<String>,
    description: Option<String>,
    flow_name: Option<String>,
    flow_status: Option<String>,
    source_connector_type: Option<String>,
    source_connector_label: Option<String>,
    destination_connector_type: Option<String>,
    destination_connector_label: Option<String>,
    trigger_type: Option<String>,
    created_at: Option<f64>,
    last_updated_at: Option<f64>,
    created_by: Option<String>,
    last_updated_by: Option<String>,
    tags: Option<HashMap<String, String>>,
    last_run_execution_details: Option<ExecutionDetails>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ExecutionDetails {
    most_recent_execution_message: Option<String>,
    most_recent_execution_time: Option<f64>,
    most_recent_execution_status: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DescribeConnectorEntity {
    pub(crate) connector_entity_name: String,
    pub(crate) connector_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entity {
    pub(crate) connector_entity_fields: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Field {
    identifier: String,
    parent_identifier: Option<String>,
    label: Option<String>,
    #[serde(default)]
    is_primary_key: bool,
    default_value: Option<String>,
    #[serde(default)]
    is_deprecated: bool,
    supported_field_type_details: Option<SupportedFieldTypeDetails>,
    description: Option<String>,
    source_properties: Option<SourceProperties>,
    destination_properties: Option<DestinationProperties>,
    custom_properties: Option<HashMap<String, String>>,
}

#[derive(Deserialize)]
struct SupportedFieldTypeDetails {
    v1: Option<FieldTypeDetails>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FieldTypeDetails {
    field_type: String,
    filter_operators: Vec<String>,
    supported_values: Option<Vec<String>>,
    value_regex_pattern: Option<String>,
    supported_date_format: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct SourceProperties {
    is_retrievable: bool,
    is_queryable: bool,
    is_timestamp_field_for_incremental_queries: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct DestinationProperties {
    is_creatable: bool,
    is_nullable: bool,
    is_upsertable: bool,
    is_updatable: bool,
    is_defaulted_on_create: bool,
    supported_write_operations: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Created {
    pub(crate) flow_arn: String,
    pub(crate) flow_status: String,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CreateFlow {
    flow_name: String,
    trigger_config: serde_json::Value,
    source_flow_config: serde_json::Value,
    destination_flow_config_list: Vec<serde_json::Value>,
    tasks: Vec<Task>,
    client_token: String,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    source_fields: Vec<String>,
    connector_operator: HashMap<&'static str, &'static str>,
    destination_field: String,
    task_type: &'static str,
}

impl CreateFlow {
    /// Returns the flow that all programs create.
    pub(crate) fn example() -> Self {
        let task = |number: usize| Task {
            source_fields: vec![format!("Field{number:03}")],
            connector_operator: HashMap::from([("Salesforce", "NO_OP")]),
            destination_field: format!("field_{number:03}"),
            task_type: "Map",
        };
        Self {
            flow_name: FLOW_NAME.to_owned(),
            trigger_config: serde_json::json!({ "triggerType": "OnDemand" }),
            source_flow_config: serde_json::json!({
                "connectorType": "Salesforce",
                "connectorProfileName": "bench",
                "sourceConnectorProperties": { "Salesforce": { "object": "Account" } },
            }),
            destination_flow_config_list: vec![serde_json::json!({
                "connectorType": "S3",
                "destinationConnectorProperties": { "S3": { "bucketName": "bench-bucket" } },
            })],
            tasks: (0..TASKS).map(task).collect(),
            client_token: "11111111-2222-4333-8444-555555555555".to_owned(),
        }
    }
}
