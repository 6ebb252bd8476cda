//! Tests of durability: every acknowledged change survives `kill -9`, and damaged stores are reported.

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
use common::{flow, http, on_demand, runs, salesforce, salesforce_profile};
use serde_json::json;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;

const WORKERS: usize = 4;
const KILLS: u64 = 50;

/// Starts the program with a data folder.
async fn start(folder: &Path) -> Program {
    let folder = folder.to_str().unwrap();
    Program::start(&["--quiet", "--run-duration", "20", "--data-dir", folder]).await
}

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
    let mut program = start(folder.path()).await;
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
        program = start(folder.path()).await;
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

async fn keep(folder: &Path) -> AppFlowLocal {
    AppFlowLocal::builder()
        .data_dir(folder)
        .start()
        .await
        .unwrap()
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

/// Returns a store with a bit of a flow's name flipped, in every copy of it, since some are in unused space.
fn without_flow_7(whole: &[u8]) -> Vec<u8> {
    let mut flipped = whole.to_vec();
    let copies = whole.windows(6).enumerate();
    for (at, _) in copies.filter(|(_, window)| window == b"flow-7") {
        flipped[at] ^= 0x55;
    }
    assert!(flipped != whole);
    flipped
}

#[tokio::test]
async fn a_damaged_store_is_a_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let local = keep(folder.path()).await;
    for number in 0..20 {
        flow(&local.client(), &format!("flow-{number}"), on_demand())
            .send()
            .await
            .unwrap();
    }
    local.shutdown().await;
    let file = folder.path().join("appflow-local.redb");
    let whole = fs::read(&file).unwrap();
    let cases = [
        without_flow_7(&whole),
        whole[..whole.len() / 2].to_vec(),
        vec![0; 64],
        b"hello".to_vec(),
        Vec::new(),
    ];
    for (case, bytes) in cases.into_iter().enumerate() {
        fs::write(&file, &bytes).unwrap();
        let error = AppFlowLocal::builder()
            .data_dir(folder.path())
            .start()
            .await
            .err();
        let error = error
            .unwrap_or_else(|| panic!("case {case} was accepted"))
            .to_string();
        assert!(
            error.contains("damaged") && error.contains("appflow-local.redb"),
            "case {case}: {error}"
        );
        assert_eq!(fs::read(&file).unwrap(), bytes, "case {case} was changed");
    }
    fs::write(&file, &whole).unwrap();
    assert_eq!(
        keep(folder.path())
            .await
            .client()
            .list_flows()
            .send()
            .await
            .unwrap()
            .flows()
            .len(),
        20
    );
}

#[tokio::test]
async fn a_damaged_last_commit_is_not_left_out_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let program = start(folder.path()).await;
    for number in 0..8 {
        let plan = flow(&program.client(), &format!("flow-{number}"), on_demand());
        plan.send().await.unwrap();
    }
    program.kill().await;
    let file = folder.path().join("appflow-local.redb");
    let whole = fs::read(&file).unwrap();
    let flipped = without_flow_7(&whole);
    fs::write(&file, &flipped).unwrap();
    let builder = AppFlowLocal::builder().data_dir(folder.path());
    let error = builder.start().await.expect_err("a flow is lost");
    assert!(error.to_string().contains("damaged"), "{error}");
    assert!(fs::read(&file).unwrap() == flipped, "it was changed");
    fs::write(&file, &whole).unwrap();
    let local = keep(folder.path()).await;
    let flows = local.client().list_flows().send().await.unwrap();
    assert_eq!(flows.flows().len(), 8);
}

#[tokio::test]
async fn an_incomplete_store_is_created_again() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("appflow-local.new"), "half of it").unwrap();
    let local = keep(folder.path()).await;
    salesforce_profile(&local.client(), "crm").await.unwrap();
    local.shutdown().await;
    let local = keep(folder.path()).await;
    let profiles = local.client().describe_connector_profiles().send().await;
    assert_eq!(profiles.unwrap().connector_profile_details().len(), 1);
}

#[tokio::test]
async fn no_flipped_bit_is_a_silent_loss_or_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let local = keep(folder.path()).await;
    for number in 0..20 {
        let plan = flow(&local.client(), &format!("flow-{number}"), on_demand());
        plan.send().await.unwrap();
    }
    let records = local.snapshot();
    local.shutdown().await;
    let file = folder.path().join("appflow-local.redb");
    let whole = fs::read(&file).unwrap();
    // The headers, closely, and a sample of the rest.
    let headers = (0..320).step_by(3);
    let sample = (320..whole.len()).step_by(whole.len() / 50);
    let (mut refused, mut harmless) = (0, 0);
    for at in headers.chain(sample) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x10;
        fs::write(&file, &flipped).unwrap();
        match AppFlowLocal::builder()
            .data_dir(folder.path())
            .start()
            .await
        {
            Err(error) => {
                assert!(error.to_string().contains("damaged"), "byte {at}: {error}");
                refused += 1;
            }
            Ok(local) => {
                assert_eq!(local.snapshot(), records, "byte {at}");
                local.shutdown().await;
                harmless += 1;
            }
        }
    }
    println!("{refused} flips were refused, {harmless} hit what is not in use");
    assert!(refused > 0);
}
