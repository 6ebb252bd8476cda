//! Tests of the control API: faults, the clock, snapshots, the status page.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::{AppFlowLocal, Settings};
use appflow_sdk::Client;
use common::http::{control, send};
use common::{every, flow, frozen, on_demand, once, run_statuses, runs};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[tokio::test]
async fn each_kind_of_fault_can_be_asked_for() {
    let (local, _) = frozen().await;
    let client = Client::from_conf(once(local.config()));
    let error =
        r#""kind": "error", "code": "InternalServerException", "status": 500, "message": "No.""#;
    let table = [
        (error, Some(("InternalServerException", 500))),
        (r#""kind": "throttle""#, Some(("ThrottlingException", 429))),
        (r#""kind": "reset""#, None),
        (r#""kind": "halfBody""#, None),
    ];
    for (kind, expected) in table {
        let body = format!(r#"{{"operation": "ListFlows", "times": 2, {kind}}}"#);
        let (status, pending) = control(local.address(), "POST", "faults", &body).await;
        assert_eq!(status, 200, "{pending}");
        let other = client.list_connectors().send().await;
        assert!(other.is_ok(), "{kind}: another operation is let alone");
        for _ in 0..2 {
            let error = client.list_flows().send().await.unwrap_err();
            let found = error.code().zip(error.status());
            assert_eq!(found, expected, "{kind}: {error}");
        }
        assert!(client.list_flows().send().await.is_ok(), "{kind}");
    }
    let body = r#"{"kind": "delay", "milliseconds": 300}"#;
    control(local.address(), "POST", "faults", body).await;
    let started = Instant::now();
    client.list_flows().send().await.unwrap();
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn faults_can_be_listed_and_forgotten() {
    let (local, client) = frozen().await;
    let at = local.address();
    control(at, "POST", "faults", r#"{"times": 9, "kind": "throttle"}"#).await;
    control(at, "POST", "run-faults", r#"{"message": "Away."}"#).await;
    let (_, pending) = control(at, "GET", "faults", "").await;
    let pending: Value = serde_json::from_str(&pending).unwrap();
    assert_eq!(pending["calls"][0]["times"], 9);
    assert_eq!(pending["runs"][0]["message"], "Away.");
    assert_eq!(control(at, "DELETE", "faults", "").await.0, 200);
    client.list_flows().send().await.unwrap();
}

#[tokio::test]
async fn a_run_fails_with_the_message_that_was_asked_for() {
    let (local, client) = frozen().await;
    for name in ["failing", "other"] {
        flow(&client, name, on_demand()).send().await.unwrap();
    }
    let body = r#"{"flowName": "failing", "message": "The vendor is away."}"#;
    control(local.address(), "POST", "run-faults", body).await;
    for name in ["other", "failing", "failing"] {
        client.start_flow().flow_name(name).send().await.unwrap();
    }
    let body = r#"{"advanceSeconds": 1}"#;
    assert_eq!(control(local.address(), "POST", "clock", body).await.0, 200);
    assert_eq!(run_statuses(&client, "other").await, ["Successful"]);
    assert_eq!(
        run_statuses(&client, "failing").await,
        ["Successful", "Error"]
    );
    let failed = runs(&client, "failing").await.remove(1);
    let info = failed.execution_result.unwrap().error_info.unwrap();
    assert_eq!(
        info.execution_message.as_deref(),
        Some("The vendor is away.")
    );
}

#[tokio::test]
async fn the_clock_is_set_frozen_moved_and_let_go() {
    let (local, client) = frozen().await;
    let at = local.address();
    let told = async |body: &str| -> Value {
        let (status, answer) = control(at, "POST", "clock", body).await;
        assert_eq!(status, 200, "{answer}");
        serde_json::from_str(&answer).unwrap()
    };
    let set = told(r#"{"set": 1767225600, "freeze": true}"#).await;
    assert_eq!(set, json!({"now": 1_767_225_600.0, "frozen": true}));
    flow(&client, "hourly", every("rate(1hours)"))
        .send()
        .await
        .unwrap();
    client
        .start_flow()
        .flow_name("hourly")
        .send()
        .await
        .unwrap();
    let moved = told(r#"{"advanceSeconds": 7200.5}"#).await;
    assert_eq!(moved["now"], 1_767_232_800.5);
    assert_eq!(runs(&client, "hourly").await.len(), 3);
    let going = told(r#"{"freeze": false}"#).await;
    assert_eq!(going["frozen"], false);
    let back = told(r#"{"reset": true}"#).await;
    assert!(back["now"].as_f64().unwrap() > 1_767_232_801.0, "{back}");
}

#[tokio::test]
async fn a_snapshot_of_one_service_is_restored_in_another() {
    let (local, client) = frozen().await;
    flow(&client, "accounts", on_demand()).send().await.unwrap();
    client
        .start_flow()
        .flow_name("accounts")
        .send()
        .await
        .unwrap();
    let (status, snapshot) = control(local.address(), "GET", "snapshot", "").await;
    assert_eq!(status, 200);
    let (other, client) = frozen().await;
    let (status, answer) = control(other.address(), "PUT", "snapshot", &snapshot).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(runs(&client, "accounts").await.len(), 1);
    assert_eq!(control(other.address(), "POST", "reset", "{}").await.0, 200);
    assert!(client.list_flows().send().await.unwrap().flows().is_empty());
}

#[tokio::test]
async fn a_large_snapshot_is_restored() {
    let local = AppFlowLocal::start().await.unwrap();
    let large = "x".repeat(12 << 20);
    let snapshot = format!("{{\"version\": 1, \"records\": {{}}, \"unknown\": \"{large}\"}}");
    let (status, answer) = control(local.address(), "PUT", "snapshot", &snapshot).await;
    assert_eq!(status, 200, "{answer}");
}

#[tokio::test]
async fn only_a_snapshot_may_be_larger_than_10_mb() {
    let local = AppFlowLocal::start().await.unwrap();
    let large = " ".repeat((10 << 20) + 1);
    for (method, path) in [("POST", "faults"), ("GET", "health"), ("PUT", "entities")] {
        let (status, answer) = control(local.address(), method, path, &large).await;
        assert_eq!(status, 413, "{method} {path}: {answer}");
    }
}

#[tokio::test]
async fn invalid_requests_are_rejected_and_change_nothing() {
    let (local, client) = frozen().await;
    flow(&client, "f1", on_demand()).send().await.unwrap();
    let table = [
        ("GET", "nothing", "", 404),
        ("GET", "reset", "", 404),
        ("POST", "faults", "{", 400),
        ("POST", "faults", r#"{"kind": "gremlin"}"#, 400),
        (
            "POST",
            "faults",
            r#"{"operation": "ListFlow", "kind": "reset"}"#,
            400,
        ),
        (
            "POST",
            "faults",
            r#"{"kind": "error", "code": "X", "status": 42}"#,
            400,
        ),
        ("POST", "faults", r#"{"kind": "reset", "times": 0}"#, 400),
        (
            "POST",
            "run-faults",
            r#"{"message": "No.", "times": 0}"#,
            400,
        ),
        ("POST", "run-faults", "{}", 400),
        ("POST", "clock", r#"{"advance": 5}"#, 400),
        ("POST", "clock", r#"{"advanceSeconds": -5}"#, 400),
        ("PUT", "snapshot", "{}", 400),
        (
            "PUT",
            "snapshot",
            r#"{"version": 1, "records": {"x": 1}}"#,
            400,
        ),
    ];
    for (method, path, body, expected) in table {
        let (status, answer) = control(local.address(), method, path, body).await;
        assert_eq!(status, expected, "{method} {path} {body}: {answer}");
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert!(answer["message"].is_string(), "{method} {path}: {answer}");
    }
    assert_eq!(local.faults().pending(), Default::default());
    assert_eq!(client.list_flows().send().await.unwrap().flows().len(), 1);
}

#[tokio::test]
async fn the_page_is_there_and_a_longer_name_is_not_the_control_api() {
    let settings = Settings::default();
    let local = AppFlowLocal::builder()
        .settings(settings)
        .start()
        .await
        .unwrap();
    let table = [
        ("/_appflow-local/", "HTTP/1.1 200"),
        ("/_appflow-local", "HTTP/1.1 200"),
        ("/_appflow-local/health", "HTTP/1.1 200"),
        ("/_appflow-locality", "HTTP/1.1 403"),
    ];
    for (path, expected) in table {
        let answer = send(local.address(), "GET", path, "", "").await;
        assert!(answer.starts_with(expected), "{path}: {answer}");
    }
}
