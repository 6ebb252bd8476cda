//! Tests of durability: every acknowledged change survives `kill -9`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::{AccessKeys, AppFlowLocal, StartError, StoreError};
use appflow_sdk::Client;
use appflow_sdk::types::ConnectionMode;
use common::program::Program;
use common::{flow, http, keep, on_demand, runs, salesforce, salesforce_profile};
use serde_json::json;
use std::fs;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;

const WORKERS: usize = 4;

const KILLS: u64 = 50;

/// The changes that were acknowledged to a worker before the program was killed.
#[derive(Debug, Default)]
struct Told {
    /// The last number that was acknowledged as a tag.
    tag: u64,
    executions: Vec<String>,
}

/// Changes a flow until the program is killed.
async fn work(client: Client, flow: String, from: u64) -> (String, Told) {
    let arn = format!("arn:aws:appflow:us-east-1:000000000000:flow/{flow}");
    let mut told = Told {
        tag: from,
        executions: Vec::new(),
    };
    loop {
        let next = told.tag + 1;
        let tagged = client
            .tag_resource()
            .resource_arn(&arn)
            .tags("n", next.to_string())
            .send()
            .await;
        if tagged.is_err() {
            return (flow, told);
        }
        told.tag = next;
        match client.start_flow().flow_name(&flow).send().await {
            Ok(started) => told.executions.extend(started.execution_id),
            Err(_) => return (flow, told),
        }
    }
}

/// Checks that the program still has every acknowledged change.
async fn check(client: &Client, flow: &str, told: &Told) -> u64 {
    let described = client.describe_flow().flow_name(flow).send().await.unwrap();
    let tag: u64 = described.tags.unwrap_or_default()["n"].parse().unwrap();
    assert!(
        tag == told.tag || tag == told.tag + 1,
        "{flow}: {tag} after {}",
        told.tag
    );
    let found = client
        .describe_flow_execution_records()
        .flow_name(flow)
        .max_results(100)
        .send()
        .await
        .unwrap();
    let found: Vec<&str> = found
        .flow_executions()
        .iter()
        .filter_map(|run| run.execution_id())
        .collect();
    for id in told.executions.iter().rev().take(90) {
        assert!(found.contains(&id.as_str()), "{flow}: run {id} is lost");
    }
    tag
}

#[tokio::test]
async fn acknowledged_writes_survive_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start_in(folder.path()).await;
    let mut tags = [0; WORKERS];
    for worker in 0..WORKERS {
        let plan = flow(&program.client(), &format!("flow-{worker}"), on_demand());
        plan.tags("n", "0").send().await.unwrap();
    }
    let mut changes = 0;
    for round in 0..KILLS {
        let mut workers = JoinSet::new();
        for (worker, from) in tags.iter().enumerate() {
            workers.spawn(work(program.client(), format!("flow-{worker}"), *from));
        }
        tokio::time::sleep(Duration::from_millis(10 + round * 13 % 150)).await;
        program.kill().await;
        program = Program::start_in(folder.path()).await;
        let client = program.client();
        for (flow, told) in workers.join_all().await {
            let worker: usize = flow.trim_start_matches("flow-").parse().unwrap();
            changes += told.tag - tags[worker] + told.executions.len() as u64;
            tags[worker] = check(&client, &flow, &told).await;
        }
    }
    println!("{KILLS} kills, {changes} answered changes, none lost");
    assert!(changes > KILLS, "there was hardly any load: {changes}");
}

#[tokio::test]
async fn the_state_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let local = keep(folder.path()).await;
    let client = local.client();
    salesforce_profile(&client, "with/slash").await.unwrap();
    flow(&client, "f1", on_demand())
        .client_token("token")
        .send()
        .await
        .unwrap();
    client.start_flow().flow_name("f1").send().await.unwrap();
    let before = runs(&client, "f1").await;
    local.shutdown().await;
    let local = keep(folder.path()).await;
    let client = local.client();
    assert_eq!(
        runs(&client, "f1").await[0].execution_id(),
        before[0].execution_id()
    );
    let replayed = flow(&client, "f1", on_demand())
        .client_token("token")
        .send()
        .await;
    assert!(replayed.is_ok(), "client tokens are kept too");
    let profiles = client.describe_connector_profiles().send().await.unwrap();
    let names: Vec<_> = profiles
        .connector_profile_details()
        .iter()
        .filter_map(|one| one.connector_profile_name())
        .collect();
    assert_eq!(names, ["with/slash"]);
    client
        .delete_flow()
        .flow_name("f1")
        .force_delete(true)
        .send()
        .await
        .unwrap();
    local.shutdown().await;
    let local = keep(folder.path()).await;
    assert!(
        local
            .client()
            .list_flows()
            .send()
            .await
            .unwrap()
            .flows()
            .is_empty()
    );
}

/// Creates and updates a profile with a secret among its properties, which must not be returned.
async fn secret_properties(address: SocketAddr, secret: &str) {
    let lambda = json!({ "lambdaArn": "arn:aws:lambda:us-east-1:000000000000:function:connector" });
    let register = json!({
        "connectorLabel": "memory",
        "connectorProvisioningType": "LAMBDA",
        "connectorProvisioningConfig": { "lambda": lambda },
    });
    let oauth = json!({
        "tokenUrl": "https://example.com/token",
        "oAuth2GrantType": "AUTHORIZATION_CODE",
        "tokenUrlCustomProperties": { "audience": secret },
    });
    let properties = json!({ "CustomConnector": { "oAuth2Properties": oauth } });
    let mut profile = json!({
        "connectorProfileName": "custom",
        "connectorType": "CustomConnector",
        "connectorLabel": "memory",
        "connectionMode": "Public",
        "connectorProfileConfig": { "connectorProfileProperties": properties },
    });
    let create = profile.clone();
    for key in ["connectorType", "connectorLabel"] {
        profile.as_object_mut().unwrap().remove(key);
    }
    for (path, body) in [
        ("/register-connector", register),
        ("/create-connector-profile", create),
        ("/describe-connector-profiles", json!({})),
        ("/update-connector-profile", profile),
        ("/describe-connector-profiles", json!({})),
    ] {
        let (status, answer) = http::call(address, path, &body).await;
        assert_eq!(status, 200, "{path}: {answer}");
        assert!(!answer.contains(secret), "{path}: {answer}");
    }
}

#[tokio::test]
async fn secrets_of_profiles_are_in_no_file_line_snapshot_or_response() {
    const SECRET: &str = "planted-secret-value";
    let folder = tempfile::tempdir().unwrap();
    let lines = Arc::new(Mutex::new(String::new()));
    let sink = lines.clone();
    let local = AppFlowLocal::builder()
        .data_dir(folder.path())
        .access_keys(AccessKeys::any())
        .log(move |line| *sink.lock().unwrap() += line)
        .start()
        .await
        .unwrap();
    let client = local.client();
    for (name, token) in [
        ("good", SECRET.to_owned()),
        ("refused", format!("{SECRET} ")),
    ] {
        let profile = salesforce(&client, name, ConnectionMode::Public, Some(&token));
        let created = profile.send().await;
        assert_eq!(created.is_ok(), name == "good", "{created:?}");
        assert!(!format!("{created:?}").contains(SECRET));
    }
    secret_properties(local.address(), SECRET).await;
    assert!(!local.snapshot().to_string().contains(SECRET));
    local.shutdown().await;
    let lines = lines.lock().unwrap();
    assert!(
        lines.contains("connectorProfileName=good") && !lines.contains(SECRET),
        "{lines}"
    );
    let kept = fs::read(folder.path().join("appflow-local.redb")).unwrap();
    let holds = |text: &str| {
        kept.windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    assert!(holds("good") && !holds(SECRET));
}

#[tokio::test]
async fn a_store_in_use_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let _local = keep(folder.path()).await;
    let second = AppFlowLocal::builder()
        .data_dir(folder.path())
        .start()
        .await;
    assert!(
        matches!(second, Err(StartError::Store(StoreError::InUse { .. }))),
        "{second:?}"
    );
}
