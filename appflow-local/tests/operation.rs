//! Tests of the program in operation: environment variables, `--load`, `--health`, events of runs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::{AppFlowLocal, Settings};
use common::http::{control, raw};
use common::program::{Program, command, patiently};
use common::{every, flow, on_demand};
use serde_json::Value;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

#[tokio::test]
async fn options_may_be_variables_and_keys_are_not_shown() {
    let mut command = command();
    command
        .env("APPFLOW_LOCAL_PORT", "70000")
        .env("APPFLOW_LOCAL_QUIET", "yes");
    let output = patiently(command.output()).await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("70000"), "the variable is read: {said}");
    let mut command = common::program::command();
    command.arg("--help").env(
        "APPFLOW_LOCAL_ACCESS_KEYS",
        "id:planted-secret:111111111111",
    );
    let output = patiently(command.output()).await.unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(help.contains("APPFLOW_LOCAL_ACCESS_KEYS") && !help.contains("planted-secret"));
}

#[tokio::test]
async fn a_snapshot_is_loaded_into_an_empty_state_only() {
    let folder = tempfile::tempdir().unwrap();
    let (file, data) = (folder.path().join("state.json"), folder.path().join("data"));
    let first = Program::start(&[]).await;
    flow(&first.client(), "loaded", on_demand())
        .send()
        .await
        .unwrap();
    let at = first.url.trim_start_matches("http://").parse().unwrap();
    let (_, snapshot) = control(at, "GET", "snapshot", "").await;
    std::fs::write(&file, snapshot).unwrap();
    let options = [
        "--data-dir",
        data.to_str().unwrap(),
        "--load",
        file.to_str().unwrap(),
    ];
    let names = async |program: &Program| {
        let listed = program.client().list_flows().send().await.unwrap();
        let names = listed
            .flows()
            .iter()
            .map(|flow| flow.flow_name().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    let second = Program::start(&options).await;
    assert_eq!(names(&second).await, ["loaded"]);
    flow(&second.client(), "own", on_demand())
        .send()
        .await
        .unwrap();
    second.kill().await;
    let third = Program::start(&options).await;
    assert_eq!(names(&third).await, ["loaded", "own"]);
    third.kill().await;
    std::fs::write(&file, "{\"version\": 7}").unwrap();
    let mut command = command();
    command.args(["--port=0", "--load"]).arg(&file);
    let output = patiently(command.output()).await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("state.json") && said.lines().count() == 1,
        "{said}"
    );
}

#[tokio::test]
async fn health_is_open_to_every_caller() {
    let program = Program::start(&[]).await;
    let at: std::net::SocketAddr = program.url.trim_start_matches("http://").parse().unwrap();
    let request = "GET /health HTTP/1.1\r\nHost: appflow.internal\r\nConnection: close\r\n\r\n";
    let answer = raw(at, request).await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.contains("\"ready\""),
        "{answer}"
    );
    let port = at.port().to_string();
    assert_eq!(health(&port, "127.0.0.1").await, Ok(()));
    assert_eq!(health(&port, "0.0.0.0").await, Ok(()), "all addresses");
    program.kill().await;
    let refused = health(&port, "127.0.0.1").await.unwrap_err();
    assert!(
        refused.contains(&format!("127.0.0.1:{port}: Connection refused")),
        "{refused}"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn health_is_asked_for_at_the_address_of_the_host() {
    let program = Program::start(&["--host", "127.0.0.2"]).await;
    let at: std::net::SocketAddr = program.url.trim_start_matches("http://").parse().unwrap();
    let port = at.port().to_string();
    assert_eq!(health(&port, "127.0.0.2").await, Ok(()));
    assert!(health(&port, "127.0.0.1").await.is_err());
}

/// Runs `--health` on a port and a host; returns what it printed as an error if it failed.
async fn health(port: &str, host: &str) -> Result<(), String> {
    let mut command = command();
    command.args(["--health", "--port", port, "--host", host]);
    command.stderr(std::process::Stdio::piped());
    let output = patiently(command.output()).await.unwrap();
    match output.status.code() {
        Some(0) => Ok(()),
        _ => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// Starts a server that handles one request at a time; returns the bodies.
async fn receive(listener: TcpListener, count: usize) -> Vec<Value> {
    let mut bodies = Vec::new();
    while bodies.len() < count {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut text, mut buffer) = (String::new(), [0; 4096]);
        loop {
            let read = stream.read(&mut buffer).await.unwrap();
            text.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
            let body = text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
            if let Some(Ok(body)) = body.map(|body| serde_json::from_str(&body)) {
                bodies.push(body);
                break;
            }
        }
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        stream.write_all(answer).await.unwrap();
    }
    bodies
}

#[tokio::test]
async fn events_of_runs_are_listed_and_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/events", listener.local_addr().unwrap());
    let settings = Settings {
        records_per_run: 7,
        ..Settings::default()
    };
    let builder = AppFlowLocal::builder().settings(settings);
    let local = builder
        .events_endpoint(&url)
        .unwrap()
        .start()
        .await
        .unwrap();
    let client = local.client();
    local.clock().freeze();
    flow(&client, "f1", on_demand()).send().await.unwrap();
    client.start_flow().flow_name("f1").send().await.unwrap();
    local.clock().advance(Duration::from_secs(2));
    local.faults().next_runs(None, 1, "The vendor is away.");
    client.start_flow().flow_name("f1").send().await.unwrap();
    local.clock().advance(Duration::from_secs(2));
    client.list_flows().send().await.unwrap();
    let sent = patiently(receive(listener, 4)).await;
    let (_, listed) = control(local.address(), "GET", "events", "").await;
    let listed: Vec<Value> = serde_json::from_str(&listed).unwrap();
    assert_eq!(sent, listed);
    let kinds: Vec<&str> = listed
        .iter()
        .map(|event| event["detail-type"].as_str().unwrap())
        .collect();
    let (start, end) = (
        "AppFlow Start Flow Run Report",
        "AppFlow End Flow Run Report",
    );
    assert_eq!(kinds, [start, end, start, end]);
    let detail = &listed[1]["detail"];
    assert_eq!(detail["status"], "Execution Successful");
    assert_eq!(detail["num-of-records-processed"], "7");
    assert_eq!(detail["flow-arn"], listed[1]["resources"][0]);
    assert!(detail["start-time"].as_str().unwrap().ends_with("Z[UTC]"));
    assert_eq!(listed[3]["detail"]["status"], "Execution Failed");
    assert_eq!(listed[0]["source"], "aws.appflow");
    assert!(AppFlowLocal::builder().events_endpoint("ftp://x").is_err());
    local.reset().await.unwrap();
    assert_eq!(control(local.address(), "GET", "events", "").await.1, "[]");
}

#[tokio::test]
async fn a_schedule_that_is_switched_off_is_reported() {
    let local = AppFlowLocal::start().await.unwrap();
    local.clock().freeze();
    let client = local.client();
    let mut trigger = every("rate(1hours)");
    let properties = trigger.trigger_properties.as_mut().unwrap();
    properties
        .scheduled
        .as_mut()
        .unwrap()
        .flow_error_deactivation_threshold = Some(1);
    flow(&client, "f1", trigger).send().await.unwrap();
    local.faults().next_runs(None, 1, "The vendor is away.");
    client.start_flow().flow_name("f1").send().await.unwrap();
    local.clock().advance(Duration::from_secs(2));
    client.list_flows().send().await.unwrap();
    let (_, listed) = control(local.address(), "GET", "events", "").await;
    assert!(
        listed.contains("AppFlow Scheduled Flow Deactivated"),
        "{listed}"
    );
}
