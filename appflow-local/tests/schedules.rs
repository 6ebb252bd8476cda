//! Tests of schedules with a controlled clock: when they fire, and when the clock is set back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::AppFlowLocal;
use appflow_sdk::Client;
use appflow_sdk::primitives::DateTime;
use appflow_sdk::types::{ConnectionMode, DataPullMode, ScheduledTriggerProperties};
use common::{every, flow, frozen, on_demand, run_statuses, runs, salesforce, scheduled, status};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

const HOUR: Duration = Duration::from_secs(3600);

/// Creates the flow `f1`, which pulls new records every hour with an offset of a minute.
async fn create_incremental_flow(client: &Client) {
    let properties = ScheduledTriggerProperties::builder()
        .schedule_expression("rate(1hours)")
        .data_pull_mode(DataPullMode::Incremental)
        .schedule_offset(60);
    flow(client, "f1", scheduled(properties.build().unwrap()))
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn schedules_fire_while_the_flow_is_active() {
    let (local, client) = frozen().await;
    create_incremental_flow(&client).await;
    local.clock().advance(2 * HOUR);
    assert!(runs(&client, "f1").await.is_empty(), "a draft does not run");
    let started = client.start_flow().flow_name("f1").send().await.unwrap();
    assert_eq!(started.execution_id(), None);
    local.clock().advance(2 * HOUR);
    assert_eq!(
        run_statuses(&client, "f1").await,
        ["InProgress", "Successful", "Successful"]
    );
    let pulls = runs(&client, "f1").await;
    assert_eq!(pulls[0].data_pull_start_time, pulls[1].data_pull_end_time);
    let end = pulls[0].data_pull_end_time.unwrap().secs();
    assert_eq!(end, pulls[0].started_at.unwrap().secs() - 60);
    let first = &pulls[2];
    let reach =
        first.data_pull_end_time.unwrap().secs() - first.data_pull_start_time.unwrap().secs();
    assert_eq!(reach, 30 * 24 * 3600, "the first run reaches back 30 days");
    client.stop_flow().flow_name("f1").send().await.unwrap();
    local.clock().advance(5 * HOUR);
    assert_eq!(runs(&client, "f1").await.len(), 3);
    assert_eq!(status(&client, "f1").await, "Suspended");
}

#[tokio::test]
async fn a_schedule_starts_and_ends_when_it_says() {
    let (local, client) = frozen().await;
    let now = DateTime::from(local.clock().now()).secs();
    let properties = ScheduledTriggerProperties::builder()
        .schedule_expression("rate(1hours)")
        .schedule_start_time(DateTime::from_secs(now + 7200))
        .schedule_end_time(DateTime::from_secs(now + 3 * 3600));
    flow(&client, "f1", scheduled(properties.build().unwrap()))
        .send()
        .await
        .unwrap();
    client.start_flow().flow_name("f1").send().await.unwrap();
    local.clock().advance(HOUR);
    assert_eq!(runs(&client, "f1").await.len(), 0);
    local.clock().advance(10 * HOUR);
    let started: Vec<i64> = runs(&client, "f1")
        .await
        .iter()
        .map(|run| run.started_at.unwrap().secs() - now)
        .collect();
    assert_eq!(started, [3 * 3600, 7200]);
}

#[tokio::test]
async fn runs_and_schedules_follow_a_clock_that_is_set_back() {
    let (local, client) = frozen().await;
    let now = local.clock().now();
    let profile = salesforce(&client, "crm", ConnectionMode::Private, None);
    flow(&client, "f1", on_demand()).send().await.unwrap();
    flow(&client, "f2", every("rate(1hours)"))
        .send()
        .await
        .unwrap();
    client.start_flow().flow_name("f2").send().await.unwrap();
    local.clock().advance(5 * HOUR + SECOND);
    profile.send().await.unwrap();
    client.start_flow().flow_name("f1").send().await.unwrap();
    assert_eq!(run_statuses(&client, "f1").await, ["InProgress"]);
    let fired = runs(&client, "f2").await.len();
    local.clock().set(now);
    assert_eq!(run_statuses(&client, "f1").await, ["InProgress"]);
    local.clock().advance(SECOND);
    assert_eq!(run_statuses(&client, "f1").await, ["Successful"]);
    local.clock().advance(HOUR);
    assert_eq!(runs(&client, "f2").await.len(), fired + 1);
    let profiles = client.describe_connector_profiles().send().await.unwrap();
    let state = profiles.connector_profile_details()[0]
        .private_connection_provisioning_state
        .clone();
    assert_eq!(state.unwrap().status().unwrap().as_str(), "CREATED");
}

#[tokio::test]
async fn an_incremental_run_reads_no_reversed_range_after_the_clock_is_set_back() {
    let (local, client) = frozen().await;
    let now = local.clock().now();
    create_incremental_flow(&client).await;
    client.start_flow().flow_name("f1").send().await.unwrap();
    local.clock().advance(5 * HOUR);
    let before = runs(&client, "f1").await.len();
    local.clock().set(now);
    assert_eq!(runs(&client, "f1").await.len(), before);
    local.clock().advance(HOUR);
    let pulls = runs(&client, "f1").await;
    assert_eq!(pulls.len(), before + 1);
    let offset_before = DateTime::from(now - Duration::from_secs(60));
    assert_eq!(pulls[0].data_pull_start_time, Some(offset_before));
    for run in pulls {
        assert!(
            run.data_pull_start_time <= run.data_pull_end_time,
            "{run:?}"
        );
    }
}

#[tokio::test]
async fn a_restart_ends_the_runs_of_a_clock_that_was_ahead() {
    let folder = tempfile::tempdir().unwrap();
    let start = async || {
        let builder = AppFlowLocal::builder().data_dir(folder.path());
        builder.start().await.unwrap()
    };
    let local = start().await;
    local.clock().advance(1000 * HOUR);
    flow(&local.client(), "f1", on_demand())
        .send()
        .await
        .unwrap();
    let client = local.client();
    client.start_flow().flow_name("f1").send().await.unwrap();
    local.shutdown().await;
    let local = start().await;
    local.clock().freeze();
    let client = local.client();
    assert_eq!(run_statuses(&client, "f1").await, ["InProgress"]);
    local.clock().advance(SECOND);
    assert_eq!(run_statuses(&client, "f1").await, ["Successful"]);
}

#[tokio::test]
async fn a_schedule_that_keeps_failing_is_deactivated() {
    let (local, client) = frozen().await;
    let properties = ScheduledTriggerProperties::builder()
        .schedule_expression("rate(1hours)")
        .flow_error_deactivation_threshold(2);
    flow(&client, "f1", scheduled(properties.build().unwrap()))
        .send()
        .await
        .unwrap();
    local
        .faults()
        .next_runs(Some("f1"), 5, "The vendor is away.");
    client.start_flow().flow_name("f1").send().await.unwrap();
    local.clock().advance(10 * HOUR);
    assert_eq!(run_statuses(&client, "f1").await, ["Error", "Error"]);
    let described = client.describe_flow().flow_name("f1").send().await.unwrap();
    assert_eq!(described.flow_status().unwrap().as_str(), "Suspended");
    assert!(
        described
            .flow_status_message()
            .unwrap()
            .contains("The vendor is away.")
    );
}
