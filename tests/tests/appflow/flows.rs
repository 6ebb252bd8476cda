//! Tests of operations on flows and their runs.

use crate::support::{assert_post, call};
use appflow_sdk::primitives::DateTime;
use appflow_sdk::types::*;
use serde_json::{Value, json};

fn trigger() -> TriggerConfig {
    let schedule = ScheduledTriggerProperties::builder()
        .schedule_expression("rate(1hours)")
        .data_pull_mode(DataPullMode::Incremental)
        .schedule_start_time(DateTime::from_secs(1_704_164_645))
        .schedule_end_time(DateTime::from_millis(1_735_787_045_250))
        .timezone("Europe/Berlin")
        .schedule_offset(3600)
        .first_execution_from(DateTime::from_secs(0))
        .flow_error_deactivation_threshold(3)
        .build()
        .unwrap();
    TriggerConfig::builder()
        .trigger_type(TriggerType::Scheduled)
        .trigger_properties(TriggerProperties::builder().scheduled(schedule).build())
        .build()
        .unwrap()
}

fn trigger_json() -> Value {
    json!({
        "triggerType": "Scheduled",
        "triggerProperties": {"Scheduled": {
            "scheduleExpression": "rate(1hours)",
            "dataPullMode": "Incremental",
            "scheduleStartTime": 1_704_164_645,
            "scheduleEndTime": 1_735_787_045.25,
            "timezone": "Europe/Berlin",
            "scheduleOffset": 3600,
            "firstExecutionFrom": 0,
            "flowErrorDeactivationThreshold": 3
        }}
    })
}

fn source() -> SourceFlowConfig {
    let salesforce = SalesforceSourceProperties::builder()
        .object("Account")
        .enable_dynamic_field_update(true)
        .include_deleted_records(true)
        .data_transfer_api(SalesforceDataTransferApi::Bulkv2)
        .build()
        .unwrap();
    let pull = IncrementalPullConfig::builder().datetime_type_field_name("LastModifiedDate");
    SourceFlowConfig::builder()
        .connector_type(ConnectorType::Salesforce)
        .api_version("v58.0")
        .connector_profile_name("crm")
        .source_connector_properties(
            SourceConnectorProperties::builder()
                .salesforce(salesforce)
                .build(),
        )
        .incremental_pull_config(pull.build())
        .build()
        .unwrap()
}

fn source_json() -> Value {
    json!({
        "connectorType": "Salesforce",
        "apiVersion": "v58.0",
        "connectorProfileName": "crm",
        "sourceConnectorProperties": {"Salesforce": {
            "object": "Account",
            "enableDynamicFieldUpdate": true,
            "includeDeletedRecords": true,
            "dataTransferApi": "BULKV2"
        }},
        "incrementalPullConfig": {"datetimeTypeFieldName": "LastModifiedDate"}
    })
}

fn destination() -> DestinationFlowConfig {
    let prefix = PrefixConfig::builder()
        .prefix_type(PrefixType::PathAndFilename)
        .prefix_format(PrefixFormat::Day)
        .path_prefix_hierarchy(PathPrefix::ExecutionId)
        .path_prefix_hierarchy(PathPrefix::SchemaVersion);
    let aggregation = AggregationConfig::builder()
        .aggregation_type(AggregationType::SingleFile)
        .target_file_size(128);
    let format = S3OutputFormatConfig::builder()
        .file_type(FileType::Parquet)
        .prefix_config(prefix.build())
        .aggregation_config(aggregation.build())
        .preserve_source_data_typing(true);
    let s3 = S3DestinationProperties::builder()
        .bucket_name("sales-bucket")
        .bucket_prefix("accounts")
        .s3_output_format_config(format.build())
        .build()
        .unwrap();
    DestinationFlowConfig::builder()
        .connector_type(ConnectorType::S3)
        .api_version("1")
        .connector_profile_name("none")
        .destination_connector_properties(DestinationConnectorProperties::builder().s3(s3).build())
        .build()
        .unwrap()
}

fn destination_json() -> Value {
    json!({
        "connectorType": "S3",
        "apiVersion": "1",
        "connectorProfileName": "none",
        "destinationConnectorProperties": {"S3": {
            "bucketName": "sales-bucket",
            "bucketPrefix": "accounts",
            "s3OutputFormatConfig": {
                "fileType": "PARQUET",
                "prefixConfig": {
                    "prefixType": "PATH_AND_FILENAME",
                    "prefixFormat": "DAY",
                    "pathPrefixHierarchy": ["EXECUTION_ID", "SCHEMA_VERSION"]
                },
                "aggregationConfig": {"aggregationType": "SingleFile", "targetFileSize": 128},
                "preserveSourceDataTyping": true
            }
        }}
    })
}

fn tasks() -> [Task; 2] {
    let operator = |operator| ConnectorOperator::builder().salesforce(operator).build();
    let projection = Task::builder()
        .task_type(TaskType::Filter)
        .connector_operator(operator(SalesforceConnectorOperator::Projection))
        .source_fields("Id")
        .source_fields("Name")
        .set_task_properties(Some(Default::default()));
    let map = Task::builder()
        .task_type(TaskType::Map)
        .connector_operator(operator(SalesforceConnectorOperator::NoOp))
        .source_fields("Id")
        .destination_field("id")
        .task_properties(OperatorPropertiesKeys::SourceDataType, "string")
        .task_properties(OperatorPropertiesKeys::from("NEW_KEY"), "x");
    [projection.build().unwrap(), map.build().unwrap()]
}

fn tasks_json() -> Value {
    json!([
        {
            "taskType": "Filter",
            "connectorOperator": {"Salesforce": "PROJECTION"},
            "sourceFields": ["Id", "Name"],
            "taskProperties": {}
        },
        {
            "taskType": "Map",
            "connectorOperator": {"Salesforce": "NO_OP"},
            "sourceFields": ["Id"],
            "destinationField": "id",
            "taskProperties": {"SOURCE_DATA_TYPE": "string", "NEW_KEY": "x"}
        }
    ])
}

fn catalog() -> MetadataCatalogConfig {
    let glue = GlueDataCatalogConfig::builder()
        .role_arn("arn:aws:iam::123456789012:role/catalog")
        .database_name("sales")
        .table_prefix("af")
        .build()
        .unwrap();
    MetadataCatalogConfig::builder()
        .glue_data_catalog(glue)
        .build()
}

fn catalog_json() -> Value {
    json!({"glueDataCatalog": {
        "roleArn": "arn:aws:iam::123456789012:role/catalog",
        "databaseName": "sales",
        "tablePrefix": "af"
    }})
}

#[tokio::test]
async fn create_flow() {
    let answer = json!({"flowArn": "arn:aws:appflow:eu-central-1:123456789012:flow/accounts", "flowStatus": "Draft"});
    let (output, request) = call(answer, async |client| {
        let [projection, map] = tasks();
        client
            .create_flow()
            .flow_name("accounts")
            .description("All accounts")
            .kms_arn("arn:aws:kms:eu-central-1:123456789012:key/1")
            .trigger_config(trigger())
            .source_flow_config(source())
            .destination_flow_config_list(destination())
            .tasks(projection)
            .tasks(map)
            .tags("team", "sales")
            .metadata_catalog_config(catalog())
            .client_token("token-of-mine")
            .send()
            .await
    })
    .await;
    let body = json!({
        "flowName": "accounts",
        "description": "All accounts",
        "kmsArn": "arn:aws:kms:eu-central-1:123456789012:key/1",
        "triggerConfig": trigger_json(),
        "sourceFlowConfig": source_json(),
        "destinationFlowConfigList": [destination_json()],
        "tasks": tasks_json(),
        "tags": {"team": "sales"},
        "metadataCatalogConfig": catalog_json(),
        "clientToken": "token-of-mine"
    });
    assert_post(&request, "/create-flow", &body);
    assert_eq!(
        output.flow_arn(),
        Some("arn:aws:appflow:eu-central-1:123456789012:flow/accounts")
    );
    assert_eq!(output.flow_status(), Some(&FlowStatus::Draft));
}

#[tokio::test]
async fn update_flow() {
    let (output, request) = call(json!({"flowStatus": "Active"}), async |client| {
        client
            .update_flow()
            .flow_name("accounts")
            .description("")
            .trigger_config(trigger())
            .source_flow_config(source())
            .destination_flow_config_list(destination())
            .set_tasks(Some(tasks().to_vec()))
            .metadata_catalog_config(catalog())
            .client_token("token-of-mine")
            .send()
            .await
    })
    .await;
    let body = json!({
        "flowName": "accounts",
        "description": "",
        "triggerConfig": trigger_json(),
        "sourceFlowConfig": source_json(),
        "destinationFlowConfigList": [destination_json()],
        "tasks": tasks_json(),
        "metadataCatalogConfig": catalog_json(),
        "clientToken": "token-of-mine"
    });
    assert_post(&request, "/update-flow", &body);
    assert_eq!(output.flow_status(), Some(&FlowStatus::Active));
}

#[tokio::test]
async fn describe_flow() {
    let answer = json!({
        "flowArn": "arn:flow",
        "description": "All accounts",
        "flowName": "accounts",
        "kmsArn": "arn:kms",
        "flowStatus": "Suspended",
        "flowStatusMessage": "Too many errors",
        "sourceFlowConfig": source_json(),
        "destinationFlowConfigList": [destination_json()],
        "lastRunExecutionDetails": {
            "mostRecentExecutionMessage": "done",
            "mostRecentExecutionTime": 1_704_164_645.123,
            "mostRecentExecutionStatus": "Successful"
        },
        "triggerConfig": trigger_json(),
        "tasks": tasks_json(),
        "createdAt": 1_704_164_645,
        "lastUpdatedAt": 1.704164646E9,
        "createdBy": "arn:creator",
        "lastUpdatedBy": "arn:updater",
        "tags": {"team": "sales"},
        "metadataCatalogConfig": catalog_json(),
        "lastRunMetadataCatalogDetails": [{
            "catalogType": "GLUE",
            "tableName": "af_accounts",
            "tableRegistrationOutput": {"message": "m", "result": "r", "status": "Successful"},
            "partitionRegistrationOutput": {"status": "Error"}
        }],
        "schemaVersion": 9_007_199_254_740_993_i64
    });
    let (output, request) = call(answer, async |client| {
        client.describe_flow().flow_name("accounts").send().await
    })
    .await;
    assert_post(&request, "/describe-flow", &json!({"flowName": "accounts"}));
    assert_eq!(output.flow_arn(), Some("arn:flow"));
    assert_eq!(output.description(), Some("All accounts"));
    assert_eq!(output.flow_name(), Some("accounts"));
    assert_eq!(output.kms_arn(), Some("arn:kms"));
    assert_eq!(output.flow_status(), Some(&FlowStatus::Suspended));
    assert_eq!(output.flow_status_message(), Some("Too many errors"));
    assert_eq!(output.source_flow_config(), Some(&source()));
    assert_eq!(output.destination_flow_config_list(), [destination()]);
    assert_eq!(output.trigger_config(), Some(&trigger()));
    assert_eq!(output.tasks(), tasks());
    assert_eq!(
        output.created_at(),
        Some(&DateTime::from_secs(1_704_164_645))
    );
    assert_eq!(
        output.last_updated_at(),
        Some(&DateTime::from_secs(1_704_164_646))
    );
    assert_eq!(output.created_by(), Some("arn:creator"));
    assert_eq!(output.last_updated_by(), Some("arn:updater"));
    assert_eq!(output.tags().unwrap()["team"], "sales");
    assert_eq!(output.metadata_catalog_config(), Some(&catalog()));
    assert_eq!(output.schema_version(), Some(9_007_199_254_740_993));
    let run = output.last_run_execution_details().unwrap();
    assert_eq!(run.most_recent_execution_message(), Some("done"));
    assert_eq!(
        run.most_recent_execution_time(),
        Some(&DateTime::from_millis(1_704_164_645_123))
    );
    assert_eq!(
        run.most_recent_execution_status(),
        Some(&ExecutionStatus::Successful)
    );
    let [catalog] = output.last_run_metadata_catalog_details() else {
        panic!("{output:?}")
    };
    assert_eq!(catalog.catalog_type(), Some(&CatalogType::Glue));
    assert_eq!(catalog.table_name(), Some("af_accounts"));
    let registration = catalog.table_registration_output().unwrap();
    assert_eq!(
        (registration.message(), registration.result()),
        (Some("m"), Some("r"))
    );
    let partition = catalog.partition_registration_output().unwrap();
    assert_eq!(partition.status(), Some(&ExecutionStatus::Error));
}

#[tokio::test]
async fn delete_flow() {
    let (output, request) = call(json!({}), async |client| {
        client
            .delete_flow()
            .flow_name("accounts")
            .force_delete(true)
            .send()
            .await
    })
    .await;
    assert_post(
        &request,
        "/delete-flow",
        &json!({"flowName": "accounts", "forceDelete": true}),
    );
    assert_eq!(output.request_id(), Some("request-1"));
}

#[tokio::test]
async fn list_flows() {
    let flow = json!({
        "flowArn": "arn:flow",
        "description": "d",
        "flowName": "accounts",
        "flowStatus": "Active",
        "sourceConnectorType": "Salesforce",
        "sourceConnectorLabel": "source-label",
        "destinationConnectorType": "S3",
        "destinationConnectorLabel": "destination-label",
        "triggerType": "OnDemand",
        "createdAt": 1,
        "lastUpdatedAt": 2,
        "createdBy": "a",
        "lastUpdatedBy": "b",
        "tags": {},
        "lastRunExecutionDetails": {"mostRecentExecutionStatus": "InProgress"}
    });
    let answer = json!({"flows": [flow, {}], "nextToken": "next"});
    let (output, request) = call(answer, async |client| {
        client
            .list_flows()
            .max_results(20)
            .next_token("this")
            .send()
            .await
    })
    .await;
    assert_post(
        &request,
        "/list-flows",
        &json!({"maxResults": 20, "nextToken": "this"}),
    );
    assert_eq!(output.next_token(), Some("next"));
    let [flow, empty] = output.flows() else {
        panic!("{output:?}")
    };
    assert_eq!(flow.flow_arn(), Some("arn:flow"));
    assert_eq!(
        flow.source_connector_type(),
        Some(&ConnectorType::Salesforce)
    );
    assert_eq!(flow.source_connector_label(), Some("source-label"));
    assert_eq!(flow.destination_connector_type(), Some(&ConnectorType::S3));
    assert_eq!(
        flow.destination_connector_label(),
        Some("destination-label")
    );
    assert_eq!(flow.trigger_type(), Some(&TriggerType::Ondemand));
    assert_eq!(flow.created_at().map(DateTime::secs), Some(1));
    assert_eq!(flow.tags().map(|tags| tags.len()), Some(0));
    let run = flow.last_run_execution_details().unwrap();
    assert_eq!(
        run.most_recent_execution_status(),
        Some(&ExecutionStatus::Inprogress)
    );
    assert_eq!(empty, &FlowDefinition::builder().build());
}

#[tokio::test]
async fn start_flow() {
    let answer = json!({"flowArn": "arn:flow", "flowStatus": "Active", "executionId": "run-1"});
    let (output, request) = call(answer, async |client| {
        client
            .start_flow()
            .flow_name("accounts")
            .client_token("mine")
            .send()
            .await
    })
    .await;
    assert_post(
        &request,
        "/start-flow",
        &json!({"flowName": "accounts", "clientToken": "mine"}),
    );
    assert_eq!(output.flow_arn(), Some("arn:flow"));
    assert_eq!(output.flow_status(), Some(&FlowStatus::Active));
    assert_eq!(output.execution_id(), Some("run-1"));
}

#[tokio::test]
async fn stop_flow() {
    let answer = json!({"flowArn": "arn:flow", "flowStatus": "Suspended"});
    let (output, request) = call(answer, async |client| {
        client.stop_flow().flow_name("accounts").send().await
    })
    .await;
    assert_post(&request, "/stop-flow", &json!({"flowName": "accounts"}));
    assert_eq!(
        (output.flow_arn(), output.flow_status()),
        (Some("arn:flow"), Some(&FlowStatus::Suspended))
    );
}

#[tokio::test]
async fn describe_flow_execution_records() {
    let answer = json!({"nextToken": "next", "flowExecutions": [{
        "executionId": "run-1",
        "executionStatus": "Error",
        "executionResult": {
            "errorInfo": {"putFailuresCount": 1, "executionMessage": "no"},
            "bytesProcessed": 1, "bytesWritten": 2, "recordsProcessed": 3,
            "numParallelProcesses": 4, "maxPageSize": 5
        },
        "startedAt": 1, "lastUpdatedAt": 2,
        "dataPullStartTime": 3, "dataPullEndTime": 4,
        "metadataCatalogDetails": []
    }]});
    let (output, request) = call(answer, async |client| {
        let call = client
            .describe_flow_execution_records()
            .flow_name("accounts");
        call.max_results(100).next_token("this").send().await
    })
    .await;
    let body = json!({"flowName": "accounts", "maxResults": 100, "nextToken": "this"});
    assert_post(&request, "/describe-flow-execution-records", &body);
    assert_eq!(output.next_token(), Some("next"));
    let [run] = output.flow_executions() else {
        panic!("{output:?}")
    };
    assert_eq!(run.execution_id(), Some("run-1"));
    assert_eq!(run.execution_status(), Some(&ExecutionStatus::Error));
    assert_eq!(run.data_pull_end_time().map(DateTime::secs), Some(4));
    let result = run.execution_result().unwrap();
    assert_eq!(
        (result.bytes_processed(), result.bytes_written()),
        (Some(1), Some(2))
    );
    assert_eq!(
        (result.records_processed(), result.num_parallel_processes()),
        (Some(3), Some(4))
    );
    assert_eq!(result.max_page_size(), Some(5));
    let error = result.error_info().unwrap();
    assert_eq!(
        (error.put_failures_count(), error.execution_message()),
        (Some(1), Some("no"))
    );
}

#[tokio::test]
async fn cancel_flow_executions() {
    let (output, request) = call(json!({"invalidExecutions": ["run-2"]}), async |client| {
        let call = client.cancel_flow_executions().flow_name("accounts");
        call.execution_ids("run-1")
            .execution_ids("run-2")
            .send()
            .await
    })
    .await;
    let body = json!({"flowName": "accounts", "executionIds": ["run-1", "run-2"]});
    assert_post(&request, "/cancel-flow-executions", &body);
    assert_eq!(output.invalid_executions(), ["run-2"]);
}
