//! Tests of damaged stores: they are reported, and not changed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::AppFlowLocal;
use common::program::Program;
use common::{flow, keep, on_demand, salesforce_profile};
use std::fs;

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
    let program = Program::start_in(folder.path()).await;
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
