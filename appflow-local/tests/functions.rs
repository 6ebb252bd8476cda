//! Custom connectors whose functions are called: registration, checks, entities, and both ends of runs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use common::function::{Endpoint, ask, filter, lab, map, profile, registration, set_up};
use common::lab::{builder, files};
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

#[tokio::test]
async fn a_registered_connector_is_described_by_its_function() {
    let endpoint = Endpoint::start(|_| None).await;
    let local = endpoint.service().await;
    set_up(&local).await;
    let asked = json!({"connectorType": "CustomConnector", "connectorLabel": "Contacts"});
    let (_, described) = ask(&local, "/describe-connector", asked).await;
    let configuration = &described["connectorConfiguration"];
    for (member, expected) in [
        ("connectorOwner", json!("Tests")),
        ("connectorVersion", json!("3.1")),
        ("connectorLabel", json!("Contacts")),
        ("supportedApiVersions", json!(["v1", "v2"])),
        ("supportedOperators", json!(["PROJECTION", "EQUAL_TO"])),
        ("canUseAsDestination", json!(true)),
    ] {
        assert_eq!(configuration[member], expected, "{member}");
    }
    let (_, listed) = ask(&local, "/list-connectors", json!({})).await;
    assert_eq!(listed["connectors"][0]["connectorName"], "Contacts");
    assert_eq!(
        endpoint.paths()[0],
        "/2015-03-31/functions/contacts/invocations"
    );
}

#[tokio::test]
async fn settings_and_credentials_are_checked_by_the_function_which_gets_no_secret() {
    let endpoint = Endpoint::start(|_| None).await;
    let local = endpoint.service().await;
    set_up(&local).await;
    let settings = endpoint.asked("ValidateConnectorRuntimeSettingsRequest");
    assert_eq!(settings[0]["scope"], "CONNECTOR_PROFILE");
    assert_eq!(
        settings[0]["connectorRuntimeSettings"],
        json!({"host": "h"})
    );
    let credentials = endpoint.asked("ValidateCredentialsRequest");
    assert_eq!(
        credentials[0]["credentials"]["authenticationType"],
        "BasicAuth"
    );
    let arn = credentials[0]["credentials"]["secretArn"].as_str().unwrap();
    assert!(arn.starts_with("arn:aws:secretsmanager:"), "{arn}");
    assert!(!format!("{settings:?}{credentials:?}").contains("hush"));
}

#[tokio::test]
async fn refusals_and_breakdowns_of_a_function_are_errors_and_change_nothing() {
    let refused = |code: &str| json!({"isSuccess": false, "errorDetails": {"errorCode": code, "errorMessage": "go away"}});
    let table = [
        (
            refused("InvalidCredentials"),
            "ConnectorAuthenticationException",
            "go away",
        ),
        (refused("InvalidArgument"), "ValidationException", "go away"),
        (
            refused("ServerError"),
            "ConnectorServerException",
            "go away",
        ),
        (
            json!({"isSuccess": false, "errorsByInputField": {"host": "no host"}}),
            "ConnectorServerException",
            "host: no host",
        ),
        (
            json!({"errorMessage": "division by zero", "errorType": "ZeroDivisionError"}),
            "ConnectorServerException",
            "division by zero",
        ),
        (json!({"status": 502}), "ConnectorServerException", "502"),
        (
            json!([]),
            "ConnectorServerException",
            "not one of the connector protocol",
        ),
    ];
    for (answer, code, message) in table {
        let given = answer.clone();
        let endpoint = Endpoint::start(move |question| {
            let checks = question["type"] == "ValidateConnectorRuntimeSettingsRequest";
            checks.then(|| given.clone())
        })
        .await;
        let local = endpoint.service().await;
        ask(&local, "/register-connector", registration()).await;
        let (status, error) = ask(&local, "/create-connector-profile", profile()).await;
        assert!(status >= 400, "{answer}");
        let text = error.to_string();
        assert!(text.contains(message), "{answer}: {text}");
        let (_, listed) = ask(&local, "/describe-connector-profiles", json!({})).await;
        assert_eq!(listed["connectorProfileDetails"], json!([]), "{code}");
    }
    // No server listens on this port.
    let local = builder()
        .lambda_endpoint("http://127.0.0.1:9")
        .unwrap()
        .start()
        .await
        .unwrap();
    let (status, error) = ask(&local, "/register-connector", registration()).await;
    assert!(
        status >= 400 && error.to_string().contains("127.0.0.1:9"),
        "{error}"
    );
}

#[tokio::test]
async fn entities_are_those_of_the_function_page_by_page() {
    let endpoint = Endpoint::start(|_| None).await;
    let local = endpoint.service().await;
    set_up(&local).await;
    let asked = json!({"connectorProfileName": "mine", "entitiesPath": "crm", "maxResults": 1, "apiVersion": "v1"});
    let (_, listed) = ask(&local, "/list-connector-entities", asked).await;
    assert_eq!(
        listed["connectorEntityMap"]["Objects"][0]["name"],
        "Contact"
    );
    assert_eq!(listed["nextToken"], "more");
    let asked = json!({"connectorProfileName": "mine", "nextToken": "more"});
    ask(&local, "/list-connector-entities", asked).await;
    let requests = endpoint.asked("ListEntitiesRequest");
    assert_eq!(requests[0]["entitiesPath"], "crm");
    assert_eq!(requests[0]["maxResult"], 1);
    assert_eq!(requests[0]["connectorContext"]["apiVersion"], "v1");
    assert_eq!(requests[1]["nextToken"], "more");
    assert_eq!(requests[1]["connectorContext"]["apiVersion"], "v2");

    let asked = json!({"connectorProfileName": "mine", "connectorEntityName": "Contact"});
    let (_, described) = ask(&local, "/describe-connector-entity", asked).await;
    let fields = &described["connectorEntityFields"];
    assert_eq!(
        (&fields[0]["identifier"], &fields[1]["identifier"]),
        (&json!("id"), &json!("name"))
    );
}

/// Returns a flow from the connector to the bucket `into`.
fn from_connector(tasks: Value) -> Value {
    json!({
        "flowName": "flow", "triggerConfig": {"triggerType": "OnDemand"}, "tasks": tasks,
        "sourceFlowConfig": {"connectorType": "CustomConnector", "connectorProfileName": "mine",
            "sourceConnectorProperties": {"CustomConnector": {"entityName": "Contact"}}},
        "destinationFlowConfigList": [{"connectorType": "S3",
            "destinationConnectorProperties": {"S3": {"bucketName": "into"}}}],
    })
}

#[tokio::test]
async fn a_run_reads_all_pages_of_a_connector() {
    let endpoint = Endpoint::start(|_| None).await;
    let lab = lab(&endpoint).await;
    let equal = json!({"DATA_TYPE": "string", "VALUES": "n1,n3"});
    let flow = json!({
        "flowName": "flow", "triggerConfig": {"triggerType": "OnDemand"},
        "tasks": [filter("PROJECTION", &["id", "name"], json!({})), filter("EQUAL_TO", &["name"], equal),
            map("id", "CustomConnector"), map("name", "CustomConnector")],
        "sourceFlowConfig": {"connectorType": "CustomConnector", "connectorProfileName": "mine",
            "sourceConnectorProperties": {"CustomConnector": {
                "entityName": "Contact", "customProperties": {"page": "big"}}}},
        "destinationFlowConfigList": [{"connectorType": "S3",
            "destinationConnectorProperties": {"S3": {"bucketName": "into"}}}],
    });
    lab.call("/create-flow", &flow).await;
    let ran = lab.start("flow").await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    assert_eq!(
        ran.file(),
        "{\"id\":1,\"name\":\"n1\"}\n{\"id\":3,\"name\":\"n3\"}\n"
    );
    let queries = endpoint.asked("QueryDataRequest");
    assert_eq!(queries.len(), 2);
    assert_eq!(queries[0]["selectedFieldNames"], json!(["id", "name"]));
    assert_eq!(
        queries[0]["filterExpression"],
        "(name = \"n1\" or name = \"n3\")"
    );
    assert_eq!(queries[1]["nextToken"], "2");
    let context = &queries[0]["connectorContext"];
    assert_eq!(
        context["connectorRuntimeSettings"],
        json!({"host": "h", "page": "big"})
    );
    assert_eq!(context["entityDefinition"]["fields"][0]["fieldName"], "id");
    let checked = endpoint.asked("ValidateConnectorRuntimeSettingsRequest");
    assert_eq!(checked.last().unwrap()["scope"], "SOURCE");
}

/// Returns the response to a query for one contact, which has the selected fields only.
fn selected(query: &Value, at: u64) -> Value {
    let contact = json!({"id": 1, "name": "n1", "at": at * 1000});
    let names = query["selectedFieldNames"].as_array().unwrap().iter();
    let names = names.map(|name| name.as_str().unwrap());
    let record: serde_json::Map<String, Value> = names
        .map(|name| (name.to_owned(), contact[name].clone()))
        .collect();
    json!({"isSuccess": true, "records": [Value::from(record).to_string()]})
}

#[tokio::test]
async fn a_projection_without_the_fields_of_filters_and_the_time_range_loses_no_record() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let at = now.as_secs() - 3600;
    let endpoint = Endpoint::start(move |question| {
        (question["type"] == "QueryDataRequest").then(|| selected(question, at))
    })
    .await;
    let lab = lab(&endpoint).await;
    let mut flow = from_connector(json!([
        filter("PROJECTION", &["name"], json!({})),
        filter("EQUAL_TO", &["id"], json!({"DATA_TYPE": "int", "VALUE": "1"})),
        {"taskType": "Map_all", "sourceFields": [], "taskProperties": {}},
    ]));
    flow["sourceFlowConfig"]["incrementalPullConfig"] = json!({"datetimeTypeFieldName": "at"});
    flow["triggerConfig"] = json!({"triggerType": "Scheduled", "triggerProperties": {"Scheduled": {
        "scheduleExpression": "rate(1hours)", "dataPullMode": "Incremental"}}});
    lab.call("/create-flow", &flow).await;
    let ran = lab.start("flow").await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    assert_eq!(ran.file(), "{\"name\":\"n1\"}\n");
    let queries = endpoint.asked("QueryDataRequest");
    let fields = json!(["name", "id", "at"]);
    assert_eq!(queries[0]["selectedFieldNames"], fields);
}

#[tokio::test]
async fn a_run_that_reads_from_a_connector_in_trouble_fails_with_its_reason() {
    let table = [
        (
            json!({"isSuccess": false, "errorDetails": {"errorCode": "ServerError", "errorMessage": "down"}}),
            "down",
        ),
        (
            json!({"isSuccess": true, "records": [], "nextToken": "x"}),
            "the same next token twice",
        ),
        (
            json!({"isSuccess": true, "records": ["{"]}),
            "All records failed",
        ),
    ];
    for (answer, message) in table {
        let given = answer.clone();
        let endpoint = Endpoint::start(move |question| {
            (question["type"] == "QueryDataRequest").then(|| given.clone())
        })
        .await;
        let lab = lab(&endpoint).await;
        let flow = from_connector(json!([
            filter("PROJECTION", &["id"], json!({})),
            map("id", "CustomConnector"),
        ]));
        lab.call("/create-flow", &flow).await;
        let ran = lab.start("flow").await;
        assert_eq!(ran.status, "Error", "{answer}");
        assert!(ran.message().contains(message), "{ran:?}");
        assert!(ran.files.is_empty(), "{ran:?}");
    }
}

/// Returns a flow from the bucket `from` to the connector.
fn to_connector(handling: Value) -> Value {
    json!({
        "flowName": "flow", "triggerConfig": {"triggerType": "OnDemand"},
        "tasks": [map("id", "S3"), map("name", "S3")],
        "sourceFlowConfig": {"connectorType": "S3",
            "sourceConnectorProperties": {"S3": {"bucketName": "from", "bucketPrefix": "data"}}},
        "destinationFlowConfigList": [{"connectorType": "CustomConnector", "connectorProfileName": "mine",
            "destinationConnectorProperties": {"CustomConnector": {"entityName": "Contact",
                "writeOperationType": "UPSERT", "idFieldNames": ["id"], "errorHandlingConfig": handling}}}],
    })
}

#[tokio::test]
async fn a_run_writes_batches_to_a_connector() {
    let endpoint = Endpoint::start(|_| None).await;
    let lab = lab(&endpoint).await;
    let rows: String = (0..2500)
        .map(|number| format!("{number},n{number}\n"))
        .collect();
    lab.write("from/data.csv", format!("id,name\n{rows}"));
    lab.call("/create-flow", &to_connector(json!({}))).await;
    let ran = lab.start("flow").await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    assert_eq!(ran.result["recordsProcessed"], 2500);
    let writes = endpoint.asked("WriteDataRequest");
    let sizes: Vec<usize> = writes
        .iter()
        .map(|write| write["records"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [1000, 1000, 500]);
    assert_eq!(writes[0]["operation"], "UPSERT");
    assert_eq!(writes[0]["idFieldNames"], json!(["id"]));
    assert_eq!(writes[0]["allOrNone"], false);
    assert_eq!(writes[0]["records"][1], "{\"id\":\"1\",\"name\":\"n1\"}");
}

#[tokio::test]
async fn records_that_a_connector_refuses_are_counted_and_set_aside() {
    let endpoint = Endpoint::start(|question| {
        (question["type"] == "WriteDataRequest").then(|| {
            json!({
                "isSuccess": false, "errorDetails": {"errorCode": "PartialWriteFailure", "errorMessage": "some"},
                "writeRecordResults": [{"isSuccess": true, "recordId": "a"},
                    {"isSuccess": false, "recordId": "b", "errorMessage": "a bad name"}],
            })
        })
    })
    .await;
    let lab = lab(&endpoint).await;
    lab.write("from/data.csv", "id,name\n1,a\n2,b\n");
    let handling = json!({"bucketName": "into", "bucketPrefix": "failed"});
    lab.call("/create-flow", &to_connector(handling)).await;
    let ran = lab.start("flow").await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    assert_eq!(ran.result["errorInfo"]["putFailuresCount"], 1, "{ran:?}");
    let failed = files(&lab.path("into"), &ran.id);
    let (key, text) = failed.first_key_value().unwrap();
    assert_eq!(key, "failed/flow/ID");
    let line: Value = serde_json::from_str(text).unwrap();
    assert_eq!(line["error"], "a bad name");
    assert_eq!(line["record"], "{\"id\":\"2\",\"name\":\"b\"}");
}

#[tokio::test]
async fn a_busy_connector_is_asked_again() {
    let busy = std::sync::atomic::AtomicU32::new(0);
    let endpoint = Endpoint::start(move |question| {
        let first = question["type"] == "WriteDataRequest"
            && busy.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0;
        first.then(|| {
            json!({"isSuccess": false, "errorDetails": {
                "errorCode": "RateLimitExceeded", "errorMessage": "slow", "retryAfterSeconds": 0}})
        })
    })
    .await;
    let lab = lab(&endpoint).await;
    lab.write("from/data.csv", "id,name\n1,a\n");
    lab.call("/create-flow", &to_connector(json!({}))).await;
    let ran = lab.start("flow").await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    assert_eq!(endpoint.asked("WriteDataRequest").len(), 2);
}
