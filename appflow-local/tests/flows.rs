//! Realistic definitions: each is accepted, or rejected with the expected message.
//!
//! A definition is a JSON file with `op` (`create_flow` or `create_connector_profile`), `request`, and `expect`: null if it
//! is accepted, or a name of [`MESSAGES`]. `tests/flows` holds ours; `APPFLOW_FLOWS` names another folder.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::{AccessKeys, AppFlowLocal};
use common::http::call;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The expected error messages by name.
const MESSAGES: [(&str, &str); 8] = [
    (
        "projection",
        "You must specify a projection task or a MAP_ALL task",
    ),
    ("schedule", "The schedule expression"),
    ("label", "Connector with label"),
    ("enum", "enum value set"),
    ("destinations", "Exactly one destination must be given"),
    ("frequency", "is more frequent than"),
    ("profile", "A connector profile must be given"),
    ("catalog", "A metadata catalog needs an S3 destination"),
];

struct Definition {
    name: String,
    operation: String,
    request: Value,
    /// The expected message by name; without one, the definition must be accepted.
    expect: Option<String>,
}

fn definitions(folder: &Path) -> Vec<Definition> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let document: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        Definition {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            operation: document["op"].as_str().unwrap().to_owned(),
            request: document["request"].clone(),
            expect: document["expect"].as_str().map(str::to_owned),
        }
    };
    files.into_iter().map(read).collect()
}

/// Replaces placeholders for a schedule that a program fills in on deployment: `rate(1hours)`, from now on.
fn filled_in(mut request: Value) -> Value {
    let schedule = request.pointer_mut("/triggerConfig/triggerProperties/Scheduled");
    if let Some(Value::Object(schedule)) = schedule {
        let is_template = |value: &Value| value.as_str().is_some_and(|text| !text.contains('('));
        if schedule.get("scheduleExpression").is_some_and(is_template) {
            schedule.insert("scheduleExpression".to_owned(), json!("rate(1hours)"));
        }
        if schedule.get("scheduleStartTime").is_some_and(is_template) {
            schedule.remove("scheduleStartTime");
        }
    }
    request
}

/// Returns the profiles of both ends of a flow, with their connector types.
fn profiles(request: &Value) -> Vec<(String, String)> {
    let destinations = request["destinationFlowConfigList"].as_array();
    let ends = destinations
        .into_iter()
        .flatten()
        .chain([&request["sourceFlowConfig"]]);
    let named = ends.filter_map(|end| {
        let name = end["connectorProfileName"].as_str()?;
        Some((name.to_owned(), end["connectorType"].as_str()?.to_owned()))
    });
    named.filter(|(_, connector)| connector != "S3").collect()
}

/// Returns a profile with everything that the connector type requires.
fn profile(name: &str, connector: &str) -> Value {
    let block = match connector {
        "Servicenow" => "ServiceNow",
        "Googleanalytics" => "GoogleAnalytics",
        other => other,
    };
    let properties = json!({
        "instanceUrl": "https://example.com", "bucketName": "bucket", "roleArn": "arn:aws:iam::123456789012:role/r",
        "warehouse": "w", "stage": "s", "applicationHostUrl": "https://example.com", "applicationServicePath": "/path",
        "portNumber": 443, "clientNumber": "100",
    });
    let mut request = json!({
        "connectorProfileName": name, "connectorType": connector, "connectionMode": "Public",
        "connectorProfileConfig": {"connectorProfileProperties": {block: properties}},
    });
    if connector == "CustomConnector" {
        request["connectorLabel"] = json!("HubSpot");
        request["connectorProfileConfig"]["connectorProfileProperties"] =
            json!({"CustomConnector": {}});
    }
    request
}

/// Requests one definition from an empty service; returns the fault of the response.
async fn objection(definition: &Definition, all: &[Definition]) -> Option<String> {
    let local = AppFlowLocal::builder().access_keys(AccessKeys::any());
    let local = local.start().await.unwrap();
    let at = local.address();
    let request = filled_in(definition.request.clone());
    let path = format!("/{}", definition.operation.replace('_', "-"));
    if definition.operation == "create_flow" {
        for (name, connector) in profiles(&request) {
            let own = all
                .iter()
                .find(|other| other.request["connectorProfileName"] == name.as_str());
            let wanted = own.map_or_else(|| profile(&name, &connector), |own| own.request.clone());
            let (status, answer) = call(at, "/create-connector-profile", &wanted).await;
            if status != 200 {
                return Some(format!("its profile {name}: {answer}"));
            }
        }
    }
    let (status, answer) = call(at, &path, &request).await;
    let expected = definition.expect.as_deref().map(|name| {
        let known = MESSAGES.iter().find(|(known, _)| *known == name);
        known.map_or(name, |(_, message)| message)
    });
    match expected {
        None if status == 200 => None,
        Some(message) if status >= 400 && answer.contains(message) => None,
        _ => Some(format!("{status} {answer}, expected {expected:?}")),
    }
}

async fn check(folder: &Path) -> usize {
    let all = definitions(folder);
    let mut objections = Vec::new();
    for definition in &all {
        let objection = objection(definition, &all).await;
        objections.extend(objection.map(|text| format!("{}: {text}", definition.name)));
    }
    assert_eq!(objections, [""; 0], "of {} definitions", all.len());
    all.len()
}

#[tokio::test]
async fn our_definitions_are_accepted_or_rejected_as_they_expect() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows");
    assert_eq!(check(&folder).await, 41);
}

/// Checks the definitions in the folder of `APPFLOW_FLOWS`.
#[tokio::test]
async fn definitions_of_another_folder_are_accepted_or_rejected_as_they_expect() {
    let Some(folder) = std::env::var_os("APPFLOW_FLOWS") else {
        return;
    };
    let checked = check(Path::new(&folder)).await;
    assert!(checked > 0, "there is no definition");
}
