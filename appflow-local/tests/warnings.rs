//! Tests of warnings about flows: in the log line, on the status page, and as errors with `--strict`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::{AccessKeys, AppFlowLocal, Settings};
use common::http::{call, raw};
use common::lab::{flow, map};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

async fn start(strict: bool) -> (AppFlowLocal, Arc<Mutex<Vec<String>>>) {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = lines.clone();
    let settings = Settings {
        strict,
        ..Settings::default()
    };
    let builder = AppFlowLocal::builder()
        .access_keys(AccessKeys::any())
        .settings(settings)
        .log(move |line| sink.lock().unwrap().push(line.to_owned()));
    (builder.start().await.unwrap(), lines)
}

fn scheduled(mut flow: Value, properties: Value) -> Value {
    flow["triggerConfig"] =
        json!({"triggerType": "Scheduled", "triggerProperties": {"Scheduled": properties}});
    flow
}

fn to_salesforce(mut flow: Value, properties: Value) -> Value {
    flow["destinationFlowConfigList"] = json!([{"connectorType": "Salesforce", "connectorProfileName": "crm",
        "destinationConnectorProperties": {"Salesforce": properties}}]);
    flow
}

/// Flows, and the warning about each.
fn table() -> Vec<(Value, &'static str)> {
    let plain = |output: Value| flow("flow", &[map("a", "a")], output);
    vec![
        (
            flow("flow", &[map("a", "x"), map("b", "x")], json!({})),
            "task 1 (Map): a later Map to `x` replaces it",
        ),
        (
            scheduled(
                plain(json!({})),
                json!({"scheduleExpression": "rate(1hours)", "scheduleEndTime": 1_600_000_000}),
            ),
            "the schedule has ended",
        ),
        (
            scheduled(
                plain(json!({})),
                json!({"scheduleExpression": "rate(1hours)", "scheduleStartTime": 1_600_000_000}),
            ),
            "scheduleStartTime is in the past",
        ),
        (
            scheduled(
                plain(json!({})),
                json!({"scheduleExpression": "rate(1hours)", "timezone": "Europe/Atlantis"}),
            ),
            "unknown timezone `Europe/Atlantis`",
        ),
        (
            scheduled(
                plain(json!({})),
                json!({"scheduleExpression": "rate(1hours)", "firstExecutionFrom": 1_600_000_000}),
            ),
            "firstExecutionFrom has no effect",
        ),
        (
            plain(json!({"fileType": "CSV", "preserveSourceDataTyping": true})),
            "preserveSourceDataTyping only affects PARQUET",
        ),
        (
            plain(json!({"prefixConfig": {"prefixFormat": "DAY"}})),
            "prefixFormat has no effect",
        ),
        (
            plain(
                json!({"aggregationConfig": {"aggregationType": "SingleFile", "targetFileSize": 5}}),
            ),
            "targetFileSize has no effect",
        ),
        (
            to_salesforce(
                plain(json!({})),
                json!({"object": "Account", "writeOperationType": "UPDATE"}),
            ),
            "the write operation UPDATE has no idFieldNames",
        ),
        (
            to_salesforce(
                plain(json!({})),
                json!({"object": "Account", "errorHandlingConfig": {"bucketPrefix": "errors"}}),
            ),
            "a bucketPrefix without a bucketName",
        ),
    ]
}

const PROFILE: &str = r#"{"connectorProfileName": "crm", "connectorType": "Salesforce", "connectionMode": "Public",
    "connectorProfileConfig": {"connectorProfileProperties": {"Salesforce": {}}}}"#;

#[tokio::test]
async fn likely_mistakes_are_warnings_and_errors_with_strict() {
    let (lenient, lines) = start(false).await;
    let (strict, _) = start(true).await;
    let profile: Value = serde_json::from_str(PROFILE).unwrap();
    for local in [&lenient, &strict] {
        assert_eq!(
            call(local.address(), "/create-connector-profile", &profile)
                .await
                .0,
            200
        );
    }
    for (mut wanted, expected) in table() {
        let (status, answer) = call(strict.address(), "/create-flow", &wanted).await;
        assert_eq!(status, 400, "{expected}: {answer}");
        assert!(
            answer.contains("Create Flow request failed: [") && answer.contains(expected),
            "{answer}"
        );
        let (status, answer) = call(lenient.address(), "/create-flow", &wanted).await;
        assert_eq!(status, 200, "{expected}: {answer}");
        let line = lines.lock().unwrap().last().unwrap().clone();
        assert!(
            line.contains(" warning: ") && line.contains(expected),
            "{line}"
        );
        let page = "GET /_appflow-local/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        let page = raw(lenient.address(), page).await;
        assert!(
            page.contains("<p class=warning>") && page.contains(expected),
            "{expected}"
        );
        let name = json!({"flowName": "flow", "forceDelete": true});
        assert_eq!(call(lenient.address(), "/delete-flow", &name).await.0, 200);
        wanted["flowName"] = json!("other");
    }
    let good = scheduled(
        flow("flow", &[map("a", "a")], json!({})),
        json!({"scheduleExpression": "rate(1hours)", "timezone": "America/New_York"}),
    );
    for local in [&lenient, &strict] {
        let (status, answer) = call(local.address(), "/create-flow", &good).await;
        assert_eq!(status, 200, "{answer}");
    }
    assert!(!lines.lock().unwrap().last().unwrap().contains("warning"));
}
